package taxonomy_test

import (
	"math"
	"strings"
	"testing"

	"jiebang/matching/taxonomy"
)

var parent = map[string]string{"A": "root", "B": "root", "a1": "A", "a2": "A", "b1": "B"}

func TestTree(t *testing.T) {
	t.Parallel()
	tree, err := taxonomy.New(parent, map[string]float64{"root": 100, "A": 60, "a1": 20, "a2": 30, "B": 40, "b1": 40})
	if err != nil {
		t.Fatal(err)
	}
	for what, v := range map[string][2]float64{
		"IC a1":       {tree.Information("a1"), 1.609438},
		"IC root":     {tree.Information("root"), 0},
		"Lin a1 a2":   {tree.Lin("a1", "a2"), 0.363136},
		"Lin a1 a1":   {tree.Lin("a1", "a1"), 1},
		"Lin a1 b1":   {tree.Lin("a1", "b1"), 0},
		"Lin a1 A":    {tree.Lin("a1", "A"), 0.481851},
		"Lin A a1":    {tree.Lin("A", "a1"), 0.481851},
		"WP a1 a2":    {tree.WuPalmer("a1", "a2"), 0.5},
		"WP a1 A":     {tree.WuPalmer("a1", "A"), 0.666667},
		"WP a1 b1":    {tree.WuPalmer("a1", "b1"), 0},
		"Jaccard":     {taxonomy.Jaccard(map[string]float64{"a1": 1, "b1": .5}, map[string]float64{"a1": .4, "a2": .6}), 0.190476},
		"Jaccard, no": {taxonomy.Jaccard(nil, nil), 1},
	} {
		if math.Abs(v[0]-v[1]) > 1e-6 {
			t.Errorf("%s is %v, want %v", what, v[0], v[1])
		}
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		parent map[string]string
		count  map[string]float64
	}{
		"one root":     {nil, map[string]float64{"x": 1, "y": 1}},
		"not above 0":  {nil, map[string]float64{"x": 0}},
		"above its":    {map[string]string{"y": "x"}, map[string]float64{"x": 1, "y": 2}},
		"has no count": {map[string]string{"y": "x"}, map[string]float64{"x": 1}},
		"own ancestor": {map[string]string{"y": "x", "x": "y"}, map[string]float64{"x": 1, "y": 1, "z": 1}},
	} {
		if _, err := taxonomy.New(c.parent, c.count); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
