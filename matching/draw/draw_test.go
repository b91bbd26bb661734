package draw_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/draw"
)

func ids(ts []draw.Ticket) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Expert.ID)
	}
	return strings.Join(out, " ")
}

func random(r *rand.Rand, n int) draw.Question {
	q := draw.Defaults(r.Intn(2) == 0)
	q.Seed, q.Size, q.PerUnit = fmt.Sprint("seed", r.Int()), 5, r.Intn(3)
	q.MinShareTechnology = []float64{0, 0.4, 0.6}[r.Intn(3)]
	kinds := []string{"technology", "technology", "technology", "industry", "finance", "law", "management"}
	for i := range n {
		q.Eligible = append(q.Eligible, draw.Expert{ID: fmt.Sprintf("EX%02d", i), Unit: fmt.Sprint("U", r.Intn(6)),
			Kind: kinds[r.Intn(len(kinds))], Reviews: r.Intn(11), Cap: 10})
	}
	return q
}

// holds says whether a set of five makes a panel, by the words of the rules.
func holds(q draw.Question, set []draw.Expert) bool {
	units, kinds := map[string]int{}, map[string]int{}
	for _, e := range set {
		if e.Reviews >= e.Cap {
			return false
		}
		units[e.Unit]++
		kinds[e.Kind]++
		if q.PerUnit > 0 && units[e.Unit] > q.PerUnit {
			return false
		}
	}
	return 10*kinds["technology"] >= int(10*q.MinShareTechnology+0.5)*len(set) &&
		kinds["industry"] >= q.NeedIndustry && kinds["finance"]+kinds["law"] >= q.NeedFinance
}

// brute is the first panel of five down the order, or nil.
func brute(q draw.Question, order []draw.Expert) []draw.Expert {
	var try func(from int, set []draw.Expert) []draw.Expert
	try = func(from int, set []draw.Expert) []draw.Expert {
		if len(set) == 5 {
			if holds(q, set) {
				return set
			}
			return nil
		}
		for i := from; i < len(order); i++ {
			if got := try(i+1, append(slices.Clone(set), order[i])); got != nil {
				return got
			}
		}
		return nil
	}
	return try(0, nil)
}

func TestFirstPanelDownTheOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(17))
	none := 0
	for range 800 {
		q := random(r, 5+r.Intn(8))
		order := slices.Clone(q.Eligible)
		slices.SortFunc(order, func(a, b draw.Expert) int {
			return strings.Compare(draw.Hash(q.Seed, a.ID), draw.Hash(q.Seed, b.ID))
		})
		want := brute(q, order)
		p, err := draw.Draw(q)
		var inf *draw.Infeasible
		if want == nil {
			none++
			if !errors.As(err, &inf) || inf.Short < 1 || inf.Short > 5 {
				t.Fatalf("no panel there, but %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%v, but %v is a panel", err, want)
		}
		for i, m := range p.Members {
			if m.Expert != want[i] {
				t.Fatalf("members %s, want %v", ids(p.Members), want)
			}
		}
		if err := draw.Verify(q, p); err != nil {
			t.Fatal(err)
		}
	}
	if none == 0 || none > 700 {
		t.Errorf("%d questions without a panel", none)
	}
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(18))
	for range 200 {
		q := random(r, 14)
		a, errA := draw.Draw(q)
		r.Shuffle(len(q.Eligible), func(i, j int) { q.Eligible[i], q.Eligible[j] = q.Eligible[j], q.Eligible[i] })
		b, errB := draw.Draw(q)
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) || (errA == nil) != (errB == nil) {
			t.Fatalf("%s\n%s", x, y)
		}
	}
}

// pool is large enough for every rule.
func pool() draw.Question {
	q := draw.Defaults(true)
	q.Seed = "2026-11-24 沪深300收盘 4512.33"
	for i := range 40 {
		q.Eligible = append(q.Eligible, draw.Expert{ID: fmt.Sprintf("EX%03d", i), Unit: fmt.Sprint("U", i%17), Cap: 10,
			Kind: []string{"technology", "technology", "industry", "finance", "law"}[i%5]})
	}
	return q
}

