package index_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"jiebang/matching/index"
)

func saved(t testing.TB, x *index.Index) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := x.Save(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func reload(t testing.TB, x *index.Index) *index.Index {
	t.Helper()
	y, err := index.Load(bytes.NewReader(saved(t, x)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// The same profiles are the same bytes and the same hits, however they came in.
func TestOrderNeverShows(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	b := book{}
	for i := range 3000 {
		b[fmt.Sprint(i*7919%10_007)] = vector(r, 10)
	}
	want := saved(t, build(t, b, r))
	put := index.New()
	for range 2 { // the second round replaces all
		for key, terms := range b.all(r) {
			if err := put.Put(key, terms); err != nil {
				t.Fatal(err)
			}
		}
	}
	compact := reload(t, put)
	if err := compact.Put("0", nil); err != nil {
		t.Fatal(err)
	}
	compact.Remove("0")
	if err := compact.Compact(nil); err != nil {
		t.Fatal(err)
	}
	for key, terms := range map[string][]index.Weight{"0": b["0"]} {
		if err := compact.Put(key, terms); err != nil {
			t.Fatal(err)
		}
	}
	for name, x := range map[string]*index.Index{"another order": build(t, b, r), "put": put, "loaded": reload(t, put), "compacted": compact} {
		if !bytes.Equal(saved(t, x), want) {
			t.Errorf("%s: other bytes", name)
		}
	}
}

// No byte can be changed, left out or added.
func TestLoadRefusesDamage(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	b := book{}
	for i := range 9 {
		b[fmt.Sprint("team", i)] = vector(r, 4)
	}
	whole := saved(t, build(t, b, r))
	refuse := func(what string, raw []byte) {
		t.Helper()
		if x, err := index.Load(bytes.NewReader(raw), nil); err == nil || x != nil {
			t.Errorf("%s: taken", what)
		}
	}
	for i := range whole {
		cut := whole[:i]
		refuse(fmt.Sprint("cut at ", i), cut)
		for _, flip := range []byte{1, 128, 255} {
			raw := bytes.Clone(whole)
			raw[i] ^= flip
			refuse(fmt.Sprintf("byte %d changed by %d", i, flip), raw)
		}
	}
	refuse("a byte more", append(bytes.Clone(whole), 0))
	_, err := index.Load(bytes.NewReader(whole[:len(whole)-40]), nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut short: %v", err)
	}
	_, err = index.Load(bytes.NewReader([]byte("jiebang-index/0\nand so on, long enough")), nil)
	refused(t, "version", err, "another version")
}

func TestSaveTellsOfTheWriter(t *testing.T) {
	t.Parallel()
	x := build(t, book{"a": {{Term: 1, Value: 1}}}, rand.New(rand.NewPCG(1, 1)))
	full := errors.New("the disk is full")
	if err := x.Save(brokenWriter{full}); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	if _, err := index.Load(iotest.ErrReader(full), nil); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

// What loads is what would be saved; the digest is mended so that the fuzzer gets past it.
func FuzzLoad(f *testing.F) {
	r := rand.New(rand.NewPCG(2, 3))
	for n := range 4 {
		b := book{}
		for i := range n {
			b[fmt.Sprint(i)] = vector(r, 3)
		}
		raw := saved(f, build(f, b, r))
		f.Add(raw[:len(raw)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		sum := sha256.Sum256(raw)
		raw = append(raw, sum[:]...)
		x, err := index.Load(bytes.NewReader(raw), nil)
		if err != nil {
			return
		}
		if !bytes.Equal(saved(t, x), raw) {
			t.Error("loaded, and saved as something else")
		}
		if _, err := x.Top([]index.Weight{{Term: 1, Value: 1}}, 3, nil); err != nil {
			t.Error(err)
		}
	})
}
