package matches_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/matches"
	"jiebang/api/question"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/matching/fit"
	"jiebang/matching/text"
	"jiebang/models"
)

// fair is a world with a firm that asks, three teams of three universities, and a catalogue.
type fair struct {
	*apitest.World
	firm                               *models.Org
	owner, officer, auditor, stranger  apitest.Person
	unis                               []*models.Org
	teams                              []*models.Team
	leads                              []apitest.Person
	mate                               apitest.Person // on the first team
	chain, group, tag, other, must, ip string
	n                                  int
}

// newFair plants it: the first team has all that is asked for, the second a part, the third nothing.
func newFair(t *testing.T, w *apitest.World) *fair {
	t.Helper()
	dbtest.Wrecked(t) // challenges are planted in the middle of their lives
	f := &fair{World: w, chain: "pumps", group: "MFG", tag: "MFG.bearing", other: "BIO.gene", must: "rotor_dynamics"}
	f.firm, f.owner = w.Org("FairFirm", "enterprise")
	f.officer, f.auditor, f.stranger = w.Officer("fair-officer", "210000"), w.Grant(w.Person("fair-auditor"), "auditor", ""), w.Person("fair-stranger")
	f.mate = w.Person("fair-mate")
	w.Write(func(tx *models.Tx) error {
		for kind, terms := range map[string][]models.Term{
			"chain":      {{Code: "pumps", NameZh: "泵阀", NameEn: "Pumps", MapsTo: models.J([]string{"old_pumps"})}, {Code: "drugs", NameZh: "医药"}},
			"domain":     {{Code: "MFG", NameZh: "制造"}, {Code: f.tag, NameZh: "轴承", NameEn: "Bearings", Parent: "MFG", Synonyms: models.J([]string{"滚动轴承"})}, {Code: "BIO", NameZh: "生物"}, {Code: f.other, NameZh: "基因", Parent: "BIO"}},
			"capability": {{Code: f.must, NameZh: "转子动力学", NameEn: "Rotor dynamics"}},
		} {
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.From, c.Life = kind, "v2", "词表", "2020-01-01", life(tx, models.CataloguePublished)
			if err := tx.Plant(c); err != nil {
				return err
			}
			if err := tx.AddTerms(c, terms); err != nil {
				return err
			}
		}
		old := models.NewCatalogue()
		old.Kind, old.Code, old.NameZh, old.From, old.Until, old.Life = "chain", "v1", "旧词表", "2019-01-01", "2020-01-01", life(tx, models.CataloguePublished)
		if err := tx.Plant(old); err != nil {
			return err
		}
		return tx.AddTerms(old, []models.Term{{Code: "old_pumps", NameZh: "泵"}})
	})
	for i, name := range []string{"FairAlpha", "FairBeta", "FairGammaGo"} {
		uni, _ := w.Org("Uni"+name, "university")
		team, lead := w.Team(uni, name)
		f.unis, f.leads = append(f.unis, uni), append(f.leads, lead)
		w.Write(func(tx *models.Tx) error {
			fresh, err := tx.Team(team.ID)
			if err != nil {
				return err
			}
			if i < 2 {
				fresh.Domains = models.J([]models.DomainTag{{Tag: f.tag, Level: 5 - i}})
				fresh.Chains = models.J([]string{f.chain})
			}
			if i == 0 {
				fresh.Capabilities = models.J([]models.Capability{{Tag: f.must, Level: 5, Verified: true}})
				fresh.Track = models.J(models.TrackRecord{Completed: 9, OnTime: 9, FirstPass: 9})
				fresh.IPC = models.J([]string{"F16C"})
				for n := range 6 {
					e := &models.Evidence{Team: fresh.ID, Kind: "patent", Title: fmt.Sprintf("高速滚动轴承寿命提升方法 %d", n), Abstract: "高速轴承转子动力学寿命台架", Year: 2025,
						Role: "lead", Verify: "verified", Tags: models.J([]string{f.tag})}
					if err := tx.AddEvidence(e); err != nil {
						return err
					}
				}
			}
			f.teams = append(f.teams, fresh)
			return tx.Replant(fresh)
		})
	}
	w.Write(func(tx *models.Tx) error {
		_, err := tx.AddTeamMember(f.teams[0].ID, f.mate.User, "member")
		return err
	})
	return f
}

