package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/seal"
	"jiebang/models"
)

// town is a world with things of every kind in every state, and somebody in every relation
// to them. Its rows are planted, not played: each state is there at once, and the roles are
// said here a second time, apart from the code that computes them.
type town struct {
	*apitest.World
	people map[string]apitest.Person
	names  []string // of the people, in fixed order
	things []*thing
	terms  map[string]string // a word in force of each vocabulary
	ids    map[string]string // other rows by the name of the parameter that takes them
}

// thing is one row with what each person is to it.
type thing struct {
	label, id, state string
	kind             models.Kind
	version          int64
	have             map[string]models.Role // beside what everybody is to everything
	of               *thing                 // what a document belongs to
	parties          bool                   // a document for the parties only
	content          string                 // what nobody may read who may not know of the thing
}

// everybody is what people are to everything.
func everybody(name string) models.Role {
	switch name {
	case "visitor":
		return models.Visitor
	case "operator":
		return models.Visitor | models.SignedIn | models.Operator
	case "auditor":
		return models.Visitor | models.SignedIn | models.Auditor
	case "sysadmin":
		return models.Visitor | models.SignedIn | models.SystemAdmin
	case "secadmin":
		return models.Visitor | models.SignedIn | models.SecurityAdmin
	}
	return models.Visitor | models.SignedIn
}

// role is everything a person is to a thing.
func (f *thing) role(name string) models.Role {
	r := everybody(name) | f.have[name]
	if f.kind == models.KindDocument {
		show, _ := showOf[f.of.kind]
		if f.parties {
			show = models.TrailShow
		}
		if v, _ := models.Predict(show, f.of.kind, f.of.role(name), f.of.state); v == models.VerdictAllowed {
			r |= models.Reader
		}
	}
	return r
}

var showOf = map[models.Kind]models.Action{models.KindAccount: models.AccountShow, models.KindOrg: models.OrgShow, models.KindAlliance: models.AllianceShow,
	models.KindTeam: models.TeamShow, models.KindExpert: models.ExpertShow, models.KindBatch: models.BatchShow, models.KindCatalogue: models.CatalogueShow,
	models.KindChallenge: models.ChallengeShow, models.KindBid: models.BidShow, models.KindAssignment: models.AssignmentShow,
	models.KindObjection: models.ObjectionShow, models.KindDocument: models.DocumentShow, models.KindSubscription: models.SubscriptionShow,
	models.KindMute: models.MuteShow, models.KindInvitation: models.InvitationShow, models.KindWebhook: models.WebhookShow, models.KindNeed: models.NeedShow, models.KindSignup: models.SignupShow, models.KindRoleRequest: models.RoleRequestShow, models.KindIntegrity: models.IntegrityShow,
	models.KindTie: models.TieShow, models.KindWaiver: models.WaiverShow,
	models.KindQuestion:  models.QuestionShow,
	models.KindAmendment: models.AmendmentShow, models.KindNDA: models.NDAShow}

// whisper stands in everything that is not public.
const whisper = "sealed-whisper"

func newTown(t *testing.T, w *apitest.World) *town {
	t.Helper()
	h := &town{World: w, people: map[string]apitest.Person{"visitor": {}}, names: []string{"visitor"}, terms: map[string]string{}, ids: map[string]string{}}
	for _, name := range []string{"stranger", "poster", "colleague", "lead", "mate", "expert", "idle_expert", "objector", "auditor", "elsewhere", "officer", "both", "sysadmin", "secadmin"} {
		h.person(name, w.Person("town-"+name))
	}
	w.Grant(h.people["auditor"], "auditor", "")
	w.Grant(h.people["sysadmin"], "system_admin", "")
	w.Grant(h.people["secadmin"], "security_admin", "")
	w.Grant(h.people["officer"], "officer", "210000")
	w.Grant(h.people["elsewhere"], "officer", "110000")
	w.Grant(h.people["both"], "officer", "210100")
	firm, admin := w.Org("TownFirm", "enterprise")
	uni, dean := w.Org("TownUniversity", "university")
	h.person("admin", admin)
	h.person("institution", dean)
	h.person("operator", w.Operator())
	h.ids["query/login"] = "town-stranger"
	disabled := w.Person("town-disabled")
	w.Write(func(tx *models.Tx) error {
		for name, role := range map[string]string{"poster": "poster", "colleague": "member", "both": "poster"} {
			m, err := tx.AddMembership(firm.ID, h.people[name].User, role)
			if err != nil {
				return err
			}
			h.ids["member"] = string(m.ID)
		}
		return h.plant(tx, firm, uni, disabled)
	})
	w.Do(h.people["operator"], "POST", "/accounts/"+string(disabled.User)+"/disable", map[string]string{"reason": "gone"}).Must(200)
	return h
}

