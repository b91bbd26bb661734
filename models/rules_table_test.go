package models

// This test stands inside the package because it walks the table itself.

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiebang/internal/problem"
)

var update = flag.Bool("update", false, "write the golden files")

func TestRulesGolden(t *testing.T) {
	golden(t, "testdata/rules.golden.md", Rules())
	golden(t, "../docs/rules.md", Rules())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not what the code says; read the difference, then run with -update:\n%s", path, diff)
	}
}

func TestTableIsSound(t *testing.T) {
	for _, g := range table {
		reached := map[string]bool{}
		left := map[string]bool{}
		for _, other := range table { // created by an action on another thing
			for _, r := range other.rules {
				if r.makes == g.kind {
					reached[r.start] = true
				}
			}
		}
		for _, r := range g.rules {
			if r.by == 0 {
				t.Errorf("%s %s: nobody may", g.kind, r.action)
			}
			for _, s := range append(slices.Clone(r.from), r.to) {
				if s != stay && !slices.Contains(g.states, s) {
					t.Errorf("%s %s names a state %q that does not exist", g.kind, r.action, s)
				}
			}
			if r.to != stay {
				reached[r.to] = true
				for _, s := range r.from {
					if s != r.to {
						left[s] = true
					}
				}
			}
			if r.reads && (r.to != stay || r.makes != "") {
				t.Errorf("%s %s reads and changes", g.kind, r.action)
			}
			if !strings.Contains(string(r.action), ".") {
				t.Errorf("%s is no entity.verb", r.action)
			}
		}
		for i, r := range g.rules { // two rows must not both fit: the first would win silently
			for _, other := range g.rules[i+1:] {
				if r.action != other.action || r.by&other.by == 0 || r.reads {
					continue
				}
				for _, s := range g.states {
					if r.fits(r.by, s) && other.fits(other.by, s) {
						t.Errorf("%s %s: two rows fit in state %s", g.kind, r.action, s)
					}
				}
			}
		}
		for _, s := range g.states {
			final := slices.Contains(g.final, s)
			switch {
			case !reached[s] && len(g.states) > 1 && s != UserDisabled:
				t.Errorf("%s: nothing leads to %s", g.kind, s)
			case final && left[s]:
				t.Errorf("%s: %s is final and can be left", g.kind, s)
			}
		}
		if g.show != "" && !slices.ContainsFunc(g.rules, func(r rule) bool { return r.action == g.show }) {
			t.Errorf("%s has no row for %s", g.kind, g.show)
		}
	}
}

// TestRandomWalk takes 50,000 random actions by random people at random times on real rows
// and asks after each that nothing impossible happened: a refused action leaves no trace, a
// taken one moved exactly as a row of the table says, its event tells the truth, a final
// state is never left, and the version counts every change.
func TestRandomWalk(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) { randomWalk(t, dialect) })
	}
}

// walkRole is what each person of the walk is to the things of the walk.
var walkRole = map[string]Role{"owner": Owner, "lead": Lead, "member": Bidder, "institution": Institution, "expert": Self, "officer": Officer,
	"operator": Operator, "auditor": Auditor, "system": Platform, "stranger": SignedIn}