func life(tx *models.Tx, state string) models.Life {
	return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
}

// approved plants a challenge that waits to be published.
func (f *fair) approved(change func(c *models.Challenge)) *models.Challenge {
	f.T.Helper()
	c, batch := models.NewChallenge(), models.NewBatch()
	f.n++
	f.Write(func(tx *models.Tx) error {
		deadline := tx.Now.Add(20 * 24 * time.Hour)
		c.Title, c.Owner, c.Region, c.City, c.Chain = "高速轴承寿命提升", f.firm.ID, "210100", "沈阳市", f.chain
		c.Type, c.Competition, c.MaxLanes, c.Selection, c.TRLNow, c.TRLTarget = "tech_breakthrough", "single", 1, "panel_plus_owner", 4, 7
		c.Background, c.Need = "高速轴承寿命不足", "提升滚动轴承在高速转子下的寿命"
		c.Deadline, c.OpenAt, c.TotalFen, c.BountyFen = &deadline, &deadline, 300*models.Wan, 200*models.Wan
		c.Tags, c.Codes = models.J([]string{f.tag}), models.J(models.Codes{IPC: []string{"F16C"}})
		c.Capabilities = models.J([]models.RequiredCapability{{Tag: f.must, Must: true, MinLevel: 3}})
		c.Criteria, c.Weights, c.Panel, c.PublicityDays = batch.Criteria, batch.Weights, batch.Panel, batch.PublicityDays
		c.Life = life(tx, models.ChallengeApproved)
		if change != nil {
			change(c)
		}
		return tx.Plant(c)
	})
	return c
}

// publish puts a planted challenge on the list, as the officer.
func (f *fair) publish(c *models.Challenge) models.Event {
	f.T.Helper()
	if err := f.Store.Write(context.Background(), f.officer.Who, func(tx *models.Tx) error {
		fresh, err := tx.ChallengeFor(models.ChallengePublish, c.ID)
		if err != nil {
			return err
		}
		fresh.Code, fresh.PublishedAt = fmt.Sprintf("SY-JB-2026-01-%04d", f.n), &tx.Now
		if err := tx.Apply(models.ChallengePublish, fresh, models.Note{}); err != nil {
			return err
		}
		*c = *fresh
		return tx.IndexChallenge(fresh, models.ListEntry{Text: text.SearchTokens(fresh.Title + "。Bearings")})
	}); err != nil {
		f.T.Fatal(err)
	}
	list := f.EventsAfter(0)
	f.Deliver()
	return list[len(list)-1]
}

// open is a published challenge.
func (f *fair) open(change func(c *models.Challenge)) *models.Challenge {
	f.T.Helper()
	c := f.approved(change)
	f.publish(c)
	return c
}

// band is how well a team fits, by the engine in use.
func (f *fair) band(c *models.Challenge, team int) string {
	f.T.Helper()
	var band string
	f.Write(func(tx *models.Tx) error {
		list, err := question.Rank(tx, c, []models.Team{*f.teams[team]})
		if err == nil {
			band = fit.Band(list[0].Score)
		}
		return err
	})
	return band
}

