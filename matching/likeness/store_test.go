package likeness_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/likeness"
)

func saved(t testing.TB, m *likeness.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 10, 80} {
		texts := pool(n, 5)
		m := train(t, texts)
		b := saved(t, m)
		again, err := likeness.Load(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("pool of %d: %v", n, err)
		}
		if again.Version() != m.Version() || !bytes.Equal(saved(t, again), b) || !bytes.Equal(saved(t, train(t, texts)), b) {
			t.Errorf("pool of %d: the bytes differ", n)
		}
		for _, q := range append(texts[:min(n, 5)], "磁悬浮轴承 rotor T1100", "") {
			for _, e := range append(texts[max(0, n-5):], "轴承 bearing T1100") {
				x := m.Compare(m.Read(q), m.Profile([]*likeness.Doc{m.Read(e)}, nil))
				y := again.Compare(again.Read(q), again.Profile([]*likeness.Doc{again.Read(e)}, nil))
				if x.Value != y.Value || !slices.Equal(x.Terms, y.Terms) || m.Percentile(x.Value) != again.Percentile(y.Value) {
					t.Fatalf("pool of %d: %v and %v", n, x, y)
				}
			}
		}
	}
}

type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errors.New("no room")
	}
	return len(b), nil
}

func TestSaveTellsOfTheWriter(t *testing.T) {
	t.Parallel()
	m := train(t, pool(20, 1))
	size := len(saved(t, m))
	for _, room := range []int{0, 100, size - 1} {
		if err := m.Save(&full{room}); err == nil || !strings.Contains(err.Error(), "no room") {
			t.Errorf("room for %d: %v", room, err)
		}
	}
}

// TestLoadRefuses changes a good file in every way a disk may, and with a digest
// that fits in some a disk may not.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	b := saved(t, train(t, pool(12, 1)))
	for n := 0; n < len(b); n += 1 + len(b)/97 {
		if _, err := likeness.Load(bytes.NewReader(b[:n])); err == nil {
			t.Errorf("%d of %d bytes: no error", n, len(b))
		}
		c := slices.Clone(b)
		c[n] ^= 0x10
		if _, err := likeness.Load(bytes.NewReader(c)); err == nil {
			t.Errorf("byte %d changed: no error", n)
		}
	}
	if _, err := likeness.Load(bytes.NewReader(append(slices.Clone(b), 0))); err == nil {
		t.Error("a byte too many: no error")
	}
}

func sign(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(slices.Clone(body), sum[:]...)
}

// FuzzLoad hands over bytes with a digest that fits: what loads must be whole.
func FuzzLoad(f *testing.F) {
	for _, n := range []int{0, 3, 12} {
		b := saved(f, train(f, pool(n, 1)))
		f.Add(b[:len(b)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := likeness.Load(bytes.NewReader(sign(body)))
		if err != nil {
			return
		}
		q := m.Read("磁悬浮轴承 rotor bearing 玉米 育种")
		m.Percentile(m.Compare(q, m.Profile([]*likeness.Doc{q, m.Read("轴承 maize breeding")}, nil)).Value)
	})
}

// TestLoadOfAnyBytes is the fuzz test's short form: single bytes changed under a
// digest that fits.
func TestLoadOfAnyBytes(t *testing.T) {
	t.Parallel()
	b := saved(t, train(t, pool(8, 1)))
	body := b[:len(b)-sha256.Size]
	for n := 0; n < len(body); n += 1 + len(body)/600 {
		for _, x := range []byte{0x01, 0x80, 0xff} {
			c := slices.Clone(body)
			c[n] ^= x
			m, err := likeness.Load(bytes.NewReader(sign(c)))
			if err != nil {
				continue
			}
			q := m.Read("磁悬浮轴承 rotor bearing")
			m.Compare(q, m.Profile([]*likeness.Doc{q, m.Read("轴承 maize")}, nil))
		}
	}
}
