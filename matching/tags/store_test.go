package tags_test

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"strings"
	"testing"

	"jiebang/matching/tags"
)

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	p := plant(11, 3, 3, 0)
	e := p.evidence(40, 20)
	m := p.train(t, e)
	b := save(t, m)
	got, err := tags.Load(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(save(t, got), b) || got.Version() != m.Version() {
		t.Error("saving what was loaded gives other bytes")
	}
	for k, x := range p.leaf {
		s := p.text(k, 9) + p.tree[k].NameEn
		if !reflect.DeepEqual(got.Guess(s), m.Guess(s)) || !reflect.DeepEqual(got.Named(s), m.Named(s)) ||
			!reflect.DeepEqual(got.Propose(s), m.Propose(s)) || got.Bridge(s) != m.Bridge(s) {
			t.Errorf("the loaded model reads %q otherwise", s)
		}
		for _, y := range p.leaf {
			if got.Similarity(x, y) != m.Similarity(x, y) || got.Information(x) != m.Information(x) {
				t.Errorf("the loaded model compares %s and %s otherwise", x, y)
			}
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	b := save(t, train(t, tags.Labelled{Text: "滚动体与保持架", Tags: []string{"MFG.bearing"}}))
	flipped := bytes.Clone(b)
	flipped[len(b)/2] ^= 1
	for name, row := range map[string]struct {
		in   []byte
		want string
	}{
		"empty":   {nil, "does not begin"},
		"other":   {bytes.Replace(b, []byte("tags 1"), []byte("tags 9"), 1), "does not begin"},
		"cut":     {b[:len(b)-9], "digest"},
		"flipped": {flipped, "digest"},
		"longer":  {sign(append(bytes.Clone(b[:len(b)-32]), 0)), "1 bytes follow"},
		"shorter": {sign(b[:len(b)-40]), "cut short"},
	} {
		if _, err := tags.Load(bytes.NewReader(row.in)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

// sign gives a file the digest that makes it look whole.
func sign(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

// FuzzLoad changes a saved model and signs it anew, so that the parts
// themselves must be checked.
func FuzzLoad(f *testing.F) {
	b := save(f, train(f, tags.Labelled{Text: "滚动体与保持架 roller", Tags: []string{"MFG.bearing"}}))
	body := b[:len(b)-sha256.Size]
	for _, at := range []uint32{0, 16, 60, 200, 900, 2000, 4000} {
		f.Add(at, []byte{0xff})
		f.Add(at, []byte{1, 0, 0, 0, 0, 0, 0, 0})
	}
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		c := bytes.Clone(body)
		copy(c[int(at)%len(c):], with)
		m, err := tags.Load(bytes.NewReader(sign(c)))
		if err != nil {
			return
		}
		s := "滚动轴承 roller bearings LED"
		m.Propose(s)
		m.Bridge(s)
		m.Similarity("MFG.bearing", "MFG.pump")
		if err := m.Save(&bytes.Buffer{}); err != nil {
			t.Error(err)
		}
	})
}
