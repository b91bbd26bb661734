package tags_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/measure"
	"jiebang/matching/tags"
)

// TestCSL holds the model to what docs/matching.md says of the CSL set:
// teams ranked by the tags of their evidence for what a challenge is guessed
// to be about, the guess itself, its calibration, and the likeness of tags.
func TestCSL(t *testing.T) {
	dir := os.Getenv("JIEBANG_EVAL_DATA")
	if dir == "" {
		t.Skip("JIEBANG_EVAL_DATA does not say where the evaluation data lies")
	}
	dir = filepath.Join(dir, "csl_match")
	if _, err := os.Stat(dir); err != nil {
		t.Skip(err)
	}
	above, m, suits, gain := readCSL(t, dir)
	type challenge struct {
		Title, Abstract, Discipline string
		Keywords                    []string
	}
	challenges := lines[challenge](t, filepath.Join(dir, "challenges_dev.jsonl"))
	for _, v := range []struct {
		name       string
		query      func(challenge) string
		ndcg, top1 float64
	}{
		{"title", func(c challenge) string { return c.Title }, 0.635, 0.53},
		{"keywords", func(c challenge) string { return strings.Join(c.Keywords, " ") }, 0.625, 0.53},
		{"title+abstract", func(c challenge) string { return c.Title + "。" + c.Abstract }, 0.72, 0.63},
	} {
		ndcg, top1, said := 0.0, 0.0, [10][2]float64{}
		for _, c := range challenges {
			guess := m.Guess(v.query(c))
			items := make([]measure.Item, len(suits))
			for i, s := range suits {
				for _, g := range guess {
					items[i].Score += g.P * s[g.Code]
				}
				items[i].Truth = gain[i][c.Discipline]
			}
			ndcg += measure.NDCG(items, 10) / float64(len(challenges))
			if len(guess) == 0 {
				continue // a challenge may have only keywords unseen before
			}
			b := &said[min(9, int(guess[0].P*10))]
			b[0] += guess[0].P / float64(len(challenges))
			if guess[0].Code == c.Discipline {
				b[1] += 1 / float64(len(challenges))
				top1 += 1 / float64(len(challenges))
			}
		}
		off := 0.0
		for _, b := range said {
			off += max(b[0]-b[1], b[1]-b[0])
		}
		t.Logf("%s: nDCG@10 %.4f, top 1 %.3f, expected calibration error %.3f", v.name, ndcg, top1, off)
		if ndcg < v.ndcg || top1 < v.top1 || off > 0.07 {
			t.Errorf("%s: nDCG@10 %.4f, top 1 %.3f, expected calibration error %.3f", v.name, ndcg, top1, off)
		}
	}
	var like []float64
	var share []bool
	for _, r := range rows(t, filepath.Join(dir, "tag_pairs_dev.csv")) {
		if above[r[0]] == "" || above[r[1]] == "" {
			t.Fatalf("%v are no disciplines", r)
		}
		like, share = append(like, m.Similarity(r[0], r[1])), append(share, r[2] == "1")
	}
	if a := measure.AUC(like, share); a < 0.785 {
		t.Errorf("tag pairs: AUC %.4f", a)
	} else {
		t.Logf("tag pairs: AUC %.4f", a)
	}
}

// readCSL trains on the evidence, and says of each team how well each
// discipline suits it by the model, and by the gain of the metric.
func readCSL(t *testing.T, dir string) (above map[string]string, m *tags.Model, suits, gain []map[string]float64) {
	above = map[string]string{}
	var tree []tags.Tag
	for _, r := range rows(t, filepath.Join(dir, "taxonomy.csv")) {
		root := "category " + r[1]
		if !slices.ContainsFunc(tree, func(g tags.Tag) bool { return g.Code == root }) {
			tree = append(tree, tags.Tag{Code: root, Name: r[1], NameEn: r[2]})
		}
		tree = append(tree, tags.Tag{Code: r[0], Parent: root, Name: r[0]})
		above[r[0]] = root
	}
	type text struct{ ID, Text, Discipline string }
	of, evidence := map[string]string{}, []tags.Labelled{}
	for _, e := range lines[text](t, filepath.Join(dir, "evidence_dev.jsonl")) {
		of[e.ID] = e.Discipline
		evidence = append(evidence, tags.Labelled{Text: e.Text, Tags: []string{e.Discipline}})
	}
	m, err := tags.Train(tree, evidence, tags.Options{})
	if err != nil {
		t.Fatal(err)
	}
	type team struct{ Evidence []string }
	for _, one := range lines[team](t, filepath.Join(dir, "teams_dev.jsonl")) {
		s, g := map[string]float64{}, map[string]float64{}
		for x, root := range above {
			for _, id := range one.Evidence {
				s[x] += m.Similarity(x, of[id]) / float64(len(one.Evidence))
				switch {
				case x == of[id]:
					g[x] += 3 / float64(len(one.Evidence))
				case root == above[of[id]]:
					g[x] += 1 / float64(len(one.Evidence))
				}
			}
		}
		suits, gain = append(suits, s), append(gain, g)
	}
	return above, m, suits, gain
}

func lines[T any](t *testing.T, name string) (out []T) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	return out
}

func rows(t *testing.T, name string) [][]string {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return r[1:]
}
