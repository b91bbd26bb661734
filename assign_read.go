package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"jiebang/matching/assign"
)

// assignCase is one question to assign, in the shape of a case file or of a list of
// instances; the help text says what the fields mean.
type assignCase struct {
	ID        string      `json:"id"`
	Kind      string      `json:"kind"`
	Objective string      `json:"objective"`
	Bids      int         `json:"n_bids"`
	Experts   int         `json:"n_reviewers"`
	Matrix    [][]float64 `json:"matrix"`
	Mark      [][]int     `json:"constraint"`
	Want      []int       `json:"demand"`
	Min       []int       `json:"min_load"`
	Max       []int       `json:"max_load"`
	AllowZero *bool       `json:"allow_zero"`
	Limits    [][]float64 `json:"prob_limit"`
	Together  [][]int     `json:"avoid_pairs"`
	PerUnit   int         `json:"per_unit"`
	Units     []string    `json:"units"`
	Groups    []struct {
		Name       string `json:"name"`
		Comparator string `json:"comparator"`
		Bound      int    `json:"bound"`
		Members    []int  `json:"members"`
		Bids       []int  `json:"bids"`
	} `json:"attribute_constraints"`
	BidNames    []string `json:"bid_ids"`
	ExpertNames []string `json:"reviewer_ids"`
	Fair        float64  `json:"fair"`

	// Of a case by formula, and where all loads and demands are alike.
	Score     string          `json:"score"`
	WantEach  *int            `json:"demand_each"`
	MinEach   *int            `json:"min_load_each"`
	MaxEach   *int            `json:"max_load_each"`
	Forbidden json.RawMessage `json:"forbidden"` // a formula, or a list of pairs

	// Of a change to what stands.
	Mode        string       `json:"mode"`
	Count       int          `json:"count"`
	Preferences [][3]float64 `json:"preferences"`
	Existing    [][2]int     `json:"existing"`
	Removed     [][2]int     `json:"removed"`
	Balance     string       `json:"balance"`
	RemoveCost  *float64     `json:"remove_cost"`

	// Of other kinds.
	ScoreTypes map[string][][]*float64 `json:"score_types"`
	Defaults   map[string]float64      `json:"defaults"`
	Weights    map[string]float64      `json:"weights"`
	Rows       []assignRow             `json:"rows"`

	// What a case says about itself; it changes no answer.
	Source   json.RawMessage `json:"source"`
	Expected json.RawMessage `json:"expected"`
	Notes    json.RawMessage `json:"notes"`
	Dimacs   json.RawMessage `json:"dimacs"`
}

// assignRow is a row of a table of loads to be checked.
type assignRow struct {
	Want     []int           `json:"demand"`
	Min      []int           `json:"min_load"`
	Max      []int           `json:"max_load"`
	Expected json.RawMessage `json:"expected"`
}

// assignInstance is a row of instances.json: its numbers are in a file beside it.
type assignInstance struct {
	ID      string `json:"id"`
	Bids    int    `json:"bids"`
	Experts int    `json:"reviewers"`
	Want    int    `json:"need"`
	Max     int    `json:"cap"`
	File    string `json:"file"`
}

// assignQuestion is a case, ready to be solved, with what is needed to write its answer.
type assignQuestion struct {
	id     string
	q      assign.Question
	c      assignCase
	sign   float64 // −1 where costs are to be small
	limits []assign.Limit
}

// questions reads every question of a file: one object, objects on lines, a list, or an object
// with "cases". Each is passed on with the line it begins at, or with its fault.
func readQuestions(name string, r io.Reader, each func(line int, raw json.RawMessage) error) error {
	all, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", name, err)
	}
	dec := json.NewDecoder(bytes.NewReader(all))
	fault := func(err error) error {
		at := 1 + bytes.Count(all[:min(int(dec.InputOffset()), len(all))], []byte{'\n'})
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = 1 + bytes.Count(all[:min(int(syntax.Offset), len(all))], []byte{'\n'})
		}
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return fmt.Errorf("%s:%d: the file ends in the middle", name, at)
		}
		return fmt.Errorf("%s:%d: %w", name, at, err)
	}
	one := func() error {
		begin := int(dec.InputOffset())
		for begin < len(all) && bytes.IndexByte([]byte(" \t\r\n,:"), all[begin]) >= 0 {
			begin++
		}
		at := 1 + bytes.Count(all[:begin], []byte{'\n'})
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fault(err)
		}
		return each(at, raw)
	}
	list := func() error {
		if _, err := dec.Token(); err != nil { // [
			return fault(err)
		}
		for dec.More() {
			if err := one(); err != nil {
				return err
			}
		}
		if _, err := dec.Token(); err != nil {
			return fault(err)
		}
		return nil
	}
	count := 0
	for {
		at := int(dec.InputOffset())
		for at < len(all) && bytes.IndexByte([]byte(" \t\r\n"), all[at]) >= 0 {
			at++
		}
		if at == len(all) {
			if count == 0 {
				return fmt.Errorf("%s: is empty", name)
			}
			return nil
		}
		count++
		switch {
		case all[at] == '[':
			err = list()
		case all[at] == '{' && hasCases(all[at:]):
			err = inCases(dec, fault, list)
		default:
			err = one()
		}
		if err != nil {
			return err
		}
	}
}

