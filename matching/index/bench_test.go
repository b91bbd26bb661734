package index_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

var sizes = []int{10_000, 100_000, 1_000_000}

// forWorlds runs a benchmark on an index of each size.
func forWorlds(b *testing.B, topics bool, run func(b *testing.B, w *world.World, x *index.Index, n int)) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("profiles=%d", n), func(b *testing.B) {
			w := world.New(1, topics)
			x, err := index.Build(profiles(w, n), nil)
			if err != nil {
				b.Fatal(err)
			}
			run(b, w, x, n)
		})
	}
}

// drawn are profiles made beforehand, so that making them is not measured.
func drawn(w *world.World, n int) iter.Seq2[string, []index.Weight] {
	keys, all := make([]string, n), make([][]index.Weight, n)
	for i := range n {
		keys[i], all[i] = world.Key(i), w.Profile(i)
	}
	return func(yield func(string, []index.Weight) bool) {
		for i, key := range keys {
			if !yield(key, all[i]) {
				return
			}
		}
	}
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// report gives the median and the 99th percentile of times.
func report(b *testing.B, unit string, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2].Seconds()*1e3, unit+"p50-ms")
	b.ReportMetric(times[len(times)*99/100].Seconds()*1e3, unit+"p99-ms")
}

// best is the shortest time of each query in five rounds: neighbours on the machine disturb a round, the queries
// between two turns of one drive it from the caches.
func best(b *testing.B, x *index.Index, queries [][]index.Weight) []time.Duration {
	b.Helper()
	times := make([]time.Duration, len(queries))
	for round := range 5 {
		for i, q := range queries {
			from := time.Now()
			if _, err := x.Top(q, 10, nil); err != nil {
				b.Fatal(err)
			}
			if took := time.Since(from); round == 0 || took < times[i] {
				times[i] = took
			}
		}
	}
	return times
}

func queries(draw func(int) []index.Weight) [][]index.Weight {
	list := make([][]index.Weight, 400)
	for i := range list {
		list[i] = draw(i)
	}
	return list
}

func BenchmarkTop10(b *testing.B) {
	for _, topics := range []bool{true, false} {
		b.Run(fmt.Sprintf("topics=%t", topics), func(b *testing.B) {
			forWorlds(b, topics, func(b *testing.B, w *world.World, x *index.Index, n int) {
				for _, q := range []struct {
					name string
					draw func(int) []index.Weight
				}{{"short", w.Short}, {"long", w.Long}} {
					list := queries(q.draw)
					b.Run("query="+q.name, func(b *testing.B) {
						var times []time.Duration
						for b.Loop() {
							times = append(times, best(b, x, list)...)
						}
						b.ReportMetric(0, "ns/op")
						report(b, "", times)
					})
				}
			})
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("profiles=%d", n), func(b *testing.B) {
			given := drawn(world.New(1, true), n)
			before := heap()
			var x *index.Index
			for b.Loop() {
				var err error
				if x, err = index.Build(given, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((heap()-before)/float64(n), "bytes/profile")
			runtime.KeepAlive(x)
			runtime.KeepAlive(given)
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	forWorlds(b, true, func(b *testing.B, w *world.World, x *index.Index, n int) {
		name := filepath.Join(b.TempDir(), "index")
		file, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		from := time.Now()
		if err := x.Save(file); err != nil {
			b.Fatal(err)
		}
		save := time.Since(from)
		x = nil
		for b.Loop() {
			if _, err := file.Seek(0, 0); err != nil {
				b.Fatal(err)
			}
			if _, err := index.Load(file, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(save.Seconds(), "save-s")
	})
}

// BenchmarkPut measures 20,000 changes: how long each takes, and what queries cost before Compact tidies up.
func BenchmarkPut(b *testing.B) {
	forWorlds(b, true, func(b *testing.B, w *world.World, x *index.Index, n int) {
		list := queries(w.Short)
		var times, after []time.Duration
		for b.Loop() {
			for i := range 20_000 {
				key, terms := world.Key(i*7%n), w.Profile(n+i)
				from := time.Now()
				if err := x.Put(key, terms); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(from))
			}
			after = append(after, best(b, x, list)...)
		}
		b.ReportMetric(0, "ns/op")
		report(b, "", times)
		b.ReportMetric(times[len(times)-1].Seconds()*1e3, "longest-ms")
		report(b, "top10-", after)
	})
}
