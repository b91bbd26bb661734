package question_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/api/question"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// service is an embedding service that knows a few words in two languages. While it is asked
// it writes to the database, which a caller with a unit of work open would wait for in vain.
type service struct {
	t    *testing.T
	s    *models.Store
	mu   sync.Mutex
	down bool
	seen map[string]int
}

var errDown = errors.New("the service is down")

func (v *service) embed(ctx context.Context, texts []string) ([][]float32, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.down {
		return nil, errDown
	}
	if err := v.s.Write(ctx, models.System, func(*models.Tx) error { return nil }); err != nil {
		v.t.Errorf("write while the service is asked: %v", err)
	}
	out := make([][]float32, len(texts))
	for i, text := range texts {
		v.seen[text]++
		out[i] = []float32{0.1, 0.1, 0.1}
		for k, words := range [][]string{{"磁悬浮轴承", "magnetic levitation"}, {"玉米育种", "maize"}} {
			for _, w := range words {
				if strings.Contains(text, w) {
					out[i][k] = 3
				}
			}
		}
	}
	return out, nil
}

// TestEmbedding lets a service stand beside the model: a piece of evidence in a language that
// shares no word with the challenge lifts its team once the service was asked, by every road
// alike, each text asked for once, and nothing that is not public.
func TestEmbedding(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		p := plantProvince(t, s, 120)
		p.write(t, func(tx *models.Tx) error {
			p.c.Title, p.c.Need, p.c.Tags, p.c.Capabilities = "磁悬浮轴承", "磁悬浮轴承。", models.J([]string{}), models.J([]models.RequiredCapability{})
			p.c.Life = models.Life{State: models.ChallengePublished, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
			deadline := tx.Now.Add(30 * 24 * time.Hour)
			p.c.Code, p.c.Deadline, p.c.OpenAt = "JB-1", &deadline, &deadline
			draft := models.NewChallenge()
			draft.Owner, draft.Region, draft.Type, draft.Title, draft.Life = p.c.Owner, p.c.Region, p.c.Type, "未公开的草稿", models.Life{State: models.ChallengeDrafted, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
			return errors.Join(tx.Plant(p.c), tx.Plant(draft))
		})
		foreign := p.id[7]
		p.write(t, func(tx *models.Tx) error {
			return tx.AddEvidence(&models.Evidence{Team: foreign, Kind: "paper", Year: 2024, Verify: "verified", Title: "Magnetic levitation support of shafts"})
		})
		v := &service{t: t, s: s, seen: map[string]int{}}
		process := func(set question.PoolSettings) *models.Store {
			set.Embedding = &question.Embedding{Name: "m", Embed: v.embed}
			return p.process(set)
		}
		place := func(s *models.Store) (found int, all []string) {
			t.Helper()
			err := s.Read(t.Context(), models.System, func(tx *models.Tx) error {
				b, err := question.BestFor(tx, p.c, 120, false)
				if err != nil {
					return err
				}
				for i, m := range b.Matches {
					if all = append(all, fmt.Sprintf("%s %.9f", m.Team, m.Score)); m.Team == string(foreign) {
						found = i + 1
					}
					if err := m.Sum.Check(); err != nil {
						t.Error(err)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return found, all
		}
		train := func(s *models.Store) {
			t.Helper()
			if err := question.Train(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		alone := p.process(everyTeam)
		train(alone)
		before, _ := place(alone)
		if before < 60 {
			t.Fatalf("the team is on place %d before any service was asked", before)
		}

		// The model is trained anew for the service; while that is down, the old one stands.
		every := process(everyTeam)
		v.down = true
		if err := question.Train(t.Context(), every); !errors.Is(err, errDown) {
			t.Errorf("training with a service that is down: %v", err)
		}
		if err := question.Embed(t.Context(), every); err != nil {
			t.Errorf("a model that knows nothing of the service asks for no vectors: %v", err)
		}
		place(every)
		v.down = false
		train(every)
		if err := question.Embed(t.Context(), every); err != nil {
			t.Fatal(err)
		}
		after, want := place(every)
		if after > before-20 {
			t.Errorf("with the service the team is on place %d, without on %d", after, before)
		}
		for name, set := range map[string]question.PoolSettings{"memory": fromMemory, "database": fromDatabase} {
			set.Candidates = 120
			road := process(set)
			if err := errors.Join(question.Embed(t.Context(), road), question.Enter(t.Context(), road)); err != nil {
				t.Fatal(err)
			}
			if _, got := place(road); !slices.Equal(got[:10], want[:10]) {
				t.Errorf("from %s: %v, want %v", name, got, want)
			}
		}

		// What is written later is compared without the channel until the service was asked.
		late := p.id[0]
		err := s.Write(t.Context(), p.lead, func(tx *models.Tx) error {
			team, err := tx.TeamFor(models.TeamEditEvidence, late)
			if err != nil {
				return err
			}
			if err := tx.AddEvidence(&models.Evidence{Team: late, Kind: "paper", Year: 2025, Verify: "verified", Title: "On magnetic levitation"}); err != nil {
				return err
			}
			return tx.Apply(models.TeamEditEvidence, team, models.Note{})
		})
		if err != nil {
			t.Fatal(err)
		}
		v.down = true
		if err := question.Embed(t.Context(), every); !errors.Is(err, errDown) {
			t.Errorf("a service that is down: %v", err)
		}
		_, without := place(every)
		v.down = false
		if err := question.Embed(t.Context(), every); err != nil {
			t.Fatal(err)
		}
		_, got := place(every)
		if at := func(list []string) int {
			return slices.IndexFunc(list, func(l string) bool { return strings.HasPrefix(l, string(late)+" ") })
		}; at(without) <= at(got) {
			t.Errorf("the new evidence did not lift the team: %v, and then %v", without, got)
		}
		for text, times := range v.seen {
			if times != 1 || strings.Contains(text, "草稿") {
				t.Errorf("asked %d times for %q", times, text)
			}
		}

		// Without the service the next training forgets it.
		train(alone)
		if again, _ := place(alone); again != before {
			t.Errorf("without the service the team is on place %d", again)
		}
	})
}
