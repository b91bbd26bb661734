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
			q.Facts = []conflict.Fact{{Kind: conflict.Collaboration, Who: []string{"pe", "T1"}, Until: ago(2, 0)}}
		}, "collaboration@b1!"},
		"worked_with_person": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Paper, Who: []string{"p9", "p2", "pe"}, What: "论文"}}
		}, "paper@b2!"},
		"applied_with_partner": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Patent, Who: []string{"pe", "P1"}, From: ago(2, 0), Until: ago(2, 0)}}
		}, "patent@b1!"},
		"co_author_of_both": {func(q *conflict.Question, e *conflict.Expert) { // kohler/hotcrp #316
			q.Facts = []conflict.Fact{{Kind: conflict.Paper, Who: []string{"pe", "p1", "p2"}, Until: ago(1, 0)}}
		}, "paper@b1! paper@b2!"},
		"paper_without_him": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Paper, Who: []string{"p8", "p1"}}, {Kind: conflict.Paper, Who: []string{"p8", "pe"}}}
		}, ""},
		"bid_with_partner": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.CoBid, Who: []string{"pe", "P1", "T9"}, Until: ago(1, 0)}}
		}, "co_bid@b1!"},
		"teacher_for_life": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Supervision, Who: []string{"pe", "p1"}, Until: ago(30, 0)}}
		}, "supervision@b1!"},
		"shares_sold": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Shareholding, Who: []string{"pe", "O"}, Until: ago(1, 0)}, {Kind: conflict.Shareholding, Who: []string{"pe", "H2"}, Until: ago(0, -9)}}
		}, "shareholding@b2!"},
		"his_unit_worked": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Project, Who: []string{"X", "H1"}}}
		}, ""},
		"his_unit_counts": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Project, Who: []string{"X", "H1"}}}
			q.Rules = []conflict.Rule{{Code: conflict.UnitWork, Years: 3}}
		}, "unit_work@b1"},
		"rule_is_softer": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Paper, Who: []string{"pe", "p1"}, Until: ago(4, 0)}}
			q.Rules = []conflict.Rule{{Code: conflict.Paper, Years: 5}}
		}, "paper@b1"},
		"another_alliance": {func(q *conflict.Question, e *conflict.Expert) {
			q.Leagues = []conflict.League{{ID: "L", Members: []string{"X", "P1", "Z"}}}
		}, "common_alliance@b1"},
		"unit_by_name": {func(q *conflict.Question, e *conflict.Expert) {
			e.Org, e.Unit = "", "浑河理工大学机械学院"
		}, "named_org@b1!"},
		"partner_by_name": {func(q *conflict.Question, e *conflict.Expert) {
			e.Unit = "中科院金属所"
			q.Bids[1].Units = []string{"中国科学院金属研究所", "中国科学院沈阳自动化研究所"}
		}, "named_org@b2!"},
		"namesake": {func(q *conflict.Question, e *conflict.Expert) {
			q.Names["E"] = "张伟"
			q.Bids[0].Others = []conflict.Named{{Name: "张伟"}}
		}, "namesake@b1"},
		"namesake_elsewhere": {func(q *conflict.Question, e *conflict.Expert) {
			q.Names["E"], e.Unit = "张伟", "东北大学"
			q.Bids[0].Others = []conflict.Named{{Name: "张伟", Unit: "大连理工大学"}}
		}, ""},
		"himself_by_name": {func(q *conflict.Question, e *conflict.Expert) {
			q.Names["E"], e.Unit = "张伟", "东北大学"
			q.Bids[0].Others = []conflict.Named{{Name: "张 伟", Unit: "东北大学材料学院"}}
		}, "member@b1!"},
		"poster_of_the_owner": {func(q *conflict.Question, e *conflict.Expert) {
			e.Owners, e.Org, e.Jobs = true, "O", []conflict.Job{{Org: "H2", Until: ago(1, 0)}}
			q.Links = []gate.Link{{Parent: "O", Child: "H1"}}
		}, "kin_org@b1! employment@b2!"},
		"worked_with_owner": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Collaboration, Who: []string{"O", "pe"}, Until: ago(3, 1)}}
		}, "collaboration@!"},
		"three_years_ago": {func(q *conflict.Question, e *conflict.Expert) {
			q.Facts = []conflict.Fact{{Kind: conflict.Collaboration, Who: []string{"T1", "pe"}, Until: ago(3, 0)}}
			e.Jobs = []conflict.Job{{Org: "H1", Until: ago(3, 0)}}
		}, ""},
		"employed": {func(q *conflict.Question, e *conflict.Expert) {
			e.Jobs = []conflict.Job{{Org: "H1", Until: ago(1, 0)}, {Org: "O"}}
		}, "same_org@! employment@b1!"},
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
	q.Facts = []conflict.Fact{{Kind: conflict.Patent, Who: []string{"pe", "P1"}, What: "ZL202410000001.0", From: at.AddDate(-2, 0, 0), Until: at.AddDate(-2, 0, 0)}}
	got := conflict.Find(q)
	for i, want := range [][2]string{
		{"评审专家001任职于X；X隶属于或受控于Y；Y隶属于或受控于发榜公司；发榜公司是发榜方",
			"评审专家001 works at X; X belongs to or is controlled by Y; Y belongs to or is controlled by 发榜公司; 发榜公司 is the owner"},
		{"评审专家001与P1是专利「ZL202410000001.0」的共同申请人（2024-06-01）；P1是申报b1的参与单位",
			"评审专家001 and P1 were applicants of the patent “ZL202410000001.0” (2024-06-01); P1 is a partner of bid b1"},
	} {
		if zh, en := got[i].Words(); zh != want[0] || en != want[1] {
			t.Errorf("%s\n%s", zh, en)
		}
	}
	if got[0].Key() == got[1].Key() || got[0].Key() != conflict.Find(q)[0].Key() {
		t.Error("keys do not tell conflicts apart")
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
				Person: fmt.Sprint("pe", i), Jobs: []conflict.Job{{Org: orgs[r.Intn(8)]}}})
			q.Facts = append(q.Facts, conflict.Fact{Kind: conflict.Kinds[r.Intn(10)], Who: []string{fmt.Sprint("pe", r.Intn(4)), []string{"T1", "T2", "O", "p1"}[r.Intn(4)]}})
			q.Leagues = append(q.Leagues, conflict.League{ID: fmt.Sprint("L", i), Members: []string{orgs[r.Intn(8)], orgs[r.Intn(8)]}})
		}
		for range r.Intn(5) {
			q.Links = append(q.Links, gate.Link{Parent: orgs[r.Intn(8)], Child: orgs[r.Intn(8)]})
		}
		a := conflict.Find(q)
		r.Shuffle(4, func(i, j int) { q.Experts[i], q.Experts[j] = q.Experts[j], q.Experts[i] })
		r.Shuffle(len(q.Facts), func(i, j int) { q.Facts[i], q.Facts[j] = q.Facts[j], q.Facts[i] })
		r.Shuffle(len(q.Leagues), func(i, j int) { q.Leagues[i], q.Leagues[j] = q.Leagues[j], q.Leagues[i] })
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

