package assign

import "fmt"

// unmet lists the rules that the experts of a bid do not keep.
func (m *model) unmet(i int, experts []int) []Unmet {
	var out []Unmet
	for k := range m.rules {
		r := &m.rules[k]
		if !r.holds(i) {
			continue
		}
		have := 0
		for _, j := range experts {
			if r.member[j] {
				have++
			}
		}
		switch {
		case have < r.least:
			out = append(out, Unmet{Bid: m.bids[i].ID, Rule: r.name, Have: have, Least: r.least})
		case have > r.most:
			out = append(out, Unmet{Bid: m.bids[i].ID, Rule: r.name, Have: have, Most: r.most})
		}
	}
	return out
}

// short walks the ways that are left from a bid: whoever is met is full, for
// else the seat would have been filled.
func (m *model) short(s *tree, i int, load []int) Short {
	given := s.best[i]
	out := Short{Bid: m.bids[i].ID, Seats: m.bids[i].Want - len(given), Given: len(given), Full: []string{}}
	has := make([]bool, m.n*m.m)
	for b := range s.best {
		for _, j := range s.best[b] {
			has[b*m.m+j] = true
		}
	}
	seenBid, seenExpert := make([]bool, m.n), make([]bool, m.m)
	seenBid[i] = true
	for todo := []int{i}; len(todo) > 0; todo = todo[1:] {
		b := todo[0]
		for j := range m.m {
			if seenExpert[j] || has[b*m.m+j] || m.barred[b*m.m+j] {
				continue
			}
			seenExpert[j] = true
			for c := range m.n {
				if !seenBid[c] && has[c*m.m+j] && !m.pinned[pairOf(c, j)] {
					seenBid[c] = true
					todo = append(todo, c)
				}
			}
		}
	}
	for j, e := range m.experts {
		if m.barred[i*m.m+j] {
			out.Barred++
		}
		if seenExpert[j] && load[j] >= e.Max {
			out.Full = append(out.Full, e.ID)
		}
	}
	out.Reason = fmt.Sprintf("%d experts in all: %d on this bid, %d barred, %d at their load", m.m, out.Given, out.Barred, len(out.Full))
	return out
}