func TestSubscriptions(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		add := func(by, value, band string) map[string]string {
			b := map[string]string{"by": by, "value": value}
			if band != "" {
				b["band"] = band
			}
			return b
		}
		made := []models.Action{models.SubscriptionAdd}
		team := string(f.teams[0].ID)
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/subscriptions", Body: add("chain", f.chain, ""), Status: 401},
			apitest.Row{Name: "visitor lists", Method: "GET", Path: "/subscriptions", Status: 401},
			apitest.Row{Name: "none yet", As: f.stranger, Method: "GET", Path: "/subscriptions", Status: 200, Has: []string{`"items":[]`, `"most":50`}},
			apitest.Row{Name: "a chain", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("chain", f.chain, ""), Status: 201, Has: []string{`"name":"泵阀"`, `"state":"active"`, "subscription.end"}, Events: made},
			apitest.Row{Name: "the same again", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("chain", f.chain, ""), Status: 409, Has: []string{"subscription.exists"}},
			apitest.Row{Name: "somebody else may", As: f.leads[0], Method: "POST", Path: "/subscriptions", Body: add("chain", f.chain, ""), Status: 201, Events: made},
			apitest.Row{Name: "a group of tags", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("domain", f.group, ""), Status: 201, Events: made},
			apitest.Row{Name: "a capability", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("capability", f.must, ""), Status: 201, Events: made},
			apitest.Row{Name: "words", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("text", " 轴承 寿命 ", ""), Status: 201, Has: []string{`"value":"轴承 寿命"`}, Events: made},
			apitest.Row{Name: "no words", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("text", "!!", ""), Status: 422, Has: []string{"subscription.no_words", "value"}},
			apitest.Row{Name: "no such tag", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("domain", "NO.such", ""), Status: 422, Has: []string{"topic.unknown"}},
			apitest.Row{Name: "a chain is no tag", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("domain", f.chain, ""), Status: 422, Has: []string{"topic.unknown"}},
			apitest.Row{Name: "a band of a chain", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("chain", "drugs", "good"), Status: 422, Has: []string{"subscription.no_band"}},
			apitest.Row{Name: "another's team", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("team", team, "good"), Status: 422, Has: []string{"topic.not_your_team"}},
			apitest.Row{Name: "a unit", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("org", string(f.firm.ID), ""), Status: 422, Has: []string{"field.choice"}},
			apitest.Row{Name: "my team, from good up", As: f.mate, Method: "POST", Path: "/subscriptions", Body: add("team", team, ""), Status: 201, Has: []string{`"band":"good"`, `"name":"FairAlpha"`}, Events: made},
			apitest.Row{Name: "a chain of an earlier catalogue", As: f.mate, Method: "POST", Path: "/subscriptions", Body: add("chain", "old_pumps", ""), Status: 201, Events: made},
		)
		var mine matches.SubscriptionList
		w.Do(f.stranger, "GET", "/subscriptions", nil).Must(200).JSON(&mine)
		if len(mine.Items) != 4 {
			t.Fatalf("%d subscriptions, want 4", len(mine.Items))
		}
		at := slices.IndexFunc(mine.Items, func(s matches.Subscription) bool { return s.Topic.By == "text" })
		one := "/subscriptions/" + string(mine.Items[at].ID)
		w.Run(t,
			apitest.Row{Name: "mine", As: f.stranger, Method: "GET", Path: one, Status: 200, Has: []string{`"topic"`}},
			apitest.Row{Name: "another's is hidden", As: f.mate, Method: "GET", Path: one, Status: 404},
			apitest.Row{Name: "from an operator too", As: w.Operator(), Method: "GET", Path: one, Status: 404},
			apitest.Row{Name: "another's is not changed", As: f.mate, Method: "PUT", Path: one, Header: []string{"If-Match", `"1"`}, Body: add("chain", "drugs", ""), Status: 404},
			apitest.Row{Name: "without the version", As: f.stranger, Method: "PUT", Path: one, Body: add("chain", "drugs", ""), Status: 428},
			apitest.Row{Name: "changed", As: f.stranger, Method: "PUT", Path: one, Header: []string{"If-Match", `"1"`}, Body: add("chain", "drugs", ""), Status: 200, Has: []string{"医药", `"version":2`}, Events: []models.Action{models.SubscriptionEdit}},
			apitest.Row{Name: "changed meanwhile", As: f.stranger, Method: "PUT", Path: one, Header: []string{"If-Match", `"1"`}, Body: add("chain", "drugs", ""), Status: 412},
			apitest.Row{Name: "into one there is", As: f.stranger, Method: "PUT", Path: one, Header: []string{"If-Match", `"2"`}, Body: add("chain", f.chain, ""), Status: 409, Has: []string{"subscription.exists"}},
			apitest.Row{Name: "into nothing", As: f.stranger, Method: "PUT", Path: one, Header: []string{"If-Match", `"2"`}, Body: add("chain", "nothing", ""), Status: 422, Has: []string{"topic.unknown"}},
			apitest.Row{Name: "ended by another", As: f.mate, Method: "DELETE", Path: one, Status: 404},
			apitest.Row{Name: "ended", As: f.stranger, Method: "DELETE", Path: one, Status: 200, Has: []string{`"state":"ended"`, `"actions":[]`}, Events: []models.Action{models.SubscriptionEnd}},
			apitest.Row{Name: "ended twice", As: f.stranger, Method: "DELETE", Path: one, Status: 409, Has: []string{"subscription.wrong_state"}},
			apitest.Row{Name: "ended and made again", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("chain", "drugs", ""), Status: 201, Events: made},
		)
		w.Write(func(tx *models.Tx) error {
			if err := tx.Become(f.stranger.Who); err != nil {
				return err
			}
			for n := range models.SubscriptionsPerPerson - 4 {
				s := tx.NewSubscription(models.Topic{By: models.ByText, Value: fmt.Sprintf("words %d", n)}, "")
				s.Life = life(tx, models.SubscriptionActive)
				if err := tx.Plant(s); err != nil {
					return err
				}
			}
			return nil
		})
		w.Run(t, apitest.Row{Name: "one too many", As: f.stranger, Method: "POST", Path: "/subscriptions", Body: add("text", "more words", ""), Status: 409, Has: []string{"subscription.too_many", "50"}})
	})
}

