package index

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
)

// Encode writes a vector down, for whoever keeps profiles elsewhere: term and
// weight of each entry by rising term, 4 bytes each, the lowest first.
func Encode(v []Weight) []byte {
	sorted := slices.Clone(v)
	slices.SortFunc(sorted, func(a, b Weight) int { return cmp.Compare(a.Term, b.Term) })
	out := make([]byte, 0, 8*len(sorted))
	for _, w := range sorted {
		out = binary.LittleEndian.AppendUint32(out, uint32(w.Term))
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(w.Value))
	}
	return out
}

// Best scores encoded profiles one by one and returns what Top would, were these
// all there are. Linear in the profiles.
func Best(query []Weight, k int, profiles iter.Seq2[string, []byte]) ([]Hit, error) {
	asked := make(map[Term]float64, len(query))
	for _, w := range query {
		asked[w.Term] = float64(w.Value)
	}
	var hits []Hit
	for key, raw := range profiles {
		if len(raw)%8 != 0 {
			return nil, fmt.Errorf("profile %s: %w", key, errCut)
		}
		score := 0.0
		for ; len(raw) > 0; raw = raw[8:] {
			t := Term(binary.LittleEndian.Uint32(raw))
			score += asked[t] * float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[4:])))
		}
		if score > 0 {
			hits = append(hits, Hit{key, score})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Key, b.Key))
	})
	return hits[:min(max(k, 0), len(hits))], nil
}

var errCut = errors.New("a vector is cut off: its length is no multiple of 8 bytes")
