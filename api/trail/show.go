package trail

import (
	"time"

	"jiebang/models"
)

// ShowInput names a thing.
type ShowInput struct {
	Kind   models.Kind `path:"kind" enum:"challenge,bid,team,org,alliance,objection,integrity,need,role_request"`
	ID     string      `path:"id" maxLength:"40"`
	Cursor string      `query:"cursor" maxLength:"500"`
	Limit  int         `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// Trail is a page of what happened to a thing, oldest first.
type Trail struct {
	Items []TrailEvent `json:"items"`
	Next  string       `json:"next"`
}

// TrailEvent is one thing that was done.
type TrailEvent struct {
	ID        models.EventID `json:"id"`
	At        time.Time      `json:"at"`
	Action    models.Action  `json:"action"`
	Role      string         `json:"role" doc:"In which role it was done"`
	Name      string         `json:"name" doc:"Who did it, where the caller may know"`
	Mine      bool           `json:"mine" doc:"The caller did it himself"`
	ThingKind models.Kind    `json:"thing_kind" doc:"A challenge's trail holds what happened to its bids and reviews too"`
	Thing     string         `json:"thing"`
	From      string         `json:"from" doc:"State before"`
	To        string         `json:"to" doc:"State after"`
	Reason    string         `json:"reason"`
}

// Show is what happened to a thing, as far as the caller may know. What happens to a bid is
// on its own trail, for its team and unit; it joins the challenge's only once the bids are
// open. Who judges stays between the experts and the office.
func Show(tx *models.Tx, in *ShowInput) (*Trail, error) {
	if _, err := tx.ThingFor(models.TrailShow, in.Kind, in.ID); err != nil {
		return nil, err
	}
	list := "trail/" + string(in.Kind) + "/" + in.ID
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	seq := int64(0)
	if after.ID != "" {
		if seq, err = tx.EventNo(models.EventID(after.ID)); err != nil {
			return nil, err
		}
	}
	v, err := viewer(tx, in)
	if err != nil {
		return nil, err
	}
	events, err := tx.TrailPage(in.Kind, in.ID, v.sealed, seq, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &Trail{}
	if len(events) > in.Limit {
		events = events[:in.Limit]
		out.Next = tx.Page(list, nil, string(events[in.Limit-1].ID))
	}
	return out, v.fill(out, events)
}

// seeing is what the caller may know of a trail.
type seeing struct {
	tx     *models.Tx
	sealed bool                 // the bids of the challenge are not open
	office bool                 // officer of the place, or auditor
	opened map[string]time.Time // on a challenge's trail: its bids that were opened, and when
	untold bool                 // on a bid's trail: what was concluded is not public yet
}

func viewer(tx *models.Tx, in *ShowInput) (*seeing, error) {
	v := &seeing{tx: tx, office: tx.Actor.Auditor}
	var c *models.Challenge
	var err error
	switch in.Kind {
	case models.KindChallenge:
		c, err = tx.Challenge(models.ChallengeID(in.ID))
		if err == nil {
			err = v.open(c)
		}
	case models.KindBid:
		var b *models.Bid
		if b, err = tx.Bid(models.BidID(in.ID)); err == nil {
			c, err = tx.Challenge(b.ChallengeID)
		}
		v.untold = err == nil && b.ToldState(c) != b.State
	case models.KindRoleRequest: // whoever may know of one keeps watch over offices
		v.office = true
	default:
		v.office = v.office || len(tx.Actor.Regions) > 0
	}
	if err != nil {
		return nil, err
	}
	if c != nil {
		v.office = v.office || tx.OfficerIn(c.Region)
	}
	return v, nil
}

// open notes which bids were opened. What was drafted and never submitted stays with its
// team for good, as does what a team and its unit did with each other before.
func (v *seeing) open(c *models.Challenge) error {
	v.sealed, v.opened = c.OpenedAt == nil, map[string]time.Time{}
	if v.sealed {
		return nil
	}
	bids, err := v.tx.OpenedBids(c.ID)
	for _, b := range bids {
		v.opened[string(b.ID)] = *c.OpenedAt
	}
	return err
}

// hidden says that a line of the trail is not the caller's to see.
func (v *seeing) hidden(e *models.Event) bool {
	if !v.office && confidential[e.Kind] {
		return true
	}
	if v.untold && !v.office && conclusions[e.Action] {
		return true
	}
	if v.opened == nil || e.Kind != models.KindBid {
		return false
	}
	at, opened := v.opened[e.Thing]
	return !opened || e.At.Before(at) && e.Action != models.BidSubmit
}

// conclusions are what a team does not hear before everybody does.
var conclusions = map[models.Action]bool{models.BidScore: true, models.BidShortlist: true, models.BidPass: true, models.BidReturn: true}

// confidential are what an outsider to the office must not see of the judging.
var confidential = map[models.Kind]bool{models.KindAssignment: true, models.KindReview: true, models.KindObjection: true}

func (v *seeing) fill(out *Trail, events []models.Event) error {
	ids := []models.UserID{}
	for _, e := range events {
		if v.named(&e) {
			ids = append(ids, e.Actor)
		}
	}
	names, err := v.tx.Names(ids)
	if err != nil {
		return err
	}
	for _, e := range events {
		if v.hidden(&e) {
			continue
		}
		line := TrailEvent{ID: e.ID, At: e.At, Action: e.Action, Role: e.ActedAs, Mine: e.Actor != "" && e.Actor == v.tx.Actor.User,
			ThingKind: e.Kind, Thing: e.Thing, From: e.Before, To: e.After, Reason: e.Reason}
		if v.named(&e) {
			line.Name = names[e.Actor]
		}
		out.Items = append(out.Items, line)
	}
	return nil
}

// named says that the caller may know who it was: the office, or he himself.
func (v *seeing) named(e *models.Event) bool {
	if e.Action == models.QuestionAsk && !v.tx.Actor.Auditor { // who asks is told nobody
		return e.Actor == v.tx.Actor.User
	}
	return e.Actor != "" && (v.office || e.Actor == v.tx.Actor.User)
}
