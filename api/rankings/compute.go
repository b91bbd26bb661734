package rankings

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/rank"
	"jiebang/models"
)

// ComputeInput names a challenge.
type ComputeInput struct {
	ID models.ChallengeID `path:"id"`
}

// Compute ranks the bids of a challenge once every bid that passed the formal check is
// scored and the owner has spoken where his word counts. Question and answer are kept in one
// row; an earlier ranking stays beside it.
func Compute(tx *models.Tx, in *ComputeInput) (*Ranking, error) {
	c, err := tx.ChallengeFor(models.RankingCompute, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	if err := ready(tx, c); err != nil {
		return nil, err
	}
	asked, err := question.Ranking(tx, c)
	if err != nil {
		return nil, err
	}
	if err := rank.Check(asked); err != nil {
		return nil, fmt.Errorf("rank %s: %w", c.ID, err)
	}
	row, err := keep(c, asked)
	if err != nil {
		return nil, err
	}
	if err := tx.AddRanking(row); err != nil {
		return nil, err
	}
	note := models.Note{Data: map[string]any{"seq": row.Seq, "bids": len(asked.Bids), "digest": row.Digest, "engine": row.Engine}}
	if err := tx.Apply(models.RankingCompute, c, note); err != nil {
		return nil, err
	}
	return view(tx, c, row)
}

// ready names everything that a ranking still waits for.
func ready(tx *models.Tx, c *models.Challenge) error {
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return err
	}
	words, err := tx.SatisfactionOf(c.ID)
	if err != nil {
		return err
	}
	said := map[models.BidID]bool{}
	for _, w := range words {
		said[w.Bid] = true
	}
	scored, waiting, unsaid := 0, []string{}, []string{}
	for _, b := range bids {
		switch b.State {
		case models.BidRejected:
		case models.BidScored:
			scored++
			if question.AsksOwner(c) && !said[b.ID] {
				unsaid = append(unsaid, question.BidCode(&b))
			}
		default:
			waiting = append(waiting, question.BidCode(&b))
		}
	}
	switch {
	case len(waiting) > 0:
		return problem.New(problem.Conflict, "ranking.not_scored", "These bids are not scored yet: %s.", strings.Join(waiting, ", "))
	case scored == 0:
		return problem.New(problem.Conflict, "ranking.no_bids", "No bid has been scored; there is nothing to rank.")
	case len(unsaid) > 0:
		return problem.New(problem.Conflict, "ranking.owner_missing", "The owner has not said yet how satisfied he is with: %s.", strings.Join(unsaid, ", "))
	}
	return nil
}

// keep asks the engine and makes the row of evidence.
func keep(c *models.Challenge, asked rank.Input) (*models.Ranking, error) {
	out, err := rank.Bids(asked)
	if err != nil {
		return nil, fmt.Errorf("rank %s: %w", c.ID, err)
	}
	input, err := json.Marshal(asked)
	if err != nil {
		return nil, fmt.Errorf("keep the ranking's input: %w", err)
	}
	output, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("keep the ranking's output: %w", err)
	}
	return &models.Ranking{Challenge: c.ID, Engine: out.Version, Input: string(input), Output: string(output), Digest: Digest(string(input), string(output))}, nil
}

// Digest is the fingerprint of a kept ranking: SHA-256 in hex of its input and its output,
// each ended by a newline.
func Digest(input, output string) string {
	sum := sha256.Sum256([]byte(input + "\n" + output + "\n"))
	return hex.EncodeToString(sum[:])
}
