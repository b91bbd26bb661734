package fit_test

import (
	"math"
	"testing"

	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

// FuzzMatch: no text, tag or level makes the engine panic, leave its scale or
// miss its sum.
func FuzzMatch(f *testing.F) {
	f.Add("大功率磁悬浮轴承", "M.rot.bearing", "rotor", 5, 2020, 3, "patent", "F16C 32/04")
	f.Add("\xff\xfe", "", "\x00", -1, -5, 1<<40, "staff", "F")
	f.Add("magnetic 轴承 bearing ①", "M", "M", 99, 1<<40, -1<<40, "product", "")
	f.Fuzz(func(t *testing.T, words, domain, skill string, level, year, trl int, kind, code string) {
		c := fit.Challenge{Title: words, Text: domain + words, Domains: []string{domain, "I.ai", domain}, Chain: code, IPC: []string{code}, Disciplines: []string{code},
			Needs: []gate.Need{{Tag: skill, Must: true, Min: level}, {Tag: "rotor", Min: 2}}, TRLCurrent: trl, TRLTarget: level}
		x := fit.Team{Code: words, Domains: []fit.Level{{Tag: domain, Level: level}}, Capabilities: []fit.Level{{Tag: skill, Level: level, Verified: year%2 == 0}},
			IPC: []string{code}, Disciplines: []string{code}, Chains: []string{code}, TRLLow: level, TRLHigh: trl,
			Evidence: []fit.Evidence{{Kind: kind, Title: words, Year: year, Tags: []string{domain}}, {ID: "x", Kind: "paper", Title: words, Text: code, Year: year, Role: skill}},
			Track:    fit.Track{Completed: level % 1000, OnTime: trl % 1000, FirstPass: year % 1000, Terminated: -level % 1000}}
		for _, e := range []*fit.Engine{fresh(), taught()} {
			m := e.Match(c, x)
			if err := m.Sum.Check(); err != nil || !(m.Score >= 0 && m.Score <= 100) || !(m.Z >= 0 && m.Z <= 1+1e-12) {
				t.Fatalf("%v: %+v", err, m.Line)
			}
			for _, s := range m.Raise {
				if math.IsNaN(s.Score) || s.Gain < 0 {
					t.Fatalf("%+v", s)
				}
			}
			if err := fit.Compare(m, e.Match(c, fit.Team{})).Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
