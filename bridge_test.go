package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"jiebang/matching/fit"
)

// TestBridge asks for every domain and capability of the shipped catalogue in one language
// among teams whose only evidence is in the other, one team a tag and none with a tag on its
// card: the labels are all there is between the two. It learns from nothing but these teams.
// That the right one is not first is mostly a twin of it in the catalogue (机器视觉 is a domain
// and a capability) or a child of the domain asked for, hence the measure of three.
func TestBridge(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("api/catalogue/starter.json")
	if err != nil {
		t.Fatal(err)
	}
	var versions []struct {
		Kind  string
		Terms []struct {
			Code, Parent string
			NameZh       string `json:"name_zh"`
			NameEn       string `json:"name_en"`
			Synonyms     []string
		}
	}
	if err := json.Unmarshal(raw, &versions); err != nil {
		t.Fatal(err)
	}
	cat := fit.Catalogue{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	type pair struct{ code, zh, en string }
	var pairs []pair
	for _, v := range versions {
		for _, w := range v.Terms {
			tag := fit.Tag{Code: w.Code, Parent: w.Parent, Name: w.NameZh, NameEn: w.NameEn, Synonyms: w.Synonyms}
			switch v.Kind {
			case "domain":
				cat.Tags = append(cat.Tags, tag)
			case "capability":
				cat.Capabilities = append(cat.Capabilities, tag)
			default:
				continue
			}
			pairs = append(pairs, pair{w.Code, w.NameZh, w.NameEn})
		}
	}
	for name, side := range map[string]struct{ asked, evidence func(p pair) string }{
		"chinese asks english": {func(p pair) string { return p.zh + "关键技术研究" }, func(p pair) string { return "A study of " + p.en + " in practice" }},
		"english asks chinese": {func(p pair) string { return "Key technology of " + p.en }, func(p pair) string { return p.zh + "的研究与应用" }},
	} {
		var teams []fit.Team
		for _, p := range pairs {
			teams = append(teams, fit.Team{Code: p.code, TRLLow: 3, TRLHigh: 7, Evidence: []fit.Evidence{{ID: "E", Kind: "paper", Title: side.evidence(p), Year: 2025, Verified: true}}})
		}
		learned, err := fit.Learn(cat, teams, fit.Learning{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		e, err := fit.New(cat, learned)
		if err != nil {
			t.Fatal(err)
		}
		ready := make([]*fit.Prepared, len(teams))
		for i, x := range teams {
			ready[i] = e.Team(x)
		}
		first, third := 0, 0
		var missed []string
		for _, p := range pairs {
			list := e.List(e.Challenge(fit.Challenge{Code: "C", Title: side.asked(p), TRLCurrent: 3, TRLTarget: 6}), ready)
			at := slices.IndexFunc(list, func(l fit.Line) bool { return l.Team == p.code })
			if at == 0 {
				first++
			}
			if at < 3 {
				third++
			} else {
				missed = append(missed, fmt.Sprintf("%s/%s on %d", p.zh, p.en, at+1))
			}
		}
		t.Logf("%s: of %d tags the team is first for %d and among three for %d; others: %v", name, len(pairs), first, third, missed)
		if float64(first) < 0.65*float64(len(pairs)) || float64(third) < 0.95*float64(len(pairs)) {
			t.Errorf("%s: first for %d and among three for %d of %d", name, first, third, len(pairs))
		}
	}
}
