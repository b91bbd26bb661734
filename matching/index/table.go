package index

// table numbers terms: an open hash table, half full at most.
type table struct {
	slots []slot
	used  int
}

type slot struct {
	term   Term
	number uint32 // plus one; 0 is an empty slot
}

func newTable(terms int) table {
	size := 64
	for size < 2*terms {
		size *= 2
	}
	return table{slots: make([]slot, size)}
}

// home is where a term is looked for first. Terms near each other stay so: a
// profile's are looked up in order, and most are among the low numbers.
func (t *table) home(term Term) int { return int(term^term>>16*0x9e37) & (len(t.slots) - 1) }

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

// terms returns the terms by number.
func (t *table) terms() []Term {
	terms := make([]Term, t.used)
	for _, s := range t.slots {
		if s.number != 0 {
			terms[s.number-1] = s.term
		}
	}
	return terms
}
