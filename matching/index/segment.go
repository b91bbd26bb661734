package index

import (
	"cmp"
	"slices"
)

// segment is a frozen set of profiles, called documents here and numbered so
// that those with the same main terms stand side by side. Its terms are numbered
// too, by rising Term; in slabs, a Weight has the number in place of the Term.
type segment struct {
	keys  string
	ends  []uint32 // of the key before each document's, and of the last
	byKey []uint32 // documents by rising key
	slabs [][]Weight
	at    []place // of the weights of each document

	names  []Term // of each number
	table  table
	max    []float32 // the largest weight of each term
	common []uint32  // common[t] to common[t+1]: the entries of term t
	rows   []uint32  // of each term: its first word in row
	peaks  []uint32  // of each term: its first peak
	rare   []uint32  // rare[t] to rare[t+1]: or else its postings in few

	// A rare term has its postings here: the document above the quantised weight.
	few []uint32

	// A common term has an entry for each super, 64 blocks of 32 documents, that it
	// is in. The blocks of an entry are the ones set in its mask, and so on upwards.
	super []uint16
	mask  []uint64
	block []uint32 // of each entry: its first block in start
	first []uint32 // of each entry: its first posting in post
	start []uint16 // of each block: its first posting, counted from the entry's
	post  []uint16 // quantised weight, document in the block, whether it is the block's last

	// The largest quantised weight of the term in each block, by entry: a row of
	// words for all 64 where the entry has many blocks (see rowShift), or else the
	// peaks of those it has.
	row  []uint64
	peak []uint8
}

const (
	blockBits   = 5
	superBits   = blockBits + 6
	weightBits  = 8
	weightMask  = 1<<weightBits - 1
	docMask     = 1<<blockBits - 1
	lastInBlock = 1 << 15
	// A term that is in fewer documents for each super than this is rare: its
	// entries would cost more than they save.
	rareBelow = 8
	// An entry with as many blocks has a row: adding up 64 numbers in pairs is
	// quicker than finding the places of so many.
	rowFrom = 12
	rowSize = 8
)

// rowShift is where the peak of a block lies in its word of a row. Two blocks
// side by side lie 32 bits apart, so that one multiplication serves both.
func rowShift(block int) int { return block>>1&3<<3 | block&1<<5 }

func (s *segment) docs() int { return len(s.at) }

func (s *segment) key(d uint32) string { return s.keys[s.ends[d]:s.ends[d+1]] }

// terms are the weights of a document, by number.
func (s *segment) terms(d uint32) []Weight {
	p := s.at[d]
	return s.slabs[p.slab][p.start:][:p.count:p.count]
}

// profile appends the weights of a document by Term.
func (s *segment) profile(to []Weight, d uint32) []Weight {
	for _, w := range s.terms(d) {
		to = append(to, Weight{s.names[w.Term], w.Value})
	}
	return to
}

// find looks a key up by bisection.
func (s *segment) find(key string) (uint32, bool) {
	if s == nil {
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(s.byKey, key, func(d uint32, key string) int { return cmp.Compare(s.key(d), key) })
	if !ok {
		return 0, false
	}
	return s.byKey[i], true
}
