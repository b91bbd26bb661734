package webhooks_test

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"jiebang/api/webhooks"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/outward"
	"jiebang/models"
)

// TestMain lets this program run as a process that calls webhooks and does nothing else, so that
// a test can kill it.
func TestMain(m *testing.M) {
	if at := os.Getenv("JIEBANG_TEST_SENDER"); at != "" {
		if err := send(at); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// sender is what such a process is told.
type sender struct {
	SQLite, Postgres string
	Now              time.Time // its clock stands still: what falls due later is for the next one
}

// send calls until nothing is due any more.
func send(at string) error {
	var it sender
	if err := json.Unmarshal([]byte(at), &it); err != nil {
		return err
	}
	ctx := context.Background()
	s, err := models.Open(ctx, models.Config{SQLite: it.SQLite, Postgres: it.Postgres, Clock: func() time.Time { return it.Now }, Secret: []byte(dbtest.Secret)})
	if err != nil {
		return err
	}
	defer s.Close()
	c := webhooks.NewCaller(outward.New(400*time.Millisecond, outward.Allow(onLoopback)), "https://jiebang.test")
	if err := s.Write(ctx, models.System, func(tx *models.Tx) error { _, err := webhooks.Look(tx); return err }); err != nil {
		return err
	}
	var all sync.WaitGroup
	trouble := make(chan error, 4)
	for range 4 {
		all.Go(func() {
			for {
				more, err := c.Next(ctx, s)
				if err != nil {
					trouble <- err
					return
				}
				if !more {
					return
				}
			}
		})
	}
	all.Wait()
	close(trouble)
	return <-trouble
}

// counted is a receiver that counts each id, is slow on one path and fails at first on another.
type counted struct {
	*httptest.Server
	mu    sync.Mutex
	tries map[string]int    // answered or not, by webhook-id
	took  map[string]int    // answered 200
	body  map[string]string // of the first try
	paths map[string]int
	odd   []string
}

func count(t *testing.T) *counted {
	r := &counted{tries: map[string]int{}, took: map[string]int{}, body: map[string]string{}, paths: map[string]int{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		raw, err := io.ReadAll(q.Body)
		if err != nil {
			return
		}
		id, body := q.Header.Get("webhook-id"), string(raw)
		h := fnv.New32()
		_, _ = h.Write([]byte(id))
		dice := h.Sum32() % 100
		r.mu.Lock()
		r.tries[id]++
		n := r.tries[id]
		r.paths[q.URL.Path]++
		if first, again := r.body[id]; again && first != body {
			r.odd = append(r.odd, id)
		} else {
			r.body[id] = body
		}
		fails := q.URL.Path == "/flaky" && n <= 2 && dice < 40
		if !fails {
			r.took[id]++
		}
		r.mu.Unlock()
		switch {
		case fails && dice < 1: // silent until the caller gives up
			time.Sleep(500 * time.Millisecond)
		case fails && dice < 15:
			w.Header().Set("Location", "http://169.254.169.254/latest/meta-data/")
			w.WriteHeader(http.StatusFound)
		case fails:
			w.WriteHeader(http.StatusServiceUnavailable)
		case q.URL.Path == "/slow":
			time.Sleep(5 * time.Millisecond)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *counted) at(path string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paths[path]
}

// TestThousandCalls makes the calls of a thousand events by processes that are killed wherever
// they are, two at a time on PostgreSQL, to receivers that are slow and that fail. Every event
// arrives, under one id however often; nothing reaches a webhook whose keeper has lost his
// right, nor one that leads inside.
func TestThousandCalls(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		s, path := dbtest.SQLiteFile(t)
		thousand(t, apitest.New(t, s), sender{SQLite: path}, 1)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		s, dsn := dbtest.PostgresDatabase(t)
		thousand(t, apitest.New(t, s), sender{Postgres: dsn}, 2)
	})
}

const (
	perHook = 200
	kills   = 6
)

func thousand(t *testing.T, w *apitest.World, it sender, processes int) {
	dbtest.Wrecked(t) // events are made up
	ev := w.Evaluation(1, 1)
	leaving := w.Person("leaving")
	r := count(t)
	hooks := map[string]*models.Webhook{}
	kinds := map[string]models.Action{"fast": models.RankingCompute, "slow": models.AwardDecide, "flaky": models.AwardPublicize, "gone": models.ChallengeOpen, "inside": models.ChallengeClose}
	w.Write(func(tx *models.Tx) error {
		if _, err := tx.AddMembership(ev.Challenge.Owner, leaving.User, "admin"); err != nil {
			return err
		}
		for name, kind := range kinds {
			h := tx.NewWebhook("org", string(ev.Challenge.Owner))
			h.MadeBy, h.Name, h.URL, h.Format, h.Kinds, h.Locale = ev.Owner.User, name, r.URL+"/"+name, "standard", models.J([]models.Action{kind}), "zh-CN"
			h.State, h.Version, h.CreatedAt, h.UpdatedAt = models.WebhookActive, 1, tx.Now, tx.Now
			switch name {
			case "gone":
				h.MadeBy = leaving.User
			case "inside":
				h.URL = "https://169.254.169.254/latest/meta-data/"
			}
			hooks[name] = h
			if err := tx.Plant(h); err != nil {
				return err
			}
		}
		for i := range perHook {
			for name, kind := range kinds {
				e := models.Event{ID: models.EventID("evt_" + name + strconv.Itoa(i)), At: tx.Now, Action: kind, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID}
				for range 2 { // an event may be handed over twice
					if err := tx.CallWebhooks(e); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})

	run := func(kill time.Duration) {
		t.Helper()
		it.Now = w.Clock.Now()
		raw, err := json.Marshal(it)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range processes {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), "JIEBANG_TEST_SENDER="+string(raw))
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			all.Go(func() {
				if err := child.Wait(); err != nil && kill == 0 {
					t.Errorf("a process ended with %v", err)
				}
			})
			if kill > 0 {
				all.Go(func() {
					time.Sleep(kill)
					_ = child.Process.Kill()
				})
			}
		}
		all.Wait()
		w.Clock.Pass(2 * time.Minute) // the leases of the dead run out
	}
	for i := range kills {
		run(time.Duration(250+70*i) * time.Millisecond)
		if i == 1 { // the keeper of one webhook leaves, with calls waiting
			w.Write(func(tx *models.Tx) error {
				members, err := tx.MembersOf(ev.Challenge.Owner)
				for _, m := range members {
					if m.User == leaving.User {
						_, err = tx.EndMembership(ev.Challenge.Owner, m.ID)
					}
				}
				return err
			})
		}
	}
	before := r.at("/gone")
	for more := true; more; {
		run(0)
		w.Clock.Pass(7 * time.Hour)
		w.Write(func(tx *models.Tx) error {
			more = false
			for _, h := range hooks {
				list, err := tx.CallPage(h.ID, []string{"planned", "sending"}, models.Cursor{}, 1)
				if err != nil {
					return err
				}
				more = more || len(list) > 0
			}
			return nil
		})
	}
	if now := r.at("/gone"); now != before || before >= perHook {
		t.Errorf("%d calls before the right was taken away, %d in all", before, now)
	}

	states := map[string]map[string]int{}
	w.Write(func(tx *models.Tx) error {
		for name, h := range hooks {
			list, err := tx.CallPage(h.ID, nil, models.Cursor{}, 10_000)
			if err != nil {
				return err
			}
			states[name] = map[string]int{}
			for _, c := range list {
				states[name][c.State]++
				took := r.took[string(c.ID)]
				if c.State == "delivered" && took == 0 || c.State != "delivered" && name != "gone" && took > 0 {
					t.Errorf("%s is %s and was taken %d times", c.ID, c.State, took)
				}
			}
			if len(list) != perHook {
				t.Errorf("%s has %d calls", name, len(list))
			}
		}
		return nil
	})
	for _, name := range []string{"fast", "slow", "flaky"} {
		if states[name]["delivered"] != perHook {
			t.Errorf("%s: %v", name, states[name])
		}
	}
	if states["inside"]["delivered"] != 0 || states["gone"]["cancelled"] == 0 {
		t.Errorf("%v", states)
	}
	// What arrived twice is what a process had under way as it died, never more.
	again := 0
	for _, n := range r.took {
		again += n - 1
	}
	if most := kills * processes * 4; again > most || len(r.odd) > 0 {
		t.Errorf("%d arrived again, at most %d may; %d with another body", again, most, len(r.odd))
	}
	t.Logf("%d ids, %d again; %v", len(r.took), again, states)
}
