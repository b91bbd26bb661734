package question

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiebang/matching/conflict"
	"jiebang/matching/draw"
	"jiebang/matching/names"
	"jiebang/models"
)

// Conflicts finds who of the experts must not judge which of the bids: what bars, and of what
// holds back what two people have not waived.
func Conflicts(tx *models.Tx, c *models.Challenge, bids []models.Bid, experts []models.Expert) ([]conflict.Conflict, error) {
	found, err := AllConflicts(tx, c, bids, experts)
	if err != nil {
		return nil, err
	}
	waivers, err := tx.WaiversOf(c.ID)
	if err != nil {
		return nil, err
	}
	passed := map[string]bool{}
	for _, w := range waivers {
		passed[w.Conflict] = passed[w.Conflict] || w.State == models.WaiverApproved
	}
	return slices.DeleteFunc(found, func(f conflict.Conflict) bool { return !f.Hard && passed[f.Key()] }), nil
}

// AllConflicts finds every conflict, waived ones too.
func AllConflicts(tx *models.Tx, c *models.Challenge, bids []models.Bid, experts []models.Expert) ([]conflict.Conflict, error) {
	g, err := newGraph(tx, c)
	if err != nil {
		return nil, err
	}
	if err := g.bids(bids); err != nil {
		return nil, err
	}
	if err := g.experts(experts); err != nil {
		return nil, err
	}
	return g.find()
}

// Bars reports whether a conflict keeps the expert from the bid, be it hard or not waived.
func Bars(found []conflict.Conflict, e models.ExpertID, b models.BidID) bool {
	return Why(found, e, b, false) != nil
}

// Hard reports whether a conflict that nobody can waive keeps the expert from the bid.
func Hard(found []conflict.Conflict, e models.ExpertID, b models.BidID) bool {
	return Why(found, e, b, true) != nil
}

// Why is the conflict that keeps the expert from the bid, a hard one before a soft one, or nil.
func Why(found []conflict.Conflict, e models.ExpertID, b models.BidID, hard bool) *conflict.Conflict {
	var soft *conflict.Conflict
	for i := range found {
		f := &found[i]
		if f.Expert != string(e) || f.Bid != "" && f.Bid != string(b) {
			continue
		}
		if f.Hard {
			return f
		}
		if soft == nil && !hard {
			soft = f
		}
	}
	return soft
}

// Unhindered refuses what the actor does as an officer of the evaluation, or as the owner's hand
// (owners), while a hard conflict ties him to one of the bids, or to the owner. The same graph is
// asked as for experts.
func Unhindered(tx *models.Tx, c *models.Challenge, owners bool) error {
	if tx.Actor.System || tx.Actor.User == "" {
		return nil
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return err
	}
	g, err := newGraph(tx, c)
	if err != nil {
		return err
	}
	if err := g.bids(bids); err != nil {
		return err
	}
	if err := g.actor(owners); err != nil {
		return err
	}
	found, err := g.find()
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Hard {
			_, en := f.Words()
			return models.Hindered(en)
		}
	}
	return nil
}

// Rules are the batch's rules of conflict: the platform's, changed where a batch, or a challenge published under it, says so.
func Rules(changed []models.ConflictRule) []conflict.Rule {
	list := conflict.Defaults()
	for i := range list {
		for _, own := range changed {
			if own.Code == list[i].Code {
				list[i] = conflict.Rule(own)
			}
		}
	}
	return list
}

// graph gathers what the engine is asked.
type graph struct {
	tx    *models.Tx
	c     *models.Challenge
	q     conflict.Question
	users []models.UserID
	orgs  map[models.OrgID]bool // whose names are wanted
	given []models.Bid
}

func newGraph(tx *models.Tx, c *models.Challenge) (*graph, error) {
	g := &graph{tx: tx, c: c, orgs: map[models.OrgID]bool{c.Owner: true}}
	g.q = conflict.Question{At: tx.Now, Challenge: string(c.ID), Owner: string(c.Owner), Names: map[string]string{string(c.ID): c.Title}, Rules: Rules(c.Conflicts.V)}
	var err error
	if g.q.Links, err = links(tx); err != nil {
		return nil, err
	}
	for _, l := range g.q.Links {
		g.orgs[models.OrgID(l.Parent)], g.orgs[models.OrgID(l.Child)] = true, true
	}
	return g, g.alliances()
}

