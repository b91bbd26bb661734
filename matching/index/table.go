package index

import "slices"

// table numbers terms: an open hash table, half full at most.
type table struct {
	slots []slot
	used  int
	shift uint8
}

type slot struct {
	term   Term
	number uint32 // plus one; 0 is an empty slot
}

func newTable(terms int) table {
	t := table{shift: 32 - 6}
	for 1<<(32-t.shift) < 2*terms {
		t.shift--
	}
	t.slots = make([]slot, 1<<(32-t.shift))
	return t
}

// home is where a term is looked for first (Fibonacci hashing, Knuth 6.4).
func (t *table) home(term Term) int { return int(uint32(term) * 2654435769 >> t.shift) }

func (t *table) get(term Term) (uint32, bool) {
	for i := t.home(term); ; i = (i + 1) & (len(t.slots) - 1) {
		switch s := t.slots[i]; {
		case s.number == 0:
			return 0, false
		case s.term == term:
			return s.number - 1, true
		}
	}
}

// put returns the number of a term, the next one if it is new.
func (t *table) put(term Term) uint32 {
	for i := t.home(term); ; i = (i + 1) & (len(t.slots) - 1) {
		switch s := &t.slots[i]; {
		case s.number == 0:
			t.used++
			*s = slot{term, uint32(t.used)}
			if 2*t.used > len(t.slots) {
				t.grow()
			}
			return uint32(t.used) - 1
		case s.term == term:
			return s.number - 1
		}
	}
}

func (t *table) grow() {
	bigger := newTable(len(t.slots))
	bigger.used = t.used
	for _, s := range t.slots {
		if s.number == 0 {
			continue
		}
		i := bigger.home(s.term)
		for bigger.slots[i].number != 0 {
			i = (i + 1) & (len(bigger.slots) - 1)
		}
		bigger.slots[i] = s
	}
	*t = bigger
}

// sorted returns the terms in order.
func (t *table) sorted() []Term {
	terms := make([]Term, 0, t.used)
	for _, s := range t.slots {
		if s.number != 0 {
			terms = append(terms, s.term)
		}
	}
	slices.Sort(terms)
	return terms
}
