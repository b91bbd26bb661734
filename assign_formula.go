package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/scanner"
)

// formula is an expression over whole numbers: names, + - * mod, brackets, and one
// comparison by ==, whose value is 1 or 0. Cases that are too large to write out
// give their scores by one.
type formula struct {
	s    scanner.Scanner
	tok  rune
	vars map[string]int64
	err  error
}

// parseFormula reads "s(b,r) = …", where what follows may use the names in the brackets, or just "…" in
// b and r; notes in brackets after the expression are passed over. It returns a function of bid and expert.
func parseFormula(text string) (func(b, r int) int64, error) {
	body := text
	if left, right, ok := strings.Cut(text, " = "); ok && strings.HasPrefix(left, "s(") {
		body = right
	}
	if at := strings.Index(body, "   ("); at >= 0 {
		body = body[:at]
	}
	value := func(b, r int) (int64, error) {
		f := &formula{vars: map[string]int64{"b": int64(b), "r": int64(r)}}
		f.s.Init(strings.NewReader(body))
		f.s.Mode = scanner.ScanIdents | scanner.ScanInts
		f.s.Error = func(_ *scanner.Scanner, msg string) { f.fail("%s", msg) }
		f.next()
		v := f.comparison()
		if f.tok != scanner.EOF {
			f.fail("what is %q?", f.s.TokenText())
		}
		return v, f.err
	}
	if _, err := value(1, 1); err != nil {
		return nil, fmt.Errorf("formula %q: %w", text, err)
	}
	return func(b, r int) int64 {
		v, _ := value(b, r) // the same words as above
		return v
	}, nil
}

func (f *formula) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (f *formula) next() { f.tok = f.s.Scan() }

func (f *formula) comparison() int64 {
	a := f.sum()
	if f.tok != '=' {
		return a
	}
	f.next()
	if f.tok != '=' {
		f.fail("a single =")
		return 0
	}
	f.next()
	if a == f.sum() {
		return 1
	}
	return 0
}

func (f *formula) sum() int64 {
	v := f.product()
	for f.tok == '+' || f.tok == '-' {
		minus := f.tok == '-'
		f.next()
		if x := f.product(); minus {
			v -= x
		} else {
			v += x
		}
	}
	return v
}

// product binds mod as tightly as *, from left to right.
func (f *formula) product() int64 {
	v := f.atom()
	for {
		switch {
		case f.tok == '*':
			f.next()
			v *= f.atom()
		case f.tok == scanner.Ident && f.s.TokenText() == "mod":
			f.next()
			if m := f.atom(); m > 0 {
				v = (v%m + m) % m
			} else {
				f.fail("mod %d", m)
			}
		default:
			return v
		}
	}
}

func (f *formula) atom() int64 {
	text := f.s.TokenText()
	switch f.tok {
	case scanner.Int:
		f.next()
		v, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			f.fail("%v", err)
		}
		return v
	case scanner.Ident:
		f.next()
		v, ok := f.vars[text]
		if !ok {
			f.fail("what is %q?", text)
		}
		return v
	case '(':
		f.next()
		v := f.sum()
		if f.tok != ')' {
			f.fail("a bracket is not closed")
		}
		f.next()
		return v
	}
	f.fail("something is missing before %q", text)
	return 0
}
