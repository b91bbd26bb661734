package question_test

import (
	"fmt"
	"io"
	"math/rand"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/question"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// BenchmarkProduct asks the product, database and all, for the teams that suit a challenge,
// in pools of several sizes: the training, the first question of a process with nothing kept,
// the same with the index an earlier process kept, questions after that, and a card changed
// and asked for again. SOAK=1 adds a pool of a million.
//
//	go test ./api/question -run xxx -bench Product -benchtime 1x -timeout 90m
func BenchmarkProduct(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if os.Getenv("SOAK") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("teams=%d", n), func(b *testing.B) {
			w := newCrowd(b, n)
			for b.Loop() {
				w.measure(b)
			}
		})
	}
}

// crowd is a pool of teams that speak of a few fields each, in words drawn by Zipf's law.
type crowd struct {
	province
	r     *rand.Rand
	zipf  *rand.Zipf
	words []string
	skill []string
}

func newCrowd(b *testing.B, n int) *crowd {
	b.Helper()
	r := rand.New(rand.NewSource(9))
	w := &crowd{r: r, zipf: rand.NewZipf(r, 1.1, 20, 19_999)}
	w.s = dbtest.SQLite(b)
	for range 20_000 {
		word := make([]rune, 2+r.Intn(3))
		for i := range word {
			word[i] = rune(0x4e00 + r.Intn(2_500))
		}
		w.words = append(w.words, string(word))
	}
	org, firm := models.NewOrg(), models.NewOrg()
	w.write(b, func(tx *models.Tx) error {
		life := func(state string) models.Life {
			return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
		}
		org.Name, org.Kind, org.Region, org.USCC, org.Life = "University", "university", "210100", "000000000000000001", life(models.OrgVerified)
		firm.Name, firm.Kind, firm.Region, firm.USCC, firm.Life = "Firm", "enterprise", "210100", "000000000000000002", life(models.OrgVerified)
		u := models.NewUser("lead", "Lead", "x")
		u.Life = life(models.UserActive)
		for _, row := range []any{org, firm, u} {
			if err := tx.Plant(row); err != nil {
				return err
			}
		}
		ses, err := tx.StartSession(u.ID, models.RandomToken(), "", time.Hour)
		w.lead = models.Who{User: u.ID, Session: ses.ID}
		return err
	})
	for from := 0; from < n; from += 2_000 {
		w.write(b, func(tx *models.Tx) error {
			var teams []models.Team
			var evidence []models.Evidence
			for i := from; i < min(from+2_000, n); i++ {
				m := models.NewTeam()
				m.Code, m.Name, m.Org, m.TRLMin, m.TRLMax, m.MaxConcurrent = fmt.Sprintf("TM%07d", i), fmt.Sprint("团队", i), org.ID, 1+r.Intn(4), 5+r.Intn(4), 2
				m.Life = models.Life{State: models.TeamActive, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
				for range 3 {
					m.Capabilities.V = append(m.Capabilities.V, models.Capability{Tag: fmt.Sprint("skill_", r.Intn(60)), Level: 1 + r.Intn(5)})
				}
				m.Domains = models.J([]models.DomainTag{{Tag: fmt.Sprint("field_", r.Intn(150)), Level: 1 + r.Intn(5)}})
				for range 2 {
					evidence = append(evidence, models.Evidence{Team: m.ID, Kind: "paper", Year: 2015 + r.Intn(10), Verify: "self_declared", Title: w.say(4), Abstract: w.say(25)})
				}
				teams = append(teams, *m)
				w.id = append(w.id, m.ID)
			}
			return tx.PlantTeams(teams, evidence)
		})
	}
	w.write(b, func(tx *models.Tx) error {
		_, err := tx.AddTeamMember(w.id[0], w.lead.User, "lead")
		return err
	})
	w.c = models.NewChallenge()
	w.c.Owner, w.c.Region, w.c.Type, w.c.TRLNow, w.c.TRLTarget = firm.ID, "210100", "tech_breakthrough", 3, 6
	return w
}

func (w *crowd) say(n int) string {
	var s strings.Builder
	for range n {
		s.WriteString(w.words[w.zipf.Uint64()])
	}
	return s.String()
}

// another challenge, with a text of forty words.
func (w *crowd) another() {
	c := *w.c
	c.ID, c.Version, c.Title, c.Need = models.NewChallenge().ID, 1, w.say(5), w.say(40)
	c.Tags = models.J([]string{fmt.Sprint("field_", w.r.Intn(150)), fmt.Sprint("field_", w.r.Intn(150))})
	c.Capabilities = models.J([]models.RequiredCapability{{Tag: fmt.Sprint("skill_", w.r.Intn(60)), Must: true, MinLevel: 3}, {Tag: fmt.Sprint("skill_", w.r.Intn(60)), MinLevel: 2}})
	w.c = &c
}

func (w *crowd) measure(b *testing.B) {
	took := func(name string, fn func()) time.Duration {
		from := time.Now()
		fn()
		d := time.Since(from)
		if name != "" {
			b.ReportMetric(d.Seconds()*1e3, name)
		}
		return d
	}
	ask := func(s *models.Store) {
		if list, _ := w.best(b, s); len(list) != 10 {
			b.Fatalf("%d lines", len(list))
		}
	}
	took("train-ms", func() {
		if err := question.Train(b.Context(), w.s); err != nil {
			b.Fatal(err)
		}
	})
	file := b.TempDir() + "/index"
	set := question.DefaultPool
	set.Open = func() (io.ReadCloser, error) { return os.Open(file) }
	set.Save = func(write func(io.Writer) error) error {
		f, err := os.Create(file)
		if err != nil {
			return err
		}
		defer f.Close()
		return write(f)
	}
	w.another()
	first := w.process(set)
	took("first-ms", func() { ask(first) })
	took("save-ms", func() {
		if err := question.SaveIndex(b.Context(), first); err != nil {
			b.Fatal(err)
		}
	})
	second := w.process(set)
	took("started-ms", func() { ask(second) })
	var asked, edited []time.Duration
	for range 50 {
		w.another()
		asked = append(asked, took("", func() { ask(second) }))
		err := w.s.Write(b.Context(), w.lead, func(tx *models.Tx) error {
			team, err := tx.TeamFor(models.TeamEditEvidence, w.id[0])
			if err != nil {
				return err
			}
			if err := tx.AddEvidence(&models.Evidence{Team: team.ID, Kind: "paper", Year: 2025, Verify: "self_declared", Title: w.say(6)}); err != nil {
				return err
			}
			return tx.Apply(models.TeamEditEvidence, team, models.Note{})
		})
		if err != nil {
			b.Fatal(err)
		}
		edited = append(edited, took("", func() { ask(second) }))
	}
	slices.Sort(asked)
	slices.Sort(edited)
	b.ReportMetric(asked[len(asked)/2].Seconds()*1e3, "p50-ms")
	b.ReportMetric(asked[len(asked)-1].Seconds()*1e3, "worst-ms")
	b.ReportMetric(edited[len(edited)/2].Seconds()*1e3, "edited-p50-ms")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "heap-MB")
	b.ReportMetric(0, "ns/op")
	runtime.KeepAlive(first)
}