func (h *town) person(name string, p apitest.Person) {
	h.people[name] = p
	h.names = append(h.names, name)
}

func (h *town) add(kind models.Kind, id, state, label string, have map[string]models.Role) *thing {
	f := &thing{kind: kind, id: id, state: state, label: label, version: 1, have: have}
	h.things = append(h.things, f)
	return f
}

func (h *town) of(kind models.Kind) []*thing {
	list := []*thing{}
	for _, f := range h.things {
		if f.kind == kind {
			list = append(list, f)
		}
	}
	return list
}

func lives(tx *models.Tx, state string) models.Life {
	return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
}

const (
	asOwner = models.Owner
	asAdmin = models.Colleague | models.Owner | models.Institution
)

// officers are those of the region the town lies in.
func officers(have map[string]models.Role) map[string]models.Role {
	have["officer"] |= models.Officer
	have["both"] |= models.Officer
	return have
}

func (h *town) plant(tx *models.Tx, firm, uni *models.Org, disabled apitest.Person) error {
	h.add(models.KindSite, "", "", "the site", map[string]models.Role{"officer": models.Officer, "both": models.Officer, "elsewhere": models.Officer})
	h.add(models.KindAccount, string(h.people["stranger"].User), models.UserActive, "an account", map[string]models.Role{"stranger": models.Self})
	f := h.add(models.KindOrg, string(firm.ID), models.OrgVerified, "the firm", officers(map[string]models.Role{"admin": asAdmin, "poster": models.Colleague | models.Owner,
		"both": models.Colleague | models.Owner, "colleague": models.Colleague}))
	f.version = firm.Version
	f = h.add(models.KindOrg, string(uni.ID), models.OrgVerified, "the university", officers(map[string]models.Role{"institution": asAdmin}))
	f.version = uni.Version
	for _, plant := range []func(*models.Tx, *models.Org, *models.Org) error{h.plantAround, h.plantVocabulary, h.plantChallenges, h.plantReach, h.plantSignIn, h.plantOpen} {
		if err := plant(tx, firm, uni); err != nil {
			return err
		}
	}
	h.add(models.KindAccount, string(disabled.User), models.UserDisabled, "a disabled account", nil).version = 2
	return nil
}

