// Package question fills the words of the matching engines from what is true, for every
// domain that asks one of them: whether a team may bid, and how well it suits a challenge.
package question

import (
	"fmt"
	"strings"

	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/models"
)

// Catalogue is what a match needs besides its two sides: the vocabulary of today and who
// stands above whom.
func Catalogue(tx *models.Tx) (fit.Catalogue, error) {
	cat := fit.Catalogue{At: tx.Now}
	domains, err := tx.Vocabulary("domain")
	if err != nil {
		return cat, err
	}
	capabilities, err := tx.Vocabulary("capability")
	if err != nil {
		return cat, err
	}
	chains, err := tx.Vocabulary("chain")
	if err != nil {
		return cat, err
	}
	cat.Tags, cat.Capabilities = tags(domains), tags(capabilities)
	for _, t := range chains {
		if t.Merged == "" {
			cat.Chains = append(cat.Chains, fit.Chain{Code: t.Code, MapsTo: t.MapsTo.V})
		}
	}
	cat.Links, err = links(tx)
	return cat, err
}

// merges are the merges of every vocabulary: both sides of a match are read through them, so
// that a tag and the one that stands for it now are the same.
type merges struct{ chains, domains, capabilities models.Merges }

func mergesOf(tx *models.Tx) (m merges, err error) {
	if m.chains, err = tx.Merges("chain"); err != nil {
		return m, err
	}
	if m.domains, err = tx.Merges("domain"); err != nil {
		return m, err
	}
	m.capabilities, err = tx.Merges("capability")
	return m, err
}

// tags keeps the newest word of each code, without those that were merged away.
func tags(terms []models.Term) []fit.Tag {
	seen, list := map[string]bool{}, make([]fit.Tag, 0, len(terms))
	for _, t := range terms {
		if !seen[t.Code] {
			seen[t.Code] = true
			if t.Merged != "" {
				continue
			}
			list = append(list, fit.Tag{Code: t.Code, Parent: t.Parent, Name: t.NameZh, NameEn: t.NameEn, Synonyms: t.Synonyms.V})
		}
	}
	return list
}

func links(tx *models.Tx) ([]gate.Link, error) {
	relations, err := tx.Relations()
	list := make([]gate.Link, 0, len(relations))
	for _, r := range relations {
		l := gate.Link{Parent: string(r.Of), Child: string(r.Child), From: r.Since}
		if r.Until != nil {
			l.Until = *r.Until
		}
		list = append(list, l)
	}
	return list, err
}

// Challenge puts a challenge into the engine's words. Only its public text is compared.
func Challenge(tx *models.Tx, c *models.Challenge) (fit.Challenge, error) {
	list, err := challenges(tx, []models.Challenge{*c})
	if err != nil {
		return fit.Challenge{}, err
	}
	return list[0], nil
}

func challenges(tx *models.Tx, list []models.Challenge) ([]fit.Challenge, error) {
	ids := make([]models.OrgID, len(list))
	for i, c := range list {
		ids[i] = c.Owner
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return nil, err
	}
	capabilities, err := tx.Vocabulary("capability")
	if err != nil {
		return nil, err
	}
	words := models.Terms(capabilities)
	merged, err := mergesOf(tx)
	if err != nil {
		return nil, err
	}
	out := make([]fit.Challenge, len(list))
	for i, c := range list {
		out[i] = fit.Challenge{
			Code: string(c.ID), Title: c.Title, Text: c.Background + "。" + c.Need, Type: c.Type,
			Owner: owner(orgs[c.Owner]),
			// A result is offered to the firms of the province (成果转化类), whatever else is asked.
			InProvinceOnly: c.InProvince || c.Conditions.V.InProvinceOnly || c.Type == gate.ResultConversion,
			EnterpriseOnly: c.Conditions.V.EnterpriseOnly,
			Chain:          merged.chains.Of(c.Chain), Domains: merged.domains.All(c.Tags.V), IPC: c.Codes.V.IPC, Disciplines: c.Codes.V.Discipline,
			TRLCurrent: c.TRLNow, TRLTarget: c.TRLTarget,
		}
		for _, n := range c.Capabilities.V {
			tag := merged.capabilities.Of(n.Tag)
			out[i].Needs = need(out[i].Needs, gate.Need{Tag: tag, Name: words[tag].NameZh, Must: n.Must, Min: n.MinLevel})
		}
	}
	return out, nil
}

// need adds a need; two that a merge made one ask for the more.
func need(list []gate.Need, n gate.Need) []gate.Need {
	for i := range list {
		if list[i].Tag == n.Tag {
			list[i].Must, list[i].Min = list[i].Must || n.Must, max(list[i].Min, n.Min)
			return list
		}
	}
	return append(list, n)
}

// level adds a level; of two that a merge made one the higher counts, and a verified one
// before any that is only claimed.
func level(list []fit.Level, l fit.Level) []fit.Level {
	for i := range list {
		if list[i].Tag != l.Tag {
			continue
		}
		if l.Verified && !list[i].Verified || l.Verified == list[i].Verified && l.Level > list[i].Level {
			list[i] = l
		}
		return list
	}
	return append(list, l)
}

