package index

import (
	"fmt"
	"math"
	"strings"
)

// forward holds profiles as they came: all keys in one string, weights in slabs.
type forward struct {
	keys     strings.Builder
	ends     []uint32 // of each key
	slabs    [][]Weight
	at       []place
	postings int
}

// place is where the weights of a profile lie.
type place struct {
	slab  uint32
	start uint16
	count uint16
}

const (
	slabSize       = 1 << 16 // weights; half a megabyte
	termsAtMost    = slabSize - 1
	keysAtMost     = math.MaxUint32 // bytes
	docsAtMost     = 1 << 24
	postingsAtMost = 1 << 30
	firstSlab      = 1 << 8
	slabsGrowing   = 4
)

// add checks a profile and pushes it.
func (f *forward) add(key string, terms []Weight) error {
	clean := len(terms) <= termsAtMost
	for i, w := range terms {
		clean = clean && w.Value > 0 && w.Value <= math.MaxFloat32 && (i == 0 || terms[i-1].Term < w.Term)
	}
	if !clean {
		var err error
		if terms, err = checked(terms); err != nil {
			return fmt.Errorf("profile %q: %w", key, err)
		}
	}
	return f.push(key, terms)
}

// push appends a profile whose weights are in order and above zero.
func (f *forward) push(key string, terms []Weight) error {
	if len(f.at) == docsAtMost || f.keys.Len() > keysAtMost-len(key) || f.postings > postingsAtMost-len(terms) {
		return fmt.Errorf("profile %q: the index is full: it holds %d profiles with %d terms and %d bytes of keys", key, docsAtMost, postingsAtMost, keysAtMost)
	}
	f.keys.WriteString(key)
	f.ends = append(f.ends, uint32(f.keys.Len()))
	last := len(f.slabs) - 1
	if last < 0 || len(f.slabs[last])+len(terms) > cap(f.slabs[last]) {
		size := firstSlab << min(2*len(f.slabs), 2*slabsGrowing) // small at first: most segments are
		f.slabs = append(f.slabs, make([]Weight, 0, max(size, len(terms))))
		last++
	}
	slab := &f.slabs[last]
	start := min(len(*slab), termsAtMost) // in a full slab there is room for no terms only, which start anywhere
	f.at = append(f.at, place{uint32(last), uint16(start), uint16(len(terms))})
	*slab = append(*slab, terms...)
	f.postings += len(terms)
	return nil
}

// key returns the key of the profile that came i-th.
func (f *forward) key(i uint32) string {
	if i == 0 {
		return f.keys.String()[:f.ends[0]]
	}
	return f.keys.String()[f.ends[i-1]:f.ends[i]]
}
