package main

import (
	"fmt"
	"strings"
	"time"

	"jiebang/demo"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

// provinceOnly is the condition, in words, that closes a challenge to units
// from elsewhere.
const provinceOnly = "省内注册"

func fitChallenge(c demo.Challenge) fit.Challenge {
	out := fit.Challenge{
		Code: c.Code, Title: c.Title, Text: c.Background + "。" + c.Need, Type: c.Type,
		Owner: gate.Org{Code: c.Owner.USCC, Name: c.Owner.Name},
		Chain: c.IndustryChain, Domains: c.DomainTags, IPC: c.IPC, Disciplines: c.Disciplines,
		TRLCurrent: c.TRLCurrent, TRLTarget: c.TRLTarget,
	}
	for _, s := range c.BidderConditions {
		out.InProvinceOnly = out.InProvinceOnly || strings.Contains(s, provinceOnly)
	}
	for _, r := range c.Required {
		out.Needs = append(out.Needs, gate.Need{Tag: r.Tag, Name: r.NameZh, Must: r.Must, Min: r.MinLevel})
	}
	return out
}

func fitTeam(t demo.Team) fit.Team {
	out := fit.Team{
		Code: t.Code, Name: t.Name, Chains: t.IndustryChains, IPC: t.IPC, Disciplines: t.Disciplines,
		Home:   gate.Org{Code: t.Institution.USCC, Name: t.Institution.Name, Kind: t.Institution.Type, InProvince: t.Institution.InProvince},
		TRLLow: t.TRLRange[0], TRLHigh: t.TRLRange[1],
	}
	for _, d := range t.DomainTags {
		out.Domains = append(out.Domains, fit.Level{Tag: d.Tag, Level: d.Level})
	}
	for _, c := range t.CapabilityTags {
		out.Capabilities = append(out.Capabilities, fit.Level{Tag: c.Tag, Level: c.Level, Verified: c.Verified})
	}
	for i, e := range t.EvidenceItems {
		if e.VerifyStatus == "rejected" {
			continue
		}
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-E%d", t.Code, i+1), Kind: e.Kind, Title: e.Title,
			Year: e.Year, Verified: e.VerifyStatus == "verified", Tags: e.Tags})
	}
	for i, e := range t.Equipment {
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-Q%d", t.Code, i+1), Kind: "equipment", Title: e})
	}
	for i, e := range t.PilotLines {
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-P%d", t.Code, i+1), Kind: "pilot_line", Title: e})
	}
	if r := t.TrackRecord; r != nil {
		out.Track = fit.Track{Completed: r.Completed, OnTime: r.OnTime, FirstPass: r.AcceptedFirstTime, Terminated: r.Terminated, Exempt: r.Exempt}
	}
	if t.Capacity != nil {
		out.Ongoing, out.Max = t.Capacity.Ongoing, t.Capacity.MaxConcurrent
	}
	if t.Integrity != nil && t.Integrity.Status == "blocked" {
		out.Records = []gate.Record{{Subject: t.Code, Act: t.Integrity.StatusZh}}
	}
	return out
}

func fitCatalogue(s demo.Set, at time.Time) fit.Catalogue {
	cat := fit.Catalogue{At: at}
	for _, g := range s.Taxonomy.Roots {
		cat.Tags = append(cat.Tags, fit.Tag{Code: g.Code, Name: g.NameZh, NameEn: g.NameEn})
	}
	for _, g := range s.Taxonomy.Domains {
		cat.Tags = append(cat.Tags, fit.Tag{Code: g.Code, Parent: g.Parent, Name: g.NameZh, NameEn: g.NameEn, Synonyms: g.Synonyms})
	}
	for _, g := range s.Taxonomy.Capabilities {
		cat.Capabilities = append(cat.Capabilities, fit.Tag{Code: g.Code, Name: g.NameZh, NameEn: g.NameEn, Synonyms: g.Synonyms})
	}
	for _, c := range s.Taxonomy.Catalogues {
		for _, chain := range c.Chains {
			cat.Chains = append(cat.Chains, fit.Chain{Code: chain.Code, MapsTo: chain.MapsTo})
		}
	}
	year := 0
	for _, t := range s.Teams {
		for _, a := range t.AffiliatedWith {
			cat.Links = append(cat.Links, gate.Link{Parent: a.OwnerUSCC, Child: t.Institution.USCC})
		}
		for _, e := range t.EvidenceItems {
			year = max(year, e.Year)
		}
	}
	if at.IsZero() && year > 0 {
		cat.At = time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	return cat
}
