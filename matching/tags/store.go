package tags

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"slices"
)

// formulas is raised whenever the same input would give another model, magic
// whenever the file would be laid out otherwise.
const (
	formulas = 5
	magic    = "jiebang tags 1\n"
)

func digest(t *tree, texts []labelled, o Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "tags %d seed %d\n", formulas, o.Seed)
	for _, g := range t.tags {
		put(h, g.Code, g.Parent, g.Name, g.NameEn)
		put(h, g.Synonyms...)
	}
	for _, e := range texts {
		codes := []string{e.text}
		for _, x := range e.tags {
			codes = append(codes, t.tags[x].Code)
		}
		put(h, codes...)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// put writes each part with its length, so that no two lists read alike.
func put(h hash.Hash, parts ...string) {
	fmt.Fprintf(h, "%d\n", len(parts))
	for _, p := range parts {
		fmt.Fprintf(h, "%d %s\n", len(p), p)
	}
}

// Save writes the model: a line with the version of the format, the parts as
// little-endian numbers with their lengths before them, and the SHA-256 of all
// that. Equal models give equal bytes.
func (m *Model) Save(w io.Writer) error {
	h := sha256.New()
	e := &encoder{w: io.MultiWriter(w, h)}
	e.bytes([]byte(magic))
	e.model(m)
	if e.err == nil {
		_, e.err = w.Write(h.Sum(nil))
	}
	if e.err != nil {
		return fmt.Errorf("save the tag model: %w", e.err)
	}
	return nil
}

// Load reads what Save wrote. A file of another version, cut short, changed or
// not fitting together is an error.
func Load(r io.Reader) (*Model, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("load the tag model: %w", err)
	}
	m, err := decode(b)
	if err != nil {
		return nil, fmt.Errorf("load the tag model: %w", err)
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
	return m, d.err
}

func (e *encoder) model(m *Model) {
	e.text(m.version)
	e.number(len(m.tree.tags))
	for _, g := range m.tree.tags {
		e.texts([]string{g.Code, g.Parent, g.Name, g.NameEn})
		e.texts(g.Synonyms)
	}
	e.number(m.tree.texts)
	for x := range m.tree.tags {
		e.number(m.tree.own[x])
		e.number(m.tree.below[x])
	}
	for _, l := range m.labels.list {
		e.number(l.texts)
		e.number(l.right)
	}
	e.texts(m.words.list)
	e.floats(m.words.idf)
	e.ints(m.guess.class)
	e.floats32(m.guess.weight)
	e.floats(m.guess.mean)
	e.floats(slices.Concat(m.guess.mix[:], m.guess.sure[:]))
	e.number(m.guess.space.k)
	e.floats32(m.guess.space.word)
	e.floats(m.guess.space.mean)
	e.floats(m.guess.space.centre)
	e.floats(m.guess.space.count)
	e.floats32(m.learned.pair)
}

// model reads the parts and what follows from them, and checks that they fit.
func (d *decoder) model() *Model {
	m := &Model{version: d.text()}
	m.tree = d.tree()
	if d.err != nil {
		return nil
	}
	m.labels = newLabels(m.tree)
	for _, l := range m.labels.list {
		l.texts, l.right = d.number(), d.number()
		if l.right > l.texts {
			d.fail("label %q is right in %d of %d texts", l.words, l.right, l.texts)
		}
	}
	list, idf := d.texts(), d.floats()
	if len(list) != len(idf) || !slices.IsSorted(list) {
		d.fail("its words do not fit")
		return nil
	}
	m.words = newWords(list, idf)
	m.guess = d.guesser(len(m.tree.tags), len(list))
	m.learned = newLearned(m.tree)
	m.learned.pair = d.floats32()
	if n := m.learned.tags; len(m.learned.pair) != n*(n-1)/2 {
		d.fail("it has %d pairs of %d tags", len(m.learned.pair), n)
	}
	return m
}

func (d *decoder) tree() *tree {
	var tags []Tag
	for range d.count(5 * 8) {
		own, synonyms := d.texts(), d.texts()
		if len(own) != 4 {
			d.fail("a tag has %d texts instead of 4", len(own))
			return nil
		}
		tags = append(tags, Tag{Code: own[0], Parent: own[1], Name: own[2], NameEn: own[3], Synonyms: synonyms})
	}
	t, err := newTree(tags)
	if err != nil {
		d.fail("%v", err)
		return nil
	}
	t.count(nil)
	t.texts = d.number()
	for x := range t.tags {
		t.own[x], t.below[x] = d.number(), d.number()
		if t.own[x] > t.below[x] || t.below[x] > t.texts {
			d.fail("the texts of tag %q do not add up", t.tags[x].Code)
			return nil
		}
	}
	return t
}

func (d *decoder) guesser(tags, words int) *guesser {
	g := &guesser{class: d.ints(), weight: d.floats32(), mean: d.floats(), space: &space{}}
	if c := d.floats(); len(c) == len(g.mix)+len(g.sure) {
		copy(g.mix[:], c)
		copy(g.sure[:], c[len(g.mix):])
	} else {
		d.fail("it is calibrated by %d numbers", len(c))
	}
	s, n := g.space, len(g.class)
	s.k, s.word, s.mean, s.centre, s.count = d.number(), d.floats32(), d.floats(), d.floats(), d.floats()
	for i, x := range g.class {
		if x < 0 || int(x) >= tags || i > 0 && g.class[i-1] >= x {
			d.fail("class %d is tag %d of %d", i, x, tags)
		}
	}
	if len(g.weight) != n*words || len(g.mean) != n || len(s.mean) != s.k || len(s.word)/max(1, s.k) != words && s.k > 0 ||
		len(s.word) != s.k*words || len(s.centre) != s.k*n || len(s.count) != n {
		d.fail("its classifiers do not fit its %d classes and %d words", n, words)
	}
	return g
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

func (e *encoder) text(s string) {
	e.number(len(s))
	e.bytes([]byte(s))
}

func (e *encoder) texts(list []string) {
	e.number(len(list))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) ints(v []int32) {
	list(e, v, binary.LittleEndian.AppendUint32, func(x int32) uint32 { return uint32(x) })
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

func (d *decoder) floats() []float64 {
	out := make([]float64, d.count(8))
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(d.take(8)))
		d.finite(out[i])
	}
	return out
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
