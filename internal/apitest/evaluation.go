package apitest

import (
	"context"
	"fmt"
	"time"

	"jiebang/internal/seal"
	"jiebang/models"
)

// Evaluation is a challenge whose bids are open and formally passed, with everybody who has
// a hand in what follows. Nothing of it went through the API, so that the domains of the
// evaluation are tested apart from those before it.
type Evaluation struct {
	W          *World
	Challenge  *models.Challenge
	Owner      Person // posts for the firm that asks
	Officer    Person
	Auditor    Person
	Stranger   Person
	Indicators []models.Indicator
	Bids       []*models.Bid
	Teams      []*models.Team
	Orgs       []*models.Org // of the teams
	Experts    []*models.Expert
}

// Evaluation plants one with some bids and experts, by the table but not through the API.
// Every second expert is of technology, the others of industry, one in ten of finance; each
// has a unit of his own. It takes two weeks of the world's time.
func (w *World) Evaluation(bids, experts int) *Evaluation {
	w.T.Helper()
	ev := &Evaluation{W: w, Officer: w.Officer("ev-officer", "210000")}
	w.Grant(w.Person("ev-auditor"), "auditor", "")
	w.Person("ev-stranger")
	owner, admin := w.Org("EvLeader", "enterprise")
	ev.Owner = admin
	ev.publish(owner)
	for i := range bids {
		ev.bid(i)
	}
	w.Clock.Pass(14 * 24 * time.Hour)
	w.Write(func(tx *models.Tx) error {
		for i := range experts {
			if err := ev.plantExpert(tx, i); err != nil {
				return err
			}
		}
		return ev.open(tx)
	})
	ev.SignIn()
	ev.as(ev.Officer, func(tx *models.Tx) error {
		for i := range ev.Bids {
			b, err := tx.BidFor(models.BidCheck, ev.Bids[i].ID)
			if err != nil {
				return err
			}
			if err := tx.Apply(models.BidCheck, b, models.Note{}); err != nil {
				return err
			}
			ev.Bids[i] = b
		}
		return nil
	})
	return ev
}

// SignIn signs everybody in again, after the clock was moved past the life of their tokens.
func (ev *Evaluation) SignIn() {
	ev.W.T.Helper()
	ev.Owner, ev.Officer = ev.W.SignIn("evleader"), ev.W.SignIn("ev-officer")
	ev.Auditor, ev.Stranger = ev.W.SignIn("ev-auditor"), ev.W.SignIn("ev-stranger")
}

func (ev *Evaluation) as(p Person, fn func(tx *models.Tx) error) {
	ev.W.T.Helper()
	if err := ev.W.Store.Write(context.Background(), p.Who, fn); err != nil {
		ev.W.T.Fatal(err)
	}
}

func life(tx *models.Tx, state string) models.Life {
	return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
}

// publish brings the challenge from its draft to the list.
func (ev *Evaluation) publish(owner *models.Org) {
	c := models.NewChallenge()
	ev.Challenge = c
	ev.as(ev.Owner, func(tx *models.Tx) error {
		org, err := tx.OrgFor(models.ChallengeDraft, owner.ID)
		if err != nil {
			return err
		}
		batch := models.NewBatch()
		deadline := tx.Now.Add(14 * 24 * time.Hour)
		c.Title, c.Owner, c.Region, c.City = "高速轴承寿命提升", org.ID, "210100", "沈阳市"
		c.Type, c.Competition, c.MaxLanes, c.Selection = "tech_breakthrough", "single", 1, "panel_plus_owner"
		c.Deadline, c.OpenAt = &deadline, &deadline
		c.Tags, c.TotalFen, c.BountyFen = models.J([]string{"MFG.bearing", "IT.control"}), 300*models.Wan, 200*models.Wan
		c.Criteria, c.Weights, c.Panel, c.PublicityDays = batch.Criteria, batch.Weights, batch.Panel, batch.PublicityDays
		if err := tx.Make(models.ChallengeDraft, org, c, models.Note{}); err != nil {
			return err
		}
		life, noise := 20000.0, 60.0
		ev.Indicators = []models.Indicator{
			{Name: "寿命", Op: ">=", Value: &life, Unit: "h", Weight: 50, Knockout: true, TestMethod: "台架"},
			{Name: "噪声", Op: "<=", Value: &noise, Unit: "dB", Weight: 30},
			{Name: "资料", Op: "meets", Text: "齐全", Weight: 20},
		}
		if err := tx.SetIndicators(c, ev.Indicators); err != nil {
			return err
		}
		return tx.Apply(models.ChallengeSubmit, c, models.Note{})
	})
	ev.as(ev.Officer, func(tx *models.Tx) error {
		if err := tx.Apply(models.ChallengeApprove, c, models.Note{}); err != nil {
			return err
		}
		c.Code, c.PublishedAt = "LN-JB-2026-01-"+string(c.ID[4:8]), &tx.Now
		if err := tx.Apply(models.ChallengePublish, c, models.Note{}); err != nil {
			return err
		}
		return tx.IndexChallenge(c, models.ListEntry{Text: []string{"轴承"}})
	})
}