// plantAround makes units, alliances, teams, experts and batches.
func (h *town) plantAround(tx *models.Tx, firm, uni *models.Org) error {
	fresh := models.NewOrg()
	fresh.Name, fresh.Kind, fresh.Region, fresh.City, fresh.USCC, fresh.Life = "Town Newcomer", "enterprise", "210100", "沈阳市", "91210100TOWN000001", lives(tx, models.OrgPending)
	h.add(models.KindOrg, string(fresh.ID), fresh.State, "a new unit", officers(map[string]models.Role{"admin": asAdmin}))
	if err := tx.Plant(fresh); err != nil {
		return err
	}
	if _, err := tx.AddMembership(fresh.ID, h.people["admin"].User, "admin"); err != nil {
		return err
	}
	returned := models.NewOrg()
	returned.Name, returned.Kind, returned.Region, returned.City, returned.USCC, returned.Life = "Town Returned", "enterprise", "210100", "沈阳市", "91210100TOWN000002", lives(tx, models.OrgReturned)
	h.add(models.KindOrg, string(returned.ID), returned.State, "a unit to mend its papers", officers(map[string]models.Role{"admin": asAdmin}))
	if err := tx.Plant(returned); err != nil {
		return err
	}
	if _, err := tx.AddMembership(returned.ID, h.people["admin"].User, "admin"); err != nil {
		return err
	}
	relation, err := tx.Relate(fresh.ID, firm.ID, "parent", tx.Now)
	if err != nil {
		return err
	}
	h.ids["relation"] = string(relation.ID)
	for i, state := range models.States(models.KindAlliance) {
		a := models.NewAlliance()
		a.Code, a.Name, a.Level, a.Tier, a.Leader, a.Region, a.Life = fmt.Sprintf("TWA%d", i), "Town Alliance "+state, "city", "general", firm.ID, "210100", lives(tx, state)
		if err := tx.Plant(a); err != nil {
			return err
		}
		seat, err := tx.AddAllianceMember(a.ID, uni.ID, "academic", 0)
		if err != nil {
			return err
		}
		h.ids["seat"] = string(seat.ID)
		h.add(models.KindAlliance, string(a.ID), state, state+" alliance", officers(map[string]models.Role{"admin": models.Owner, "institution": models.Institution}))
	}
	for _, state := range models.States(models.KindIntegrity) {
		r := models.NewIntegrity()
		r.User, r.Act, r.Basis, r.Body, r.Since, r.Until, r.Life = h.people["stranger"].User, whisper+" act", "rule", "office", tx.Now.AddDate(-2, 0, 0), tx.Now.AddDate(-1, 0, 0), lives(tx, state)
		if state == models.IntegrityAppealed {
			r.Appeal, r.AppealedAt = "not so at all", &tx.Now
		}
		if err := tx.Plant(r); err != nil {
			return err
		}
		h.add(models.KindIntegrity, string(r.ID), state, state+" integrity record", map[string]models.Role{"stranger": models.Self,
			"officer": models.Officer, "both": models.Officer, "elsewhere": models.Officer}).content = whisper + " act"
	}
	if err := h.needs(tx, firm, officers); err != nil {
		return err
	}
	for _, state := range models.States(models.KindTie) {
		t := tx.NewTie()
		t.Type, t.What, t.Basis, t.By, t.Life = "paper", whisper+" tie", "record", h.people["stranger"].User, lives(tx, state)
		if err := tx.Plant(t); err != nil {
			return err
		}
		if err := tx.SetTieParties(t.ID, []models.TieParty{{User: h.people["stranger"].User}, {Name: "Somebody"}}); err != nil {
			return err
		}
		h.add(models.KindTie, string(t.ID), state, state+" tie", map[string]models.Role{"stranger": models.Self,
			"officer": models.Officer, "both": models.Officer, "elsewhere": models.Officer}).content = whisper + " tie"
	}
	team := models.NewTeam()
	team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent, team.Life = "TWT1", "Town Team", uni.ID, 3, 8, 9, lives(tx, models.TeamActive)
	if err := tx.Plant(team); err != nil {
		return err
	}
	h.add(models.KindTeam, string(team.ID), team.State, "the team", ours())
	for name, role := range map[string]string{"lead": "lead", "mate": "member"} {
		m, err := tx.AddTeamMember(team.ID, h.people[name].User, role)
		if err != nil {
			return err
		}
		h.ids["team_member"] = m.ID
	}
	e := &models.Evidence{Team: team.ID, Kind: "paper", Title: "Proof", Year: 2024, Verify: "self_declared"}
	if err := tx.AddEvidence(e); err != nil {
		return err
	}
	h.ids["evidence"] = string(e.ID)
	for _, x := range []struct{ name, state string }{{"expert", models.ExpertActive}, {"idle_expert", models.ExpertActive}, {"stranger", models.ExpertPending}, {"objector", models.ExpertSuspended}} {
		e := models.NewExpert()
		e.Code, e.User, e.Name, e.Kind, e.Unit, e.YearlyCap, e.Life = "TWX-"+x.name, h.people[x.name].User, x.name, "technology", "Elsewhere", 10, lives(tx, x.state)
		if err := tx.Plant(e); err != nil {
			return err
		}
		h.ids["expert/"+x.name] = string(e.ID)
		h.add(models.KindExpert, string(e.ID), x.state, x.state+" expert "+x.name,
			map[string]models.Role{x.name: models.Self, "officer": models.Officer, "both": models.Officer, "elsewhere": models.Officer})
	}
	for i, used := range []string{"used", "unused"} {
		b := models.NewBatch()
		b.Region, b.RegionCode, b.Year, b.No, b.Title, b.Life = "210100", "SY", 2026, i+1, "Town batch", lives(tx, models.BatchOpen)
		if err := tx.Plant(b); err != nil {
			return err
		}
		h.ids["batch/"+used] = string(b.ID)
		h.add(models.KindBatch, string(b.ID), b.State, used+" batch", officers(map[string]models.Role{}))
	}
	return nil
}