func TestMutes(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c, draft := f.open(nil), f.approved(nil)
		add := func(by, value string) map[string]string { return map[string]string{"by": by, "value": value} }
		made := []models.Action{models.MuteAdd}
		lead := f.leads[0]
		suggestions := "/teams/" + string(f.teams[0].ID) + "/matches"
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/mutes", Body: add("chain", f.chain), Status: 401},
			apitest.Row{Name: "visitor lists", Method: "GET", Path: "/mutes", Status: 401},
			apitest.Row{Name: "suggested at first", As: lead, Method: "GET", Path: suggestions, Status: 200, Has: []string{string(c.ID), `"total":1`}},
			apitest.Row{Name: "a challenge", As: lead, Method: "POST", Path: "/mutes", Body: add("challenge", string(c.ID)), Status: 201, Has: []string{"高速轴承寿命提升"}, Events: made},
			apitest.Row{Name: "twice", As: lead, Method: "POST", Path: "/mutes", Body: add("challenge", string(c.ID)), Status: 409, Has: []string{"mute.exists"}},
			apitest.Row{Name: "a draft is nothing", As: lead, Method: "POST", Path: "/mutes", Body: add("challenge", string(draft.ID)), Status: 422, Has: []string{"topic.unknown"}},
			apitest.Row{Name: "no such unit", As: lead, Method: "POST", Path: "/mutes", Body: add("org", "org_x"), Status: 422, Has: []string{"topic.unknown"}},
			apitest.Row{Name: "another's team", As: f.stranger, Method: "POST", Path: "/mutes", Body: add("team", string(f.teams[0].ID)), Status: 422, Has: []string{"topic.not_your_team"}},
			apitest.Row{Name: "no longer suggested", As: lead, Method: "GET", Path: suggestions, Status: 200, Has: []string{`"items":[]`, `"total":0`}},
			apitest.Row{Name: "to his colleague it is", As: f.mate, Method: "GET", Path: suggestions, Status: 200, Has: []string{string(c.ID)}},
			apitest.Row{Name: "the public list shows it", As: lead, Method: "GET", Path: "/challenges", Status: 200, Has: []string{string(c.ID)}},
		)
		var mine matches.MuteList
		w.Do(lead, "GET", "/mutes", nil).Must(200).JSON(&mine)
		one := "/mutes/" + string(mine.Items[0].ID)
		w.Run(t,
			apitest.Row{Name: "mine", As: lead, Method: "GET", Path: one, Status: 200, Has: []string{"mute.end"}},
			apitest.Row{Name: "another's is hidden", As: f.mate, Method: "GET", Path: one, Status: 404},
			apitest.Row{Name: "another ends it", As: f.mate, Method: "DELETE", Path: one, Status: 404},
			apitest.Row{Name: "ended", As: lead, Method: "DELETE", Path: one, Status: 200, Events: []models.Action{models.MuteEnd}},
			apitest.Row{Name: "ended twice", As: lead, Method: "DELETE", Path: one, Status: 409, Has: []string{"mute.wrong_state"}},
			apitest.Row{Name: "suggested again", As: lead, Method: "GET", Path: suggestions, Status: 200, Has: []string{string(c.ID)}},
		)
		for _, topic := range []models.Topic{{By: "org", Value: string(f.firm.ID)}, {By: "chain", Value: "old_pumps"}, {By: "domain", Value: f.group}, {By: "domain", Value: f.tag},
			{By: "capability", Value: f.must}, {By: "team", Value: string(f.teams[0].ID)}} {
			var m matches.Mute
			w.Do(lead, "POST", "/mutes", add(topic.By, topic.Value)).Must(201).JSON(&m)
			w.Run(t, apitest.Row{Name: "muted by " + topic.By + " " + topic.Value, As: lead, Method: "GET", Path: suggestions, Status: 200, Has: []string{`"items":[]`}})
			w.Do(lead, "DELETE", "/mutes/"+string(m.ID), nil).Must(200)
		}
		w.Do(lead, "POST", "/mutes", add("domain", f.other)).Must(201)
		w.Do(lead, "POST", "/mutes", add("org", string(f.firm.ID))).Must(201)
		w.Write(func(tx *models.Tx) error {
			fresh, err := tx.Challenge(c.ID)
			if err != nil {
				return err
			}
			fresh.AnonymousOwner = true
			return tx.Replant(fresh)
		})
		w.Run(t, apitest.Row{Name: "a muted unit does not tell who is anonymous", As: lead, Method: "GET", Path: suggestions, Status: 200, Has: []string{string(c.ID)}})
	})
}

