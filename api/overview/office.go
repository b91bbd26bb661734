package overview

import (
	"time"

	"jiebang/models"
)

// Waiting is what waits for somebody, by what it waits for.
type Waiting struct {
	Items []WaitingGroup `json:"items"`
}

// WaitingGroup is things that wait for the same act.
type WaitingGroup struct {
	Kind    string        `json:"kind" doc:"What they wait for"`
	Count   int           `json:"count"`
	Capped  bool          `json:"capped" doc:"There are more than are counted here"`
	Overdue int           `json:"overdue" doc:"How many of them should have been done by now"`
	Items   []WaitingItem `json:"items" doc:"The longest waiting first, at most 20"`
}

// WaitingItem is one thing that waits.
type WaitingItem struct {
	ThingKind models.Kind `json:"thing_kind"`
	Thing     string      `json:"thing"`
	Title     string      `json:"title"`
	Code      string      `json:"code"`
	State     string      `json:"state"`
	Since     *time.Time  `json:"since,omitempty"`
	Due       *time.Time  `json:"due,omitempty"`
}

// shown is how many things of a group are named.
const shown = 20

func (g *WaitingGroup) add(now time.Time, w WaitingItem) {
	g.Count++
	if w.Due != nil && !now.Before(*w.Due) {
		g.Overdue++
	}
	if len(g.Items) < shown {
		g.Items = append(g.Items, w)
	}
}

// How long a step may take before it is overdue.
const (
	day        = 24 * time.Hour
	answerIn   = 10 * day // submitted → returned or approved
	publishIn  = 10 * day // approved → published
	checkIn    = 5 * day  // opened → checked, drawn, given out
	reviewIn   = 10 * day // asked → scored
	soonBefore = 7 * day
)

// OfficeInput asks for nothing.
type OfficeInput struct{}

// Office lists what waits in the caller's regions: everything of the platform for an
// auditor. An operator has no right to content: he gets the numbers, and titles only of
// what is public anyway.
func Office(tx *models.Tx, _ *OfficeInput) (*Waiting, error) {
	if err := tx.May(models.OverviewOffice); err != nil {
		return nil, err
	}
	out := &Waiting{}
	for _, q := range []struct {
		kind string
		at   time.Time
		due  time.Duration // after since; 0 is as the row says
	}{
		{"submitted", tx.Now, answerIn}, {"approved", tx.Now, publishIn}, {"deadline_soon", tx.Now.Add(soonBefore), 0}, {"unopened", tx.Now, 0},
		{"unchecked", tx.Now, checkIn}, {"undrawn", tx.Now, checkIn}, {"unassigned", tx.Now, checkIn}, {"reviews_overdue", tx.Now.Add(-reviewIn), reviewIn},
		{"unranked", tx.Now, reviewIn}, {"shortlisted", tx.Now, checkIn}, {"undecided", tx.Now, 0},
	} {
		rows, err := tx.Pending(q.kind, q.at)
		if err != nil {
			return nil, err
		}
		g := WaitingGroup{Kind: q.kind, Capped: len(rows) == models.OfficeCap}
		for _, r := range rows {
			w := WaitingItem{ThingKind: models.KindChallenge, Thing: string(r.ID), Title: r.Title, Code: r.Code, State: r.State, Since: &r.Since, Due: r.Due}
			if q.due > 0 {
				due := r.Since.Add(q.due)
				w.Due = &due
			}
			if !content(tx) && r.Code == "" {
				w.Thing, w.Title = "", ""
			}
			g.add(tx.Now, w)
		}
		out.Items = append(out.Items, g)
	}
	if tx.Actor.Operator {
		dead, err := tx.Stuck()
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, WaitingGroup{Kind: "deliveries_dead", Count: int(dead), Overdue: int(dead)})
	}
	return out, nil
}

// content says that the caller may read what is not public.
func content(tx *models.Tx) bool {
	return len(tx.Actor.Regions) > 0 && !tx.Actor.Operator || tx.Actor.Auditor
}