// plantSignIn makes invitations to make an account, and requests for an office.
func (h *town) plantSignIn(tx *models.Tx, _, uni *models.Org) error {
	for i, state := range models.States(models.KindSignup) {
		s := models.NewSignup()
		s.Org, s.Email, s.Role, s.Token, s.InvitedBy, s.ExpiresAt, s.Life = &uni.ID, fmt.Sprintf("town%d@example.cn", i), "member", models.RandomToken(),
			h.people["institution"].User, tx.Now.Add(time.Hour), lives(tx, state)
		if id := h.people["mate"].User; state == models.SignupAccepted {
			s.Account = &id
		}
		if err := tx.Plant(s); err != nil {
			return err
		}
		h.add(models.KindSignup, string(s.ID), state, state+" invitation to make an account", map[string]models.Role{"institution": models.Self | models.Institution})
	}
	for _, state := range models.States(models.KindRoleRequest) {
		r := tx.NewRoleRequest(h.people["idle_expert"].User, "operator", "to run the platform")
		r.By, r.Life = h.people["operator"].User, lives(tx, state)
		if id := h.people["secadmin"].User; state == models.RoleRequestApproved || state == models.RoleRequestRefused {
			r.DecidedBy, r.DecidedAt = &id, &tx.Now
		}
		if err := tx.Plant(r); err != nil {
			return err
		}
		h.add(models.KindRoleRequest, string(r.ID), state, state+" request for an office", map[string]models.Role{"operator": models.Self})
	}
	return nil
}

