package likeness

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// magic is changed whenever the file is laid out otherwise.
const magic = "jiebang likeness 3\n"

// Save writes the model: a line with the version of the format, the parts as
// little-endian numbers with their lengths before them, and the SHA-256 of all
// that. Equal models give equal bytes. The Embed function is not saved.
func (m *Model) Save(w io.Writer) error {
	h := sha256.New()
	e := &encoder{w: io.MultiWriter(w, h)}
	e.bytes([]byte(magic))
	e.model(m)
	if e.err == nil {
		_, e.err = w.Write(h.Sum(nil))
	}
	if e.err != nil {
		return fmt.Errorf("save the likeness model: %w", e.err)
	}
	return nil
}

// Load reads what Save wrote, without learning anything anew. A file of another
// version, cut short, changed or not fitting together is an error.
func Load(r io.Reader) (*Model, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("load the likeness model: %w", err)
	}
	m, err := decode(b)
	if err != nil {
		return nil, fmt.Errorf("load the likeness model: %w", err)
	}
	return m, nil
}

func decode(b []byte) (*Model, error) {
	body := len(b) - sha256.Size
	if !bytes.HasPrefix(b, []byte(magic)) || body < len(magic) {
		return nil, fmt.Errorf("it does not begin with %q: train it anew with this version", magic)
	}
	if sum := sha256.Sum256(b[:body]); !bytes.Equal(sum[:], b[body:]) {
		return nil, errors.New("its digest is wrong: the file is cut short or changed, train it anew")
	}
	d := &decoder{b: b[len(magic):body]}
	m := d.model()
	if d.err == nil && len(d.b) > 0 {
		d.fail("%d bytes follow its end", len(d.b))
	}
	if d.err != nil {
		return nil, d.err
	}
	m.words.index()
	m.library.index(&m.words)
	return m, nil
}

func (e *encoder) model(m *Model) {
	e.text(m.version)
	e.flag(m.plugin)
	e.number(m.words.pool)
	e.number(m.words.tokens)
	e.number(len(m.words.terms))
	for _, t := range m.words.terms {
		e.text(t)
	}
	e.ints(m.words.df)
	e.ints(m.words.cf)
	l := &m.library
	for i := range m.spaces {
		s := &m.spaces[i]
		e.number(s.k)
		e.ints(s.row)
		e.floats32(s.vector)
		e.floats(s.mean)
		e.floats(s.first)
		e.floats32(l.vectors[i])
	}
	e.ints(l.start)
	e.ints(l.term)
	e.ints(l.count)
	e.marks(l.mark)
	e.floats(l.spread[:])
	e.floats(m.scale[:])
	e.floats(m.sample)
}

func (d *decoder) model() *Model {
	m := &Model{version: d.text(), plugin: d.flag()}
	v, l := &m.words, &m.library
	v.pool, v.tokens = d.number(), d.number()
	v.terms = d.texts()
	v.df, v.cf = d.ints(), d.ints()
	d.hold(len(v.df) == len(v.terms) && len(v.cf) == len(v.terms), "each word needs its counts")
	d.hold(slices.IsSorted(v.terms) && len(slices.Compact(slices.Clone(v.terms))) == len(v.terms), "its words must rise")
	if d.err != nil {
		return m
	}
	for i := range v.df {
		d.hold(v.df[i] >= 1 && int(v.df[i]) <= v.pool && v.cf[i] >= v.df[i], "a word is counted wrongly")
	}
	for i := range m.spaces {
		d.space(&m.spaces[i], len(v.terms))
		l.vectors[i] = d.floats32()
	}
	l.start, l.term, l.count, l.mark = d.ints(), d.ints(), d.ints(), d.marks()
	d.library(m)
	d.fixed(l.spread[:])
	d.fixed(m.scale[:])
	for _, x := range slices.Concat(l.spread[:], m.scale[:]) {
		d.hold(x > 0, "a deviation must be above zero")
	}
	m.sample = d.floats()
	for i := range m.sample {
		d.hold(i == 0 || m.sample[i] > m.sample[i-1], "its reference sample must rise")
	}
	return m
}

func (d *decoder) space(s *space, terms int) {
	s.k, s.row, s.vector, s.mean, s.first = d.number(), d.ints(), d.floats32(), d.floats(), d.floats()
	d.hold(len(s.row) == terms, "each word needs a row or none")
	d.hold(len(s.mean) == s.k && len(s.first) == s.k, "the mean of a space has another length than its vectors")
	for _, r := range s.row {
		d.hold(r >= -1 && (s.k == 0 || r < 0 || (int(r)+1)*s.k <= len(s.vector)), "a word has a row that is not there")
	}
}

