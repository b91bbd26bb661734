package gate_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"jiebang/matching/gate"
)

var at = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func day(d int) time.Time { return at.AddDate(0, 0, d) }

// good is a bid that passes every condition.
func good() gate.Question {
	return gate.Question{
		At:    at,
		Owner: gate.Org{Code: "O", Name: "发榜公司", Kind: "enterprise", InProvince: true},
		Needs: []gate.Need{{Tag: "cfd", Name: "流体仿真", Must: true, Min: 3}, {Tag: "fem", Must: false, Min: 5}},
		Team:  "T", Home: gate.Org{Code: "H", Name: "揭榜大学", Kind: "university", InProvince: true},
		Levels: map[string]int{"cfd": 3}, Ongoing: 1, Max: 2,
	}
}

func codes(reasons []gate.Reason) string {
	var out []string
	for _, r := range reasons {
		c := r.Code
		if r.Hard {
			c += "!"
		}
		out = append(out, c+"@"+r.Field)
	}
	return strings.Join(out, " ")
}

func TestBid(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*gate.Question)
		want   string
	}{
		"ok":               {func(*gate.Question) {}, ""},
		"same_org":         {func(q *gate.Question) { q.Home.Code = "O" }, "same_org!@team"},
		"same_org_no_code": {func(q *gate.Question) { q.Home = gate.Org{Name: " 发榜公司"} }, "same_org!@team"},
		"same_name":        {func(q *gate.Question) { q.Home.Name = "发榜公司" }, "same_name@team"},
		"no_codes":         {func(q *gate.Question) { q.Owner.Code, q.Home.Code = "", "" }, ""},
		"subsidiary":       {func(q *gate.Question) { q.Links = []gate.Link{{Parent: "O", Child: "H"}} }, "subordinate!@team"},
		"parent":           {func(q *gate.Question) { q.Links = []gate.Link{{Parent: "H", Child: "O"}} }, "subordinate!@team"},
		"far_up": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "X", Child: "H"}, {Parent: "Y", Child: "X"}, {Parent: "O", Child: "Y"}}
		}, "subordinate!@team"},
		"circle": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "X", Child: "H"}, {Parent: "H", Child: "X"}}
		}, ""},
		"ended": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "O", Child: "H", From: day(-9), Until: at}}
		}, ""},
		"begins": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "O", Child: "H", From: at, Until: day(1)}}
		}, "subordinate!@team"},
		"siblings": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "G", Child: "H"}, {Parent: "G", Child: "O"}}
		}, "siblings@team"},
		"partner_is_owner": {func(q *gate.Question) { q.Partners = []gate.Org{{Code: "O"}} }, "same_org!@partners[0]"},
		"partner_is_kin": {func(q *gate.Question) {
			q.Partners = []gate.Org{{Code: "P"}, {Code: "Q"}}
			q.Links = []gate.Link{{Parent: "O", Child: "Q"}}
		}, "subordinate!@partners[1]"},
		"integrity_org":     {func(q *gate.Question) { q.Records = []gate.Record{{Subject: "H", Until: day(1)}} }, "integrity!@team"},
		"integrity_team":    {func(q *gate.Question) { q.Records = []gate.Record{{Subject: "T"}} }, "integrity!@team"},
		"integrity_person":  {func(q *gate.Question) { q.People = []string{"p"}; q.Records = []gate.Record{{Subject: "p"}} }, "integrity!@people"},
		"integrity_over":    {func(q *gate.Question) { q.Records = []gate.Record{{Subject: "H", Until: at}} }, ""},
		"integrity_to_come": {func(q *gate.Question) { q.Records = []gate.Record{{Subject: "H", From: day(1)}} }, ""},
		"integrity_other":   {func(q *gate.Question) { q.Records = []gate.Record{{Subject: ""}, {Subject: "Z"}} }, ""},
		"region":            {func(q *gate.Question) { q.InProvinceOnly = true; q.Home.InProvince = false }, "region!@team"},
		"region_ok":         {func(q *gate.Question) { q.InProvinceOnly = true }, ""},
		"kind":              {func(q *gate.Question) { q.Type = gate.ResultConversion }, "kind!@team"},
		"kind_ok":           {func(q *gate.Question) { q.Type = gate.ResultConversion; q.Home.Kind = gate.Enterprise }, ""},
		"full":              {func(q *gate.Question) { q.Ongoing = 2 }, "capacity!@team"},
		"capacity_unknown":  {func(q *gate.Question) { q.Ongoing, q.Max = 9, 0 }, ""},
		"lacking":           {func(q *gate.Question) { q.Levels["cfd"] = 2 }, "capability:cfd@required_capabilities.cfd"},
		"partner_fills": {func(q *gate.Question) {
			q.Levels = nil
			q.PartnerLevels = []map[string]int{{"cfd": 3}}
		}, ""},
		"all_at_once": {func(q *gate.Question) {
			q.Links = []gate.Link{{Parent: "O", Child: "H"}}
			q.Type, q.InProvinceOnly, q.Home.InProvince, q.Ongoing, q.Levels = gate.ResultConversion, true, false, 3, nil
			q.Records = []gate.Record{{Subject: "H"}}
		}, "subordinate!@team integrity!@team region!@team kind!@team capacity!@team capability:cfd@required_capabilities.cfd"},
	} {
		q := good()
		row.change(&q)
		got := gate.Bid(q)
		if codes(got) != row.want {
			t.Errorf("%s: got %q, want %q", name, codes(got), row.want)
		}
		if gate.Blocked(got) != strings.Contains(row.want, "!") {
			t.Errorf("%s: blocked %v", name, gate.Blocked(got))
		}
		for _, r := range got {
			if r.Reason == "" || r.ReasonEn == "" {
				t.Errorf("%s: %s has no sentence", name, r.Code)
			}
		}
	}
}