// alliances sets apart the challenge's own from the others.
func (g *graph) alliances() error {
	seats, err := g.tx.AllianceSeats()
	if err != nil {
		return err
	}
	if g.c.Alliance != "" { // counts whether it is recognised or not
		list, err := g.tx.AlliancesByID([]models.AllianceID{g.c.Alliance})
		if err != nil {
			return err
		}
		g.q.Alliance = append(g.q.Alliance, string(list[g.c.Alliance].Leader))
		own, err := g.tx.AllianceMembers(g.c.Alliance)
		if err != nil {
			return err
		}
		for _, s := range own {
			if s.ConfirmedAt != nil { // what a leader merely writes down ties nobody
				g.q.Alliance = append(g.q.Alliance, string(s.Org))
			}
		}
		for _, o := range g.q.Alliance {
			g.orgs[models.OrgID(o)] = true
		}
	}
	ids := []models.AllianceID{}
	for _, s := range seats {
		if s.Alliance == g.c.Alliance {
			continue
		}
		if n := len(g.q.Leagues); n == 0 || g.q.Leagues[n-1].ID != string(s.Alliance) {
			g.q.Leagues = append(g.q.Leagues, conflict.League{ID: string(s.Alliance)})
			ids = append(ids, s.Alliance)
		}
		last := &g.q.Leagues[len(g.q.Leagues)-1]
		last.Members = append(last.Members, string(s.Org))
		g.orgs[s.Org] = true
	}
	named, err := g.tx.AlliancesByID(ids)
	for id, a := range named {
		g.q.Names[string(id)] = a.Name
	}
	return err
}

func (g *graph) bids(bids []models.Bid) error {
	g.given = bids
	ids := make([]models.TeamID, len(bids))
	for i, b := range bids {
		ids[i] = b.Team
	}
	teams, err := g.tx.TeamsByID(ids)
	if err != nil {
		return err
	}
	users, err := g.tx.UsersOnTeams(ids)
	if err != nil {
		return err
	}
	contents, err := Contents(g.tx, bids)
	if err != nil {
		return err
	}
	for _, b := range bids {
		one := conflict.Bid{ID: string(b.ID), Team: string(b.Team), Orgs: []string{string(b.Org)}}
		g.q.Names[one.ID], g.q.Names[one.Team] = BidCode(&b), teams[b.Team].Name
		g.orgs[b.Org] = true
		for _, p := range contents[b.ID].Partners {
			switch {
			case p.Org == b.Org:
			case p.Org != "":
				one.Orgs = append(one.Orgs, string(p.Org))
				g.orgs[p.Org] = true
			case p.Name != "":
				one.Units = append(one.Units, p.Name)
			}
		}
		known := map[string]bool{} // names of those who have an account on the team
		for _, u := range users[b.Team] {
			one.People = append(one.People, string(u))
			account, err := g.tx.UserByID(u)
			if err != nil {
				return err
			}
			if account != nil {
				known[account.Name], g.q.Names[string(u)] = true, account.Name
			}
		}
		for _, p := range contents[b.ID].People {
			if !known[p.Name] && p.Name != "" {
				one.Others = append(one.Others, conflict.Named{Name: p.Name})
			}
		}
		g.q.Bids = append(g.q.Bids, one)
	}
	return nil
}

func (g *graph) experts(experts []models.Expert) error {
	for _, e := range experts {
		if e.User != "" {
			g.users = append(g.users, e.User)
		}
		one := conflict.Expert{ID: string(e.ID), Person: string(e.User), Org: string(e.Org), Unit: e.Unit}
		g.q.Names[one.ID] = e.Name
		if e.User != "" {
			g.q.Names[one.Person] = e.Name
		}
		if e.Org != "" {
			g.orgs[e.Org] = true
		}
		one.Declarations = declarations(e.Conflicts.V)
		g.q.Experts = append(g.q.Experts, one)
	}
	return nil
}

