package likeness_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/likeness"
)

// pool is n texts about a few fields, in both languages, with planted words.
func pool(n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	fields := [][]string{
		strings.Fields("rotor bearing turbine shaft lubrication vibration stator compressor blade impeller"),
		strings.Fields("genome maize breeding hybrid allele pollen drought yield seed phenotype"),
		strings.Fields("轴承 转子 汽轮机 润滑 振动 定子 压缩机 叶片 叶轮 磁悬浮"),
		strings.Fields("玉米 育种 基因 杂交 花粉 抗旱 产量 种子 表型 分子"),
	}
	var out []string
	for i := range n {
		f := fields[i%len(fields)]
		var b strings.Builder
		for range 12 + r.IntN(20) {
			b.WriteString(f[r.IntN(len(f))])
			b.WriteString([]string{" ", " and ", "，"}[r.IntN(3)])
		}
		fmt.Fprintf(&b, " x%d", i)
		out = append(out, b.String())
	}
	return out
}

func train(t testing.TB, texts []string) *likeness.Model {
	t.Helper()
	m, err := likeness.Train(texts, likeness.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	texts := pool(200, 1)
	m := train(t, texts)
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		q := m.Read(texts[r.IntN(len(texts))])
		var docs []*likeness.Doc
		var weights []float64
		for range r.IntN(8) {
			docs = append(docs, m.Read(texts[r.IntN(len(texts))]))
			weights = append(weights, r.Float64())
		}
		p := m.Profile(docs, weights)
		l := m.Compare(q, p)
		channels, evidence := 0.0, 0.0
		for _, c := range l.Channels {
			channels += c.Value
		}
		for _, e := range l.Evidence {
			evidence += e
		}
		if math.Abs(channels-l.Value) > 1e-9 || math.Abs(evidence-l.Value) > 1e-9 || m.Score(q, p) != l.Value {
			t.Fatalf("value %v, channels %v, evidence %v, score %v", l.Value, channels, evidence, m.Score(q, p))
		}
	}
}

func TestOrderOfPool(t *testing.T) {
	t.Parallel()
	texts := pool(60, 2)
	a := train(t, texts)
	slices.Reverse(texts)
	b := train(t, append(texts, texts[:5]...))
	if a.Version() != b.Version() {
		t.Error("the order of the pool shows in the version")
	}
	for _, q := range texts[:10] {
		for _, e := range texts[10:20] {
			x := a.Score(a.Read(q), a.Profile([]*likeness.Doc{a.Read(e)}, nil))
			y := b.Score(b.Read(q), b.Profile([]*likeness.Doc{b.Read(e)}, nil))
			if x != y {
				t.Fatalf("%v and %v", x, y)
			}
		}
	}
}

func TestSmallPools(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 10} {
		m := train(t, pool(n, 4))
		q := m.Read("磁悬浮轴承 rotor bearing T1100")
		like := m.Score(q, m.Profile([]*likeness.Doc{m.Read("rotor bearing 轴承 T1100")}, nil))
		unlike := m.Score(q, m.Profile([]*likeness.Doc{m.Read("玉米 maize breeding")}, nil))
		if !(like > unlike) {
			t.Errorf("pool of %d: like %v, unlike %v", n, like, unlike)
		}
		if p := m.Percentile(like); !(p > 0 && p < 1) {
			t.Errorf("pool of %d: percentile %v", n, p)
		}
	}
}