// TestWhoIsTold publishes a challenge, and asks who has a notice of it, with which reasons.
func TestWhoIsTold(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		people := map[string]apitest.Person{"owner": f.owner, "lead": f.leads[0], "weak lead": f.leads[2], "mate": f.mate}
		ask := map[string][]models.Topic{
			"chain":       {{By: "chain", Value: f.chain}},
			"old chain":   {{By: "chain", Value: "old_pumps"}},
			"group":       {{By: "domain", Value: f.group}},
			"capability":  {{By: "capability", Value: f.must}},
			"words":       {{By: "text", Value: "轴承寿命"}},
			"everything":  {{By: "chain", Value: f.chain}, {By: "domain", Value: f.tag}, {By: "domain", Value: f.group}, {By: "capability", Value: f.must}, {By: "text", Value: "bearings"}},
			"other words": {{By: "text", Value: "轴承 基因"}},
			"other tag":   {{By: "domain", Value: f.other}},
			"muted":       {{By: "chain", Value: f.chain}},
			"muted unit":  {{By: "chain", Value: f.chain}},
			"ended":       {{By: "chain", Value: f.chain}},
			"disabled":    {{By: "chain", Value: f.chain}},
			"owner":       {{By: "chain", Value: f.chain}},
			"mate":        {{By: "team", Value: string(f.teams[0].ID)}, {By: "chain", Value: f.chain}},
		}
		for i, name := range []string{"chain", "old chain", "group", "capability", "words", "everything", "other words", "other tag", "muted", "muted unit", "ended", "disabled"} {
			people[name] = w.Person(fmt.Sprintf("fair-reader-%d", i))
		}
		for name, topics := range ask {
			for _, topic := range topics {
				w.Do(people[name], "POST", "/subscriptions", map[string]string{"by": topic.By, "value": topic.Value}).Must(201)
			}
		}
		w.Do(people["muted"], "POST", "/mutes", map[string]string{"by": "domain", "value": f.group}).Must(201)
		w.Do(people["muted unit"], "POST", "/mutes", map[string]string{"by": "org", "value": string(f.firm.ID)}).Must(201)
		var list matches.SubscriptionList
		w.Do(people["ended"], "GET", "/subscriptions", nil).JSON(&list)
		w.Do(people["ended"], "DELETE", "/subscriptions/"+string(list.Items[0].ID), nil).Must(200)
		w.Do(w.Operator(), "POST", "/accounts/"+string(people["disabled"].User)+"/disable", map[string]string{"reason": "gone"}).Must(200)

		c := f.approved(nil)
		e := f.publish(c)
		f.Deliver()
		if e.Action != models.ChallengePublish {
			t.Fatalf("the event is %s", e.Action)
		}
		if band := f.band(c, 0); !question.AtLeast(band, "good") {
			t.Fatalf("the first team should fit well, it is %s", band)
		}
		told := map[models.UserID][]string{}
		as := map[models.UserID]any{}
		for _, n := range w.NoticesOf(e.ID) {
			if _, twice := as[n.User]; twice {
				t.Errorf("%s has two notices of one event", n.User)
			}
			as[n.User] = n.Params.V["as"]
			told[n.User] = whyOf(t, n)
		}
		want := map[string][]string{
			"chain": {"chain pumps"}, "old chain": {"chain old_pumps"}, "group": {"domain MFG"}, "capability": {"capability rotor_dynamics"}, "words": {"text 轴承寿命"},
			"everything": {"chain pumps", "domain MFG", "domain MFG.bearing", "capability rotor_dynamics", "text bearings"},
			"owner":      {}, "lead": {"team " + string(f.teams[0].ID)}, "mate": {"team " + string(f.teams[0].ID), "chain pumps"},
		}
		if question.AtLeast(f.band(c, 1), "good") {
			people["second lead"], want["second lead"] = f.leads[1], []string{"team " + string(f.teams[1].ID)}
		}
		for name, p := range people {
			got, is := told[p.User]
			reasons, should := want[name]
			if is != should || !slices.Equal(got, reasons) && len(got)+len(reasons) > 0 {
				t.Errorf("%s is told %v by %v, want %v by %v", name, is, got, should, reasons)
			}
			delete(told, p.User)
		}
		for u := range told {
			t.Errorf("somebody was told who should not be: %s by %v", u, told[u])
		}
		for name, role := range map[string]string{"owner": "owner", "lead": "team", "mate": "team", "chain": "subscriber"} {
			if as[people[name].User] != role {
				t.Errorf("%s is told as %v, want %s", name, as[people[name].User], role)
			}
		}
		f.fromTheNotice(t, people["everything"])

		reach := "/challenges/" + string(c.ID) + "/reach"
		teams, subscribers := 2, 6
		if _, also := people["second lead"]; also {
			teams++
		}
		w.Run(t,
			apitest.Row{Name: "the officer sees numbers", As: f.officer, Method: "GET", Path: reach, Status: 200,
				Has: []string{fmt.Sprintf(`"told":{"teams":%d,"subscribers":%d,"read":0}`, teams, subscribers), `"left":12`}, Lacks: []string{"usr_", "tem_", "bids"}},
			apitest.Row{Name: "the auditor too", As: f.auditor, Method: "GET", Path: reach, Status: 200},
			apitest.Row{Name: "not the owner", As: f.owner, Method: "GET", Path: reach, Status: 403},
			apitest.Row{Name: "nor a bidder", As: f.leads[0], Method: "GET", Path: reach, Status: 403},
			apitest.Row{Name: "nor a visitor", Method: "GET", Path: reach, Status: 401},
			apitest.Row{Name: "of one not published", As: f.officer, Method: "GET", Path: "/challenges/" + string(f.approved(nil).ID) + "/reach", Status: 200, Has: []string{`"told":{"teams":0`}},
		)
	})
}