func TestPathSaysHow(t *testing.T) {
	t.Parallel()
	q := good()
	q.Links = []gate.Link{{Parent: "X", Child: "H"}, {Parent: "O", Child: "X"}}
	if got := fmt.Sprint(gate.Bid(q)[0].Args["path"]); got != "[H X O]" {
		t.Errorf("path %s", got)
	}
}

// TestOrderOfInputDoesNotMatter shuffles links, records and needs, and compares
// subordination with a transitive closure by brute force.
func TestOrderOfInputDoesNotMatter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(3))
	orgs := []string{"H", "O", "A", "B", "C", "D"}
	for range 2000 {
		q := good()
		reach := map[[2]string]bool{}
		for range r.Intn(7) {
			l := gate.Link{Parent: orgs[r.Intn(6)], Child: orgs[r.Intn(6)]}
			q.Links = append(q.Links, l)
			reach[[2]string{l.Child, l.Parent}] = true
		}
		for _, k := range orgs {
			for _, i := range orgs {
				for _, j := range orgs {
					if reach[[2]string{i, k}] && reach[[2]string{k, j}] {
						reach[[2]string{i, j}] = true
					}
				}
			}
		}
		q.Records = []gate.Record{{Subject: "H"}, {Subject: "T", Until: day(3)}, {Subject: "T", Until: day(2)}}
		first := gate.Bid(q)
		want := reach[[2]string{"H", "O"}] || reach[[2]string{"O", "H"}]
		if got := strings.Contains(codes(first), gate.Subordinate); got != want {
			t.Fatalf("subordinate %v, want %v: %v", got, want, q.Links)
		}
		r.Shuffle(len(q.Links), func(i, j int) { q.Links[i], q.Links[j] = q.Links[j], q.Links[i] })
		r.Shuffle(len(q.Records), func(i, j int) { q.Records[i], q.Records[j] = q.Records[j], q.Records[i] })
		if again := gate.Bid(q); !reflect.DeepEqual(first, again) {
			t.Fatalf("%v\n%v", first, again)
		}
	}
}