func randomWalk(t *testing.T, dialect string) {
	s := walkStore(t, dialect)
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	s.clock = func() time.Time { return now }
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(1, 3))
	owner, uni := NewOrg(), NewOrg()
	owner.Name, owner.Kind, owner.USCC, owner.Region, owner.State, owner.Version = "F", "enterprise", "1", "210100", OrgVerified, 1
	uni.Name, uni.Kind, uni.USCC, uni.Region, uni.State, uni.Version = "U", "university", "2", "210100", OrgVerified, 1
	users := map[string]*User{}
	team := NewTeam()
	team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent, team.State, team.Version = "T1", "T", uni.ID, 1, 9, 3, TeamActive, 1
	expert := NewExpert()
	expert.Code, expert.Name, expert.Kind, expert.Unit, expert.YearlyCap, expert.State, expert.Version = "E1", "E", "technology", "X", 10, ExpertActive, 1
	write := func(fn func(tx *Tx) error) {
		t.Helper()
		if err := s.Write(ctx, System, fn); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *Tx) error {
		for _, name := range []string{"owner", "lead", "member", "institution", "expert", "officer", "operator", "auditor", "stranger"} {
			u := NewUser(name, name, "x")
			u.State, u.Version, u.CreatedAt, u.UpdatedAt = UserActive, 1, now, now
			users[name] = u
			if err := tx.db.Create(u).Error; err != nil {
				return err
			}
		}
		expert.User = users["expert"].ID
		for _, row := range []any{owner, uni, team, expert} {
			if err := tx.db.Create(row).Error; err != nil {
				return err
			}
		}
		return nil
	})
	actors := map[string]Actor{"visitor": {}, "system": {System: true}}
	for name, u := range users {
		a := Actor{User: u.ID, Orgs: map[OrgID]string{}, Teams: map[TeamID]bool{}}
		switch name {
		case "owner":
			a.Orgs[owner.ID] = "poster"
		case "lead":
			a.Teams[team.ID] = true
		case "member":
			a.Teams[team.ID] = false
		case "institution":
			a.Orgs[uni.ID] = "admin"
		case "expert":
			a.Expert = expert.ID
		case "officer":
			a.Regions = []string{"210000"}
		case "operator":
			a.Operator = true
		case "auditor":
			a.Auditor = true
		}
		actors[name] = a
	}
	names := make([]string, 0, len(actors))
	for n := range actors {
		names = append(names, n)
	}
	slices.Sort(names)

	const steps, perTx = 50_000, 125
	taken, refused, round := map[Action]int{}, 0, 0
	var things []thing
	fresh := func(tx *Tx) error { // a new challenge with a bid, an assignment and an objection on it
		round++
		c := NewChallenge()
		deadline := now.Add(3 * time.Hour)
		open, until := deadline, now.Add(4*time.Hour)
		c.Owner, c.Region, c.Title, c.Code, c.Deadline, c.OpenAt, c.PublicityUntil = owner.ID, "210100", "walk", newID[string]("C"), &deadline, &open, &until
		c.State, c.Version, c.CreatedAt, c.UpdatedAt = ChallengeDrafted, 1, now, now
		b := NewBid(c, team)
		b.State, b.Version, b.CreatedAt, b.UpdatedAt = BidDrafted, 1, now, now
		a := NewAssignment(c.ID, b.ID, expert, 1, 1)
		a.State, a.Version, a.CreatedAt, a.UpdatedAt = AssignmentInvited, 1, now, now
		o := NewObjection(c)
		o.Code, o.User, o.Name, o.DueAt = newID[string]("O"), users["stranger"].ID, "S", now
		o.State, o.Version, o.CreatedAt, o.UpdatedAt = ObjectionFiled, 1, now, now
		if round > 5 { // later rounds begin anywhere in a life
			c.State = groupOf(KindChallenge).states[rng.IntN(len(groupOf(KindChallenge).states))]
			b.State = groupOf(KindBid).states[rng.IntN(len(groupOf(KindBid).states))]
		}
		things = []thing{c, b, a, o}
		for _, row := range things {
			if err := tx.db.Create(row).Error; err != nil {
				return err
			}
		}
		return nil
	}
	for done := 0; done < steps; {
		var last int64
		write(func(tx *Tx) error {
			if err := fresh(tx); err != nil {
				return err
			}
			return tx.db.Raw("select coalesce(max(seq), 0) from events").Scan(&last).Error
		})
		expected := []Event{}
		write(func(tx *Tx) error {
			for range perTx {
				done++
				now = now.Add(time.Duration(rng.IntN(300)) * time.Second)
				tx.Now, tx.held = now, true
				name := names[rng.IntN(len(names))]
				tx.Actor = actors[name]
				th := things[rng.IntN(len(things))]
				g := groupOf(th.kind())
				row := g.rules[rng.IntN(len(g.rules))]
				if rng.IntN(2) == 0 { // half of the steps try what this state has rows for, or the walk would never get far
					for range 50 {
						if row.from != nil && slices.Contains(row.from, th.life().State) && !row.reads && row.action != ChallengeWithdraw && row.action != ChallengeHandOn &&
							(taken[row.action] == 0 || rng.IntN(2) == 0) { // what was never taken comes first
							break
						}
						row = g.rules[rng.IntN(len(g.rules))]
					}
				}
				if rng.IntN(2) == 0 { // and as often somebody whose place it is
					for range 50 {
						if walkRole[name]&row.by != 0 {
							break
						}
						name = names[rng.IntN(len(names))]
					}
					tx.Actor = actors[name]
				}
				action := row.action
				before := *th.life()
				err := tx.walkStep(action, th)
				after := *th.life()
				if p := problem.As(err); p != nil {
					refused++
					if before != after {
						t.Fatalf("%s by %s on %s was refused (%s) and changed it", action, name, th.kind(), p.Code)
					}
					continue
				}
				if err != nil {
					return err
				}
				taken[action]++
				if after.Version != before.Version+1 {
					t.Fatalf("%s: version went from %d to %d", action, before.Version, after.Version)
				}
				have, err := th.roles(tx)
				if err != nil {
					return err
				}
				if !slices.ContainsFunc(g.rules, func(r rule) bool {
					to := r.to
					if to == stay {
						to = before.State
					}
					return r.action == action && r.fits(have|tx.Actor.base(), before.State) && to == after.State
				}) {
					t.Fatalf("%s by %s moved %s from %s to %s: no row says so", action, name, th.kind(), before.State, after.State)
				}
				if slices.Contains(g.final, before.State) && before.State != after.State {
					t.Fatalf("%s left the final state %s", action, before.State)
				}
				expected = append(expected, Event{Action: action, Kind: th.kind(), Thing: th.key(), Before: before.State, After: after.State, Actor: tx.Actor.User})
			}
			return nil
		})
		write(func(tx *Tx) error {
			list, err := tx.EventsAfter(last, perTx+1)
			if err != nil {
				return err
			}
			if len(list) != len(expected) {
				t.Fatalf("%d events for %d actions", len(list), len(expected))
			}
			for i, e := range list {
				w := expected[i]
				if e.Action != w.Action || e.Thing != w.Thing || e.Before != w.Before || e.After != w.After || e.Actor != w.Actor {
					t.Fatalf("event %+v, want %+v", e, w)
				}
			}
			for _, th := range things { // the rows are what the walk thinks they are
				var row struct {
					State   string
					Version int64
				}
				tables := map[Kind]string{KindChallenge: "challenges", KindBid: "bids", KindAssignment: "assignments", KindObjection: "objections"}
				if err := tx.db.Raw("select state, version from "+tables[th.kind()]+" where id = ?", th.key()).Scan(&row).Error; err != nil {
					return err
				}
				if row.State != th.life().State || row.Version != th.life().Version {
					t.Fatalf("%s is %+v in the database and %+v in hand", th.kind(), row, *th.life())
				}
			}
			return nil
		})
	}
	t.Logf("%d rounds, %d actions refused, taken: %v", round, refused, taken)
	for _, a := range []Action{ChallengeSubmit, ChallengePublish, ChallengeClose, ChallengeOpen, AwardDecide, BidSubmit, BidWithdraw, BidOpen} {
		if taken[a] == 0 {
			t.Errorf("the walk never took %s: it proves nothing about it", a)
		}
	}
}