// whyOf are the reasons of a notice in a line each.
func whyOf(t *testing.T, n models.Notice) []string {
	t.Helper()
	raw, err := json.Marshal(n.Params.V["why"])
	if err != nil {
		t.Fatal(err)
	}
	var why []struct{ By, Value, Subscription, Band string }
	if err := json.Unmarshal(raw, &why); err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, y := range why {
		if y.By != "team" && !strings.HasPrefix(y.Subscription, "sub_") {
			t.Errorf("the reason %s %s names no subscription", y.By, y.Value)
		}
		if (y.By == "team") != (y.Band != "") {
			t.Errorf("the reason %s has band %q", y.By, y.Band)
		}
		lines = append(lines, y.By+" "+y.Value)
	}
	return lines
}

// fromTheNotice ends every subscription a notice names, and is told no more.
func (f *fair) fromTheNotice(t *testing.T, p apitest.Person) {
	t.Helper()
	var page struct {
		Items []struct {
			Params struct {
				Why []struct{ Subscription string }
			}
		}
	}
	f.Do(p, "GET", "/notices", nil).Must(200).JSON(&page)
	if len(page.Items) != 1 || len(page.Items[0].Params.Why) != 5 {
		t.Fatalf("notices %+v", page)
	}
	for _, y := range page.Items[0].Params.Why {
		f.Do(p, "DELETE", "/subscriptions/"+y.Subscription, nil).Must(200)
	}
	f.open(nil)
	f.Do(p, "GET", "/notices", nil).Must(200).JSON(&page)
	if len(page.Items) != 1 {
		t.Errorf("told again after every subscription was ended: %d notices", len(page.Items))
	}
}

