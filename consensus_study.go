package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"jiebang/matching/consensus"
	"jiebang/matching/planted"
)

// studied are the worlds of the simulation study: a common size, and what is planted.
var studied = []struct {
	name, what string
	plan       planted.Plan
}{
	{"nothing planted", "60 bids, 20 experts, 3 sheets a bid; all experts alike", planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7}},
	{"severity 2", "experts differ by 2 points (deviation)", planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 2}},
	{"severity 5", "by 5 points", planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 5}},
	{"severity 10", "by 10 points", planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 10}},
	{"severity, spread", "5 points, and experts use the scale more or less widely (deviation of the logarithm 0.3)",
		planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 5, Stretch: 0.3}},
	{"unequal sets", "5 points; 2 to 4 sheets a bid", planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Uneven: true, Quality: 10, Noise: 7, Severity: 5}},
	{"fields alike", "5 points, spread 0.2; experts judge in their own of 4 fields, with few exceptions",
		planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 5, Stretch: 0.2, Fields: 4}},
	{"fields differ", "the same, and the fields' mean quality differs by 6 points",
		planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 5, Stretch: 0.2, Fields: 4, Apart: 6}},
	{"fields, bridges", "the same, and only one bid a field is judged by experts of others",
		planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7, Severity: 5, Stretch: 0.2, Fields: 4, Apart: 6, Bridges: true}},
	{"strays", "40 bids, 15 experts, 5 sheets; 5 points, spread 0.2, and every seventh bid has one score of 100",
		planted.Plan{Bids: 40, Experts: 15, Sheets: 5, Quality: 10, Noise: 7, Severity: 5, Stretch: 0.2, Stray: 0.15}},
	{"complete", "12 bids, 7 experts, each judges all; 5 points", planted.Plan{Bids: 12, Experts: 7, Sheets: 7, Quality: 10, Noise: 7, Severity: 5}},
	{"small", "10 bids, 5 experts, 3 sheets; 5 points", planted.Plan{Bids: 10, Experts: 5, Sheets: 3, Quality: 10, Noise: 7, Severity: 5}},
}

// studiedWorld is what the study found of one.
type studiedWorld struct {
	*closeness
	won   float64 // tau of calibrated less tau of the plain mean, over panels
	error float64 // and its standard error
}

// runStudy draws so many panels of every world; the same number gives the same
// result. Seeds differ from world to world, so that errors are independent.
func runStudy(each int) []studiedWorld {
	out := make([]studiedWorld, len(studied))
	seats := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for w := range studied {
		seats <- struct{}{}
		wait.Go(func() {
			out[w] = study(w, each)
			<-seats
		})
	}
	wait.Wait()
	return out
}

func study(w, each int) studiedWorld {
	all := newCloseness(studied[w].name)
	var lead []float64
	for i := range each {
		panel, quality := studied[w].plan.Panel(uint64(w*1_000_000 + i))
		r, err := consensus.Calibrate(panel, consensus.Options{Draws: consensus.NoPlaces})
		if err != nil {
			panic(err) // a planted panel is always whole
		}
		var truth []float64
		for _, b := range r.Bids {
			truth = append(truth, quality[b.ID])
		}
		all.add(r, truth)
		one := newCloseness("")
		one.add(r, truth)
		lead = append(lead, one.Tau["calibrated"]-one.Tau["mean"])
	}
	z := studiedWorld{closeness: all, won: consensus.Mean(lead)}
	for _, x := range lead {
		z.error += (x - z.won) * (x - z.won)
	}
	z.error = math.Sqrt(z.error / float64(each*(each-1)))
	return z
}

const (
	studyBegins = "<!-- the study begins: written by jiebang consensus --study docs -->\n"
	studyEnds   = "<!-- the study ends -->\n"
)

// writeStudy runs the study and writes its picture and its table into dir. The
// text round the table in consensus.md stays.
func writeStudy(dir string, each int) error {
	found := runStudy(each)
	if err := os.WriteFile(filepath.Join(dir, "consensus.svg"), studyPicture(found), 0o644); err != nil {
		return err
	}
	name := filepath.Join(dir, "consensus.md")
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = []byte(studyBegins+studyEnds), nil
	}
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(text, []byte(studyBegins))
	_, after, closed := bytes.Cut(rest, []byte(studyEnds))
	if !ok || !closed {
		return fmt.Errorf("%s: has no place for the study; put these two lines where it belongs:\n%s%s", name, studyBegins, studyEnds)
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(studyBegins)
	b.WriteString(studyTable(found))
	b.WriteString(studyEnds)
	b.Write(after)
	return os.WriteFile(name, b.Bytes(), 0o644)
}

