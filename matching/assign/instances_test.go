package assign_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"jiebang/matching/assign"
)

// outside is one of the instances that lie outside the repository, made beforehand with their optimum.
type outside struct {
	Bids     int      `json:"bids"`
	Experts  int      `json:"reviewers"`
	Need     int      `json:"need"`
	Cap      int      `json:"cap"`
	File     string   `json:"file"`
	Total    *float64 `json:"optimal_total"`
	AtMost   *float64 `json:"optimal_total_at_max_filled"`
	Filled   int      `json:"max_filled"`
	Ceiling  float64  `json:"maximin_lp_upper_bound"`
	question assign.Question
}

// outsideInstances reads them from the folder "assignment" in, or beside, the folder that JIEBANG_EVAL_DATA names.
func outsideInstances(t testing.TB) []outside {
	root := os.Getenv("JIEBANG_EVAL_DATA")
	if root == "" {
		t.Skip("JIEBANG_EVAL_DATA is not set: the outside instances are not here")
	}
	dir := filepath.Join(root, "assignment")
	if _, err := os.Stat(dir); err != nil {
		dir = filepath.Join(root, "..", "assignment")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "instances.json"))
	if err != nil {
		t.Skip(err)
	}
	var list []outside
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for k := range list {
		x := &list[k]
		raw, err := os.ReadFile(filepath.Join(dir, x.File))
		if err != nil {
			t.Fatal(err)
		}
		for j := range x.Experts {
			x.question.Experts = append(x.question.Experts, assign.Expert{ID: fmt.Sprintf("e%04d", j), Max: x.Cap})
		}
		for i := range x.Bids {
			b := assign.Bid{ID: fmt.Sprintf("b%04d", i), Want: x.Need}
			row := make([]float64, x.Experts)
			for j := range row {
				if v := int16(binary.LittleEndian.Uint16(raw[2*(i*x.Experts+j):])); v >= 0 {
					row[j] = float64(v)
				} else {
					x.question.Barred = append(x.question.Barred, assign.Barred{Bid: b.ID, Expert: x.question.Experts[j].ID})
				}
			}
			x.question.Bids, x.question.Fit = append(x.question.Bids, b), append(x.question.Fit, row)
		}
	}
	return list
}

func TestInstances(t *testing.T) {
	t.Parallel()
	for _, x := range outsideInstances(t) {
		p, err := assign.Experts(x.question)
		switch {
		case err != nil:
			t.Fatal(err)
		case x.Total != nil && (p.Total != *x.Total || !p.Feasible || !p.Proved):
			t.Errorf("%s: total %v, want %v", x.File, p.Total, *x.Total)
		case x.AtMost != nil && (p.Total != *x.AtMost || p.Filled != x.Filled || p.Feasible):
			t.Errorf("%s: total %v of %d seats, want %v of %d", x.File, p.Total, p.Filled, *x.AtMost, x.Filled)
		}
	}
}

// BenchmarkInstances solves each; docs/assignment-highs.py does the same with HiGHS.
func BenchmarkInstances(b *testing.B) {
	for _, x := range outsideInstances(b) {
		b.Run(fmt.Sprintf("%s/bids=%d/experts=%d/load=%d", x.File, x.Bids, x.Experts, x.Cap), func(b *testing.B) {
			total := 0.0
			for b.Loop() {
				p, err := assign.Experts(x.question)
				if err != nil {
					b.Fatal(err)
				}
				total = p.Total
			}
			b.ReportMetric(total, "total")
		})
	}
}

// BenchmarkInstancesFair says how far the worst bid is from its bound and what is kept of the total.
func BenchmarkInstancesFair(b *testing.B) {
	for _, x := range outsideInstances(b) {
		b.Run(x.File, func(b *testing.B) {
			q := x.question
			q.Fair = &assign.Fair{}
			for b.Loop() {
				p, err := assign.Experts(q)
				if err != nil {
					b.Fatal(err)
				}
				if x.Ceiling > 0 && float64(x.Need)*p.Fair.Bound > x.Ceiling+1e-6 {
					b.Errorf("bound %v, stated %v", float64(x.Need)*p.Fair.Bound, x.Ceiling)
				}
				b.ReportMetric(p.Fair.Worst/p.Fair.Bound, "worst/bound")
				b.ReportMetric(p.Total/p.Fair.Optimum, "total/optimum")
			}
		})
	}
}