// walkStep asks the table as a use case would, then applies.
func (tx *Tx) walkStep(action Action, th thing) error {
	if !tx.Actor.System { // the platform acts on what it holds in hand and needs no view of it
		if err := tx.check(action, th); err != nil {
			return err
		}
	}
	g := groupOf(th.kind())
	have, err := th.roles(tx)
	if err != nil {
		return err
	}
	r, err := g.match(tx, action, th, have|tx.Actor.base())
	if err != nil {
		return err
	}
	if r.reads || r.makes != "" {
		return problem.New(problem.Denied, "walk.reads", "nothing to apply")
	}
	before := *th.life()
	if err := tx.Apply(action, th, Note{}); err != nil {
		*th.life() = before
		return err
	}
	return nil
}

func walkStore(t *testing.T, dialect string) *Store {
	t.Helper()
	ctx := context.Background()
	c := Config{SQLite: t.TempDir() + "/walk.db", Clock: time.Now}
	if dialect == "postgres" {
		dsn := os.Getenv("TEST_POSTGRES_DSN")
		if dsn == "" {
			if os.Getenv("REQUIRE_POSTGRES") != "" {
				t.Fatal("TEST_POSTGRES_DSN is not set")
			}
			t.Skip("TEST_POSTGRES_DSN is not set")
		}
		c = Config{Postgres: walkDatabase(t, dsn), Clock: time.Now}
	}
	s, err := Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

// walkDatabase makes an empty database; dbtest cannot be used inside this package.
func walkDatabase(t *testing.T, dsn string) string {
	t.Helper()
	admin, err := Open(context.Background(), Config{Postgres: dsn})
	if err != nil {
		t.Fatal(err)
	}
	name := "walk_" + strings.ToLower(RandomToken()[:12])
	if _, err := admin.handles[0].Exec("create database " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := admin.handles[0].Exec("drop database if exists " + name + " with (force)")
		if err = errors.Join(err, admin.Close()); err != nil {
			t.Error(err)
		}
	})
	base, query, _ := strings.Cut(dsn, "?")
	at := strings.LastIndex(base, "/")
	if query != "" {
		query = "?" + query
	}
	return base[:at+1] + name + query
}
