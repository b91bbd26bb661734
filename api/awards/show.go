package awards

import (
	"cmp"
	"slices"
	"time"

	"jiebang/internal/workday"
	"jiebang/models"
)

// ShowInput names a challenge.
type ShowInput struct {
	ID models.ChallengeID `path:"id"`
}

// Award is who is proposed or has won, and until when one may object.
type Award struct {
	Challenge  models.ChallengeID `json:"challenge"`
	Code       string             `json:"code"`
	Title      string             `json:"title"`
	State      string             `json:"state"`
	Version    int64              `json:"version"`
	Awards     []AwardSeat        `json:"awards"`
	Reserves   []AwardSeat        `json:"reserves"`
	PassedOver []AwardPassedOver  `json:"passed_over" doc:"Bids that their place would have proposed, and why they are not; for owner, officers and auditors"`
	From       *time.Time         `json:"publicity_from,omitempty"`
	Until      *time.Time         `json:"publicity_until,omitempty" doc:"From this instant on it is too late to object"`
	Days       int                `json:"publicity_days" doc:"Working days"`
	Certain    bool               `json:"calendar_known" doc:"The year's holidays are known; else the end may still move"`
	Objections int                `json:"open_objections" doc:"For officers and auditors"`
	DecidedAt  *time.Time         `json:"decided_at,omitempty"`
	Panel      []AwardExpert      `json:"panel" doc:"Who judged, from the publicity on; for the office only where the batch hides the experts"`
	Actions    []models.Action    `json:"actions" doc:"What the caller may do to the challenge"`
}

// AwardSeat is one proposed or decided award or reserve.
type AwardSeat struct {
	Lane    int          `json:"lane"`
	Bid     models.BidID `json:"bid"`
	BidCode string       `json:"bid_code"`
	Team    string       `json:"team"`
	Unit    string       `json:"unit"`
	Place   int          `json:"place"`
	Total   float64      `json:"total"`
	Panel   float64      `json:"panel"`
	State   string       `json:"state" enum:"proposed,decided"`
	Reason  string       `json:"reason" doc:"Of the chair, where bids shared a place"`
}

// AwardPassedOver is a bid that is not proposed in spite of its place.
type AwardPassedOver struct {
	BidCode string `json:"bid_code"`
	Reason  string `json:"reason"`
}

// AwardExpert is an expert who judged.
type AwardExpert struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// Show is the proposal or the award of a challenge.
func Show(tx *models.Tx, in *ShowInput) (*Award, error) {
	c, err := tx.ChallengeFor(models.AwardShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, c)
}

func view(tx *models.Tx, c *models.Challenge) (*Award, error) {
	v := &Award{Challenge: c.ID, Code: c.Code, Title: c.Title, State: c.State, Version: c.Version, From: c.PublicityFrom, Until: c.PublicityUntil,
		Days: c.PublicityDays, Certain: true}
	if c.PublicityUntil != nil {
		v.Certain = workday.Official().Known(c.PublicityUntil.In(workday.Shanghai).Year())
	}
	if err := seats(tx, c, v); err != nil {
		return nil, err
	}
	office, err := tx.Sees(models.ObjectionList, c)
	if err != nil {
		return nil, err
	}
	if office {
		list, err := tx.ObjectionsOf(c.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range list {
			if o.State == models.ObjectionFiled {
				v.Objections++
			}
		}
	}
	if (c.State == models.ChallengePublicity || c.State == models.ChallengeAwarded) && (office || !c.HidesExperts()) {
		if v.Panel, err = judges(tx, c); err != nil {
			return nil, err
		}
	}
	v.Actions, err = tx.Allowed(c)
	return v, err
}

func seats(tx *models.Tx, c *models.Challenge, v *Award) error {
	given, err := tx.AwardsOf(c.ID)
	if err != nil {
		return err
	}
	row, err := tx.LatestRanking(c.ID)
	if err != nil || row == nil {
		return err
	}
	o, err := ranked(tx, c, row)
	if err != nil {
		return err
	}
	teams, orgs := []models.TeamID{}, []models.OrgID{}
	for _, k := range o.list {
		teams, orgs = append(teams, k.bid.Team), append(orgs, k.bid.Org)
	}
	teamOf, err := tx.TeamsByID(teams)
	if err != nil {
		return err
	}
	orgOf, err := tx.OrgsByID(orgs)
	if err != nil {
		return err
	}
	for _, a := range given {
		i := o.find(a.Bid)
		if i < 0 {
			continue
		}
		k := o.list[i]
		seat := AwardSeat{Lane: a.Lane, Bid: a.Bid, BidCode: k.place.Bid, Team: teamOf[k.bid.Team].Name, Unit: orgOf[k.bid.Org].Name, Place: k.place.Place,
			Total: k.place.Total, Panel: k.place.Panel, State: a.State, Reason: a.Reason}
		if a.Kind == "award" {
			v.Awards = append(v.Awards, seat)
		} else {
			v.Reserves = append(v.Reserves, seat)
		}
		if a.DecidedAt != nil {
			v.DecidedAt = a.DecidedAt
		}
	}
	party, err := tx.Sees(models.BidList, c)
	if err != nil || !party || len(v.Awards) == 0 {
		return err
	}
	v.PassedOver = over(o, v)
	return nil
}

// over are the bids that passed and stand before the last one proposed without being so.
func over(o order, v *Award) []AwardPassedOver {
	list := []AwardPassedOver{}
	proposed := append(slices.Clone(v.Awards), v.Reserves...)
	last := slices.MaxFunc(proposed, func(a, b AwardSeat) int { return a.Place - b.Place })
	for _, k := range o.list {
		in := slices.ContainsFunc(proposed, func(s AwardSeat) bool { return s.Bid == k.bid.ID })
		if k.place.Passed && !in && k.place.Place < last.Place {
			list = append(list, AwardPassedOver{BidCode: k.place.Bid, Reason: k.bid.Reason})
		}
	}
	return list
}

// judges are the experts whose sheets count, by name.
func judges(tx *models.Tx, c *models.Challenge) ([]AwardExpert, error) {
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	ids := []models.ExpertID{}
	for _, a := range given {
		if a.State == models.AssignmentDone && !slices.Contains(ids, a.Expert) {
			ids = append(ids, a.Expert)
		}
	}
	experts, err := tx.ExpertsByID(ids)
	list := []AwardExpert{}
	for _, id := range ids {
		list = append(list, AwardExpert{experts[id].Name, experts[id].Unit})
	}
	slices.SortFunc(list, func(a, b AwardExpert) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}
