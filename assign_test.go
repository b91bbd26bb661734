package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// assignLine is an answer as a reader sees it.
type assignLine struct {
	ID            string              `json:"id"`
	Feasible      bool                `json:"feasible"`
	Total         float64             `json:"total"`
	Assignment    [][]int             `json:"assignment"`
	Proved        bool                `json:"proved"`
	Filled        float64             `json:"filled"`
	Loads         []int               `json:"loads"`
	Diagnosis     []any               `json:"diagnosis"`
	Relaxations   []any               `json:"relaxations"`
	Probabilities [][]float64         `json:"probabilities"`
	Fraction      float64             `json:"fraction_of_unrestricted"`
	Aggregate     [][]float64         `json:"aggregate"`
	Alternates    map[string][]string `json:"alternates"`
	Rows          []string            `json:"rows"`
	Fairness      *struct {
		Worst, Bound, Optimum float64
	} `json:"fairness"`
	Error string `json:"error"`
}

// runAssign runs the command on a text and returns its answers, what it said on the side, and its code.
func runAssign(t *testing.T, text string, args ...string) ([]assignLine, string, int) {
	t.Helper()
	var out, side bytes.Buffer
	file := "-"
	if strings.HasPrefix(text, "@") {
		file = text[1:]
	}
	code := assignCommand(context.Background(), append(args, file), strings.NewReader(text), &out, &side)
	var lines []assignLine
	for dec := json.NewDecoder(&out); dec.More(); {
		var l assignLine
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	return lines, side.String(), code
}

// evalFolder is the folder of the outside cases: in or beside the folder that the environment names.
func evalFolder(t testing.TB, name string) string {
	dir := os.Getenv("JIEBANG_EVAL_DATA")
	if dir == "" {
		t.Skip("JIEBANG_EVAL_DATA is not set: the outside cases are not here")
	}
	for _, d := range []string{filepath.Join(dir, name), filepath.Join(dir, "..", name)} {
		if info, err := os.Stat(d); err == nil && info.IsDir() {
			return d
		}
	}
	t.Skipf("neither %s nor the folder above holds %q", dir, name)
	return ""
}

// outsideCase is a case with what is expected of it.
type outsideCase struct {
	assignCase
	Expected struct {
		Feasible    *bool       `json:"feasible"`
		Total       *float64    `json:"optimal_total"`
		Mean        *float64    `json:"optimal_expected_total"`
		Assignments [][][]int   `json:"optimal_assignments"`
		Odds        [][]float64 `json:"fractional_assignment"`
		Fraction    *float64    `json:"fraction_of_unrestricted"`
		Aggregate   [][]float64 `json:"aggregate"`
		Forced      [][2]int    `json:"forced_pairs"`
		Stay        *int        `json:"most_existing_that_can_stay"`
		Alternates  map[string][]int
	} `json:"expected"`
}

func TestAssignOutsideCases(t *testing.T) {
	t.Parallel()
	file := filepath.Join(evalFolder(t, "assignment"), "cases.json")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Cases []outsideCase }
	if err := json.Unmarshal(raw, &set); err != nil {
		t.Fatal(err)
	}
	lines, side, code := runAssign(t, "@"+file, "-quiet", "-alternates", "2")
	if code != 0 || len(lines) != len(set.Cases) {
		t.Fatalf("code %d, %d answers to %d cases: %s", code, len(lines), len(set.Cases), side)
	}
	for k, c := range set.Cases {
		if err := judgeAssignment(c, lines[k]); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
	t.Logf("%d cases solved", len(lines))
}

// judgeAssignment holds an answer to what is expected and to the properties that every assignment has.
func judgeAssignment(c outsideCase, a assignLine) error {
	e := c.Expected
	near := func(x, y float64) bool { return math.Abs(x-y) <= 1e-6 }
	table := func(x, y [][]float64) bool {
		return slices.EqualFunc(x, y, func(r, s []float64) bool { return slices.EqualFunc(r, s, near) })
	}
	switch {
	case a.ID != c.ID:
		return fmt.Errorf("the answer is to %s", a.ID)
	case e.Feasible != nil && *e.Feasible != a.Feasible:
		return fmt.Errorf("feasible is %v", a.Feasible)
	case e.Feasible != nil && !*e.Feasible && (len(a.Diagnosis) == 0 || len(a.Relaxations) == 0):
		return fmt.Errorf("no diagnosis or no relaxation")
	case e.Total != nil && !near(a.Total, *e.Total):
		return fmt.Errorf("total %v, want %v", a.Total, *e.Total)
	case e.Mean != nil && !near(a.Total, *e.Mean):
		return fmt.Errorf("expected total %v, want %v", a.Total, *e.Mean)
	case e.Assignments != nil && !slices.ContainsFunc(e.Assignments, func(m [][]int) bool { return slices.EqualFunc(m, a.Assignment, slices.Equal) }):
		return fmt.Errorf("assignment %v is not one of the best", a.Assignment)
	case e.Odds != nil && !table(e.Odds, a.Probabilities):
		return fmt.Errorf("probabilities %v, want %v", a.Probabilities, e.Odds)
	case e.Fraction != nil && !near(a.Fraction, *e.Fraction):
		return fmt.Errorf("fraction %v, want %v", a.Fraction, *e.Fraction)
	case e.Aggregate != nil && !table(e.Aggregate, a.Aggregate):
		return fmt.Errorf("aggregate %v, want %v", a.Aggregate, e.Aggregate)
	}
	for bid, want := range e.Alternates {
		if fmt.Sprint(want) != fmt.Sprint(a.Alternates[bid]) {
			return fmt.Errorf("alternates of bid %s are %v, want %v", bid, a.Alternates[bid], want)
		}
	}
	for _, p := range e.Forced {
		if a.Assignment[p[0]][p[1]] != 1 {
			return fmt.Errorf("%v is not used", p)
		}
	}
	kept := 0
	for _, p := range c.Existing {
		kept += a.Assignment[p[0]][p[1]]
	}
	repel := c.RemoveCost != nil && *c.RemoveCost < 0
	switch {
	case e.Stay != nil && kept != *e.Stay, c.Mode == "add" && kept != len(c.Existing), repel && kept != 0, c.Mode == "adjust" && !repel && kept != len(c.Existing):
		return fmt.Errorf("%d of %d pairs were kept", kept, len(c.Existing))
	}
	if !a.Feasible || a.Assignment == nil {
		return nil
	}
	return properties(c.assignCase, a.Assignment)
}

// properties checks demand, loads, forbidden pairs and pins, as far as the case states them.
func properties(c assignCase, m [][]int) error {
	load := make([]int, c.Experts)
	for i, row := range m {
		sum := 0
		for j, x := range row {
			sum += x
			load[j] += x
			if x != 0 && x != 1 {
				return fmt.Errorf("%d is neither 0 nor 1", x)
			}
			if len(c.Mark) > 0 && (c.Mark[i][j] == -1 && x == 1 || c.Mark[i][j] == 1 && x == 0) {
				return fmt.Errorf("pair %d, %d is marked %d", i, j, c.Mark[i][j])
			}
		}
		if len(c.Want) > 0 && sum != c.Want[i] || c.WantEach != nil && sum != *c.WantEach || c.Mode == "ensure" && sum != c.Count {
			return fmt.Errorf("bid %d has %d experts", i, sum)
		}
		for _, p := range c.Together {
			if row[p[0]]+row[p[1]] > 1 {
				return fmt.Errorf("%v sit on bid %d", p, i)
			}
		}
	}
	for j, l := range load {
		if len(c.Max) > 0 && (l > c.Max[j] || l < c.Min[j]) || c.MaxEach != nil && (l > *c.MaxEach || l < *c.MinEach) {
			return fmt.Errorf("reviewer %d has %d bids", j, l)
		}
	}
	return nil
}

// TestAssignPermuted shuffles rows and columns of every outside case: total and feasibility stay, and, but for
// twins that nothing tells apart, so does the assignment.
func TestAssignPermuted(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(evalFolder(t, "assignment"), "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Cases []outsideCase }
	if err := json.Unmarshal(raw, &set); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(40))
	tried, same := 0, 0
	for _, c := range set.Cases {
		if len(c.Matrix) == 0 || len(c.Groups) > 0 {
			continue
		}
		before, _, _ := runAssign(t, encode(t, c.assignCase), "-quiet")
		rows, cols := r.Perm(c.Bids), r.Perm(c.Experts)
		after, _, _ := runAssign(t, encode(t, c.permuted(rows, cols)), "-quiet")
		a, b := before[0], after[0]
		if a.Feasible != b.Feasible || math.Abs(a.Total-b.Total) > 1e-9 {
			t.Errorf("%s: %v %v, permuted %v %v", c.ID, a.Feasible, a.Total, b.Feasible, b.Total)
		}
		tried++
		back := true
		for x, row := range b.Assignment {
			for y, v := range row {
				back = back && v == a.Assignment[rows[x]][cols[y]]
			}
		}
		if back {
			same++
		} else if len(c.Expected.Assignments) == 1 {
			t.Errorf("%s: the one best assignment moved", c.ID)
		}
	}
	t.Logf("%d cases, %d with the very same assignment; the others have twins", tried, same)
}

func encode(t *testing.T, c assignCase) string {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for k, v := range m {
		if v == nil {
			delete(m, k)
		}
	}
	raw, _ = json.Marshal(m)
	return string(raw)
}

func (c assignCase) permuted(rows, cols []int) assignCase {
	out := c
	ints := func(list []int, order []int) (out []int) {
		for _, k := range order {
			if len(list) > 0 {
				out = append(out, list[k])
			}
		}
		return out
	}
	out.Want, out.Min, out.Max = ints(c.Want, rows), ints(c.Min, cols), ints(c.Max, cols)
	out.Matrix, out.Mark, out.Limits, out.Together = nil, nil, nil, nil
	for _, i := range rows {
		var row, limits []float64
		var mark []int
		for _, j := range cols {
			row = append(row, c.Matrix[i][j])
			if len(c.Mark) > 0 {
				mark = append(mark, c.Mark[i][j])
			}
			if len(c.Limits) > 0 {
				limits = append(limits, c.Limits[i][j])
			}
		}
		out.Matrix = append(out.Matrix, row)
		if mark != nil {
			out.Mark = append(out.Mark, mark)
		}
		if limits != nil {
			out.Limits = append(out.Limits, limits)
		}
	}
	for _, p := range c.Together {
		out.Together = append(out.Together, []int{slices.Index(cols, p[0]), slices.Index(cols, p[1])})
	}
	return out
}

// TestAssignInstances solves the seven instances to their optimum, and the fair mode beside it.
func TestAssignInstances(t *testing.T) {
	t.Parallel()
	file := filepath.Join(evalFolder(t, "assignment"), "instances.json")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		File  string   `json:"file"`
		Cap   int      `json:"cap"`
		Need  int      `json:"need"`
		Total *float64 `json:"optimal_total"`
		Least *float64 `json:"optimal_total_at_max_filled"`
		Most  float64  `json:"max_filled"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	lines, side, code := runAssign(t, "@"+file, "-quiet", "-pairs")
	if code != 0 || len(lines) != len(list) {
		t.Fatalf("code %d, %d answers: %s", code, len(lines), side)
	}
	for k, in := range list {
		a := lines[k]
		switch {
		case in.Total != nil && (a.Total != *in.Total || !a.Feasible):
			t.Errorf("%s: total %v, want %v", in.File, a.Total, *in.Total)
		case in.Least != nil && (a.Total != *in.Least || a.Feasible || a.Filled != in.Most):
			t.Errorf("%s: total %v of %v seats, want %v of %v", in.File, a.Total, a.Filled, *in.Least, in.Most)
		}
		if most := slices.Max(a.Loads); most > in.Cap {
			t.Errorf("%s: a load of %d", in.File, most)
		}
	}
	if testing.Short() {
		return
	}
	// The small ones; all seven take a minute of processor time, see docs/assignment.md.
	var small []json.RawMessage
	if err := json.Unmarshal(raw, &small); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, k := range []int{0, 6} {
		copyFile(t, filepath.Join(filepath.Dir(file), list[k].File), filepath.Join(dir, list[k].File))
		name := filepath.Join(dir, fmt.Sprint(k, ".json"))
		if err := os.WriteFile(name, small[k], 0o600); err != nil {
			t.Fatal(err)
		}
		fair, side, code := runAssign(t, "@"+name, "-quiet", "-fair", "0.99")
		if code != 0 {
			t.Fatal(side)
		}
		f := fair[0].Fairness
		t.Logf("%s: worst %.0f of %.0f, total %.4f of the largest", list[k].File, 3*f.Worst, 3*f.Bound, fair[0].Total/f.Optimum)
		if f.Worst < 0.95*f.Bound || fair[0].Total < 0.99*f.Optimum {
			t.Errorf("%s: worst %v of %v, total %v of %v", list[k].File, f.Worst, f.Bound, fair[0].Total, f.Optimum)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAssignForms(t *testing.T) {
	t.Parallel()
	const one = `{"id": "a", "matrix": [[3, 1], [2, 2]], "demand": [1, 1], "max_load": [1, 1]}`
	for name, text := range map[string]string{
		"an object":  one,
		"lines":      one + "\n" + one,
		"a list":     "[" + one + ",\n" + one + "]",
		"with cases": `{"format": "x", "cases": [` + one + "], \"more\": {}}",
	} {
		lines, side, code := runAssign(t, text)
		want := 1 + strings.Count(text, "\n")
		if code != 0 || len(lines) != want || lines[0].Total != 5 || !lines[0].Proved || fmt.Sprint(lines[0].Assignment) != "[[1 0] [0 1]]" {
			t.Errorf("%s: code %d, %+v, %s", name, code, lines, side)
		}
	}
	lines, _, code := runAssign(t, `{"id": "g", "kind": "assignment_by_formula", "n_bids": 2, "n_reviewers": 3, "score": "s(b,r) = (b*7 + r*3) mod 5 + 1   (b,r from 0)",
		"forbidden": "(b + r) mod 3 == 0", "demand_each": 1, "max_load_each": 1}`)
	if code != 0 || lines[0].Total != 7 { // scores 1 4 2 / 3 1 4, (0,0) and (1,2) forbidden
		t.Errorf("by formula: %+v", lines)
	}
	lines, side, code := runAssign(t, `{"id": "h", "kind": "per_reviewer_assignment", "n_bids": 4, "n_reviewers": 3, "count": 3, "forbidden": [[0, 0]]}`)
	if code != 0 || !lines[0].Feasible || fmt.Sprint(lines[0].Loads) != "[3 3 3]" {
		t.Errorf("per reviewer: %+v %s", lines, side)
	}
}

func TestAssignFaults(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		text, want string
		code       int
	}{
		"empty":         {"", "is empty", 2},
		"cut":           {`{"id": "a",`, "standard input:1: the file ends in the middle", 2},
		"syntax":        {"{\n\"id\": x}", "standard input:2: invalid character 'x'", 2},
		"unknown field": {"\n\n" + `{"id": "a", "matrixx": []}`, `standard input:3: a: json: unknown field "matrixx"`, 2},
		"type":          {`{"id": "a", "matrix": [["x"]]}`, "a: matrix: is a string, not a float64", 2},
		"rows":          {`{"id": "a", "n_bids": 2, "n_reviewers": 1, "matrix": [[1]]}`, "a: matrix: has 1 rows for 2 bids", 2},
		"columns":       {`{"id": "a", "n_bids": 1, "n_reviewers": 2, "matrix": [[1]]}`, "a: matrix[0]: has 1 numbers for 2 reviewers", 2},
		"mark":          {`{"id": "a", "matrix": [[1]], "constraint": [[3]]}`, "a: constraint[0][0]: is 3", 2},
		"no matrix":     {`{"id": "a", "n_bids": 1, "n_reviewers": 2}`, "a: matrix: is missing", 2},
		"kind":          {`{"id": "a", "kind": "x"}`, `a: kind: "x" is not one`, 2},
		"objective":     {`{"id": "a", "objective": "x"}`, `a: objective: is "x"`, 2},
		"place":         {`{"id": "a", "matrix": [[1]], "avoid_pairs": [[0, 4]]}`, "a: avoid_pairs[0]: 0, 4 names no bid and reviewer", 2},
		"formula":       {`{"id": "a", "kind": "assignment_by_formula", "n_bids": 1, "n_reviewers": 1, "score": "b * (r"}`, "a bracket is not closed", 2},
		"file":          {`{"bids": 1, "reviewers": 1, "need": 1, "cap": 1, "file": "no.i16"}`, "no.i16: file: open", 2},
		"load":          {`{"id": "a", "matrix": [[1]], "demand": [1], "min_load": [2], "max_load": [1]}`, "has a load from 2 to 1", 2},
	} {
		_, side, code := runAssign(t, row.text)
		if code != row.code || !strings.Contains(side, row.want) {
			t.Errorf("%s: code %d, %s", name, code, side)
		}
	}
	// A fault in one question leaves the others answered.
	lines, _, code := runAssign(t, `{"id": "bad", "matrix": 1}`+"\n"+`{"id": "good", "matrix": [[1]], "demand": [1]}`)
	if code != 2 || len(lines) != 2 || lines[0].Error == "" || lines[1].Total != 1 {
		t.Errorf("code %d, %+v", code, lines)
	}
	var out, side bytes.Buffer
	for _, args := range [][]string{{}, {"a", "b"}, {"-fair", "2", "-"}, {"-no", "-"}, {"/no/such/file"}} {
		if code := assignCommand(context.Background(), args, strings.NewReader(""), &out, &side); code != 2 {
			t.Errorf("%v: code %d", args, code)
		}
	}
	if code := assignCommand(context.Background(), []string{"--help"}, nil, &out, &side); code != 0 || !strings.Contains(side.String(), "attribute_constraints") {
		t.Error("no help")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if code := assignCommand(ctx, []string{"-"}, strings.NewReader(`{"id": "a", "matrix": [[1]]}`), &out, &side); code != 1 {
		t.Errorf("stopped with code %d", code)
	}
}

func TestAssignLot(t *testing.T) {
	t.Parallel()
	const text = `{"id": "a", "matrix": [[1, 1, 0.3, 0.5], [0.1, 1, 0.6, 0.8]], "demand": [2, 2], "max_load": [1, 1, 1, 1]}`
	first, side, code := runAssign(t, text, "-limit", "0.75", "-seed", "s1", "-alternates", "1")
	if code != 0 || math.Abs(first[0].Total-3.025) > 1e-9 || first[0].Assignment == nil {
		t.Fatalf("%d %s %+v", code, side, first)
	}
	again, _, _ := runAssign(t, text, "-limit", "0.75", "-seed", "s1")
	if fmt.Sprint(first[0].Assignment) != fmt.Sprint(again[0].Assignment) {
		t.Error("the same seed drew another assignment")
	}
}