func TestGolden(t *testing.T) {
	t.Parallel()
	p, err := draw.Draw(pool())
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s | %s | %s | %s", ids(p.Members), ids(p.Reserves), p.Members[0].Hash[:16], p.EligibleDigest[:16])
	const want = "EX013 EX027 EX021 EX036 EX031 EX016 EX035 | EX019 EX029 EX007 | 0b703ad6177cde05 | 90561b672c2a5a96"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestShellGetsTheSameTicket(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum")
	}
	out, err := exec.Command("sh", "-c", `printf 'jiebang draw v1\n%s\n%s' "$1" "$2" | sha256sum`, "sh", "种子 1", "EX007").Output()
	if err != nil || !strings.HasPrefix(string(out), draw.Hash("种子 1", "EX007")+" ") {
		t.Errorf("%s %v, want %s", out, err, draw.Hash("种子 1", "EX007"))
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	q := pool()
	q.Reserves = 6
	p, err := draw.Draw(q)
	if err != nil {
		t.Fatal(err)
	}
	out := p.Members[0].Expert.ID
	got, err := draw.Replace(p, out)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Members) != 7 || strings.Contains(ids(got.Members), out) || len(got.Reserves) != 5 {
		t.Errorf("members %s, reserves %s", ids(got.Members), ids(got.Reserves))
	}
	var set []draw.Expert
	for _, m := range got.Members {
		set = append(set, m.Expert)
	}
	if !holds(q, set) {
		t.Errorf("the rules do not hold of %v", set)
	}
	reserve := p.Reserves[0].Expert.ID
	if got, err = draw.Replace(p, reserve); err != nil || ids(got.Members) != ids(p.Members) || strings.Contains(ids(got.Reserves), reserve) {
		t.Errorf("a dropped reserve: %s, %s, %v", ids(got.Members), ids(got.Reserves), err)
	}
	if _, err = draw.Replace(p, "nobody"); err == nil {
		t.Error("nobody was replaced")
	}
	// When all reserves are gone too, the others of the draw follow, down the order.
	var all []string
	for _, m := range append(slices.Clone(p.Members), p.Reserves...) {
		all = append(all, m.Expert.ID)
	}
	got, err = draw.Replace(p, all...)
	if err != nil || len(got.Members) != 7 || len(got.Reserves) != 0 {
		t.Fatalf("all gone: %s, %v", ids(got.Members), err)
	}
	for _, m := range got.Members {
		if slices.Contains(all, m.Expert.ID) {
			t.Errorf("%s came back", m.Expert.ID)
		}
	}
	// Whoever has gone stays gone, however often others are replaced.
	left := map[string]bool{}
	for range 5 {
		out := p.Members[0].Expert.ID
		left[out] = true
		if p, err = draw.Replace(p, out); err != nil {
			break
		}
		for _, m := range p.Members {
			if left[m.Expert.ID] {
				t.Errorf("%s came back", m.Expert.ID)
			}
		}
	}
	q.Eligible = q.Eligible[:9]
	var inf *draw.Infeasible
	if p, err = draw.Draw(q); err == nil {
		_, err = draw.Replace(p, p.Members[0].Expert.ID, p.Members[1].Expert.ID, p.Members[2].Expert.ID)
	}
	if !errors.As(err, &inf) {
		t.Errorf("nobody is left: %v", err)
	}
}

