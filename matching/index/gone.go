package index

// gone is a set of documents that is never changed: with copies the one page
// that differs, so a change costs little and readers keep what they saw.
type gone struct {
	pages []*[64]uint64
	count int
}

func (g gone) has(d uint32) bool {
	if g.count == 0 {
		return false
	}
	p := g.pages[d>>12]
	return p != nil && p[d>>6&63]>>(d&63)&1 == 1
}

// with is the set and one document more, of docs in all.
func (g gone) with(d uint32, docs int) gone {
	pages := make([]*[64]uint64, (docs+4095)/4096)
	copy(pages, g.pages)
	page := new([64]uint64)
	if old := pages[d>>12]; old != nil {
		*page = *old
	}
	page[d>>6&63] |= 1 << (d & 63)
	pages[d>>12] = page
	return gone{pages, g.count + 1}
}
