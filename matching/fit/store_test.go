package fit_test

import (
	"bytes"
	"math/rand"
	"testing"

	"jiebang/matching/fit"
)

func TestModelsOutlive(t *testing.T) {
	t.Parallel()
	teams := randomTeams(rand.New(rand.NewSource(8)), 30)
	m, err := fit.Learn(catalogue(), teams, fit.Learning{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	e := engine(catalogue(), m)
	m.Reference = e.Calibrate([]*fit.Asked{e.Challenge(challenge())}, []*fit.Prepared{e.Team(team())})
	var first, again bytes.Buffer
	if err := m.Save(&first); err != nil {
		t.Fatal(err)
	}
	kept, err := fit.LoadModels(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	a, b := engine(catalogue(), m), engine(catalogue(), kept)
	if a.Version() != b.Version() {
		t.Errorf("version %s was kept as %s", a.Version(), b.Version())
	}
	for _, x := range teams {
		if x, y := a.Match(challenge(), x), b.Match(challenge(), x); x.Score != y.Score || x.Score == 0 {
			t.Errorf("%s scored %v and scores %v", x.Team, x.Score, y.Score)
		}
	}
	if err := kept.Save(&again); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Errorf("kept again it is another: %v", err)
	}
	whole := first.Bytes()
	for _, at := range []int{0, 5, 40, len(whole) / 2, len(whole) - 2} {
		broken := bytes.Clone(whole)
		broken[at] ^= 0x55
		if _, err := fit.LoadModels(bytes.NewReader(broken)); err == nil {
			t.Errorf("a byte changed at %d of %d is not noticed", at, len(whole))
		}
		if _, err := fit.LoadModels(bytes.NewReader(whole[:at])); err == nil {
			t.Errorf("cut off at %d it is taken", at)
		}
	}
}
