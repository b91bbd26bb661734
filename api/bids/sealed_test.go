package bids_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestSealed holds two worlds side by side that differ only in what is sealed: nobody bid in
// the one, three teams did in the other, a fourth is writing. Whoever is not of these teams
// and their unit gets the same bytes from every reading door of the whole API.
func TestSealed(t *testing.T) {
	for name, store := range map[string]func(testing.TB) *models.Store{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			empty, full := world(t, store(t), false), world(t, store(t), true)
			compare(t, "while bids may come", empty, full)
			for _, w := range []*secret{empty, full} {
				w.close()
				w.Deliver()
			}
			compare(t, "between closing and opening", empty, full)
		})
	}
}

// secret is a stage with four teams that have, or have not, done something on the quiet.
type secret struct {
	*stage
	bid      string
	document string
}

func world(t *testing.T, store *models.Store, bids bool) *secret {
	t.Helper()
	s := &secret{stage: set(apitest.New(t, store)), bid: "bid_" + strings.Repeat("a", 26), document: "doc_" + strings.Repeat("a", 26)}
	teams := []*models.Team{s.team}
	leads := []apitest.Person{s.lead}
	for i := range 3 {
		team, lead := s.Team(s.uni, fmt.Sprintf("Quiet%d", i))
		teams, leads = append(teams, team), append(leads, lead)
	}
	s.Write(func(tx *models.Tx) error { // no two suit the challenge alike: lists must not hang on random ids
		for i, t := range teams {
			team, err := tx.Team(t.ID)
			if err != nil {
				return err
			}
			team.Domains = models.J([]models.DomainTag{{Tag: "MFG.bearing", Level: 1 + i}})
			if err := tx.Replant(team); err != nil {
				return err
			}
		}
		return nil
	})
	if bids {
		for i, team := range teams {
			var b bid
			s.Do(leads[i], "POST", "/challenges/"+string(s.challenge.ID)+"/bids", doc{"team": team.ID}).Must(http.StatusCreated).JSON(&b)
			s.Do(leads[i], "PUT", s.path(&b, "/content"), s.whole(), s.etag(&b)...).Must(http.StatusOK).JSON(&b)
			var d struct{ ID string }
			s.Do(leads[i], "POST", "/documents?owner_kind=bid&purpose=attachment&name=a.txt&owner_id="+string(b.ID), []byte("密封的附件"),
				"Content-Type", "application/octet-stream").Must(http.StatusCreated).JSON(&d)
			s.bid, s.document = string(b.ID), d.ID
			if i == len(teams)-1 {
				break
			}
			s.Do(leads[i], "POST", s.path(&b, "/request"), nil).Must(http.StatusOK)
			s.Do(s.admin, "POST", s.path(&b, "/endorse"), doc{"digest": b.Digest}).Must(http.StatusOK)
			s.Do(leads[i], "POST", s.path(&b, "/submit"), nil).Must(http.StatusOK)
			s.bid, s.document = string(b.ID), d.ID
		}
	}
	s.Deliver()
	s.Clock.Pass(time.Minute)
	s.clocked()
	return s
}

var (
	parameter = regexp.MustCompile(`\{[^}]+\}`)
	anyID     = regexp.MustCompile(`\b([a-z]{3})_[a-z2-7]{26}\b`)
	cursor    = regexp.MustCompile(`"next":"[^"]*"`)
	incident  = regexp.MustCompile(`"incident":"[^"]*"`)
	digest    = regexp.MustCompile(`^"[0-9a-f]{24}"$`)
)

// calls are the ways to walk through a reading door, with every kind of thing there is.
func (s *secret) calls(path string) []string {
	things := []string{string(s.challenge.ID), s.bid, string(s.team.ID), string(s.uni.ID), string(s.challenge.Owner), s.document, "asg_" + strings.Repeat("a", 26)}
	kinds := []string{"challenge", "bid", "team", "org", "document"}
	list := []string{path}
	for _, p := range parameter.FindAllString(path, -1) {
		values := things
		switch p {
		case "{kind}":
			values = kinds
		case "{n}", "{seq}", "{no}", "{place}":
			values = []string{"1"}
		}
		var more []string
		for _, l := range list {
			for _, v := range values {
				more = append(more, strings.Replace(l, p, v, 1))
			}
		}
		list = more
	}
	switch strings.TrimPrefix(path, "/api/v1") {
	case "/documents":
		list = nil
		for i, k := range kinds {
			list = append(list, path+"?owner_kind="+k+"&owner_id="+things[i%len(things)])
		}
	case "/challenges":
		list = append(list, path+"?q=轴承", path+"?sort=deadline", path+"?status=published")
	}
	return list
}

func compare(t *testing.T, when string, empty, full *secret) {
	t.Helper()
	people := func(s *secret) map[string]apitest.Person {
		return map[string]apitest.Person{"visitor": {}, "owner": s.owner, "officer": s.officer, "operator": s.operator, "auditor": s.auditor, "stranger": s.stranger}
	}
	a, b := people(empty), people(full)
	walked := 0
	for _, d := range full.Server.Doors() {
		if d.Method != http.MethodGet {
			continue
		}
		here, there := empty.calls(d.Path), full.calls(d.Path)
		for i := range there {
			for who := range b {
				walked++
				without, with := answer(empty.stage, a[who], here[i]), answer(full.stage, b[who], there[i])
				if without != with {
					t.Errorf("%s: GET %s tells %s of bids:\nwithout %s\nwith    %s", when, there[i], who, clip(without), clip(with))
				}
			}
		}
	}
	if walked < 100 {
		t.Errorf("only %d calls were compared", walked)
	}
	t.Logf("%s: %d calls compared", when, walked)
	// The counters know no step of a bid; its calls are one route.
	metrics := string(full.Do(apitest.Person{}, http.MethodGet, "/metrics", nil).Must(http.StatusOK).Body)
	if !strings.Contains(metrics, `route="/api/v1/bids"`) {
		t.Errorf("%s: the counters count no call on bids", when)
	}
	for _, word := range []string{"submit", "endorse", "receipt", "bids/", "/bid\""} {
		if strings.Contains(metrics, word) {
			t.Errorf("%s: the counters tell of %q", when, word)
		}
	}
	// A bid that is there answers a stranger as one that is not.
	for who, p := range b {
		for _, rest := range []string{"", "/versions", "/versions/1", "/receipt"} {
			real, none := answer(full.stage, p, "/bids/"+full.bid+rest), answer(full.stage, p, "/bids/"+empty.bid+rest)
			if real != none || who != "visitor" && !strings.HasPrefix(real, "404") {
				t.Errorf("%s: %s learns that a bid exists:\n%s\n%s", when, who, clip(real), clip(none))
			}
		}
	}
}

// answer is all of an answer that must not tell: ids are random and masked, as are cursors,
// which hold ids.
func answer(s *stage, p apitest.Person, path string) string {
	a := s.Do(p, http.MethodGet, path, nil)
	body := anyID.ReplaceAllString(string(a.Body), "$1")
	body = incident.ReplaceAllString(cursor.ReplaceAllString(body, `"next"`), `"incident"`)
	// A feed's tag is a digest of its body, in which the ids of the two worlds differ; the bodies are compared.
	tag := digest.ReplaceAllString(a.Header.Get("ETag"), "digest of the body")
	return fmt.Sprint(a.Status, tag, a.Header.Get("Content-Type"), " ", body)
}

func clip(s string) string {
	if len(s) > 600 {
		return s[:600] + "…"
	}
	return s
}
