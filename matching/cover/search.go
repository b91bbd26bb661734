package cover

import (
	"cmp"
	"math/bits"
	"slices"
)

// class is the teams that bring the same of what is still open, by falling fit.
type class struct {
	mask  uint64
	teams []int
}

// search is one run of branch and bound. Every set is met once: a branch on a
// need takes the classes that meet it in order, and bars each from the
// branches after its own.
type search struct {
	*problem
	apartOf map[int]map[int]bool
	classes []class
	meets   [][]int // bit → classes
	barred  []bool  // class → taken by an earlier branch
	chosen  []int   // classes of the branch
	best    []found // of the size now searched
	size    int
	used    int
	widest  int   // most bits of any class
	dearest int64 // highest fit of any class
}

// search finds the sets, best first; false says that the work ran out before
// all were seen.
func (p *problem) search(pairs [][2]string) ([]found, bool) {
	s := &search{problem: p, apartOf: p.apart(pairs)}
	open := s.prepare()
	switch {
	case len(s.with) > s.most:
		return nil, true
	case open == 0:
		return []found{s.join(nil)}, true
	}
	var out []found
	last := min(count(open), p.most-len(p.with))
	for s.size = (count(open) + s.widest - 1) / max(1, s.widest); s.size <= last && s.used < s.work; s.size++ {
		s.best = nil
		s.branch(open, 0)
		out = append(out, s.best...)
		if len(s.best) > 0 && last > s.size+p.larger {
			last = s.size + p.larger
		}
		if len(out) >= p.limit {
			break // what is larger ranks lower
		}
	}
	complete := s.used < s.work
	if len(out) == 0 && !complete {
		out = s.greedy(open)
	}
	return out[:min(p.limit, len(out))], complete
}

// prepare makes the classes of what With leaves open, and says what that is.
func (s *search) prepare() uint64 {
	open := s.all
	for _, t := range s.with {
		open &^= s.mask[t]
	}
	byMask := map[uint64][]int{}
	for t := range s.teams {
		m := s.mask[t] & open
		if m == 0 || len(s.reason[t]) > 0 || slices.Contains(s.with, t) || s.clashes(t, s.with) {
			continue
		}
		byMask[m] = append(byMask[m], t)
	}
	for m, teams := range byMask {
		slices.SortFunc(teams, func(a, b int) int { return cmp.Or(cmp.Compare(s.fit[b], s.fit[a]), cmp.Compare(a, b)) })
		s.classes = append(s.classes, class{m, s.dominant(teams, nil)})
	}
	// Wide classes first: their sets are found early and bound the rest.
	slices.SortFunc(s.classes, func(a, b class) int {
		return cmp.Or(cmp.Compare(count(b.mask), count(a.mask)), cmp.Compare(a.mask, b.mask))
	})
	if s.larger == 0 {
		s.dropNarrow()
	}
	s.barred = make([]bool, len(s.classes))
	s.meets = make([][]int, len(s.needs)+1)
	for i, c := range s.classes {
		for m := c.mask; m != 0; m &= m - 1 {
			b := bits.TrailingZeros64(m)
			s.meets[b] = append(s.meets[b], i)
		}
		s.widest = max(s.widest, count(c.mask))
		if f := s.fit[c.teams[0]]; i == 0 || f > s.dearest {
			s.dearest = f
		}
	}
	return open
}

// dominant drops every team, of some given by falling fit, that limit others
// before it replace in any set: each ranks higher and must meet nobody that
// the team need not. Its sets then rank below limit others. The rivals are
// more teams that rank before all of the given.
func (s *search) dominant(teams, rivals []int) []int {
	var out []int
	for _, t := range teams {
		n := 0
		for _, list := range [][]int{out, rivals} {
			for _, u := range list {
				if n == s.limit {
					break
				}
				if s.before(u, t) && s.freer(u, t) {
					n++
				}
			}
		}
		if n < s.limit {
			out = append(out, t)
		}
		if n == s.limit && len(s.apartOf) == 0 {
			break // the rest ranks lower still
		}
	}
	return out
}

// before orders teams by falling fit, then code.
func (s *search) before(u, t int) bool {
	return s.fit[u] > s.fit[t] || s.fit[u] == s.fit[t] && u < t
}

// freer says that u is kept from nobody but those t is kept from.
func (s *search) freer(u, t int) bool {
	for x := range s.apartOf[u] {
		if x != t && !s.apartOf[t][x] {
			return false
		}
	}
	return true
}

