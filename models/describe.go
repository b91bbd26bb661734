package models

import (
	"fmt"
	"slices"
	"strings"
)

// Rules prints the whole table for people: per kind of thing its states, its actions with
// who may take them from where to where, and for every state and role what may be done. It
// is docs/rules.md and the golden file; a change of a permission is read as its diff.
func Rules() string {
	var b strings.Builder
	b.WriteString("# The rules\n\nGenerated from `models/rules.go` by `make gen`; do not edit. Who may take which action on what, in which state, and where it leads.\n")
	for _, g := range table {
		fmt.Fprintf(&b, "\n## %s\n", g.kind)
		if len(g.states) > 0 {
			fmt.Fprintf(&b, "\nStates: %s.", strings.Join(g.states, ", "))
			if len(g.final) > 0 {
				fmt.Fprintf(&b, " Final: %s.", strings.Join(g.final, ", "))
			}
			b.WriteString("\n")
		}
		rows := [][]string{{"action", "who", "from", "to", "when"}}
		for _, r := range g.rules {
			to := r.to
			switch {
			case r.reads:
				to = "reads"
			case r.makes != "":
				to = fmt.Sprintf("makes %s: %s", r.makes, r.start)
			case to == stay:
				to = "stays"
			}
			when := ""
			if r.when != nil {
				when = r.when.name
			}
			if r.decisive {
				when = strings.TrimPrefix(when+"; with a fresh second factor", "; ")
			}
			start := "any"
			if r.from != nil {
				start = strings.Join(r.from, " ")
			}
			rows = append(rows, []string{string(r.action), strings.Join(r.by.Names(), " "), start, to, when})
		}
		writeTable(&b, rows)
		if len(g.states) > 1 {
			matrix := [][]string{{"state", "role", "may"}}
			for _, state := range g.states {
				for i, role := range roleNames {
					may := []string{}
					for _, r := range g.rules {
						if r.fits(1<<i, state) && !slices.Contains(may, string(r.action)) {
							may = append(may, string(r.action))
						}
					}
					if len(may) > 0 {
						matrix = append(matrix, []string{state, role, strings.Join(may, " ")})
					}
				}
			}
			writeTable(&b, matrix)
		}
	}
	return b.String()
}

func writeTable(b *strings.Builder, rows [][]string) {
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, cell := range r {
			width[i] = max(width[i], len(cell))
		}
	}
	b.WriteString("\n")
	for n, r := range rows {
		b.WriteString("|")
		for i, cell := range r {
			fmt.Fprintf(b, " %-*s |", width[i], cell)
		}
		b.WriteString("\n")
		if n == 0 {
			b.WriteString("|")
			for i := range r {
				b.WriteString(strings.Repeat("-", width[i]+2) + "|")
			}
			b.WriteString("\n")
		}
	}
}

// Actions lists every action of the table once, in its order.
func Actions() []Action {
	list := []Action{}
	for _, g := range table {
		for _, r := range g.rules {
			if !slices.Contains(list, r.action) {
				list = append(list, r.action)
			}
		}
	}
	return list
}

// States lists the states of a kind of thing.
func States(kind Kind) []string { return slices.Clone(groupOf(kind).states) }

// ByPlatformOnly reports that nobody but the clock and the followers takes an action: it has
// no door over HTTP.
func ByPlatformOnly(action Action) bool {
	for _, g := range table {
		for _, r := range g.rules {
			if r.action == action && r.by != Platform {
				return false
			}
		}
	}
	return true
}

// Verdict is what the table alone says to somebody who asks for an action, in the order in
// which it is asked: may he know of the thing, is the action his, is this the state for it.
type Verdict string

const (
	VerdictHidden  Verdict = "hidden"  // he may not know that the thing exists
	VerdictSignIn  Verdict = "sign_in" // a visitor, and the action is for somebody signed in
	VerdictDenied  Verdict = "denied"  // the action is not his
	VerdictNotNow  Verdict = "not_now" // it is, but not in this state
	VerdictAsks    Verdict = "asks"    // it is, if a condition beside the state holds
	VerdictAllowed Verdict = "allowed" // it is
)

// Predict says what the table answers to these roles in this state, without a database, and
// whether the action only reads. Conditions beside the state, the clock mostly, it leaves
// open. It panics when the action does not act on the kind.
func Predict(action Action, kind Kind, have Role, state string) (v Verdict, reads bool) {
	g := groupOf(kind)
	v = VerdictDenied
	if have&SignedIn == 0 {
		v = VerdictSignIn
	}
	known := false
	for _, r := range g.rules {
		if r.action != action {
			continue
		}
		known, reads = true, r.reads
		if r.by&have == 0 || v == VerdictAllowed || v == VerdictAsks { // the first row that fits decides
			continue
		}
		v = VerdictNotNow
		if r.fits(have, state) {
			v = VerdictAllowed
			if r.when != nil {
				v = VerdictAsks
			}
		}
	}
	if !known {
		panic("models: " + string(action) + " does not act on " + string(kind))
	}
	if g.show != "" && !g.allows(g.show, have, state) {
		v = VerdictHidden
	}
	return v, reads
}

// ActsOn lists the kinds of thing an action acts on.
func ActsOn(action Action) []Kind {
	kinds := []Kind{}
	for _, g := range table {
		if slices.ContainsFunc(g.rules, func(r rule) bool { return r.action == action }) {
			kinds = append(kinds, g.kind)
		}
	}
	return kinds
}