// hasCases looks whether an object holds a list of cases.
func hasCases(text []byte) bool {
	var o struct {
		Cases json.RawMessage `json:"cases"`
	}
	return json.NewDecoder(bytes.NewReader(text)).Decode(&o) == nil && len(o.Cases) > 0 && o.Cases[0] == '['
}

// inCases walks to the list of cases of an object, and past the object.
func inCases(dec *json.Decoder, fault func(error) error, list func() error) error {
	if _, err := dec.Token(); err != nil { // {
		return fault(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fault(err)
		}
		if key == "cases" {
			if err := list(); err != nil {
				return err
			}
			continue
		}
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			return fault(err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return fault(err)
	}
	return nil
}

// readQuestion makes a question of one object. Files that it names lie in dir.
func readQuestion(raw json.RawMessage, dir string) (assignQuestion, error) {
	var probe struct {
		File *string `json:"file"`
	}
	if err := json.Unmarshal(raw, &probe); err == nil && probe.File != nil {
		var in assignInstance
		if err := json.Unmarshal(raw, &in); err != nil { // it may say more about itself
			return assignQuestion{id: *probe.File}, jsonFault(err)
		}
		return in.question(dir)
	}
	var c assignCase
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		var id struct {
			ID string `json:"id"`
		}
		_ = json.Unmarshal(raw, &id) // only for the message
		return assignQuestion{id: id.ID}, jsonFault(err)
	}
	return c.question()
}

func jsonFault(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("%s: is a %s, not a %s", kind.Field, kind.Value, kind.Type)
	}
	return err
}

func (in assignInstance) question(dir string) (assignQuestion, error) {
	out := assignQuestion{id: in.ID, sign: 1}
	if out.id == "" {
		out.id = in.File
	}
	if in.Bids < 1 || in.Experts < 1 || in.Want < 0 || in.Max < 0 {
		return out, fmt.Errorf("bids, reviewers, need, cap: %d, %d, %d, %d are not the sizes of an instance", in.Bids, in.Experts, in.Want, in.Max)
	}
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(in.File)))
	if err != nil {
		return out, fmt.Errorf("file: %w", err)
	}
	if len(raw) != 2*in.Bids*in.Experts {
		return out, fmt.Errorf("file: %s holds %d bytes; %d bids × %d reviewers of two bytes are %d", in.File, len(raw), in.Bids, in.Experts, 2*in.Bids*in.Experts)
	}
	out.c.Bids, out.c.Experts = in.Bids, in.Experts
	out.name()
	for i := range in.Bids {
		out.q.Bids[i].Want = in.Want
		row := make([]float64, in.Experts)
		for j := range row {
			v := int16(binary.LittleEndian.Uint16(raw[2*(i*in.Experts+j):]))
			if v == -1 {
				out.q.Barred = append(out.q.Barred, assign.Barred{Bid: out.q.Bids[i].ID, Expert: out.q.Experts[j].ID, Reason: "conflict"})
				continue
			}
			row[j] = float64(v)
		}
		out.q.Fit = append(out.q.Fit, row)
	}
	for j := range out.q.Experts {
		out.q.Experts[j].Max = in.Max
	}
	return out, nil
}

// name makes the bids and experts, called as the case calls them or by their places.
func (a *assignQuestion) name() {
	for i := range a.c.Bids {
		id := strconv.Itoa(i)
		if len(a.c.BidNames) > 0 {
			id = a.c.BidNames[i]
		}
		a.q.Bids = append(a.q.Bids, assign.Bid{ID: id})
	}
	for j := range a.c.Experts {
		id := strconv.Itoa(j)
		if len(a.c.ExpertNames) > 0 {
			id = a.c.ExpertNames[j]
		}
		a.q.Experts = append(a.q.Experts, assign.Expert{ID: id})
	}
}