// dropNarrow drops teams that teams of wider classes replace. It holds only
// for the smallest size: there no set has two teams of which one brings all
// that the other does, so the replacement is never in the set already.
func (s *search) dropNarrow() {
	var kept []class
	for _, c := range s.classes {
		var rivals []int
		for _, w := range kept {
			if w.mask&c.mask == c.mask {
				rivals = append(rivals, w.teams...)
			}
		}
		if c.teams = s.dominant(c.teams, rivals); len(c.teams) > 0 {
			kept = append(kept, c)
		}
	}
	s.classes = kept
}

// step counts work, and says whether there is some left.
func (s *search) step() bool {
	s.used++
	if s.q.Progress != nil && s.used%65536 == 0 {
		s.q.Progress(min(s.used, s.work), s.work)
	}
	return s.used < s.work
}

// branch covers the open bits with classes, size of them in all.
func (s *search) branch(open uint64, sum int64) {
	if !s.step() {
		return
	}
	left := s.size - len(s.chosen)
	if open == 0 {
		if left == 0 && s.everyoneNeeded() {
			s.choose(0, nil, 0)
		}
		return // fewer members do: seen at a smaller size
	}
	if count(open) > left*s.widest || s.hopeless(sum+int64(left)*s.dearest) {
		return
	}
	bit := s.rarest(open)
	var tried []int
	for _, c := range s.meets[bit] {
		if s.barred[c] {
			continue
		}
		s.chosen = append(s.chosen, c)
		s.barred[c] = true
		tried = append(tried, c)
		s.branch(open&^s.classes[c].mask, sum+s.fit[s.classes[c].teams[0]])
		s.chosen = s.chosen[:len(s.chosen)-1]
	}
	for _, c := range tried {
		s.barred[c] = false
	}
}

// rarest is the open bit that the fewest classes can still meet.
func (s *search) rarest(open uint64) int {
	best, fewest := 0, -1
	for m := open; m != 0; m &= m - 1 {
		b, n := bits.TrailingZeros64(m), 0
		for _, c := range s.meets[b] {
			if !s.barred[c] {
				n++
			}
		}
		if fewest < 0 || n < fewest {
			best, fewest = b, n
		}
	}
	return best
}

// everyoneNeeded says that each chosen class brings something no other does.
func (s *search) everyoneNeeded() bool {
	once, twice := uint64(0), uint64(0)
	for _, c := range s.chosen {
		twice |= once & s.classes[c].mask
		once |= s.classes[c].mask
	}
	return !slices.ContainsFunc(s.chosen, func(c int) bool { return s.classes[c].mask&^twice == 0 })
}

// hopeless says that no set of at most this sum can enter the list.
func (s *search) hopeless(bound int64) bool {
	return len(s.best) == s.limit && bound < s.best[len(s.best)-1].fit-s.withFit()
}

func (s *search) withFit() int64 {
	sum := int64(0)
	for _, t := range s.with {
		sum += s.fit[t]
	}
	return sum
}

// choose takes a team of each chosen class in turn.
func (s *search) choose(i int, teams []int, sum int64) {
	if i == len(s.chosen) {
		s.keep(s.join(teams))
		return
	}
	rest := int64(0)
	for _, c := range s.chosen[i+1:] {
		rest += s.fit[s.classes[c].teams[0]]
	}
	for _, t := range s.classes[s.chosen[i]].teams {
		if s.hopeless(sum+s.fit[t]+rest) || !s.step() {
			return
		}
		if !s.clashes(t, teams) {
			s.choose(i+1, append(teams, t), sum+s.fit[t])
		}
	}
}

func (s *search) clashes(t int, teams []int) bool {
	return slices.ContainsFunc(teams, func(u int) bool { return s.apartOf[t][u] })
}

// join makes a set of With and some more.
func (s *search) join(teams []int) found {
	f := found{teams: slices.Concat(s.with, teams)}
	slices.Sort(f.teams)
	for _, t := range f.teams {
		f.fit += s.fit[t]
	}
	return f
}

// keep puts a set into the list of the best of its size.
func (s *search) keep(f found) {
	at, _ := slices.BinarySearchFunc(s.best, f, better)
	if at < s.limit {
		s.best = slices.Insert(s.best, at, f)[:min(s.limit, len(s.best)+1)]
	}
}

// greedy is some cover when the work ran out before any was found: the class
// that meets most of what is open, its best team that clashes with nobody, and
// so on. It may fail where pairs are kept apart.
func (s *search) greedy(open uint64) []found {
	var teams []int
	for open != 0 {
		best, team := 0, -1
		for _, c := range s.classes {
			if n := count(c.mask & open); n > best {
				if i := slices.IndexFunc(c.teams, func(t int) bool { return !s.clashes(t, teams) }); i >= 0 {
					best, team = n, c.teams[i]
				}
			}
		}
		if team < 0 || len(s.with)+len(teams) == s.most {
			return nil
		}
		teams = append(teams, team)
		open &^= s.mask[team]
	}
	return []found{s.join(teams)}
}
