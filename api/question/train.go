package question

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"jiebang/matching/fit"
	"jiebang/models"
)

// oldest is how old a model may become, and grown by how much the evidence may grow, before
// it is trained anew.
const (
	oldest = 30 * 24 * time.Hour
	grown  = 1.1
)

// Train trains the match model on the evidence there is, where there is none yet, it is old,
// or the evidence grew by a tenth. It reads in one unit of work, thinks with none open, and
// keeps the result in another; of two processes that train at once on the same evidence both
// keep the same.
func Train(ctx context.Context, s *models.Store) error {
	var cat fit.Catalogue
	var teams []fit.Team
	var open []fit.Challenge
	texts, due := 0, false
	embedding := poolOf(s).settings.Embedding
	err := s.Read(ctx, models.System, func(tx *models.Tx) (err error) {
		if due, texts, err = trainingDue(tx, embedding.name()); err != nil || !due {
			return err
		}
		if cat, err = Catalogue(tx); err != nil {
			return err
		}
		for page, err := range pages(tx) {
			if err != nil {
				return err
			}
			cards, err := cardsOf(tx, page)
			if err != nil {
				return err
			}
			teams = append(teams, cards...)
		}
		list, err := tx.ChallengesIn(models.PublicStates()...)
		if err != nil {
			return err
		}
		open, err = challenges(tx, list)
		return err
	})
	if err != nil || !due {
		return err
	}
	learned, err := learnFrom(cat, teams, open, func(texts []string) (known, error) { return embedding.ask(ctx, s, texts) }, embedding.name())
	if err != nil {
		return err
	}
	var raw bytes.Buffer
	if err := learned.Save(&raw); err != nil {
		return fmt.Errorf("write the match model: %w", err)
	}
	sum := sha256.Sum256(raw.Bytes())
	version := hex.EncodeToString(sum[:8])
	return s.Write(ctx, models.System, func(tx *models.Tx) error {
		if err := tx.KeepMatchModel(version, texts, raw.Bytes()); err != nil {
			return err
		}
		return tx.Follow(models.MatchTrain, tx.Site(), models.Note{Data: map[string]any{"version": version, "texts": texts, "teams": len(teams)}})
	})
}

func trainingDue(tx *models.Tx, embedding string) (due bool, texts int, err error) {
	if texts, err = tx.EvidenceTotal(); err != nil {
		return false, 0, err
	}
	newest, err := tx.NewestMatchModel()
	if err != nil {
		return false, 0, err
	}
	if newest == nil {
		return texts > 0, texts, nil
	}
	learned, err := learnedModels(tx, newest)
	if err != nil || learned.Likeness == nil || learned.Embedding != embedding {
		return err == nil, texts, err
	}
	return float64(texts) > grown*float64(newest.Texts) || tx.Now.Sub(newest.Trained) > oldest, texts, nil
}

// trainingSeed starts the generators of the training; another would give another model of
// the same worth.
const trainingSeed = 20260101

// sampled is from how many teams the scale of the scores is drawn: each must be made ready,
// and more teams tell nothing new of it.
const sampled = 5_000

// learnFrom asks for the vectors of texts, of a few thousand at a time, where embedding names
// a service.
func learnFrom(cat fit.Catalogue, teams []fit.Team, open []fit.Challenge, ask func(texts []string) (known, error), embedding string) (fit.Models, error) {
	o := fit.Learning{Seed: trainingSeed, Embedding: embedding}
	if embedding != "" {
		o.Embed = func(texts []string) ([][]float32, error) {
			there, err := ask(texts)
			if err != nil {
				return nil, err
			}
			return there.of(texts)
		}
	}
	learned, err := fit.Learn(cat, teams, o)
	if err != nil {
		return learned, fmt.Errorf("train the match model: %w", err)
	}
	e, err := fit.New(cat, learned)
	if err != nil {
		return learned, fmt.Errorf("make the match engine: %w", err)
	}
	teams = sample(teams)
	var asked []*fit.Asked
	var ready []*fit.Prepared
	prepare := func(e *fit.Engine) {
		asked, ready = make([]*fit.Asked, len(open)), make([]*fit.Prepared, len(teams))
		for i, c := range open {
			asked[i] = e.Challenge(c)
		}
		for i, t := range teams {
			ready[i] = e.Team(t)
		}
	}
	if embedding != "" {
		there, err := ask(said(e, prepare))
		if err != nil {
			return learned, err
		}
		e = e.Embedding(there.of)
	}
	prepare(e)
	learned.Reference = e.Calibrate(asked, ready)
	return learned, nil
}

// sample takes teams by the digests of their codes: which are taken neither their order nor
// the size of the pool decides.
func sample(teams []fit.Team) []fit.Team {
	if len(teams) <= sampled {
		return teams
	}
	type drawn struct {
		digest [sha256.Size]byte
		team   fit.Team
	}
	all := make([]drawn, len(teams))
	for i, t := range teams {
		all[i] = drawn{sha256.Sum256([]byte(t.Code)), t}
	}
	slices.SortFunc(all, func(a, b drawn) int { return bytes.Compare(a.digest[:], b.digest[:]) })
	out := make([]fit.Team, sampled)
	for i := range out {
		out[i] = all[i].team
	}
	return out
}