// bid plants a unit, a team and its lead, who administrates the unit too, and submits their bid.
func (ev *Evaluation) bid(i int) {
	name := fmt.Sprintf("EvUni%03d", i)
	o := models.NewOrg()
	o.Name, o.Kind, o.Region, o.City, o.USCC = name, "university", "210100", "沈阳市", fmt.Sprintf("91210100EV%08d", i)
	u := models.NewUser(fmt.Sprintf("ev-lead-%03d", i), "Lead "+name, ev.W.hash)
	t := models.NewTeam()
	t.Code, t.Name, t.Org, t.TRLMin, t.TRLMax, t.MaxConcurrent = fmt.Sprintf("EVT%03d", i), "Team "+name, o.ID, 3, 8, 3
	t.Domains = models.J([]models.DomainTag{{Tag: "MFG.bearing", Level: 4}})
	lead := Person{Login: u.Login, User: u.ID, Who: models.Who{User: u.ID}}
	ev.W.Write(func(tx *models.Tx) error {
		o.Life, u.Life, t.Life = life(tx, models.OrgVerified), life(tx, models.UserActive), life(tx, models.TeamActive)
		for _, row := range []any{o, u, t} {
			if err := tx.Plant(row); err != nil {
				return err
			}
		}
		if _, err := tx.AddTeamMember(t.ID, u.ID, "lead"); err != nil {
			return err
		}
		if _, err := tx.AddMembership(o.ID, u.ID, "admin"); err != nil {
			return err
		}
		s, err := tx.StartSession(u.ID, models.RandomToken(), "test", 24*time.Hour)
		lead.Who.Session = s.ID
		return err
	})
	ev.as(lead, func(tx *models.Tx) error {
		c, err := tx.ChallengeFor(models.BidDraft, ev.Challenge.ID)
		if err != nil {
			return err
		}
		b := models.NewBid(c, t)
		if err := tx.Make(models.BidDraft, c, b, models.Note{}); err != nil {
			return err
		}
		content, err := seal.Canonical(models.BidContent{Summary: "sealed words of " + name, Partners: []models.Partner{{Org: o.ID, Name: name, TaskPct: 100, MoneyPct: 100}},
			People: []models.Person{{Name: u.Name, MonthsPerYear: 6}}})
		if err != nil {
			return err
		}
		v, err := tx.SaveDraft(b, string(content), seal.Digest(content))
		if err != nil {
			return err
		}
		b.Requested, b.Endorsed, b.EndorsedDigest, b.EndorsedBy, b.EndorsedAt = 1, 1, v.Digest, u.ID, &tx.Now
		for _, action := range []models.Action{models.BidSave, models.BidRequest, models.BidEndorse} {
			if err := tx.Apply(action, b, models.Note{}); err != nil {
				return err
			}
		}
		if _, err := tx.Seal(b, v); err != nil {
			return err
		}
		ev.Bids, ev.Teams, ev.Orgs = append(ev.Bids, b), append(ev.Teams, t), append(ev.Orgs, o)
		return tx.Apply(models.BidSubmit, b, models.Note{})
	})
}

// open closes the window and opens every bid with its promises.
func (ev *Evaluation) open(tx *models.Tx) error {
	c := ev.Challenge
	c.OpenedAt = &tx.Now
	for _, action := range []models.Action{models.ChallengeClose, models.ChallengeOpen} {
		if err := tx.Apply(action, c, models.Note{}); err != nil {
			return err
		}
	}
	for i, b := range ev.Bids {
		b.Code, b.Match, b.QuoteFen = fmt.Sprintf("B%03d", i+1), float64(60+i%30), 100*models.Wan
		if err := tx.Follow(models.BidOpen, b, models.Note{}); err != nil {
			return err
		}
		promises := make([]models.Promise, len(ev.Indicators))
		for n, ind := range ev.Indicators {
			value := 21000.0 + float64(i)
			promises[n] = models.Promise{Indicator: ind.ID, Met: true, Row: models.J(models.PromiseInput{Indicator: ind.ID, Value: &value,
				Basis: "basis of " + ev.Teams[i].Name, Confidence: 80})}
		}
		if err := tx.AddPromises(b, promises); err != nil {
			return err
		}
	}
	return nil
}