// facts are what the gates ask of some teams beyond their own rows.
type facts struct {
	orgs    map[models.OrgID]models.Org
	users   map[models.TeamID][]models.UserID
	awarded map[models.TeamID]int
	records []gate.Record
}

func gather(tx *models.Tx, list []models.Team) (f facts, err error) {
	ids, orgs := make([]models.TeamID, len(list)), make([]models.OrgID, len(list))
	for i, t := range list {
		ids[i], orgs[i] = t.ID, t.Org
	}
	if f.orgs, err = tx.OrgsByID(orgs); err != nil {
		return f, err
	}
	if f.users, err = tx.UsersOnTeams(ids); err != nil {
		return f, err
	}
	if f.awarded, err = tx.Awarded(); err != nil {
		return f, err
	}
	f.records, err = records(tx)
	return f, err
}

// records gives every integrity record in force one line per subject it names.
func records(tx *models.Tx) ([]gate.Record, error) {
	list, err := tx.IntegrityInForce()
	out := make([]gate.Record, 0, len(list))
	for _, r := range list {
		for _, subject := range []string{string(r.Org), string(r.Team), string(r.User), string(r.Expert)} {
			if subject != "" {
				out = append(out, gate.Record{Subject: subject, Act: r.Act, From: r.Since, Until: r.Until})
			}
		}
	}
	return out, err
}

// standing is a prepared team as it stands towards challenges of a region: what only the
// gates ask.
func (f *facts) standing(e *fit.Engine, p *fit.Prepared, t *models.Team, region string) *fit.Prepared {
	return e.Standing(p, org(f.orgs[t.Org], region), t.Ongoing+f.awarded[t.ID], t.MaxConcurrent, f.of(t))
}

// card puts what a team's card says into the engine's words.
func card(merged merges, t *models.Team, evidence []models.Evidence) fit.Team {
	out := fit.Team{
		Code: string(t.ID), Name: t.Name, Chains: merged.chains.All(t.Chains.V), IPC: t.IPC.V, Disciplines: t.Disciplines.V, TRLLow: t.TRLMin, TRLHigh: t.TRLMax,
		Track: fit.Track{Completed: t.Track.V.Completed, OnTime: t.Track.V.OnTime, FirstPass: t.Track.V.FirstPass,
			Terminated: t.Track.V.Terminated},
	}
	for _, d := range t.Domains.V {
		out.Domains = level(out.Domains, fit.Level{Tag: merged.domains.Of(d.Tag), Level: d.Level})
	}
	for _, c := range t.Capabilities.V {
		out.Capabilities = level(out.Capabilities, fit.Level{Tag: merged.capabilities.Of(c.Tag), Level: c.Level, Verified: c.Verified})
	}
	for _, e := range evidence {
		if e.Verify != "rejected" {
			out.Evidence = append(out.Evidence, fit.Evidence{ID: string(e.ID), Kind: e.Kind, Title: e.Title, Text: e.Abstract,
				Year: e.Year, Verified: e.Verify == "verified", Role: part(e.Role), Tags: merged.capabilities.All(merged.domains.All(e.Tags.V))})
		}
	}
	for i, name := range t.Equipment.V {
		out.Evidence = append(out.Evidence, stands(t, "equipment", i, name))
	}
	for i, name := range t.PilotLines.V {
		out.Evidence = append(out.Evidence, stands(t, "pilot_line", i, name))
	}
	return out
}

// of are the records that bar a team: its own, its unit's and those of its people. The
// engine knows a person's record as the team's, since the team bids as a whole.
func (f *facts) of(t *models.Team) []gate.Record {
	people := map[string]bool{}
	for _, u := range f.users[t.ID] {
		people[string(u)] = true
	}
	var out []gate.Record
	for _, r := range f.records {
		switch {
		case r.Subject == string(t.ID) || r.Subject == string(t.Org):
			out = append(out, r)
		case people[r.Subject]:
			r.Subject = string(t.ID)
			out = append(out, r)
		}
	}
	return out
}

// part is a team's part in a piece of evidence: whoever was only among those that took part
// says so in one of these words; anybody else led.
func part(role string) string {
	for _, w := range []string{"参与", "参加", "协作", "合作", "配合", "participa", "partner", "member", "contribut"} {
		if strings.Contains(strings.ToLower(role), w) {
			return "participant"
		}
	}
	return "lead"
}

// stands is equipment that is there: evidence without a year.
func stands(t *models.Team, kind string, i int, name string) fit.Evidence {
	return fit.Evidence{ID: fmt.Sprintf("%s/%s/%d", t.ID, kind, i+1), Kind: kind, Title: name}
}

// owner is who asks; whether he sits in the province nobody asks.
func owner(o models.Org) gate.Org {
	return gate.Org{Code: string(o.ID), Name: o.Name, Kind: o.Kind}
}

func org(o models.Org, region string) gate.Org {
	return gate.Org{Code: string(o.ID), Name: o.Name, Kind: o.Kind, InProvince: models.SameProvince(o.Region, region)}
}