func declarations(list []models.DeclaredConflict) []conflict.Declaration {
	var out []conflict.Declaration
	for _, d := range list {
		for _, against := range []string{string(d.Team), string(d.Org)} {
			if against != "" {
				out = append(out, conflict.Declaration{Against: against, Reason: d.Reason, Until: dayAfter(d.Until)})
			}
		}
	}
	return out
}

// actor is who asks, as somebody to be asked about.
func (g *graph) actor(owners bool) error {
	a := g.tx.Actor
	one := conflict.Expert{ID: string(a.User), Person: string(a.User), Owners: owners}
	g.q.Names[one.ID] = a.Name
	if a.Expert != "" {
		list, err := g.tx.ExpertsByID([]models.ExpertID{a.Expert})
		if err != nil {
			return err
		}
		e := list[a.Expert]
		one.Org, one.Unit, one.Declarations = string(e.Org), e.Unit, declarations(e.Conflicts.V)
		g.orgs[e.Org] = true
	}
	g.users, g.q.Experts = append(g.users, a.User), append(g.q.Experts, one)
	return nil
}

// find adds what is known of everybody's past, and asks the engine.
func (g *graph) find() ([]conflict.Conflict, error) {
	for _, add := range []func() error{g.jobs, g.seats, g.ties, g.evidence, g.name} {
		if err := add(); err != nil {
			return nil, err
		}
	}
	return conflict.Find(g.q), nil
}

// each calls fn with everybody who has an account.
func (g *graph) each(fn func(u models.UserID, e *conflict.Expert)) {
	for i := range g.q.Experts {
		if e := &g.q.Experts[i]; e.Person != "" {
			fn(models.UserID(e.Person), e)
		}
	}
}

func (g *graph) jobs() error {
	jobs, err := g.tx.MembershipsOf(g.users)
	of := map[models.UserID][]models.Membership{}
	for _, j := range jobs {
		of[j.User] = append(of[j.User], j)
		g.orgs[j.Org] = true
	}
	g.each(func(u models.UserID, e *conflict.Expert) {
		for _, j := range of[u] {
			e.Jobs = append(e.Jobs, conflict.Job{Org: string(j.Org), Until: end(j.EndedAt)})
		}
	})
	return err
}

// seats are places on teams, now and before, and the bids that were handed in from there.
func (g *graph) seats() error {
	seats, err := g.tx.TeamSeatsOf(g.users)
	if err != nil {
		return err
	}
	of, teams := map[models.UserID][]models.TeamMember{}, []models.TeamID{}
	on := map[models.TeamID][]models.TeamMember{}
	for _, s := range seats {
		of[s.User], on[s.Team] = append(of[s.User], s), append(on[s.Team], s)
		teams = append(teams, s.Team)
	}
	g.each(func(u models.UserID, e *conflict.Expert) {
		for _, s := range of[u] {
			if s.LeftAt == nil {
				e.Teams = append(e.Teams, string(s.Team))
				continue
			}
			g.q.Facts = append(g.q.Facts, conflict.Fact{Kind: conflict.Collaboration, Who: []string{e.Person, string(s.Team)}, From: s.JoinedAt, Until: *s.LeftAt})
		}
	})
	years := 0
	for _, r := range g.q.Rules {
		if r.Code == conflict.CoBid && !r.Off {
			if years = r.Years; years == conflict.ForLife {
				years = 100
			}
		}
	}
	earlier, err := g.tx.EarlierBids(teams, g.c.ID, g.tx.Now.AddDate(-years, 0, 0))
	if err != nil {
		return err
	}
	contents, err := Contents(g.tx, earlier)
	for _, b := range earlier {
		f := conflict.Fact{Kind: conflict.CoBid, What: BidCode(&b)}
		if b.SubmittedAt != nil {
			f.From, f.Until = *b.SubmittedAt, *b.SubmittedAt
		}
		for _, s := range on[b.Team] {
			if b.SubmittedAt != nil && !s.JoinedAt.After(*b.SubmittedAt) && (s.LeftAt == nil || s.LeftAt.After(*b.SubmittedAt)) {
				f.Who = append(f.Who, string(s.User))
			}
		}
		f.Who = append(f.Who, string(b.Org))
		g.orgs[b.Org] = true
		for _, p := range contents[b.ID].Partners {
			if p.Org != "" && p.Org != b.Org {
				f.Who = append(f.Who, string(p.Org))
				g.orgs[p.Org] = true
			}
		}
		g.q.Facts = append(g.q.Facts, f)
	}
	return err
}