func (a *assignQuestion) bar(i, j int, why string) {
	a.q.Barred = append(a.q.Barred, assign.Barred{Bid: a.q.Bids[i].ID, Expert: a.q.Experts[j].ID, Reason: why})
}

func (a *assignQuestion) pin(i, j int) assign.Pin {
	return assign.Pin{Bid: a.q.Bids[i].ID, Expert: a.q.Experts[j].ID}
}

// The kinds of case.
const (
	kindAssign   = "assignment"
	kindFormula  = "assignment_by_formula"
	kindLimited  = "probability_limited_lp"
	kindChange   = "incremental_assignment"
	kindPerHead  = "per_reviewer_assignment"
	kindScores   = "score_aggregation"
	kindValidate = "validation"
)

func (c assignCase) question() (assignQuestion, error) {
	a := assignQuestion{id: c.ID, c: c, sign: 1}
	switch c.Objective {
	case "", "max":
	case "min":
		a.sign = -1
	default:
		return a, fmt.Errorf(`objective: is %q; want "max" or "min"`, c.Objective)
	}
	switch c.Kind {
	case kindScores, kindValidate:
		return a, nil
	case "", kindAssign, kindFormula, kindLimited, kindChange, kindPerHead:
	default:
		return a, fmt.Errorf("kind: %q is not one that is known; --help lists them", c.Kind)
	}
	if a.c.Bids == 0 && a.c.Experts == 0 && len(c.Matrix) > 0 {
		a.c.Bids, a.c.Experts = len(c.Matrix), len(c.Matrix[0])
	}
	if a.c.Bids < 1 || a.c.Experts < 1 {
		return a, fmt.Errorf("n_bids, n_reviewers: %d and %d; at least one of each is needed", a.c.Bids, a.c.Experts)
	}
	if err := a.c.shapes(); err != nil {
		return a, err
	}
	a.name()
	if err := a.scores(); err != nil {
		return a, err
	}
	a.loads()
	if err := a.bars(); err != nil {
		return a, err
	}
	if err := a.rules(); err != nil {
		return a, err
	}
	if c.Kind == kindChange || c.Kind == kindPerHead {
		return a, a.changes()
	}
	return a, nil
}

// shapes checks that tables have as many rows and columns as there are bids and experts.
func (c assignCase) shapes() error {
	var errs []error
	table := func(field string, rows int, row func(int) int) {
		if rows == 0 {
			return
		}
		if rows != c.Bids {
			errs = append(errs, fmt.Errorf("%s: has %d rows for %d bids", field, rows, c.Bids))
		}
		for i := range rows {
			if n := row(i); n != c.Experts {
				errs = append(errs, fmt.Errorf("%s[%d]: has %d numbers for %d reviewers", field, i, n, c.Experts))
				return
			}
		}
	}
	table("matrix", len(c.Matrix), func(i int) int { return len(c.Matrix[i]) })
	table("constraint", len(c.Mark), func(i int) int { return len(c.Mark[i]) })
	table("prob_limit", len(c.Limits), func(i int) int { return len(c.Limits[i]) })
	list := func(field string, have, want int) {
		if have != 0 && have != want {
			errs = append(errs, fmt.Errorf("%s: has %d numbers for %d", field, have, want))
		}
	}
	list("demand", len(c.Want), c.Bids)
	list("min_load", len(c.Min), c.Experts)
	list("max_load", len(c.Max), c.Experts)
	list("units", len(c.Units), c.Experts)
	list("bid_ids", len(c.BidNames), c.Bids)
	list("reviewer_ids", len(c.ExpertNames), c.Experts)
	index := func(field string, k, b, r int) {
		if b < 0 || b >= c.Bids || r < 0 || r >= c.Experts {
			errs = append(errs, fmt.Errorf("%s[%d]: %d, %d names no bid and reviewer", field, k, b, r))
		}
	}
	for k, p := range c.Preferences {
		if p[0] != math.Trunc(p[0]) || p[1] != math.Trunc(p[1]) {
			errs = append(errs, fmt.Errorf("preferences[%d]: %v, %v are no places", k, p[0], p[1]))
		}
		index("preferences", k, int(p[0]), int(p[1]))
	}
	for k, p := range c.Existing {
		index("existing", k, p[0], p[1])
	}
	for k, p := range c.Removed {
		index("removed", k, p[0], p[1])
	}
	for k, p := range c.Together {
		if len(p) < 2 {
			errs = append(errs, fmt.Errorf("avoid_pairs[%d]: names fewer than two", k))
		}
		for _, r := range p {
			index("avoid_pairs", k, 0, r)
		}
	}
	for k, g := range c.Groups {
		for _, r := range g.Members {
			index("attribute_constraints", k, 0, r)
		}
		for _, b := range g.Bids {
			index("attribute_constraints", k, b, 0)
		}
	}
	return errors.Join(errs...)
}