func (d *decoder) library(m *Model) {
	l, n := &m.library, len(m.library.mark)
	d.hold(len(l.start) == n+1 && len(l.count) == len(l.term), "its library does not fit together")
	if d.err != nil {
		return
	}
	d.hold(l.start[0] == 0 && int(l.start[n]) == len(l.term) && slices.IsSorted(l.start), "the texts of its library do not follow one another")
	for i := range m.spaces {
		d.hold(len(l.vectors[i]) == n*m.spaces[i].k, "each text of its library needs a vector")
	}
	for i := range l.term {
		d.hold(l.term[i] >= 0 && int(l.term[i]) < len(m.words.terms) && l.count[i] >= 1, "its library has a word that is not there")
	}
	for i := range n {
		if d.err == nil {
			row := l.term[l.start[i]:l.start[i+1]]
			d.hold(slices.IsSorted(row) && len(slices.Compact(slices.Clone(row))) == len(row), "the words of a text of its library must rise")
		}
	}
}

// encoder writes until the first error.
type encoder struct {
	w   io.Writer
	err error
}

func (e *encoder) bytes(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) number(n int) { e.bytes(binary.LittleEndian.AppendUint64(nil, uint64(n))) }

func (e *encoder) flag(on bool) {
	n := 0
	if on {
		n = 1
	}
	e.number(n)
}

func (e *encoder) text(s string) {
	e.number(len(s))
	e.bytes([]byte(s))
}

func (e *encoder) ints(v []int32) {
	list(e, v, binary.LittleEndian.AppendUint32, func(x int32) uint32 { return uint32(x) })
}

func (e *encoder) marks(v []uint64) {
	list(e, v, binary.LittleEndian.AppendUint64, func(x uint64) uint64 { return x })
}

func (e *encoder) floats(v []float64) { list(e, v, binary.LittleEndian.AppendUint64, math.Float64bits) }

func (e *encoder) floats32(v []float32) {
	list(e, v, binary.LittleEndian.AppendUint32, math.Float32bits)
}

func list[T any, U uint32 | uint64](e *encoder, v []T, put func([]byte, U) []byte, bits func(T) U) {
	e.number(len(v))
	var b []byte
	for part := range slices.Chunk(v, 4096) {
		b = b[:0]
		for _, x := range part {
			b = put(b, bits(x))
		}
		e.bytes(b)
	}
}

// decoder reads until the first error, and zeros from then on.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format+": train it anew", args...)
	}
}

func (d *decoder) hold(ok bool, otherwise string) {
	if !ok {
		d.fail("%s", otherwise)
	}
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && n > len(d.b) {
		d.fail("it is cut short")
	}
	if d.err != nil {
		return make([]byte, min(n, 8))
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) number() int {
	n := binary.LittleEndian.Uint64(d.take(8))
	if n > math.MaxInt32 {
		d.fail("it has the number %d", n)
		return 0
	}
	return int(n)
}

func (d *decoder) flag() bool {
	n := d.number()
	d.hold(n <= 1, "it has a yes or no that is neither")
	return n == 1
}

// count is the length of a list of things of so many bytes at least.
func (d *decoder) count(size int) int {
	n := d.number()
	if n > len(d.b)/size {
		d.fail("it is cut short")
		return 0
	}
	return n
}

func (d *decoder) text() string { return string(d.take(d.count(1))) }

func (d *decoder) texts() []string {
	out := make([]string, d.count(8))
	for i := range out {
		out[i] = d.text()
	}
	return out
}

func (d *decoder) ints() []int32 {
	out := make([]int32, d.count(4))
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(d.take(4)))
	}
	return out
}

func (d *decoder) marks() []uint64 {
	out := make([]uint64, d.count(8))
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(d.take(8))
	}
	return out
}

func (d *decoder) floats() []float64 {
	out := make([]float64, d.count(8))
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(d.take(8)))
		d.finite(out[i])
	}
	return out
}

// fixed reads a list that must be as long as out.
func (d *decoder) fixed(out []float64) {
	v := d.floats()
	d.hold(len(v) == len(out), "a list has another length than it must have")
	if d.err == nil {
		copy(out, v)
	}
}

func (d *decoder) floats32() []float32 {
	out := make([]float32, d.count(4))
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(d.take(4)))
		d.finite(float64(out[i]))
	}
	return out
}

// finite keeps numbers out that no training gives and no sum survives.
func (d *decoder) finite(x float64) {
	if !(math.Abs(x) < 1e9) {
		d.fail("it has the number %v", x)
	}
}
