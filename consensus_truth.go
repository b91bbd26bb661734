package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"jiebang/matching/consensus"
	"jiebang/matching/measure"
)

// knownTruth is how good each bid really is, and to which scenario a panel belongs.
type knownTruth struct {
	quality  map[[2]string]float64 // panel, bid
	scenario map[string]string
}

func (k *knownTruth) read(name string, r io.Reader) error {
	faults := &faultList{file: name}
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	bid, truth, panel := slices.Index(head, "bid"), slices.Index(head, "true_quality"), slices.Index(head, "panel")
	if bid < 0 || truth < 0 {
		return fmt.Errorf("%s:1: want the columns bid and true_quality", name)
	}
	for {
		fields, err := c.Read()
		if err == io.EOF {
			return faults.err()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := c.FieldPos(0)
		if len(fields) != len(head) {
			faults.at(line, "%d fields, the first line names %d", len(fields), len(head))
			continue
		}
		v, err := parseScore(strings.TrimSpace(fields[truth]))
		if err != nil {
			faults.at(line, "true_quality: %v", err)
		}
		at := [2]string{"", strings.TrimSpace(fields[bid])}
		if panel >= 0 {
			at[0] = strings.TrimSpace(fields[panel])
		}
		if _, twice := k.quality[at]; twice {
			faults.at(line, "bid %q stands twice", at[1])
		}
		k.quality[at] = v
	}
}

func (k *knownTruth) readScenarios(name string, r io.Reader) error {
	var list []struct {
		Panel    string `json:"panel"`
		Scenario any    `json:"scenario"`
	}
	if err := json.NewDecoder(r).Decode(&list); err != nil {
		return fmt.Errorf("%s: want an array of objects with panel and scenario: %w", name, err)
	}
	for i, l := range list {
		if l.Panel == "" || l.Scenario == nil {
			return fmt.Errorf("%s: object %d lacks panel or scenario", name, i+1)
		}
		k.scenario[l.Panel] = fmt.Sprint(l.Scenario)
	}
	return nil
}

// covers says for which bids no truth is known.
func (k *knownTruth) covers(file string, panels []scoredPanel) error {
	faults := &faultList{file: file}
	for _, p := range panels {
		missing := map[string]bool{}
		for _, s := range p.panel.Sheets {
			if _, ok := k.quality[[2]string{p.name, s.Bid}]; !ok && !missing[s.Bid] {
				missing[s.Bid] = true
				faults.at(1, "no truth for bid %q of panel %q", s.Bid, p.name)
			}
		}
	}
	return faults.err()
}

// aggregates are the ways to combine scores that are compared.
var aggregates = []struct {
	name string
	of   func(consensus.Bid) float64
}{
	{"mean", func(b consensus.Bid) float64 { return b.Mean }},
	{"trimmed", func(b consensus.Bid) float64 { return b.Trimmed }},
	{"z", func(b consensus.Bid) float64 { return b.Z }},
	{"calibrated", func(b consensus.Bid) float64 { return b.Calibrated }},
}

// closeness is how near the aggregates come to the truth, averaged over panels.
type closeness struct {
	Kind     string             `json:"kind"`
	Scenario string             `json:"scenario"`
	Panels   int                `json:"panels"`
	Tau      map[string]float64 `json:"tau"`
	Recall   map[string]float64 `json:"top_tenth"`
	Coverage float64            `json:"coverage"` // of bids with an interval
	Withheld int                `json:"withheld"` // panels whose strict order is
	covered  float64
	bids     float64
}

func newCloseness(scenario string) *closeness {
	return &closeness{Kind: "truth", Scenario: scenario, Tau: map[string]float64{}, Recall: map[string]float64{}}
}

// add takes in a panel whose truth is given in the order of its bids.
func (c *closeness) add(r *consensus.Result, truth []float64) {
	n := float64(c.Panels)
	c.Panels++
	average := func(m map[string]float64, name string, v float64) { m[name] = (m[name]*n + v) / (n + 1) }
	for _, a := range aggregates {
		value := make([]float64, len(r.Bids))
		for i, b := range r.Bids {
			value[i] = math.Round(a.of(b)*1e9) / 1e9 // equal but for rounding is equal
		}
		tau := measure.Kendall(value, truth)
		if math.IsNaN(tau) { // one level only: as good as chance
			tau = 0
		}
		average(c.Tau, a.name, tau)
		average(c.Recall, a.name, topTenth(value, truth))
	}
	middle, mean := 0.0, 0.0
	for i, b := range r.Bids {
		middle += b.Calibrated / float64(len(truth))
		mean += truth[i] / float64(len(truth))
	}
	for i, b := range r.Bids {
		if b.Error == nil {
			continue
		}
		c.bids++
		if x := truth[i] - mean + middle; b.Error.Low <= x && x <= b.Error.High {
			c.covered++
		}
	}
	if c.bids > 0 {
		c.Coverage = c.covered / c.bids
	}
	if len(r.Withheld) > 0 {
		c.Withheld++
	}
}

// topTenth is the share of the true best tenth, at least one, among as many
// best by value; those level at the edge share the seats that are left.
func topTenth(value, truth []float64) float64 {
	k := max(1, len(value)/10)
	edge := func(v []float64) (above float64, share float64, at float64) {
		sorted := slices.Sorted(slices.Values(v))
		at = sorted[len(sorted)-k]
		level := 0.0
		for _, x := range v {
			if x > at {
				above++
			} else if x == at {
				level++
			}
		}
		return above, (float64(k) - above) / level, at
	}
	_, seats, cut := edge(value)
	_, held, best := edge(truth)
	found := 0.0
	for i := range value {
		in, out := 0.0, 0.0
		switch {
		case value[i] > cut:
			in = 1
		case value[i] == cut:
			in = seats
		}
		switch {
		case truth[i] > best:
			out = 1
		case truth[i] == best:
			out = held
		}
		found += in * out
	}
	return found / float64(k)
}

// compare averages by scenario, then over scenarios.
func (k *knownTruth) compare(panels []scoredPanel, results []*consensus.Result) []*closeness {
	by := map[string]*closeness{}
	for i, p := range panels {
		if len(results[i].Bids) == 0 {
			continue
		}
		name := cmp.Or(k.scenario[p.name], "all")
		if by[name] == nil {
			by[name] = newCloseness(name)
		}
		var truth []float64
		for _, b := range results[i].Bids {
			truth = append(truth, k.quality[[2]string{p.name, b.ID}])
		}
		by[name].add(results[i], truth)
	}
	var out []*closeness
	for _, name := range slices.Sorted(maps.Keys(by)) {
		out = append(out, by[name])
	}
	if len(out) > 1 {
		out = append(out, overall(out))
	}
	return out
}

func overall(scenarios []*closeness) *closeness {
	all := newCloseness("mean of scenarios")
	n := float64(len(scenarios))
	for _, c := range scenarios {
		all.Panels += c.Panels
		all.Withheld += c.Withheld
		all.Coverage += c.Coverage / n
		for _, a := range aggregates {
			all.Tau[a.name] += c.Tau[a.name] / n
			all.Recall[a.name] += c.Recall[a.name] / n
		}
	}
	return all
}

func (o consensusOptions) printTruth(out io.Writer, list []*closeness) error {
	if !o.table {
		to := json.NewEncoder(out)
		for _, c := range list {
			if err := to.Encode(c); err != nil {
				return err
			}
		}
		return nil
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "scenario\tpanels\t")
	for _, what := range []string{"tau ", "top tenth "} {
		for _, a := range aggregates {
			fmt.Fprint(t, what, a.name, "\t")
		}
	}
	fmt.Fprintln(t, "coverage\twithheld\t")
	for _, c := range list {
		fmt.Fprintf(t, "%s\t%d\t", c.Scenario, c.Panels)
		for _, m := range []map[string]float64{c.Tau, c.Recall} {
			for _, a := range aggregates {
				fmt.Fprintf(t, "%.4f\t", m[a.name])
			}
		}
		fmt.Fprintf(t, "%.4f\t%d\t\n", c.Coverage, c.Withheld)
	}
	return t.Flush()
}