// scores fills the fits, and bars pairs without a score where they must not be used.
func (a *assignQuestion) scores() error {
	c := a.c
	value := func(i, j int) float64 { return 0 }
	switch {
	case c.Kind == kindFormula:
		f, err := parseFormula(c.Score)
		if err != nil {
			return fmt.Errorf("score: %w", err)
		}
		value = func(i, j int) float64 { return float64(f(i, j)) }
	case len(c.Matrix) > 0:
		value = func(i, j int) float64 { return c.Matrix[i][j] }
	case c.Kind == kindChange || c.Kind == kindPerHead:
	default:
		return errors.New("matrix: is missing")
	}
	zero := c.AllowZero == nil || *c.AllowZero
	for i := range c.Bids {
		row := make([]float64, c.Experts)
		for j := range row {
			v := value(i, j)
			row[j] = a.sign * v
			if !zero && (a.sign > 0 && v <= 0 || a.sign < 0 && v == 0) {
				a.bar(i, j, "no score")
			}
		}
		a.q.Fit = append(a.q.Fit, row)
	}
	for _, p := range c.Preferences {
		a.q.Fit[int(p[0])][int(p[1])] = a.sign * p[2]
	}
	return nil
}

func (a *assignQuestion) loads() {
	c := a.c
	pick := func(list []int, each *int, k, otherwise int) int {
		switch {
		case len(list) > 0:
			return list[k]
		case each != nil:
			return *each
		}
		return otherwise
	}
	for i := range a.q.Bids {
		a.q.Bids[i].Want = pick(c.Want, c.WantEach, i, 0)
	}
	for j := range a.q.Experts {
		e := &a.q.Experts[j]
		e.Min, e.Max = pick(c.Min, c.MinEach, j, 0), pick(c.Max, c.MaxEach, j, c.Bids)
		if len(c.Units) > 0 {
			e.Unit = c.Units[j]
		}
	}
	a.q.PerUnit = c.PerUnit
	if c.Fair > 0 {
		a.q.Fair = &assign.Fair{Share: c.Fair}
	}
}

func (a *assignQuestion) bars() error {
	c := a.c
	for i, row := range c.Mark {
		for j, mark := range row {
			switch mark {
			case 0:
			case -1:
				a.bar(i, j, "conflict")
			case 1:
				a.q.Pins = append(a.q.Pins, a.pin(i, j))
			default:
				return fmt.Errorf("constraint[%d][%d]: is %d; want -1 (forbidden), 0 or 1 (pinned)", i, j, mark)
			}
		}
	}
	for i, row := range c.Limits {
		for j, p := range row {
			a.limits = append(a.limits, assign.Limit{Bid: a.q.Bids[i].ID, Expert: a.q.Experts[j].ID, Most: p})
		}
	}
	if c.Kind == kindLimited && len(c.Limits) == 0 {
		return errors.New("prob_limit: is missing")
	}
	if len(c.Forbidden) == 0 || string(c.Forbidden) == "null" {
		return nil
	}
	if c.Forbidden[0] == '"' {
		var text string
		if err := json.Unmarshal(c.Forbidden, &text); err != nil {
			return fmt.Errorf("forbidden: %w", err)
		}
		f, err := parseFormula(text)
		if err != nil {
			return fmt.Errorf("forbidden: %w", err)
		}
		for i := range c.Bids {
			for j := range c.Experts {
				if f(i, j) != 0 {
					a.bar(i, j, "forbidden")
				}
			}
		}
		return nil
	}
	var pairs [][2]int
	if err := json.Unmarshal(c.Forbidden, &pairs); err != nil {
		return fmt.Errorf("forbidden: is neither a formula nor a list of pairs")
	}
	for k, p := range pairs {
		if p[0] < 0 || p[0] >= c.Bids || p[1] < 0 || p[1] >= c.Experts {
			return fmt.Errorf("forbidden[%d]: %d, %d names no bid and reviewer", k, p[0], p[1])
		}
		a.bar(p[0], p[1], "forbidden")
	}
	return nil
}

