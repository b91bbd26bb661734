package bids

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/matching/gate"
	"jiebang/models"
)

// Bid is a bid as the caller may see it. Before opening only the team and its unit see one,
// with its newest draft; after opening the sealed content is what everybody sees.
type Bid struct {
	ID        models.BidID    `json:"id"`
	Code      string          `json:"code" doc:"Given at opening, in random order"`
	State     string          `json:"state"`
	Version   int64           `json:"version"`
	Challenge BidChallenge    `json:"challenge"`
	Team      BidParty        `json:"team" doc:"Empty for an expert: the code stands for it"`
	Org       BidParty        `json:"org"`
	Draft     BidDraftState   `json:"draft"`
	Submitted *time.Time      `json:"submitted_at,omitempty"`
	Reason    string          `json:"reason"`
	Digest    string          `json:"digest" doc:"Of the content shown"`
	Content   *BidText        `json:"content"`
	Promises  []BidPromise    `json:"promises" doc:"The content's promises beside what is asked, by indicator"`
	Missing   []BidRemark     `json:"missing" doc:"What must be mended before the bid can be handed in"`
	Warnings  []BidRemark     `json:"warnings"`
	Gates     []gate.Reason   `json:"gates" doc:"Hard conditions the bid would fail, and marks"`
	Text      BidTextState    `json:"text" doc:"For the team, its unit and, once open, the owner and the office"`
	QuoteFen  models.Fen      `json:"quote_fen"`
	Match     float64         `json:"match_score" doc:"The machine's score at opening, for reference"`
	Check     BidCheckSheet   `json:"check"`
	Actions   []models.Action `json:"actions"`
}

// BidTextState says which text of the challenge a bid answers, by the numbers of supplements.
type BidTextState struct {
	Newest  int  `json:"newest" doc:"The newest supplement"`
	Amended int  `json:"amended" doc:"The newest one that changed the text"`
	Read    int  `json:"read" doc:"The team has taken note up to here"`
	Sealed  int  `json:"sealed" doc:"The sealed version answers the text up to here"`
	Behind  bool `json:"behind" doc:"The sealed version answers an earlier text: confirm it, or submit again"`
}

// BidText is the content shown and which saved version it is.
type BidText struct {
	Version int `json:"version"`
	models.BidContent
}

// BidRemark names a part of the content and what to do about it.
type BidRemark = problem.Field

// BidChallenge is the challenge a bid answers.
type BidChallenge struct {
	ID         models.ChallengeID `json:"id"`
	Code       string             `json:"code"`
	Title      string             `json:"title"`
	State      string             `json:"state"`
	BountyFen  models.Fen         `json:"bounty_fen"`
	HonorOnly  bool               `json:"honor_only"`
	Commitment bool               `json:"commitment_required"`
	Deadline   *time.Time         `json:"bid_deadline,omitempty"`
	OpenAt     *time.Time         `json:"open_at,omitempty"`
}

// BidParty is a team or unit by name.
type BidParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// BidDraftState says which saved version is where on its way.
type BidDraftState struct {
	Newest     int        `json:"newest"`
	Requested  int        `json:"requested" doc:"The unit was asked about this version; 0 is none"`
	Endorsed   int        `json:"endorsed"`
	EndorsedAt *time.Time `json:"endorsed_at,omitempty"`
	Sealed     int        `json:"sealed"`
}

// BidPromise is a promise beside the indicator it answers.
type BidPromise struct {
	models.PromiseInput
	No       int      `json:"no"`
	Name     string   `json:"name"`
	Op       string   `json:"op"`
	Asked    *float64 `json:"asked,omitempty"`
	AskedMin *float64 `json:"asked_min,omitempty"`
	AskedMax *float64 `json:"asked_max,omitempty"`
	AskedFor string   `json:"asked_text"`
	Unit     string   `json:"unit"`
	Weight   int      `json:"weight"`
	Knockout bool     `json:"knockout"`
	Given    bool     `json:"given" doc:"Something is promised"`
	Met      bool     `json:"met" doc:"The promise is at least what is asked"`
}

func about(c *models.Challenge) BidChallenge {
	return BidChallenge{ID: c.ID, Code: c.Code, Title: c.Title, State: c.State, BountyFen: c.BountyFen, HonorOnly: c.HonorOnly,
		Commitment: c.Commitment, Deadline: c.Deadline, OpenAt: c.OpenAt}
}