func TestInfeasibleSaysWhich(t *testing.T) {
	t.Parallel()
	team := func(kinds string, units string) []draw.Expert {
		var out []draw.Expert
		for i, k := range strings.Fields(kinds) {
			out = append(out, draw.Expert{ID: fmt.Sprint(i), Kind: map[string]string{"t": "technology", "i": "industry", "f": "finance", "l": "law", "m": "management"}[k], Unit: units[i : i+1]})
		}
		return out
	}
	for name, row := range map[string]struct {
		eligible []draw.Expert
		want     draw.Infeasible
	}{
		"size":       {team("t t t i", "abcd"), draw.Infeasible{Rule: "size", Short: 1}},
		"technology": {team("t i f l m m", "abcdef"), draw.Infeasible{Rule: "technology", Short: 2}},
		"industry":   {team("t t t f l m", "abcdef"), draw.Infeasible{Rule: "industry", Short: 1}},
		"finance":    {team("t t t i m m", "abcdef"), draw.Infeasible{Rule: "finance", Short: 1}},
		"per_unit":   {team("t t t i f", "aaabc"), draw.Infeasible{Rule: "per_unit", Short: 2}},
		"together":   {team("t t m m m m", "aaaaaa"), draw.Infeasible{Rule: "together", Short: 4}},
	} {
		q := draw.Question{Seed: "s", Size: 5, PerUnit: 1, MinShareTechnology: 0.6, NeedIndustry: 1, NeedFinance: 1, Eligible: row.eligible}
		_, err := draw.Draw(q)
		var got *draw.Infeasible
		if !errors.As(err, &got) || *got != row.want {
			t.Errorf("%s: %v, want %v", name, err, row.want)
		}
	}
}

func TestCapped(t *testing.T) {
	t.Parallel()
	q := pool()
	q.Eligible[3].Reviews = 10
	p, err := draw.Draw(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range p.Order {
		if (x.Fate == draw.Capped) != (x.Expert.ID == "EX003") {
			t.Errorf("%s is %s", x.Expert.ID, x.Fate)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*draw.Question)
		want   string
	}{
		"seed":  {func(q *draw.Question) { q.Seed = "" }, "seed"},
		"even":  {func(q *draw.Question) { q.Size = 6 }, "size: 6"},
		"small": {func(q *draw.Question) { q.Size = 3 }, "size: 3"},
		"share": {func(q *draw.Question) { q.MinShareTechnology = 1.1 }, "min_share"},
		"kinds": {func(q *draw.Question) { q.NeedIndustry = 9 }, "asked for by kind"},
		"twice": {func(q *draw.Question) { q.Eligible[1].ID = q.Eligible[0].ID }, "stands twice"},
		"tab":   {func(q *draw.Question) { q.Eligible[1].Unit = "a\tb" }, "control character"},
		"minus": {func(q *draw.Question) { q.PerUnit = -1 }, "negative"},
	} {
		q := pool()
		row.change(&q)
		if _, err := draw.Draw(q); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	q := pool()
	p, _ := draw.Draw(q)
	q.Eligible = q.Eligible[1:]
	if draw.Verify(q, p) == nil {
		t.Error("a shortened list passed")
	}
	q = pool()
	q.Seed += "!"
	if draw.Verify(q, p) == nil {
		t.Error("another seed passed")
	}
}

// TestEverybodyHasTheSameChance draws often and counts: each of 20 like experts
// should be a member 5 times in 20, give or take four standard deviations.
func TestEverybodyHasTheSameChance(t *testing.T) {
	t.Parallel()
	q := draw.Question{Size: 5}
	for i := range 20 {
		q.Eligible = append(q.Eligible, draw.Expert{ID: fmt.Sprint("e", i), Kind: "technology", Unit: fmt.Sprint(i)})
	}
	count := map[string]int{}
	const draws = 4000
	for i := range draws {
		q.Seed = fmt.Sprint("s", i)
		p, err := draw.Draw(q)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range p.Members {
			count[m.Expert.ID]++
		}
	}
	for id, n := range count {
		if n < 1000-110 || n > 1000+110 {
			t.Errorf("%s was drawn %d times of 1000 expected", id, n)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{100, 2000} {
		b.Run(fmt.Sprintf("%dexperts", n), func(b *testing.B) {
			q := random(rand.New(rand.NewSource(19)), n)
			q.PerUnit, q.Size = 2, 11
			for b.Loop() {
				if _, err := draw.Draw(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
