package question

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"jiebang/matching/fit"
	"jiebang/matching/index"
	"jiebang/models"
)

// follow makes the index, or takes in what changed since it was made.
func (g *generation) follow(tx *models.Tx) error {
	touched, err := tx.TouchedSince(g.since, g.seen)
	if err != nil {
		return err
	}
	if g.index == nil {
		g.index, err = g.build(tx)
	} else {
		err = g.update(tx, touched.Teams)
	}
	if err == nil {
		g.since = touched.Newest
	}
	return err
}

// header stands as one line before a kept index and says what it was made from.
type header struct {
	Key   string `json:"key"`
	Since int64  `json:"since"`
}

// load takes the index of an earlier process, where it was made from the same; what happened
// since is taken in like any other change.
func (g *generation) load(tx *models.Tx, open func() (io.ReadCloser, error)) {
	if open == nil || g.index != nil {
		return
	}
	f, err := open()
	if err != nil {
		return
	}
	defer f.Close()
	r := bufio.NewReader(f)
	line, err := r.ReadBytes('\n')
	var h header
	if err != nil || json.Unmarshal(line, &h) != nil || h.Key != g.key {
		return
	}
	newest, err := tx.TouchedSince(h.Since, map[int64]bool{})
	if err != nil || h.Since > newest.Newest { // of another database, or of one that was set back
		return
	}
	if x, err := index.Load(r, nil); err == nil {
		g.index, g.since = x, h.Since
	}
}

// SaveIndex compacts the index in memory, where there is one, and writes it down, so that the
// next process need not make it anew.
func SaveIndex(_ context.Context, s *models.Store) error {
	p := poolOf(s)
	p.mu.Lock()
	var x *index.Index
	var h header
	if p.now != nil {
		x, h = p.now.index, header{p.now.key, p.now.since}
	}
	p.mu.Unlock()
	if x == nil || p.settings.Save == nil {
		return nil
	}
	if err := x.Compact(nil); err != nil {
		return fmt.Errorf("compact the index of teams: %w", err)
	}
	err := p.settings.Save(func(w io.Writer) error {
		line, err := json.Marshal(h)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
		return x.Save(w)
	})
	if err != nil {
		return fmt.Errorf("write the index of teams: %w", err)
	}
	return nil
}

// Enter brings the entries by which the database finds candidates up to date, where the teams
// outgrow the memory.
func Enter(ctx context.Context, s *models.Store) error {
	for more := true; more && ctx.Err() == nil; {
		err := s.Write(ctx, models.System, func(tx *models.Tx) error {
			more = false
			v, err := look(tx)
			if err != nil || v.total <= v.set.Memory || v.total <= v.set.Whole {
				return err
			}
			list, err := tx.TeamsToEnter(v.key, 200)
			if err != nil {
				return err
			}
			ready, err := v.glance(tx, list)
			if err != nil {
				return err
			}
			for i := range list {
				e := models.TeamEntry{Key: v.key, Vector: index.Encode(v.engine.Has(ready[i]))}
				e.Labels, e.Said = v.engine.Entry(ready[i])
				if err := tx.EnterTeam(&list[i], e); err != nil {
					return err
				}
			}
			more = len(list) == 200
			return nil
		})
		if err != nil {
			return fmt.Errorf("enter teams for the search of candidates: %w", err)
		}
	}
	return ctx.Err()
}

func (g *generation) update(tx *models.Tx, ids []models.TeamID) error {
	teams, err := tx.TeamsByID(ids)
	if err != nil {
		return err
	}
	list := make([]models.Team, 0, len(teams))
	for _, id := range ids {
		if t, ok := teams[id]; ok && t.State == models.TeamActive {
			list = append(list, t)
		} else {
			g.index.Remove(string(id))
		}
	}
	prepared, err := g.glance(tx, list)
	if err != nil {
		return err
	}
	for i, t := range list {
		if err := g.index.Put(string(t.ID), g.engine.Has(prepared[i])); err != nil {
			return fmt.Errorf("index team %s: %w", t.ID, err)
		}
	}
	return nil
}

// glance makes teams ready for the first stage, on all cores.
func (g *generation) glance(tx *models.Tx, list []models.Team) ([]*fit.Prepared, error) {
	cards, err := cardsOf(tx, list)
	if err != nil {
		return nil, err
	}
	out := make([]*fit.Prepared, len(cards))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(len(cards), runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(cards); i = int(next.Add(1)) - 1 {
				out[i] = g.engine.Glance(cards[i])
			}
		})
	}
	all.Wait()
	return out, nil
}

// build walks over all teams in pages.
func (g *generation) build(tx *models.Tx) (*index.Index, error) {
	var failed error
	x, err := index.Build(func(yield func(string, []index.Weight) bool) {
		for page, err := range pages(tx) {
			var prepared []*fit.Prepared
			if err == nil {
				prepared, err = g.glance(tx, page)
			}
			if err != nil {
				failed = err
				return
			}
			for i, t := range page {
				if !yield(string(t.ID), g.engine.Has(prepared[i])) {
					return
				}
			}
		}
	}, nil)
	if failed != nil {
		return nil, failed
	}
	return x, err
}