// TestBandsOfATeam asks for the suggestions of a team from a band above what it fits, and for
// none at all.
func TestBandsOfATeam(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		count := func(p apitest.Person) int {
			var page struct{ Items []any }
			w.Do(p, "GET", "/notices", nil).Must(200).JSON(&page)
			return len(page.Items)
		}
		c := f.open(nil)
		band := f.band(c, 1)
		above := map[string]string{"weak": "fair", "fair": "good", "good": "strong", "strong": ""}[band]
		before := count(f.leads[1])
		if above != "" {
			w.Do(f.leads[1], "POST", "/subscriptions", map[string]string{"by": "team", "value": string(f.teams[1].ID), "band": above}).Must(201)
			f.open(nil)
			if got := count(f.leads[1]); got != before {
				t.Errorf("a team that fits %s is told although its lead asked from %s up", band, above)
			}
		}
		had := count(f.leads[0])
		w.Do(f.leads[0], "POST", "/mutes", map[string]string{"by": "team", "value": string(f.teams[0].ID)}).Must(201)
		f.open(nil)
		if got := count(f.leads[0]); got != had {
			t.Errorf("a lead who muted his team's suggestions has %d notices, had %d", got, had)
		}
		w.Do(f.leads[0], "POST", "/subscriptions", map[string]string{"by": "chain", "value": f.chain}).Must(201)
		f.open(nil)
		if got := count(f.leads[0]); got != had+1 {
			t.Errorf("what he subscribed to besides should reach him: %d notices, want %d", got, had+1)
		}
		w.Do(f.mate, "POST", "/subscriptions", map[string]string{"by": "team", "value": string(f.teams[0].ID)}).Must(201)
		w.Write(func(tx *models.Tx) error {
			members, err := tx.TeamMembers(f.teams[0].ID)
			if err != nil {
				return err
			}
			_, err = tx.EndTeamMember(f.teams[0].ID, members[1].ID)
			return err
		})
		f.open(nil)
		if got := count(f.mate); got != 0 {
			t.Errorf("who has left the team is told of its suggestions %d times", got)
		}
	})
}
