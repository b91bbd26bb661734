package bids

import (
	"time"

	"jiebang/models"
)

// BidBoard is the opened bids of a challenge.
type BidBoard struct {
	Challenge BidChallenge    `json:"challenge"`
	OpenedAt  *time.Time      `json:"opened_at,omitempty"`
	Items     []BidBoardItem  `json:"items" doc:"By code"`
	Actions   []models.Action `json:"actions" doc:"What may be done to the challenge now"`
}

// BidBoardItem is one opened bid in short.
type BidBoardItem struct {
	ID        models.BidID     `json:"id"`
	Code      string           `json:"code"`
	State     string           `json:"state"`
	Version   int64            `json:"version"`
	Team      BidParty         `json:"team"`
	Org       BidParty         `json:"org"`
	QuoteFen  models.Fen       `json:"quote_fen"`
	Match     float64          `json:"match_score"`
	Submitted *time.Time       `json:"submitted_at,omitempty"`
	Promises  BidPromiseCounts `json:"promises"`
	Checked   bool             `json:"checked" doc:"The formal check is done"`
	Failed    []string         `json:"failed_checks" doc:"Codes of what the formal check found wanting"`
	Reason    string           `json:"reason"`
	Actions   []models.Action  `json:"actions"`
}

// BidPromiseCounts sums up the promises of a bid.
type BidPromiseCounts struct {
	Asked           int `json:"asked"`
	Met             int `json:"met"`
	Deviations      int `json:"deviations"`
	KnockoutsMissed int `json:"knockouts_missed"`
}

// List is the opened bids of a challenge, for its owner, the officer and the auditor.
func List(tx *models.Tx, in *BidChallengeInput) (*BidBoard, error) {
	c, err := tx.ChallengeFor(models.BidList, in.ID)
	if err != nil {
		return nil, err
	}
	return board(tx, c)
}

func board(tx *models.Tx, c *models.Challenge) (*BidBoard, error) {
	out := &BidBoard{Challenge: about(c), OpenedAt: c.OpenedAt}
	var err error
	if out.Actions, err = tx.Allowed(c); err != nil {
		return nil, err
	}
	list, err := tx.OpenedBids(c.ID)
	if err != nil || len(list) == 0 {
		return out, err
	}
	around, err := surroundings(tx, list)
	if err != nil {
		return nil, err
	}
	counts, err := promised(tx, c, list)
	if err != nil {
		return nil, err
	}
	for i := range list {
		b := &list[i]
		item := BidBoardItem{ID: b.ID, Code: b.Code, State: b.State, Version: b.Version, Team: around.team(b), Org: around.org(b), QuoteFen: b.QuoteFen,
			Match: b.Match, Submitted: b.SubmittedAt, Promises: counts[b.ID], Checked: len(b.Check.V) > 0, Reason: b.Reason}
		for _, k := range b.Check.V {
			if !k.OK {
				item.Failed = append(item.Failed, k.Code)
			}
		}
		if item.Actions, err = tx.Allowed(b); err != nil {
			return nil, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func promised(tx *models.Tx, c *models.Challenge, list []models.Bid) (map[models.BidID]BidPromiseCounts, error) {
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	knockout := map[models.IndicatorID]bool{}
	for _, i := range indicators {
		knockout[i.ID] = i.Knockout
	}
	ids := make([]models.BidID, len(list))
	for i, b := range list {
		ids[i] = b.ID
	}
	rows, err := tx.PromisesOf(ids...)
	counts := map[models.BidID]BidPromiseCounts{}
	for _, p := range rows {
		n := counts[p.Bid]
		n.Asked++
		switch {
		case p.Met:
			n.Met++
		case knockout[p.Indicator]:
			n.Deviations++
			n.KnockoutsMissed++
		default:
			n.Deviations++
		}
		counts[p.Bid] = n
	}
	return counts, err
}