// ties are the facts on record.
func (g *graph) ties() error {
	orgs := []models.OrgID{}
	for _, e := range g.q.Experts {
		if e.Org != "" {
			orgs = append(orgs, models.OrgID(e.Org))
		}
	}
	list, err := g.tx.TiesTouching(g.users, orgs)
	if err != nil {
		return err
	}
	ids := make([]models.TieID, len(list))
	for i, t := range list {
		ids[i] = t.ID
	}
	parties, err := g.tx.TieParties(ids)
	for _, t := range list {
		f := conflict.Fact{Kind: t.Type, What: t.What, From: dayOf(t.Since), Until: dayAfter(t.Until)}
		if t.Until != "" && t.Since == t.Until {
			f.Until = f.From
		}
		f.Who = g.resolve(parties[t.ID])
		g.q.Facts = append(g.q.Facts, f)
	}
	return err
}

// evidence is what the bidding teams have with others: the team and those who share its papers
// and patents, as it says itself.
func (g *graph) evidence() error {
	teams := make([]models.TeamID, 0, len(g.given))
	for _, b := range g.given {
		teams = append(teams, b.Team)
	}
	if len(teams) == 0 {
		return nil
	}
	list, err := g.tx.EvidenceOf(teams...)
	kinds := map[string]string{"paper": conflict.Paper, "patent": conflict.Patent, "project": conflict.Project}
	for _, e := range list {
		if len(e.Parties.V) == 0 || e.Verify == "rejected" {
			continue
		}
		kind := kinds[e.Kind]
		if kind == "" {
			kind = conflict.Collaboration
		}
		f := conflict.Fact{Kind: kind, What: strings.TrimSpace(e.Title + " " + e.Number), From: time.Date(e.Year, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(e.Year, 12, 31, 0, 0, 0, 0, time.UTC)}
		f.Who = append(g.resolve(e.Parties.V), string(e.Team))
		g.q.Facts = append(g.q.Facts, f)
	}
	return err
}

// resolve gives codes to those who are only written down: an expert of that name whose unit is not
// another, a unit of the question whose name means the same.
func (g *graph) resolve(parties []models.TieParty) []string {
	var who []string
	for _, p := range parties {
		for _, code := range []string{string(p.User), string(p.Org), string(p.Team)} {
			if code != "" {
				who = append(who, code)
			}
		}
		if p.Org != "" {
			g.orgs[p.Org] = true
		}
		if p.User != "" || p.Name == "" {
			continue
		}
		written := p.Name
		if p.Unit != "" {
			written += " (" + p.Unit + ")"
		}
		for _, e := range g.q.Experts {
			me := g.q.Names[e.ID]
			if e.Unit != "" {
				me += " (" + e.Unit + ")"
			}
			if e.Person != "" && names.Match(written, me, true).Match {
				who = append(who, e.Person)
			}
		}
	}
	slices.Sort(who)
	return slices.Compact(who)
}

// name puts the words of units, and of people and teams in facts, into the paths.
func (g *graph) name() error {
	ids := make([]models.OrgID, 0, len(g.orgs))
	for o := range g.orgs {
		if o != "" {
			ids = append(ids, o)
		}
	}
	slices.Sort(ids)
	orgs, err := g.tx.OrgsByID(ids)
	for id, o := range orgs {
		g.q.Names[string(id)] = o.Name
	}
	for i := range g.q.Experts { // an unwritten unit is named by its code
		if e := &g.q.Experts[i]; e.Org != "" && e.Unit == "" {
			e.Unit = g.q.Names[e.Org]
		}
	}
	return err
}

func end(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

func dayOf(date string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, date, shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// dayAfter is the instant at which something ends whose last day this is; "" never ends.
func dayAfter(date string) time.Time {
	t := dayOf(date)
	if t.IsZero() {
		return t
	}
	return t.AddDate(0, 0, 1)
}

// Explained is a conflict as the people read it who must decide about it.
type Explained struct {
	Rule  string          `json:"rule"`
	Hard  bool            `json:"hard" doc:"True bars; false holds back until two people waive it"`
	Years int             `json:"years" doc:"How long the tie counts after its end, by the batch's rule; -1 is for life"`
	Bid   models.BidID    `json:"bid,omitempty" doc:"Empty: the conflict is with the challenge as a whole"`
	Key   string          `json:"key" doc:"What a waiver names"`
	Steps []conflict.Step `json:"steps" doc:"The chain of facts, as data"`
	Zh    string          `json:"zh"`
	En    string          `json:"en"`
}

// Explain puts a conflict into words.
func Explain(f conflict.Conflict, rules []conflict.Rule) Explained {
	x := Explained{Rule: f.Rule, Hard: f.Hard, Bid: models.BidID(f.Bid), Key: f.Key(), Steps: f.Steps}
	x.Zh, x.En = f.Words()
	for _, r := range rules {
		if r.Code == f.Rule {
			x.Years = r.Years
		}
	}
	return x
}

// Untied refuses an expert's work on a bid to which a hard conflict ties him, and says why.
func Untied(tx *models.Tx, a *models.Assignment) error {
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return err
	}
	b, err := tx.Bid(a.Bid)
	if err != nil {
		return err
	}
	experts, err := tx.ExpertsByID([]models.ExpertID{a.Expert})
	if err != nil {
		return err
	}
	found, err := Conflicts(tx, c, []models.Bid{*b}, []models.Expert{experts[a.Expert]})
	if err != nil {
		return err
	}
	if why := Why(found, a.Expert, a.Bid, true); why != nil {
		if tx.Blinded(c, a) {
			return models.TiedUnseen()
		}
		_, en := why.Words()
		return models.TiedToBid(en)
	}
	return nil
}

// Untainted refuses an award that rests on a sheet whose expert a hard conflict ties to the bid:
// facts may have come up since he judged.
func Untainted(tx *models.Tx, c *models.Challenge) error {
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return err
	}
	ids, done := []models.ExpertID{}, []models.Assignment{}
	for _, a := range given {
		if a.State == models.AssignmentDone {
			ids, done = append(ids, a.Expert), append(done, a)
		}
	}
	if len(done) == 0 {
		return nil
	}
	byID, err := tx.ExpertsByID(ids)
	if err != nil {
		return err
	}
	experts := make([]models.Expert, 0, len(byID))
	for _, e := range byID {
		experts = append(experts, e)
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return err
	}
	found, err := Conflicts(tx, c, bids, experts)
	if err != nil {
		return err
	}
	for _, a := range done {
		if why := Why(found, a.Expert, a.Bid, true); why != nil {
			_, en := why.Words()
			return models.Tainted(en)
		}
	}
	return nil
}

// Drawn are the members of a challenge's panel and its reserves, as they were drawn; nobody before.
func Drawn(tx *models.Tx, c *models.Challenge) ([]models.ExpertID, error) {
	p, err := tx.PanelOf(c.ID)
	if err != nil || p == nil {
		return nil, err
	}
	var d draw.Panel
	if err := json.Unmarshal([]byte(p.Result), &d); err != nil {
		return nil, fmt.Errorf("read panel %s: %w", p.ID, err)
	}
	ids := []models.ExpertID{}
	for _, t := range slices.Concat(d.Members, d.Reserves) {
		ids = append(ids, models.ExpertID(t.Expert.ID))
	}
	return ids, nil
}
