package explain_test

import (
	"encoding/json"
	"math"
	"math/rand"
	"testing"

	"jiebang/matching/explain"
)

func tree(r *rand.Rand, depth int) explain.Sum {
	names := []string{"a", "b", "c"}
	args := map[string]any{"tag": names[r.Intn(3)]}
	name := names[r.Intn(3)]
	if depth == 0 || r.Intn(3) == 0 {
		return explain.Leaf(name, r.Float64()*100-50, args)
	}
	var parts []explain.Sum
	for range 1 + r.Intn(4) {
		parts = append(parts, tree(r, depth-1))
	}
	return explain.Of(name, args, parts...)
}

func TestTreesAddUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		a, b := tree(r, 4), tree(r, 4)
		if err := a.Check(); err != nil {
			t.Fatal(err)
		}
		if err := a.Scale(0.37).Check(); err != nil {
			t.Fatal(err)
		}
		d := a.Minus(b)
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		if math.Abs(d.Value-(a.Value-b.Value)) > explain.Tolerance {
			t.Fatalf("difference %v, want %v", d.Value, a.Value-b.Value)
		}
		if z := a.Minus(a); math.Abs(z.Value) > 0 {
			t.Fatalf("a − a = %v", z.Value)
		}
	}
}

func TestMinusMatchesPartsByTag(t *testing.T) {
	t.Parallel()
	part := func(tag string, v float64) explain.Sum {
		return explain.Leaf("capability", v, map[string]any{"tag": tag, "level": 3})
	}
	a := explain.Of("total", nil, part("cfd", 7), part("fem", 2))
	b := explain.Of("total", nil, part("fem", 5), part("ndt", 1))
	got, err := json.Marshal(a.Minus(b))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"name":"total","value":3,"args":{"left":9,"right":6},"parts":[` +
		`{"name":"capability","value":7,"args":{"left":7,"right":0,"tag":"cfd"}},` +
		`{"name":"capability","value":-3,"args":{"left":2,"right":5,"tag":"fem"}},` +
		`{"name":"capability","value":-1,"args":{"left":0,"right":1,"tag":"ndt"}}]}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMinusKeepsTheRest(t *testing.T) {
	t.Parallel()
	a := explain.Of("total", nil, explain.Leaf("panel", 4, nil))
	b := explain.Leaf("total", 1, nil)
	d := a.Minus(b)
	if err := d.Check(); err != nil || d.Value != 3 {
		t.Fatalf("%v %v", d.Value, err)
	}
	if rest, ok := d.Find("rest"); !ok || rest.Value != -1 {
		t.Errorf("rest = %v %v", rest, ok)
	}
}

func TestCheckFindsTheLie(t *testing.T) {
	t.Parallel()
	s := explain.Of("total", nil, explain.Sum{Name: "panel", Value: 2, Parts: []explain.Sum{{Name: "x", Value: 1}}})
	if err := s.Check(); err == nil || err.Error() != "total/panel is 2 but its parts add up to 1" {
		t.Errorf("got %v", err)
	}
	if err := explain.Leaf("x", math.NaN(), nil).Check(); err == nil {
		t.Error("a value that is no number passed")
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	s := explain.Of("total", nil, explain.Of("panel", nil, explain.Leaf("plan", 5, nil)))
	if p, ok := s.Find("panel", "plan"); !ok || p.Value != 5 {
		t.Errorf("got %v %v", p, ok)
	}
	if _, ok := s.Find("panel", "cost"); ok {
		t.Error("found a part that is not there")
	}
}