func (a *assignQuestion) rules() error {
	for k, g := range a.c.Groups {
		r := assign.Rule{Name: g.Name}
		if r.Name == "" {
			r.Name = fmt.Sprintf("rule %d", k)
		}
		for _, j := range g.Members {
			r.Experts = append(r.Experts, a.q.Experts[j].ID)
		}
		for _, i := range g.Bids {
			r.Bids = append(r.Bids, a.q.Bids[i].ID)
		}
		switch {
		case g.Bound < 0:
			return fmt.Errorf("attribute_constraints[%d].bound: is %d", k, g.Bound)
		case g.Comparator == ">=":
			r.Least = g.Bound
		case g.Bound == 0: // none of them at all
			for i := range a.q.Bids {
				if len(g.Bids) == 0 || slices.Contains(g.Bids, i) {
					for _, j := range g.Members {
						a.bar(i, j, r.Name)
					}
				}
			}
			continue
		case g.Comparator == "<=":
			r.Most = g.Bound
		case g.Comparator == "==":
			r.Least, r.Most = g.Bound, g.Bound
		default:
			return fmt.Errorf(`attribute_constraints[%d].comparator: is %q; want "<=", ">=" or "=="`, k, g.Comparator)
		}
		a.q.Rules = append(a.q.Rules, r)
	}
	for _, p := range a.c.Together {
		var ids []string
		for _, j := range p {
			ids = append(ids, a.q.Experts[j].ID)
		}
		a.q.Apart = append(a.q.Apart, assign.Apart{Experts: ids})
	}
	return nil
}

// changes lays out a change to what stands: how many more or in all each bid wants, and loads as
// even as they can be, of all pairs or of the new ones.
func (a *assignQuestion) changes() error {
	c := a.c
	standing, held := make([]int, c.Bids), make([]int, c.Experts)
	for _, p := range c.Existing {
		standing[p[0]]++
		held[p[1]]++
	}
	for _, p := range c.Removed {
		a.bar(p[0], p[1], "given back")
	}
	if c.Count < 0 {
		return fmt.Errorf("count: is %d", c.Count)
	}
	mode := c.Mode
	if c.Kind == kindPerHead {
		mode = "per_reviewer"
	}
	switch mode {
	case "add", "ensure":
		for _, p := range c.Existing {
			a.q.Pins = append(a.q.Pins, a.pin(p[0], p[1]))
		}
	case "adjust":
		for _, p := range c.Existing {
			if c.RemoveCost != nil && *c.RemoveCost < 0 {
				a.bar(p[0], p[1], "to be replaced")
			} else {
				a.q.Standing = append(a.q.Standing, a.pin(p[0], p[1]))
			}
		}
	case "per_reviewer", "per_user", "per_pc":
		for _, p := range c.Existing {
			a.q.Pins = append(a.q.Pins, a.pin(p[0], p[1]))
		}
	default:
		return fmt.Errorf(`mode: is %q; want "add", "ensure", "adjust" or "per_reviewer"`, c.Mode)
	}
	seats, fresh := 0, 0
	for i := range a.q.Bids {
		want := c.Count
		switch mode {
		case "add":
			want += standing[i]
		case "ensure":
			want = max(want, standing[i])
		}
		a.q.Bids[i].Want = want
		seats += want
		fresh += want - standing[i]
	}
	if mode != "add" && mode != "ensure" && mode != "adjust" {
		a.perHead(standing, held)
		return nil
	}
	for j := range a.q.Experts {
		e := &a.q.Experts[j]
		if c.Balance == "new" && mode != "adjust" {
			e.Min, e.Max = held[j]+fresh/c.Experts, held[j]+(fresh+c.Experts-1)/c.Experts
		} else {
			e.Min, e.Max = seats/c.Experts, (seats+c.Experts-1)/c.Experts
		}
		if mode != "adjust" {
			e.Max = max(e.Max, held[j])
		}
	}
	return nil
}

// perHead gives each expert his count, and spreads them evenly over the bids.
func (a *assignQuestion) perHead(standing, held []int) {
	total := a.c.Count * a.c.Experts
	for j := range a.q.Experts {
		a.q.Experts[j].Min, a.q.Experts[j].Max = a.c.Count, max(a.c.Count, held[j])
	}
	for i := range a.q.Bids {
		a.q.Bids[i].Want = max(standing[i], (total+a.c.Bids-1)/a.c.Bids)
	}
}
