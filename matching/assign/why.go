package assign

import (
	"cmp"
	"fmt"
	"slices"

	"jiebang/matching/explain"
)

// Reason says why an expert sits on a bid: his fit and its parts where they are
// known, his load, and who else might have and why he does not.
type Reason struct {
	Bid          string        `json:"bid"`
	Expert       string        `json:"expert"`
	Fit          float64       `json:"fit"`
	Parts        []explain.Sum `json:"parts,omitempty"`
	Place        int           `json:"place"` // of his fit among those not barred, 1 is the best
	Load         int           `json:"load"`
	Max          int           `json:"max"`
	Pinned       bool          `json:"pinned,omitempty"`
	Alternatives []Alternative `json:"alternatives"`
	Zh           string        `json:"zh"`
	En           string        `json:"en"`
}

// Alternative is an expert who does not sit on a bid. Why is barred, full (at his
// load), rule (Rule would not hold), or fit (others make the larger total).
type Alternative struct {
	Expert string  `json:"expert"`
	Fit    float64 `json:"fit"`
	Why    string  `json:"why"`
	Rule   string  `json:"rule,omitempty"`
}

// Alternates are, for every bid in order of identifiers, the experts not on it and not barred from it,
// by falling fit, at most n.
func Alternates(q Question, p Plan, n int) (map[string][]string, error) {
	m, err := read(q)
	if err != nil {
		return nil, err
	}
	on, _ := m.placed(p)
	out := map[string][]string{}
	for i, b := range m.bids {
		out[b.ID] = []string{}
		for _, j := range m.byFit(i) {
			if len(out[b.ID]) < n && !slices.Contains(on[i], j) && !m.barred[i*m.m+j] {
				out[b.ID] = append(out[b.ID], m.experts[j].ID)
			}
		}
	}
	return out, nil
}

// Explain says of every pair of a plan why it is there, with up to three alternatives each: the
// experts of the largest fit who are not on the bid. Parts, if not nil, takes a fit apart.
func Explain(q Question, p Plan, parts func(bid, expert string) []explain.Sum) ([]Reason, error) {
	m, err := read(q)
	if err != nil {
		return nil, err
	}
	on, load := m.placed(p)
	out := []Reason{}
	for i, b := range m.bids {
		order := m.byFit(i)
		alternatives := m.alternatives(i, order, on[i], load)
		for _, j := range on[i] {
			e := m.experts[j]
			r := Reason{Bid: b.ID, Expert: e.ID, Fit: m.fit(i, j), Load: load[j], Max: e.Max, Pinned: m.pinned[pairOf(i, j)], Alternatives: alternatives}
			for _, other := range order {
				if !m.barred[i*m.m+other] && m.fit(i, other) > r.Fit {
					r.Place++
				}
			}
			r.Place++
			if parts != nil {
				r.Parts = parts(b.ID, e.ID)
			}
			r.words()
			out = append(out, r)
		}
	}
	return out, nil
}

func (m *model) placed(p Plan) (on [][]int, load []int) {
	on, load = make([][]int, m.n), make([]int, m.m)
	for _, x := range p.Pairs {
		i, j := m.bidAt[x.Bid], m.expertAt[x.Expert]
		on[i] = append(on[i], j)
		load[j]++
	}
	return on, load
}

// byFit are the experts by falling fit to a bid.
func (m *model) byFit(i int) []int {
	order := make([]int, m.m)
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.fit(i, b), m.fit(i, a)) })
	return order
}

func (m *model) alternatives(i int, order, on, load []int) []Alternative {
	out := []Alternative{}
	for _, j := range order {
		if len(out) == 3 {
			break
		}
		if slices.Contains(on, j) {
			continue
		}
		a := Alternative{Expert: m.experts[j].ID, Fit: m.fit(i, j), Why: "fit"}
		switch {
		case m.barred[i*m.m+j]:
			a.Why = "barred"
		case load[j] >= m.experts[j].Max:
			a.Why = "full"
		default:
			for _, k := range m.ofExpert[j] {
				r := &m.rules[k]
				have := 0
				for _, x := range on {
					if r.member[x] {
						have++
					}
				}
				if r.holds(i) && have >= r.most {
					a.Why, a.Rule = "rule", r.name
				}
			}
		}
		out = append(out, a)
	}
	return out
}

func (r *Reason) words() {
	if r.Pinned {
		r.Zh = fmt.Sprintf("专家 %s 由主管指定评审 %s（契合度 %.4g，在可评专家中列第 %d）", r.Expert, r.Bid, r.Fit, r.Place)
		r.En = fmt.Sprintf("%s was set on bid %s beforehand (fit %.4g, number %d of those who may)", r.Expert, r.Bid, r.Fit, r.Place)
	} else {
		r.Zh = fmt.Sprintf("专家 %s 评审 %s：契合度 %.4g，在可评专家中列第 %d", r.Expert, r.Bid, r.Fit, r.Place)
		r.En = fmt.Sprintf("%s sits on bid %s: fit %.4g, number %d of those who may", r.Expert, r.Bid, r.Fit, r.Place)
	}
	r.Zh += fmt.Sprintf("，任务 %d/%d", r.Load, r.Max)
	r.En += fmt.Sprintf(", load %d of %d", r.Load, r.Max)
	for _, a := range r.Alternatives {
		if a.Fit <= r.Fit {
			break
		}
		zh := map[string]string{"barred": "须回避", "full": "任务已满", "rule": "受规则 " + a.Rule + " 所限", "fit": "另作安排总体更优"}[a.Why]
		en := map[string]string{"barred": "is barred", "full": "is at his load", "rule": "is kept out by rule " + a.Rule, "fit": "serves better elsewhere"}[a.Why]
		r.Zh += fmt.Sprintf("；%s（%.4g）%s", a.Expert, a.Fit, zh)
		r.En += fmt.Sprintf("; %s (%.4g) %s", a.Expert, a.Fit, en)
	}
	r.Zh += "。"
	r.En += "."
}
