// Package explain holds a sum and its parts, the shape of every reason the platform gives.
package explain

import (
	"fmt"
	"maps"
	"math"
	"strings"
)

// Tolerance is how far the parts may miss their whole: the rounding of a few
// hundred float64 additions on values up to 100 stays far below it.
const Tolerance = 1e-9

// Sum is a value and the parts it is made of. A leaf has no parts. Name and
// Args are for machines — a user interface turns them into words; parts of one
// name are told apart by one of the arguments in keys.
type Sum struct {
	Name  string         `json:"name"`
	Value float64        `json:"value"`
	Args  map[string]any `json:"args,omitempty"`
	Parts []Sum          `json:"parts,omitempty"`
}

// keys are the arguments that say which of several parts of one name is meant.
var keys = []string{"tag", "criterion", "evidence", "id"}

// Leaf is a value that is not explained further.
func Leaf(name string, value float64, args map[string]any) Sum {
	return Sum{Name: name, Value: value, Args: args}
}

// Of is the sum of the given parts.
func Of(name string, args map[string]any, parts ...Sum) Sum {
	s := Sum{Name: name, Args: args, Parts: parts}
	s.Value = s.Total()
	return s
}

// Total adds up the parts; of a leaf it is the value itself.
func (s Sum) Total() float64 {
	if len(s.Parts) == 0 {
		return s.Value
	}
	total := 0.0
	for _, p := range s.Parts {
		total += p.Value
	}
	return total
}

// Check says where parts and whole differ by more than Tolerance, or where a
// value is not a number; nil means that the whole tree adds up.
func (s Sum) Check() error { return s.check(s.Name) }

func (s Sum) check(path string) error {
	if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
		return fmt.Errorf("%s is %v", path, s.Value)
	}
	if d := s.Total() - s.Value; math.Abs(d) > Tolerance {
		return fmt.Errorf("%s is %v but its parts add up to %v", path, s.Value, s.Total())
	}
	for _, p := range s.Parts {
		if err := p.check(path + "/" + p.Name); err != nil {
			return err
		}
	}
	return nil
}

// Scale multiplies the whole tree by k. The value of an inner node is added up
// anew, so that the result adds up as well as the original did.
func (s Sum) Scale(k float64) Sum {
	out := Sum{Name: s.Name, Value: s.Value * k, Args: s.Args}
	for _, p := range s.Parts {
		out.Parts = append(out.Parts, p.Scale(k))
	}
	out.Value = out.Total()
	return out
}

// Minus is the difference part by part. A part that only one side has counts
// as zero on the other; a side without parts that has a value keeps it in a
// part called "rest". Args of a difference are the telling argument (tag,
// criterion …) with the two values as "left" and "right".
//
// It promises that Value = s.Value − o.Value within Tolerance and that the
// result adds up. It takes time linear in the number of parts.
func (s Sum) Minus(o Sum) Sum {
	out := Sum{Name: s.Name, Args: map[string]any{"left": s.Value, "right": o.Value}}
	for _, k := range keys {
		if v, ok := s.Args[k]; ok {
			out.Args[k] = v
		}
	}
	if len(s.Parts) == 0 && len(o.Parts) == 0 {
		out.Value = s.Value - o.Value
		return out
	}
	left, right := s.spread(), o.spread()
	theirs := map[string]int{}
	for i, id := range ids(right) {
		theirs[id] = i
	}
	met := map[int]bool{}
	for i, id := range ids(left) {
		j, ok := theirs[id]
		if !ok {
			out.Parts = append(out.Parts, left[i].Minus(zero(left[i])))
			continue
		}
		met[j] = true
		out.Parts = append(out.Parts, left[i].Minus(right[j]))
	}
	for j, p := range right {
		if !met[j] {
			out.Parts = append(out.Parts, zero(p).Minus(p))
		}
	}
	out.Value = out.Total()
	return out
}

// spread is the parts, or the value itself as one part.
func (s Sum) spread() []Sum {
	if len(s.Parts) == 0 && s.Value != 0 {
		return []Sum{{Name: "rest", Value: s.Value}}
	}
	return s.Parts
}

func zero(s Sum) Sum {
	z := Sum{Name: s.Name, Args: maps.Clone(s.Args)}
	for _, p := range s.Parts {
		z.Parts = append(z.Parts, zero(p))
	}
	return z
}

// ids names each part once: name, telling argument, and a count where even
// those repeat.
func ids(parts []Sum) []string {
	out, seen := make([]string, len(parts)), map[string]int{}
	for i, p := range parts {
		var b strings.Builder
		b.WriteString(p.Name)
		for _, k := range keys {
			if v, ok := p.Args[k]; ok {
				fmt.Fprintf(&b, "\x00%s=%v", k, v)
			}
		}
		id := b.String()
		seen[id]++
		out[i] = fmt.Sprintf("%s\x00%d", id, seen[id])
	}
	return out
}

// Find follows names down the tree and returns the first part that fits.
func (s Sum) Find(names ...string) (Sum, bool) {
	if len(names) == 0 {
		return s, true
	}
	for _, p := range s.Parts {
		if p.Name == names[0] {
			if found, ok := p.Find(names[1:]...); ok {
				return found, true
			}
		}
	}
	return Sum{}, false
}