// plantReach makes what people asked to be told of or not, and invitations to the published
// challenge, which no other than the two sides and the office may know of.
func (h *town) plantReach(tx *models.Tx, firm, _ *models.Org) error {
	mine := map[string]models.Role{"stranger": models.Self}
	for i, state := range models.States(models.KindSubscription) {
		s := tx.NewSubscription(models.Topic{By: models.ByText, Value: fmt.Sprintf("%s %d", whisper, i)}, "")
		s.User, s.Life = h.people["stranger"].User, lives(tx, state)
		m := tx.NewMute(models.Topic{By: models.ByChain, Value: fmt.Sprintf("%s %d", whisper, i)})
		m.User, m.Life = s.User, lives(tx, state)
		for _, row := range []any{s, m} {
			if err := tx.Plant(row); err != nil {
				return err
			}
		}
		h.add(models.KindSubscription, string(s.ID), state, state+" subscription", mine).content = whisper
		h.add(models.KindMute, string(m.ID), state, state+" mute", mine).content = whisper
	}
	for _, state := range models.States(models.KindWebhook) {
		hook := tx.NewWebhook("org", string(firm.ID))
		hook.MadeBy, hook.Name, hook.URL, hook.Format, hook.Kinds, hook.Reason, hook.Life = h.people["admin"].User, whisper, "https://hooks.example.cn/"+state, "standard",
			models.J([]models.Action{models.ChallengePublish}), "manual", lives(tx, state)
		if err := tx.Plant(hook); err != nil {
			return err
		}
		if state == models.WebhookActive {
			call := tx.NewCall(hook, models.Event{ID: "evt_town", At: tx.Now, Action: models.ChallengePublish, Kind: models.KindChallenge, Thing: "none"})
			call.State = "failed"
			if err := tx.Plant(call); err != nil {
				return err
			}
			h.ids["call"] = string(call.ID)
		}
		h.add(models.KindWebhook, string(hook.ID), state, state+" webhook", map[string]models.Role{"admin": models.Institution}).content = whisper
	}
	var to *thing
	for _, f := range h.of(models.KindChallenge) {
		if f.state == models.ChallengePublished {
			to = f
		}
	}
	h.ids["query/challenge"] = to.id
	letter := &models.Letter{ID: "ltr_" + models.LetterID(strings.Repeat("b", 26)), Event: "evt_town", User: h.people["stranger"].User, Channel: "mail", Kind: models.ChallengePublish,
		ThingKind: models.KindChallenge, Thing: "none", Challenge: models.ChallengeID(to.id), State: models.LetterFailed, RunAt: tx.Now, LeaseTo: tx.Now, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	if err := tx.Plant(letter); err != nil {
		return err
	}
	h.ids["letter"] = string(letter.ID)
	c, err := tx.Challenge(models.ChallengeID(to.id))
	if err != nil {
		return err
	}
	for i, state := range models.States(models.KindInvitation) {
		team, err := h.bidder(tx, fmt.Sprintf("invited-%d", i))
		if err != nil {
			return err
		}
		h.ids["query/a"], h.ids["query/b"] = string(team.ID), h.ids["query/a"]
		inv := tx.NewInvitation(c, team)
		inv.By, inv.As, inv.Band, inv.Message, inv.Life = h.people["poster"].User, "owner", "good", whisper+" message", lives(tx, state)
		if state == models.InvitationAccepted || state == models.InvitationDeclined {
			inv.AnsweredAt, inv.AnsweredBy = &tx.Now, h.people["lead"].User
		}
		if err := tx.Plant(inv); err != nil {
			return err
		}
		have := officers(ours())
		for _, name := range []string{"admin", "poster", "both"} {
			have[name] |= models.Owner
		}
		h.add(models.KindInvitation, string(inv.ID), state, state+" invitation", have).content = whisper
	}
	return nil
}

func ours() map[string]models.Role {
	return map[string]models.Role{"lead": models.Bidder | models.Lead, "mate": models.Bidder, "institution": models.Institution}
}

func (h *town) plantVocabulary(tx *models.Tx, _, _ *models.Org) error {
	for _, kind := range models.CatalogueKinds {
		for _, state := range models.States(models.KindCatalogue) {
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.From, c.Life = kind, "town-"+state, "词表", "2020-01-01", lives(tx, state)
			if err := tx.Plant(c); err != nil {
				return err
			}
			h.add(models.KindCatalogue, string(c.ID), state, state+" catalogue of "+kind, nil)
			h.terms[kind] = strings.ToUpper(kind) + ".one"
			if err := tx.AddTerms(c, []models.Term{{Code: h.terms[kind], NameZh: "词一"}, {Code: strings.ToUpper(kind) + ".two", NameZh: "词二"}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *town) plantChallenges(tx *models.Tx, firm, _ *models.Org) error {
	n := 0
	for _, state := range append(models.States(models.KindChallenge), models.ChallengeWithdrawn) {
		c := h.challenge(tx, firm, state, n, n < len(models.States(models.KindChallenge)))
		n++
		if err := tx.Plant(c); err != nil {
			return err
		}
		value := 1.0
		if err := tx.SetIndicators(c, []models.Indicator{{Name: "a", Op: ">=", Value: &value, Unit: "1", Weight: 50, Knockout: true, TestMethod: "t"},
			{Name: "b", Op: ">=", Value: &value, Unit: "1", Weight: 30}, {Name: "c", Op: "meets", Text: "x", Weight: 20}}); err != nil {
			return err
		}
		have := officers(map[string]models.Role{"admin": asOwner, "poster": asOwner, "both": asOwner})
		if c.Code == "" { // of a list of its own a city decides; to the province's it recommends
			have["both"] |= models.City
		}
		if c.Code != "" {
			for _, name := range h.names {
				have[name] |= models.Reader
			}
		}
		f := h.add(models.KindChallenge, string(c.ID), state, state+" challenge", have)
		f.content = c.Title
		if c.Code == "" && state == models.ChallengeWithdrawn {
			f.label = "challenge withdrawn before it was published"
		}
		if err := h.plantOnChallenge(tx, c, f); err != nil {
			return err
		}
	}
	return nil
}

// challenge is one with everything a published one has, in some state.
func (h *town) challenge(tx *models.Tx, firm *models.Org, state string, n int, listed bool) *models.Challenge {
	c, batch := models.NewChallenge(), models.NewBatch()
	c.Title, c.Owner, c.Region, c.City, c.Batch = whisper+" "+state, firm.ID, "210100", "沈阳市", models.BatchID(h.ids["batch/used"])
	c.Type, c.Nature, c.Competition, c.MaxLanes, c.Selection, c.Confidential = "tech_breakthrough", "common", "single", 1, "panel_plus_owner", "public"
	c.TotalFen, c.BountyFen, c.TermMonths, c.TRLNow, c.TRLTarget = 300*models.Wan, 200*models.Wan, 24, 4, 7
	c.Tags, c.CreatedBy = models.J([]string{h.terms["domain"]}), h.people["poster"].User
	c.Criteria, c.Weights, c.Panel, c.PublicityDays = batch.Criteria, batch.Weights, batch.Panel, batch.PublicityDays
	past, later := tx.Now.Add(-72*time.Hour), tx.Now.Add(300*time.Hour)
	deadline := past
	switch state {
	case models.ChallengeDrafted, models.ChallengeSubmitted, models.ChallengeReturned, models.ChallengeApproved:
		listed, deadline = false, later
	case models.ChallengePublished:
		deadline = later
	}
	c.Deadline, c.OpenAt = &deadline, &deadline
	if listed {
		c.Code, c.PublishedAt = fmt.Sprintf("SY-JB-2026-01-%04d", n+1), &past
	}
	if state == models.ChallengePublicity || state == models.ChallengeAwarded {
		c.PublicityFrom, c.PublicityUntil = &past, &later
	}
	c.Life = lives(tx, state)
	return c
}

// plantOnChallenge puts bids, assignments, objections and documents onto a challenge, where
// its state has any.
func (h *town) plantOnChallenge(tx *models.Tx, c *models.Challenge, f *thing) error {
	h.document(tx, f, "readers", "poster", models.DocumentStored)
	h.document(tx, f, "parties", "poster", models.DocumentStored)
	states := map[string][]string{
		models.ChallengePublished: {models.BidDrafted, models.BidPending, models.BidEndorsed, models.BidSubmitted, models.BidWithdrawn},
		models.ChallengeClosed:    {models.BidSubmitted},
		models.ChallengeEvaluating: {models.BidOpened, models.BidPassed, models.BidRejected, models.BidInReview, models.BidScored, models.BidShortlisted,
			models.BidNotShortlisted},
		models.ChallengeAwarded: {models.BidAwarded, models.BidReserved, models.BidNotAwarded},
	}[c.State]
	for i, state := range states {
		if err := h.bid(tx, c, f, state, i); err != nil {
			return err
		}
	}
	if c.State == models.ChallengePublicity {
		for i, state := range models.States(models.KindObjection) {
			o := models.NewObjection(c)
			o.Code, o.User, o.Name, o.Text, o.DueAt, o.Life = fmt.Sprintf("TWO%d", i), h.people["objector"].User, "Objector", whisper+" objection", tx.Now, lives(tx, state)
			if err := tx.Plant(o); err != nil {
				return err
			}
			h.add(models.KindObjection, string(o.ID), state, state+" objection", officers(map[string]models.Role{"objector": models.Self}))
		}
	}
	return nil
}

func (h *town) bid(tx *models.Tx, c *models.Challenge, f *thing, state string, i int) error {
	team, err := h.bidder(tx, fmt.Sprintf("%s-%d", c.State, i))
	if err != nil {
		return err
	}
	b := models.NewBid(c, team)
	b.Draft, b.Life = 1, lives(tx, state)
	raw, err := seal.Canonical(models.BidContent{Summary: whisper + " " + state, Promises: []models.PromiseInput{}, Partners: []models.Partner{},
		People: []models.Person{}, Evidence: []models.EvidenceID{}, Documents: []models.DocumentID{}})
	if err != nil {
		return err
	}
	content, digest := string(raw), seal.Digest(raw)
	if state != models.BidDrafted {
		b.Requested = 1
	}
	sealed := state != models.BidDrafted && state != models.BidPending && state != models.BidEndorsed && state != models.BidWithdrawn
	if sealed || state == models.BidEndorsed {
		b.Endorsed, b.EndorsedDigest = 1, digest
	}
	opened := sealed && state != models.BidSubmitted
	if opened {
		b.Code = fmt.Sprintf("B%03d", i+1)
	}
	if err := tx.Plant(b); err != nil {
		return err
	}
	v, err := tx.KeepDraft(b, content, digest)
	if err != nil {
		return err
	}
	if sealed {
		if _, err := tx.Seal(b, v); err != nil {
			return err
		}
		if err := tx.Replant(b); err != nil {
			return err
		}
	}
	have := ours()
	for name, role := range f.have {
		have[name] |= role &^ models.Reader
	}
	g := h.add(models.KindBid, string(b.ID), state, fmt.Sprintf("%s bid on a %s challenge", state, c.State), have)
	g.version, g.content = b.Version, whisper+" "+state
	h.document(tx, g, "readers", "lead", models.DocumentStored)
	if state == models.BidInReview {
		if err := h.assignments(tx, c, b, g); err != nil {
			return err
		}
	}
	return nil
}

// bidder is the town's team over again, since a team bids once on a challenge: with the same
// people, and under the same unit.
func (h *town) bidder(tx *models.Tx, code string) (*models.Team, error) {
	t, err := tx.Team(models.TeamID(h.of(models.KindTeam)[0].id))
	if err != nil {
		return nil, err
	}
	fresh := models.NewTeam()
	id := fresh.ID
	*fresh = *t
	fresh.ID, fresh.Code, fresh.Name = id, "TW-"+code, "Town Team "+code
	if err := tx.Plant(fresh); err != nil {
		return nil, err
	}
	for name, role := range map[string]string{"lead": "lead", "mate": "member"} {
		if _, err := tx.AddTeamMember(fresh.ID, h.people[name].User, role); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}

// assignments puts one in every state onto a bid. One expert has one live assignment of a
// bid, so each has an expert of its own but the expert's, who accepted.
func (h *town) assignments(tx *models.Tx, c *models.Challenge, b *models.Bid, f *thing) error {
	for i, state := range models.States(models.KindAssignment) {
		name := "expert"
		e, err := tx.ExpertsByID([]models.ExpertID{models.ExpertID(h.ids["expert/expert"])})
		if err != nil {
			return err
		}
		x := e[models.ExpertID(h.ids["expert/expert"])]
		if state == models.AssignmentInvited || state == models.AssignmentDone {
			name = "judge-" + state
			u := models.NewUser("town-"+name, name, "x")
			u.Life = lives(tx, models.UserActive)
			y := models.NewExpert()
			y.Code, y.User, y.Name, y.Kind, y.Unit, y.YearlyCap, y.Life = "TWX-"+name, u.ID, name, "technology", "Elsewhere", 10, lives(tx, models.ExpertActive)
			for _, row := range []any{u, y} {
				if err := tx.Plant(row); err != nil {
					return err
				}
			}
			x = *y
		}
		a := models.NewAssignment(c.ID, b.ID, &x, 1, i+1)
		a.Life = lives(tx, state)
		if state == models.AssignmentAccepted || state == models.AssignmentDone {
			a.DeclaredAt = &tx.Now
		}
		if err := tx.Plant(a); err != nil {
			return err
		}
		h.add(models.KindAssignment, string(a.ID), state, state+" assignment", officers(map[string]models.Role{name: models.Self}))
	}
	f.have["expert"] |= models.Judge
	return h.waivers(tx, c, b)
}

// waivers puts one in every state onto a bid.
func (h *town) waivers(tx *models.Tx, c *models.Challenge, b *models.Bid) error {
	for i, state := range models.States(models.KindWaiver) {
		w := tx.NewWaiver(c.ID)
		w.Bid, w.Expert, w.Conflict, w.Rule = b.ID, models.ExpertID(h.ids["expert/expert"]), fmt.Sprintf("%s-%d", b.ID, i), "siblings"
		w.Zh, w.En, w.Reason, w.AskedBy, w.Life = whisper+" path", whisper+" path", "reason", h.people["stranger"].User, lives(tx, state)
		if state != models.WaiverAsked {
			w.AnsweredBy, w.AnsweredAt, w.AnswerReason = h.people["auditor"].User, &tx.Now, "reason"
		}
		if err := tx.Plant(w); err != nil {
			return err
		}
		h.add(models.KindWaiver, string(w.ID), state, state+" waiver", officers(map[string]models.Role{})).content = whisper + " path"
	}
	return nil
}

func (h *town) document(tx *models.Tx, of *thing, audience, uploader, state string) {
	h.T.Helper()
	d := models.NewDocument(of.kind, of.id)
	d.Purpose, d.Name, d.Media, d.Audience, d.By, d.Life = "attachment", "x.txt", "text/plain", audience, h.people[uploader].User, lives(tx, state)
	info, err := h.Blobs.Put(h.T.Context(), strings.NewReader(whisper+" file"), 1<<20)
	if err != nil {
		h.T.Fatal(err)
	}
	d.Size, d.SHA256 = info.Size, string(info.Digest)
	if err := tx.Plant(d); err != nil {
		h.T.Fatal(err)
	}
	f := h.add(models.KindDocument, string(d.ID), state, fmt.Sprintf("document for the %s of a %s", audience, of.label), map[string]models.Role{uploader: models.Self | models.Reader})
	f.of, f.parties = of, audience == "parties"
}