// world is a year of a province: many bids, experts, facts and units under units.
func world(bids, experts, facts int) conflict.Question {
	q := conflict.Question{At: at, Owner: "O"}
	r := rand.New(rand.NewSource(316))
	for i := range bids {
		q.Bids = append(q.Bids, conflict.Bid{ID: fmt.Sprint("b", i), Team: fmt.Sprint("T", i), Orgs: []string{fmt.Sprint("H", r.Intn(bids)), fmt.Sprint("H", r.Intn(bids))},
			People: []string{fmt.Sprint("p", 2*i), fmt.Sprint("p", 2*i+1)}})
		q.Links = append(q.Links, gate.Link{Parent: fmt.Sprint("G", r.Intn(bids)), Child: fmt.Sprint("H", i)})
	}
	for i := range experts {
		q.Experts = append(q.Experts, conflict.Expert{ID: fmt.Sprint("e", i), Person: fmt.Sprint("x", i), Org: fmt.Sprint("H", r.Intn(2*bids))})
	}
	for range facts {
		q.Facts = append(q.Facts, conflict.Fact{Kind: conflict.Paper, Who: []string{fmt.Sprint("x", r.Intn(experts)), fmt.Sprint("p", r.Intn(2*bids)), fmt.Sprint("y", r.Intn(facts))}})
	}
	return q
}

func BenchmarkFind(b *testing.B) {
	for _, size := range []struct{ bids, experts, facts int }{{200, 500, 2000}, {1000, 2000, 20000}, {2000, 4000, 40000}} {
		q := world(size.bids, size.experts, size.facts)
		b.Run(fmt.Sprintf("%dx%d", size.bids, size.experts), func(b *testing.B) {
			for b.Loop() {
				conflict.Find(q)
			}
		})
	}
}
