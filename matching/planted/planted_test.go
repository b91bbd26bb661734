package planted_test

import (
	"math"
	"reflect"
	"testing"

	"jiebang/matching/consensus"
	"jiebang/matching/planted"
)

var plan = planted.Plan{Bids: 60, Experts: 20, Sheets: 3, Quality: 10, Noise: 7}

func TestPanel(t *testing.T) {
	t.Parallel()
	p, truth := plan.Panel(1)
	q, _ := plan.Panel(1)
	other, _ := plan.Panel(2)
	if !reflect.DeepEqual(p, q) || reflect.DeepEqual(p, other) {
		t.Error("the seed does not decide the panel")
	}
	if err := consensus.Check(p); err != nil {
		t.Fatal(err)
	}
	load, per := map[string]int{}, map[string]int{}
	for _, s := range p.Sheets {
		load[s.Expert]++
		per[s.Bid]++
		if y := s.Scores[0]; y != math.Round(y) || y < 0 || y > 100 {
			t.Errorf("score %v", y)
		}
	}
	if len(truth) != 60 || len(per) != 60 || len(load) != 20 {
		t.Errorf("%d truths, %d bids, %d experts", len(truth), len(per), len(load))
	}
	for id, n := range per {
		if n != 3 {
			t.Errorf("%s has %d sheets", id, n)
		}
	}
	for id, n := range load {
		if n < 8 || n > 10 {
			t.Errorf("%s has %d bids", id, n)
		}
	}
}

// TestWhatIsPlanted: the deviation of scores round the truth grows with each thing planted.
func TestWhatIsPlanted(t *testing.T) {
	t.Parallel()
	spread := func(p planted.Plan) float64 {
		sum, n := 0.0, 0.0
		for seed := range uint64(20) {
			panel, truth := p.Panel(seed)
			for _, s := range panel.Sheets {
				d := s.Scores[0] - truth[s.Bid]
				sum += d * d
				n++
			}
		}
		return sum / n
	}
	exact := plan
	exact.Exact = true
	if v := spread(exact); math.Abs(v-49) > 4 {
		t.Errorf("noise of 7 gives a variance of %v", v)
	}
	for name, change := range map[string]func(*planted.Plan){
		"severity": func(p *planted.Plan) { p.Severity = 5 }, "stretch": func(p *planted.Plan) { p.Stretch = 0.4 }, "stray": func(p *planted.Plan) { p.Stray = 0.3 },
	} {
		p := exact
		change(&p)
		if spread(p) < 60 {
			t.Errorf("%s does not show: %v", name, spread(p))
		}
	}
}

func TestFieldsAndUnevenSets(t *testing.T) {
	t.Parallel()
	groups := func(p planted.Plan) int {
		panel, _ := p.Panel(3)
		r, err := consensus.Calibrate(panel, consensus.Options{Draws: consensus.NoPlaces})
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Groups)
	}
	p := plan
	p.Fields, p.Bridges, p.Uneven = 4, true, true
	panel, _ := p.Panel(3)
	per, across := map[string]int{}, 0
	for _, s := range panel.Sheets {
		per[s.Bid]++
	}
	for _, n := range per {
		if n < 2 || n > 4 {
			t.Errorf("a bid has %d sheets", n)
		}
		if n != 3 {
			across++
		}
	}
	if across == 0 {
		t.Error("sets are even")
	}
	if groups(p) > 2 {
		t.Error("bridges do not hold the fields together")
	}
}
