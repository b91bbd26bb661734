// Command peers measures matching/index beside bleve and SQLite FTS5: the same profiles, the same queries, in turn, in one run.
//
// It is a module of its own so that the product does not depend on its peers.
// Tags and words are given to all three as plain tokens. Ours ranks by the
// weights of the world, exactly; the peers rank by their own BM25 over the same
// terms, bleve with the weights of the query as boosts, which is as near as they
// come. How much of the exact top 10 they find is printed beside the times.
//
//	cd internal/peers && go run .
//	cd internal/peers && go run . -profiles 1000000
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

// peer is an engine that has the profiles and gives the keys of its top 10.
type peer interface {
	name() string
	build(w *world.World, n int) error
	top(query []index.Weight) ([]string, error)
	close() error
}

func main() {
	sizes := flag.String("profiles", "10000,100000", "numbers of profiles, with commas")
	most := flag.Int("queries", 60, "queries of each kind, at most")
	budget := flag.Duration("for", time.Minute, "time for the queries of each kind and size")
	flag.Parse()
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err == nil {
			err = compare(os.Stdout, n, *most, *budget)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "peers:", err)
			os.Exit(1)
		}
	}
}

// compare builds all engines on n profiles and prints what they take.
func compare(out io.Writer, n, most int, budget time.Duration) error {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w := world.New(1, true)
	engines := []peer{&ours{}, &bleveIndex{dir: filepath.Join(dir, "bleve")}, &fts{file: filepath.Join(dir, "fts.db")}}
	fmt.Fprintf(out, "\n%d profiles\n\n| engine | build s (with %.1f s to draw the profiles) |\n|---|---|\n", n, draw(w, n).Seconds())
	for _, e := range engines {
		from := time.Now()
		if err := e.build(w, n); err != nil {
			return fmt.Errorf("%s: %w", e.name(), err)
		}
		defer e.close()
		fmt.Fprintf(out, "| %s | %.1f |\n", e.name(), time.Since(from).Seconds())
	}
	fmt.Fprintf(out, "\n| query | engine | p50 ms | p99 ms | times ours, median [quartiles] | of the exact top 10 |\n|---|---|---|---|---|---|\n")
	for _, q := range []struct {
		name string
		draw func(int) []index.Weight
	}{{"short", w.Short}, {"long", w.Long}} {
		if err := ask(out, q.name, q.draw, engines, most, budget); err != nil {
			return err
		}
	}
	return nil
}

// draw says how long it takes to draw the profiles, which every build does.
func draw(w *world.World, n int) time.Duration {
	from := time.Now()
	for i := range n {
		w.Profile(i)
	}
	return time.Since(from)
}

// ask puts each query to all engines, one right after the other, so that what
// else the machine does strikes all alike, and prints a line for each.
func ask(out io.Writer, kind string, draw func(int) []index.Weight, engines []peer, most int, budget time.Duration) error {
	took := make([][]float64, len(engines))
	found := make([]int, len(engines))
	wanted := 0
	begin := time.Now()
	runtime.GC()
	for i := 0; i < most && (i < 10 || time.Since(begin) < budget); i++ {
		query := draw(i)
		var exact []string
		for e, engine := range engines {
			from := time.Now()
			keys, err := engine.top(query)
			if err != nil {
				return fmt.Errorf("%s: %w", engine.name(), err)
			}
			took[e] = append(took[e], time.Since(from).Seconds()*1e3)
			if e == 0 {
				exact = keys
				wanted += len(exact)
			}
			for _, k := range keys {
				if slices.Contains(exact, k) {
					found[e]++
				}
			}
		}
	}
	for e, engine := range engines {
		ratios := make([]float64, len(took[e]))
		for i := range ratios {
			ratios[i] = took[e][i] / took[0][i]
		}
		fmt.Fprintf(out, "| %s | %s | %.2f | %.2f | %.0f [%.0f, %.0f] | %.0f %% |\n", kind, engine.name(),
			quantile(took[e], 0.5), quantile(took[e], 0.99), quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75),
			100*float64(found[e])/float64(max(wanted, 1)))
	}
	return nil
}

func quantile(values []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// token is how a term is written for engines of text.
func token(t index.Term) string {
	if t < world.Tags {
		return fmt.Sprintf("tag%d", t)
	}
	return fmt.Sprintf("word%d", t-world.Tags)
}

func tokens(terms []index.Weight) []string {
	list := make([]string, len(terms))
	for i, w := range terms {
		list[i] = token(w.Term)
	}
	return list
}

// ours is matching/index.
type ours struct{ x *index.Index }

func (o *ours) name() string { return "matching/index" }

func (o *ours) build(w *world.World, n int) (err error) {
	o.x, err = index.Build(func(yield func(string, []index.Weight) bool) {
		for i := range n {
			if !yield(world.Key(i), w.Profile(i)) {
				return
			}
		}
	}, nil)
	return err
}

func (o *ours) top(query []index.Weight) ([]string, error) {
	hits, err := o.x.Top(query, 10, nil)
	keys := make([]string, len(hits))
	for i, h := range hits {
		keys[i] = h.Key
	}
	return keys, err
}

func (o *ours) close() error { return nil }
