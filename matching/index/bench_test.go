package index_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

var sizes = []int{10_000, 100_000, 1_000_000}

// built keeps the index of the largest size asked for last: benchmarks of one size share it.
var built struct {
	sync.Mutex
	n      int
	topics bool
	x      *index.Index
}

func indexOf(b *testing.B, n int, topics bool) *index.Index {
	b.Helper()
	built.Lock()
	defer built.Unlock()
	if built.n != n || built.topics != topics {
		built.x = nil
		runtime.GC()
		x, err := index.Build(profiles(world.New(1, topics), n), nil)
		if err != nil {
			b.Fatal(err)
		}
		built.n, built.topics, built.x = n, topics, x
	}
	return built.x
}

func BenchmarkTop10(b *testing.B) {
	for _, n := range sizes {
		for _, topics := range []bool{true, false} {
			w := world.New(1, topics)
			for _, q := range []struct {
				name string
				draw func(int) []index.Weight
			}{{"short", w.Short}, {"long", w.Long}} {
				name := fmt.Sprintf("profiles=%d/query=%s", n, q.name)
				if !topics {
					name += "/topics=none"
				}
				b.Run(name, func(b *testing.B) {
					x := indexOf(b, n, topics)
					queries := make([][]index.Weight, 500)
					for i := range queries {
						queries[i] = q.draw(i)
					}
					var times []time.Duration
					i := 0
					for b.Loop() {
						from := time.Now()
						if _, err := x.Top(queries[i%len(queries)], 10, nil); err != nil {
							b.Fatal(err)
						}
						times = append(times, time.Since(from))
						i++
					}
					slices.Sort(times)
					b.ReportMetric(times[len(times)/2].Seconds()*1e3, "p50-ms")
					b.ReportMetric(times[len(times)*99/100].Seconds()*1e3, "p99-ms")
				})
			}
		}
	}
}