func studyTable(found []studiedWorld) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n![What calibration is worth in each world, and how often its intervals hold the truth](consensus.svg)\n\n")
	fmt.Fprintf(&b, "%d panels of each world. Tau is Kendall's tau-b with the planted quality; *won* is the calibrated value's over the plain mean's, with the 95 %% interval of the difference over panels.\n\n", found[0].Panels)
	fmt.Fprintln(&b, "| world | tau: mean | trimmed | z-score | calibrated | won | best tenth found: mean | calibrated | coverage |")
	fmt.Fprintln(&b, "|---|---|---|---|---|---|---|---|---|")
	for _, w := range found {
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | **%.3f** | %+.4f ± %.4f | %.3f | %.3f | %.3f |\n", w.Scenario, w.Tau["mean"], w.Tau["trimmed"], w.Tau["z"], w.Tau["calibrated"],
			w.won, 1.96*w.error, w.Recall["mean"], w.Recall["calibrated"], w.Coverage)
	}
	fmt.Fprintln(&b)
	for _, w := range studied {
		fmt.Fprintf(&b, "- *%s*: %s.\n", w.name, w.what)
	}
	fmt.Fprintln(&b)
	return b.String()
}

// studyPicture draws tau by aggregate on the left, coverage on the right.
func studyPicture(found []studiedWorld) []byte {
	const row, top, left, right, wide, gap = 30, 64, 140, 600, 380, 56
	low, high := 0.45, 0.90
	height := top + row*len(found) + 44
	var b bytes.Buffer
	p := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	x := func(v float64) float64 { return left + (max(low, min(high, v))-low)/(high-low)*(right-left) }
	c := func(v float64) float64 {
		return right + gap + (max(0.90, min(1, v))-0.90)/0.10*(wide-gap-140)
	}
	p(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12" fill="#222">`, right+wide-40, height)
	p(`<rect width="100%%" height="100%%" fill="#fff"/>`)
	p(`<text x="%d" y="20" font-size="14" font-weight="600">Kendall's tau with the planted quality</text>`, left)
	p(`<text x="%d" y="20" font-size="14" font-weight="600">Coverage of the 95 %% interval</text>`, right+gap)
	marks := []struct{ name, colour string }{{"mean", "#6b7280"}, {"trimmed", "#d97706"}, {"z", "#7c3aed"}, {"calibrated", "#0f766e"}}
	at := left
	for _, m := range marks {
		p(`<circle cx="%d" cy="38" r="5" fill="%s"/><text x="%d" y="42">%s</text>`, at+5, m.colour, at+14, map[string]string{"mean": "plain mean", "trimmed": "trimmed", "z": "z-score", "calibrated": "calibrated"}[m.name])
		at += 100
	}
	bottom := top + row*len(found)
	for v := low; v < high+1e-9; v += 0.05 {
		p(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#e5e7eb"/><text x="%.1f" y="%d" text-anchor="middle" fill="#6b7280">%.2f</text>`, x(v), top-8, x(v), bottom, x(v), bottom+18, v)
	}
	p(`<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="#ccfbf1"/>`, c(.93), top-8, c(.97)-c(.93), bottom-top+8)
	for _, v := range []float64{.90, .93, .95, .97, 1} {
		p(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#d1d5db"/><text x="%.1f" y="%d" text-anchor="middle" fill="#6b7280">%.2f</text>`, c(v), top-8, c(v), bottom, c(v), bottom+18, v)
	}
	for i, w := range found {
		y := top + row*i + row/2
		p(`<text x="%d" y="%d" text-anchor="end">%s</text>`, left-14, y+4, w.Scenario)
		least, most := 1.0, 0.0
		for _, m := range marks {
			least, most = min(least, w.Tau[m.name]), max(most, w.Tau[m.name])
		}
		p(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#9ca3af"/>`, x(least), y, x(most), y)
		for _, m := range marks {
			p(`<circle cx="%.1f" cy="%d" r="%s" fill="%s"><title>%s, %s: %.3f</title></circle>`, x(w.Tau[m.name]), y, map[bool]string{true: "6", false: "5"}[m.name == "calibrated"], m.colour, w.Scenario, m.name, w.Tau[m.name])
		}
		p(`<circle cx="%.1f" cy="%d" r="5" fill="#0f766e"><title>%s: %.3f</title></circle>`, c(w.Coverage), y, w.Scenario, w.Coverage)
	}
	p(`</svg>`)
	return b.Bytes()
}
