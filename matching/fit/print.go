package fit

import "reflect"

// Named is a number of the policy with its name.
type Named struct {
	Name  string
	Value float64
}

// Parts are the weights of the parts, in the order of the sum.
func (w Weights) Parts() []Named {
	out := make([]Named, 0, parts)
	for i, v := range w.of() {
		out = append(out, Named{partNames[i], v})
	}
	return out
}

// Rules are the other numbers of the policy under their names, but for the kinds
// of evidence.
func (w Weights) Rules() []Named {
	weighed := map[string]bool{}
	for _, name := range partNames {
		weighed[name] = true
	}
	var out []Named
	v := reflect.ValueOf(w)
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("json")
		if v.Field(i).Kind() == reflect.Float64 && !weighed[name] {
			out = append(out, Named{name, v.Field(i).Float()})
		}
	}
	return out
}