func (ev *Evaluation) plantExpert(tx *models.Tx, i int) error {
	kind := "technology"
	switch {
	case i%10 == 9:
		kind = "finance"
	case i%2 == 1:
		kind = "industry"
	}
	u := models.NewUser(fmt.Sprintf("ev-expert-%03d", i), fmt.Sprintf("Expert %03d", i), ev.W.hash)
	u.Life = life(tx, models.UserActive)
	e := models.NewExpert()
	e.Code, e.User, e.Name, e.Kind, e.Unit, e.YearlyCap = fmt.Sprintf("EVX%03d", i), u.ID, u.Name, kind, fmt.Sprintf("Unit %03d", i), 10
	if kind != "finance" {
		e.Domains = models.J([]string{"MFG.bearing"})
	}
	e.Life = life(tx, models.ExpertActive)
	ev.Experts = append(ev.Experts, e)
	if err := tx.Plant(u); err != nil {
		return err
	}
	return tx.Plant(e)
}

// Path is a path below the challenge's own.
func (ev *Evaluation) Path(rest string) string {
	return "/challenges/" + string(ev.Challenge.ID) + rest
}

// Expert signs an expert in.
func (ev *Evaluation) Expert(id models.ExpertID) Person {
	ev.W.T.Helper()
	for i, e := range ev.Experts {
		if e.ID == id {
			return ev.W.SignIn(fmt.Sprintf("ev-expert-%03d", i))
		}
	}
	ev.W.T.Fatalf("no expert %s", id)
	return Person{}
}

// Lead signs in the lead of the team behind bid i.
func (ev *Evaluation) Lead(i int) Person {
	ev.W.T.Helper()
	return ev.W.SignIn(fmt.Sprintf("ev-lead-%03d", i))
}

// Change alters the planted challenge, past the table.
func (ev *Evaluation) Change(fn func(c *models.Challenge)) {
	ev.W.T.Helper()
	ev.W.Write(func(tx *models.Tx) error {
		c, err := tx.Challenge(ev.Challenge.ID)
		if err != nil {
			return err
		}
		fn(c)
		ev.Challenge = c
		return tx.Replant(c)
	})
}

// Scored puts every bid through the panel, past the table: sheets of the first experts are
// planted with the points that share gives for a bid, as a part of each criterion's weight.
func (ev *Evaluation) Scored(experts int, share func(bid, expert int) float64) {
	ev.W.T.Helper()
	ev.W.Write(func(tx *models.Tx) error {
		for i, b := range ev.Bids {
			for j, e := range ev.Experts[:experts] {
				a := models.NewAssignment(ev.Challenge.ID, b.ID, e, 1, i+1)
				a.DeclaredAt, a.Life = &tx.Now, life(tx, models.AssignmentDone)
				if err := tx.Plant(a); err != nil {
					return err
				}
				r := &models.Review{State: models.ReviewSubmitted, SubmittedAt: &tx.Now, Confidence: 2, Recommend: true, Comment: "secret words"}
				scores := []models.Score{}
				for _, k := range ev.Challenge.Criteria.V {
					points := share(i, j) * float64(k.Weight)
					scores = append(scores, models.Score{Criterion: k.Code, Points: points, Comment: "secret reason"})
					r.Total += points
				}
				r.Scores = models.J(scores)
				if err := tx.SaveReview(a, r); err != nil {
					return err
				}
			}
			fresh, err := tx.Bid(b.ID)
			if err != nil {
				return err
			}
			for _, action := range []models.Action{models.BidReview, models.BidScore} {
				if err := tx.Follow(action, fresh, models.Note{}); err != nil {
					return err
				}
			}
			ev.Bids[i] = fresh
		}
		return nil
	})
}

// Satisfied plants the owner's satisfaction with every bid.
func (ev *Evaluation) Satisfied(points func(bid int) float64) {
	ev.W.T.Helper()
	ev.W.Write(func(tx *models.Tx) error {
		for i, b := range ev.Bids {
			if err := tx.SetSatisfaction(models.Satisfaction{Challenge: ev.Challenge.ID, Bid: b.ID, Points: points(i)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Bid reads a bid as it stands now.
func (ev *Evaluation) Bid(i int) *models.Bid {
	ev.W.T.Helper()
	var b *models.Bid
	ev.W.Write(func(tx *models.Tx) (err error) {
		b, err = tx.Bid(ev.Bids[i].ID)
		return err
	})
	return b
}
