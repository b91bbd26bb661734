package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiebang/matching/consensus"
)

// scoreRow is a row of a table of scores, and where it stands.
type scoreRow struct {
	line                          int
	panel, bid, expert, criterion string
	score                         float64
	order                         int
}

// scoredPanel is a panel of the table.
type scoredPanel struct {
	name  string
	panel consensus.Panel
}

// mostFaults is how many are told at once.
const mostFaults = 20

// faultList gathers what is wrong with a file, by line.
type faultList struct {
	file string
	list []error
	more int
}

func (f *faultList) at(line int, format string, a ...any) {
	if len(f.list) == mostFaults {
		f.more++
		return
	}
	f.list = append(f.list, fmt.Errorf("%s:%d: %s", f.file, line, fmt.Sprintf(format, a...)))
}

func (f *faultList) err() error {
	if f.more > 0 {
		f.list, f.more = append(f.list, fmt.Errorf("%s: and %d more", f.file, f.more)), 0
	}
	return errors.Join(f.list...)
}

// read takes in the scores and, where it is asked for, the truth.
func (o consensusOptions) read(in io.Reader) ([]scoredPanel, *knownTruth, error) {
	var panels []scoredPanel
	err := openInput(o.file, in, func(shown string, r io.Reader) error {
		rows, err := readScores(shown, r)
		if err == nil {
			panels, err = o.assemble(shown, rows)
		}
		return err
	})
	if err != nil || o.truth == "" {
		return panels, nil, err
	}
	truth := &knownTruth{quality: map[[2]string]float64{}, scenario: map[string]string{}}
	err = openInput(o.truth, nil, truth.read)
	if err == nil && o.scenarios != "" {
		err = openInput(o.scenarios, nil, truth.readScenarios)
	}
	if err == nil {
		err = truth.covers(o.truth, panels)
	}
	return panels, truth, err
}

// readScores tells CSV and JSON apart by the first character.
func readScores(name string, r io.Reader) ([]scoreRow, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	text := bytes.TrimSpace(raw)
	switch {
	case len(text) == 0:
		return nil, fmt.Errorf("%s: is empty; want a table of scores, see jiebang consensus --help", name)
	case text[0] == '[' || text[0] == '{':
		return readScoresJSON(name, raw, text[0] == '[')
	}
	return readScoresCSV(name, bytes.NewReader(raw))
}

// parseScore takes plain decimal numbers only.
func parseScore(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "0123456789+-.eE") != "" || math.Abs(v) > 1e9 {
		return 0, fmt.Errorf("%q is no number within ±1e9", s)
	}
	return v, nil
}

var scoreColumns = []string{"panel", "bid", "expert", "reviewer", "criterion", "score", "order"}