// view shows a bid to whoever passed its show row, as much as he may see.
func view(tx *models.Tx, b *models.Bid) (*Bid, error) {
	inside, err := tx.Sees(models.BidVersions, b) // the team and its unit
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(b.ChallengeID)
	if err != nil {
		return nil, err
	}
	office, err := tx.Sees(models.BidList, c) // owner, officer, auditor, once it is open
	if err != nil {
		return nil, err
	}
	v := &Bid{ID: b.ID, Code: b.Code, State: b.State, Version: b.Version, Challenge: about(c), Team: BidParty{Name: b.Code}, Org: BidParty{}}
	if v.Actions, err = tx.Allowed(b); err != nil {
		return nil, err
	}
	if inside || office {
		if err := v.named(tx, b); err != nil {
			return nil, err
		}
	}
	if !office {
		v.State = b.ToldState(c)
	}
	if inside {
		v.Draft = BidDraftState{Newest: b.Draft, Requested: b.Requested, Endorsed: b.Endorsed, EndorsedAt: b.EndorsedAt, Sealed: b.Sealed}
		v.Submitted, v.Reason = b.SubmittedAt, b.Reason
	}
	if inside || office {
		v.Text = BidTextState{Newest: c.TextNo, Amended: c.AmendedNo, Read: b.ReadNo, Sealed: b.SealedNo, Behind: b.Sealed > 0 && b.SealedNo < c.AmendedNo}
	}
	if b.Code == "" {
		return v, v.drafted(tx, b)
	}
	v.QuoteFen, v.Match = b.QuoteFen, b.Match
	if office {
		v.Submitted, v.Reason = b.SubmittedAt, b.Reason
	}
	return v, v.opened(tx, b, c, office)
}

func (v *Bid) named(tx *models.Tx, b *models.Bid) error {
	around, err := surroundings(tx, []models.Bid{*b})
	v.Team, v.Org = around.team(b), around.org(b)
	return err
}

// drafted shows the newest draft and what it still lacks.
func (v *Bid) drafted(tx *models.Tx, b *models.Bid) error {
	saved, content, err := newest(tx, b)
	if err != nil {
		return err
	}
	l, err := examine(tx, b, content)
	if err != nil {
		return err
	}
	v.Content, v.Digest, v.QuoteFen = &BidText{saved.Version, *content}, saved.Digest, content.QuoteFen
	v.Missing, v.Warnings, v.Gates = l.missing, l.warnings, l.gates
	rows := map[models.IndicatorID]models.PromiseInput{}
	for _, p := range content.Promises {
		rows[p.Indicator] = p
	}
	for _, i := range l.indicators {
		row, ok := rows[i.ID]
		if !ok {
			row.Indicator = i.ID
		}
		v.Promises = append(v.Promises, beside(i, row, i.Met(row.Value, row.Min, row.Max)))
	}
	return nil
}

// opened shows the content out of its envelope, and the promises as they were written down
// at opening.
func (v *Bid) opened(tx *models.Tx, b *models.Bid, c *models.Challenge, office bool) error {
	e, content, err := unsealed(tx, b)
	if err != nil {
		return err
	}
	v.Content, v.Digest = &BidText{e.Version, *content}, e.Digest
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	promises, err := tx.PromisesOf(b.ID)
	if err != nil {
		return err
	}
	by := map[models.IndicatorID]models.Promise{}
	for _, p := range promises {
		by[p.Indicator] = p
	}
	for _, i := range indicators {
		if p, ok := by[i.ID]; ok {
			v.Promises = append(v.Promises, beside(i, p.Row.V, p.Met))
		}
	}
	switch {
	case office:
		v.Check, err = sheet(tx, b, content)
	case v.Draft.Sealed > 0: // the team hears what was decided, not what the machine proposed
		v.Check = BidCheckSheet{Done: len(b.Check.V) > 0, Items: b.Check.V}
	}
	return err
}

func beside(i models.Indicator, p models.PromiseInput, met bool) BidPromise {
	given := p.Value != nil || p.Min != nil && p.Max != nil || !blank(p.Text)
	return BidPromise{PromiseInput: p, No: i.No, Name: i.Name, Op: i.Op, Asked: i.Value, AskedMin: i.Min, AskedMax: i.Max, AskedFor: i.Text,
		Unit: i.Unit, Weight: i.Weight, Knockout: i.Knockout, Given: given, Met: given && met}
}
