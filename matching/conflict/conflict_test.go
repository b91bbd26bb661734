package conflict_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"jiebang/matching/conflict"
	"jiebang/matching/gate"
)

var at = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// free is an expert without a conflict.
func free() conflict.Question {
	return conflict.Question{
		At: at, Challenge: "C", Owner: "O", Alliance: []string{"O", "AL"},
		Bids: []conflict.Bid{
			{ID: "b1", Team: "T1", Orgs: []string{"H1", "P1"}, People: []string{"p1"}},
			{ID: "b2", Team: "T2", Orgs: []string{"H2"}, People: []string{"p2"}},
		},
		Experts: []conflict.Expert{{ID: "E", Person: "pe", Org: "X"}},
		Names:   map[string]string{"E": "评审专家001", "O": "发榜公司", "H1": "浑河理工大学"},
	}
}

func words(cs []conflict.Conflict) string {
	var out []string
	for _, c := range cs {
		s := c.Rule + "@" + c.Bid
		if c.Hard {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	t.Parallel()
	ago := func(years, days int) time.Time { return at.AddDate(-years, 0, days) }
	for name, row := range map[string]struct {
		change func(*conflict.Question, *conflict.Expert)
		want   string
	}{
		"ok":           {func(q *conflict.Question, e *conflict.Expert) {}, ""},
		"no_org":       {func(q *conflict.Question, e *conflict.Expert) { e.Org, q.Owner = "", "" }, ""},
		"owner":        {func(q *conflict.Question, e *conflict.Expert) { e.Org = "O" }, "same_org@!"},
		"lead_org":     {func(q *conflict.Question, e *conflict.Expert) { e.Org = "H1" }, "same_org@b1!"},
		"partner_org":  {func(q *conflict.Question, e *conflict.Expert) { e.Org = "P1" }, "same_org@b1!"},
		"alliance":     {func(q *conflict.Question, e *conflict.Expert) { e.Org = "AL" }, "alliance@!"},
		"under_owner":  {func(q *conflict.Question, e *conflict.Expert) { q.Links = []gate.Link{{Parent: "O", Child: "X"}} }, "kin_org@!"},
		"above_bidder": {func(q *conflict.Question, e *conflict.Expert) { q.Links = []gate.Link{{Parent: "X", Child: "H2"}} }, "kin_org@b2!"},
		"siblings": {func(q *conflict.Question, e *conflict.Expert) {
			q.Links = []gate.Link{{Parent: "G", Child: "X"}, {Parent: "G", Child: "H2"}}
		}, "siblings@b2"},
		"link_ended": {func(q *conflict.Question, e *conflict.Expert) {
			q.Links = []gate.Link{{Parent: "O", Child: "X", Until: at}}
		}, ""},
		"worked_with_team": {func(q *conflict.Question, e *conflict.Expert) {
			e.Works = []conflict.Work{{With: "T1", Until: ago(2, 0)}}
		}, "collaboration@b1!"},
		"worked_with_person": {func(q *conflict.Question, e *conflict.Expert) {
			e.Works = []conflict.Work{{With: "p2", What: "论文"}}
		}, "collaboration@b2!"},
		"worked_with_owner": {func(q *conflict.Question, e *conflict.Expert) {
			e.Works = []conflict.Work{{With: "O", Until: ago(3, 1)}}
		}, "collaboration@!"},
		"three_years_ago": {func(q *conflict.Question, e *conflict.Expert) {
			e.Works = []conflict.Work{{With: "T1", Until: ago(3, 0)}}
			e.Jobs = []conflict.Job{{Org: "H1", Until: ago(3, 0)}}
		}, ""},
		"employed": {func(q *conflict.Question, e *conflict.Expert) {
			e.Jobs = []conflict.Job{{Org: "H1", Until: ago(1, 0)}, {Org: "O"}}
		}, "employment@! employment@b1!"},
		"member": {func(q *conflict.Question, e *conflict.Expert) { e.Person = "p1" }, "member@b1! competitor@b2!"},
		"team":   {func(q *conflict.Question, e *conflict.Expert) { e.Teams = []string{"T2"} }, "competitor@b1! member@b2!"},
		"declared_challenge": {func(q *conflict.Question, e *conflict.Expert) {
			e.Declarations = []conflict.Declaration{{Against: "C", Reason: "持股"}}
		}, "declared@!"},
		"declared_bid": {func(q *conflict.Question, e *conflict.Expert) {
			e.Declarations = []conflict.Declaration{{Against: "p2", Reason: "师生"}, {Against: "H1", Until: at}}
		}, "declared@b2!"},
		"same_fact_once": {func(q *conflict.Question, e *conflict.Expert) {
			q.Bids[0].Orgs = []string{"H1", "P1", "P1"}
			e.Org = "P1"
		}, "same_org@b1!"},
	} {
		q := free()
		row.change(&q, &q.Experts[0])
		got := conflict.Find(q)
		if words(got) != row.want {
			t.Errorf("%s: got %q, want %q", name, words(got), row.want)
		}
		for _, bid := range []string{"b1", "b2"} {
			want := strings.Contains(row.want, "@"+bid+"!") || strings.Contains(row.want, "@!")
			if conflict.Bars(got, "E", bid) != want {
				t.Errorf("%s: bars from %s is not %v", name, bid, want)
			}
		}
		if conflict.Bars(got, "another", "b1") {
			t.Errorf("%s: bars another expert", name)
		}
	}
}

func TestPathIsInWords(t *testing.T) {
	t.Parallel()
	q := free()
	q.Links = []gate.Link{{Parent: "O", Child: "Y"}, {Parent: "Y", Child: "X"}}
	if got := strings.Join(conflict.Find(q)[0].Path, " → "); got != "评审专家001 → 任职于 X → X 隶属 Y 隶属 发榜公司 → 发榜方" {
		t.Errorf("path %s", got)
	}
}

// TestOrderOfInputDoesNotShow, and one more fact never lifts a conflict.
func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(20))
	orgs := []string{"O", "AL", "H1", "P1", "H2", "X", "Y", "G"}
	for range 500 {
		q := free()
		q.Experts = nil
		for i := range 4 {
			q.Experts = append(q.Experts, conflict.Expert{ID: fmt.Sprint("E", i), Org: orgs[r.Intn(8)],
				Jobs: []conflict.Job{{Org: orgs[r.Intn(8)]}}, Works: []conflict.Work{{With: []string{"T1", "T2", "O"}[r.Intn(3)]}}})
		}
		for range r.Intn(5) {
			q.Links = append(q.Links, gate.Link{Parent: orgs[r.Intn(8)], Child: orgs[r.Intn(8)]})
		}
		a := conflict.Find(q)
		r.Shuffle(4, func(i, j int) { q.Experts[i], q.Experts[j] = q.Experts[j], q.Experts[i] })
		r.Shuffle(2, func(i, j int) { q.Bids[i], q.Bids[j] = q.Bids[j], q.Bids[i] })
		r.Shuffle(len(q.Links), func(i, j int) { q.Links[i], q.Links[j] = q.Links[j], q.Links[i] })
		if b := conflict.Find(q); !reflect.DeepEqual(a, b) {
			t.Fatalf("%v\n%v", a, b)
		}
		q.Links = append(q.Links, gate.Link{Parent: orgs[r.Intn(8)], Child: orgs[r.Intn(8)]})
		q.Experts[0].Declarations = []conflict.Declaration{{Against: "T1"}}
		b := conflict.Find(q)
		for _, c := range a {
			if c.Hard && !conflict.Bars(b, c.Expert, c.Bid) {
				t.Fatalf("%v is lifted", c)
			}
		}
	}
}

func BenchmarkFind200bids500experts(b *testing.B) {
	q := conflict.Question{At: at, Owner: "O"}
	for i := range 200 {
		q.Bids = append(q.Bids, conflict.Bid{ID: fmt.Sprint("b", i), Team: fmt.Sprint("T", i), Orgs: []string{fmt.Sprint("H", i%80)}})
		q.Links = append(q.Links, gate.Link{Parent: fmt.Sprint("G", i%30), Child: fmt.Sprint("H", i%80)})
	}
	for i := range 500 {
		q.Experts = append(q.Experts, conflict.Expert{ID: fmt.Sprint("e", i), Org: fmt.Sprint("H", i%120)})
	}
	for b.Loop() {
		conflict.Find(q)
	}
}