func readScoresCSV(name string, r io.Reader) ([]scoreRow, error) {
	faults := &faultList{file: name}
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	column := map[string]int{}
	for i, h := range head {
		h = strings.TrimSpace(h)
		if !slices.Contains(scoreColumns, h) {
			faults.at(1, "unknown column %q; known are %s", h, strings.Join(scoreColumns, ", "))
		}
		if h == "reviewer" {
			h = "expert"
		}
		if _, twice := column[h]; twice {
			faults.at(1, "column %q stands twice", h)
		}
		column[h] = i
	}
	for _, need := range []string{"bid", "expert", "score"} {
		if _, ok := column[need]; !ok {
			faults.at(1, "no column %q; the first line names the columns", need)
		}
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	var rows []scoreRow
	for {
		fields, err := c.Read()
		if err == io.EOF {
			return rows, faults.err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := c.FieldPos(0)
		if len(fields) != len(head) {
			faults.at(line, "%d fields, the first line names %d", len(fields), len(head))
			continue
		}
		get := func(what string) string {
			if i, ok := column[what]; ok {
				return strings.TrimSpace(fields[i])
			}
			return ""
		}
		row := scoreRow{line: line, panel: get("panel"), bid: get("bid"), expert: get("expert"), criterion: get("criterion")}
		if row.score, err = parseScore(get("score")); err != nil {
			faults.at(line, "score: %v", err)
		}
		if s := get("order"); s != "" {
			if row.order, err = strconv.Atoi(s); err != nil || row.order < 1 {
				faults.at(line, "order: %q is no whole number from 1", s)
			}
		}
		rows = append(rows, row)
	}
}

// jsonScore is a row as JSON; pointers tell what is missing.
type jsonScore struct {
	Panel     string   `json:"panel"`
	Bid       string   `json:"bid"`
	Expert    string   `json:"expert"`
	Reviewer  string   `json:"reviewer"`
	Criterion string   `json:"criterion"`
	Score     *float64 `json:"score"`
	Order     *int     `json:"order"`
}

func readScoresJSON(name string, raw []byte, array bool) ([]scoreRow, error) {
	faults := &faultList{file: name}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	line, counted := 1, int64(0)
	where := func(at int64) int { // of the next thing that is no space or comma
		for at < int64(len(raw)) && bytes.IndexByte([]byte(" \t\r\n,"), raw[at]) >= 0 {
			at++
		}
		line += bytes.Count(raw[counted:at], []byte{'\n'})
		counted = at
		return line
	}
	if array {
		_, _ = d.Token()
	}
	var rows []scoreRow
	for d.More() {
		at := where(d.InputOffset())
		var s jsonScore
		if err := d.Decode(&s); err != nil {
			faults.at(at, "%v; known names are %s", err, strings.Join(scoreColumns, ", "))
			return nil, faults.err()
		}
		row := scoreRow{line: at, panel: s.Panel, bid: s.Bid, expert: cmp.Or(s.Expert, s.Reviewer), criterion: s.Criterion}
		switch {
		case s.Expert != "" && s.Reviewer != "":
			faults.at(at, "expert and reviewer both stand; give one")
		case s.Score == nil:
			faults.at(at, "score: is missing")
		case math.Abs(*s.Score) > 1e9:
			faults.at(at, "score: %v is no number within ±1e9", *s.Score)
		default:
			row.score = *s.Score
		}
		if s.Order != nil {
			if row.order = *s.Order; row.order < 1 {
				faults.at(at, "order: %d is no whole number from 1", row.order)
			}
		}
		rows = append(rows, row)
	}
	end := d.InputOffset()
	if array {
		if _, err := d.Token(); err != nil {
			faults.at(where(end), "the array does not end: %v", err)
		}
		end = d.InputOffset()
	}
	if len(bytes.TrimSpace(raw[end:])) > 0 {
		faults.at(where(end), "something stands behind the last object")
	}
	return rows, faults.err()
}

// assemble turns rows into panels by name, and sees that every sheet is whole.
func (o consensusOptions) assemble(file string, rows []scoreRow) ([]scoredPanel, error) {
	faults := &faultList{file: file}
	type key struct{ panel, bid, expert, criterion string }
	first := map[key]scoreRow{}
	criteria := map[string]map[string]bool{}
	for _, r := range rows {
		if r.bid == "" {
			faults.at(r.line, "bid: is empty")
		}
		if r.expert == "" {
			faults.at(r.line, "expert: is empty")
		}
		k := key{r.panel, r.bid, r.expert, r.criterion}
		if f, twice := first[k]; twice {
			faults.at(r.line, "expert %q scored bid %q%s on line %d already; keep one", r.expert, r.bid, of(r.criterion), f.line)
			continue
		}
		first[k] = r
		if criteria[r.panel] == nil {
			criteria[r.panel] = map[string]bool{}
		}
		criteria[r.panel][r.criterion] = true
	}
	o.checkWeights(faults, criteria)
	if err := faults.err(); err != nil {
		return nil, err
	}
	var out []scoredPanel
	at := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(criteria)) {
		p := scoredPanel{name: name}
		for _, c := range slices.Sorted(maps.Keys(criteria[name])) {
			w := 1.0
			if len(o.weights) > 0 {
				w = o.weights[c]
			}
			p.panel.Criteria = append(p.panel.Criteria, consensus.Criterion{Code: c, Weight: w})
		}
		at[name] = len(out)
		out = append(out, p)
	}
	done := map[key]bool{}
	for _, r := range rows {
		k := key{r.panel, r.bid, r.expert, ""}
		if done[k] {
			continue
		}
		done[k] = true
		p := &out[at[r.panel]].panel
		s := consensus.Sheet{Bid: r.bid, Expert: r.expert, Order: r.order}
		for _, c := range p.Criteria {
			one, ok := first[key{r.panel, r.bid, r.expert, c.Code}]
			switch {
			case !ok:
				faults.at(r.line, "expert %q has no score%s for bid %q, others of the panel have", r.expert, of(cmp.Or(c.Code, "the total")), r.bid)
			case one.order != r.order:
				faults.at(one.line, "order: %d, but %d on line %d of the same sheet", one.order, r.order, r.line)
			}
			s.Scores = append(s.Scores, one.score)
		}
		p.Sheets = append(p.Sheets, s)
	}
	return out, faults.err()
}

// checkWeights sees that --weights names every criterion there is, and no other.
func (o consensusOptions) checkWeights(faults *faultList, criteria map[string]map[string]bool) {
	if len(o.weights) == 0 {
		return
	}
	all := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(criteria)) {
		sum := 0.0
		for _, c := range slices.Sorted(maps.Keys(criteria[name])) {
			w, ok := o.weights[c]
			if !ok {
				faults.at(1, "--weights has no share for the criterion %q of panel %q", c, name)
			}
			all[c] = true
			sum += w
		}
		if sum == 0 {
			faults.at(1, "--weights: all criteria of panel %q weigh 0", name)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(o.weights)) {
		if !all[c] {
			faults.at(1, "--weights: nothing is scored for the criterion %q", c)
		}
	}
}
