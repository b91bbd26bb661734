package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

func printFigures(out io.Writer, figures []figure, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		for _, f := range figures {
			if err := enc.Encode(f); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := io.WriteString(out, figureTable(figures))
	return err
}

// trailing is what empty columns leave at the end of a line.
var trailing = regexp.MustCompile(`(?m) +$`)

// figureTable is a block a set: a line a figure, and under it a line for each
// other method on the same units: its value, and ours less its.
func figureTable(figures []figure) string {
	width := 0
	for _, f := range figures {
		width = max(width, utf8.RuneCountInString(f.Metric))
		for _, p := range f.Peers {
			width = max(width, utf8.RuneCountInString("  less "+p.Name))
		}
	}
	var b strings.Builder
	head := ""
	for i, f := range figures {
		h := f.Set
		if f.Part != "" {
			h += ", part " + f.Part
		}
		if h != head {
			if i > 0 {
				b.WriteByte('\n')
			}
			head = h
			fmt.Fprintf(&b, "%-*s  %7s  %-17s  %s\n", width+2, h, "value", "95 % interval", f.Engine)
		}
		f.write(&b, width)
	}
	return trailing.ReplaceAllString(b.String(), "")
}

func (f figure) write(b *strings.Builder, width int) {
	if f.Missing != "" {
		fmt.Fprintf(b, "  %-*s  left out: %s\n", width, f.Metric, f.Missing)
		return
	}
	fmt.Fprintf(b, "  %-*s  %7.4f  %s  %d %s, %s\n", width, f.Metric, f.Value, interval(f.Low, f.High), f.N, f.Unit, f.sense())
	for _, p := range f.Peers {
		fmt.Fprintf(b, "  %-*s  %7.4f  %s  %+.4f %s %s\n", width, "  less "+p.Name, p.Value, interval(p.Low, p.High),
			p.Difference, interval(p.DiffLow, p.DiffHigh), f.verdict(p))
	}
}

// sense is which way is better, and whether the goal is reached.
func (f figure) sense() string {
	word := "better " + string(f.Better)
	if f.Goal == nil {
		return word
	}
	sign := map[improvement]string{higher: "≥ ", lower: "≤ ", nearZero: "±"}[f.Better]
	verdict := "missed"
	if f.Goal.Met {
		verdict = "reached"
	}
	return fmt.Sprintf("%s, goal %s%v %s", word, sign, float64(f.Goal.Value), verdict)
}

// verdict is what the interval of the difference allows to be said.
func (f figure) verdict(p peer) string {
	switch {
	case f.Better == nearZero || math.IsNaN(float64(p.DiffLow)):
		return ""
	case p.DiffLow <= 0 && p.DiffHigh >= 0:
		return "not told apart"
	case (p.DiffLow > 0) == (f.Better == higher):
		return "better"
	}
	return "worse"
}

func interval(low, high number) string {
	if math.IsNaN(float64(low)) {
		return fmt.Sprintf("%-17s", "")
	}
	return fmt.Sprintf("[%7.4f;%7.4f]", low, high)
}
