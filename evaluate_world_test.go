package main // the command is not exported

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// world is a made-up science with planted truth: categories of disciplines, each
// with families of Chinese and English words. Two authors of one discipline may
// use different words of a family, so that counting words misses what words in
// company with the same others tell; a discipline is one in both languages, so
// that only tags join a Chinese challenge and English evidence. How many texts a
// team has says nothing about how good it is.
type world struct {
	r           *rand.Rand
	disciplines []discipline
	common      [2][]string
}

type discipline struct {
	name, category string
	families       [2][]family // by language
	near           [2][]family // shared by the category
}

// family are words of one meaning, one for each way of writing.
type family [2]string

const (
	chinese = iota
	english
)

func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 1))}
	for lang := range 2 {
		for range 70 {
			w.common[lang] = append(w.common[lang], w.word(lang))
		}
	}
	for c := range 4 {
		near := [2][]family{w.families(chinese, 8), w.families(english, 8)}
		for d := range 4 {
			w.disciplines = append(w.disciplines, discipline{
				name: fmt.Sprintf("学科%c%d", '甲'+rune(c), d), category: fmt.Sprintf("门类%c", '甲'+rune(c)),
				families: [2][]family{w.families(chinese, 14), w.families(english, 14)}, near: near,
			})
		}
	}
	return w
}

func (w *world) families(lang, n int) []family {
	out := make([]family, n)
	for i := range out {
		out[i] = family{w.word(lang), w.word(lang)}
	}
	return out
}

// word is two Chinese characters, or English syllables with an ending.
func (w *world) word(lang int) string {
	if lang == chinese {
		return string([]rune{'一' + rune(w.r.IntN(4000)), '一' + rune(w.r.IntN(4000))})
	}
	var b strings.Builder
	for range 2 + w.r.IntN(2) {
		b.WriteByte("bdfgklmnprstv"[w.r.IntN(13)])
		b.WriteByte("aeiou"[w.r.IntN(5)])
		b.WriteByte("lmnrst"[w.r.IntN(6)])
	}
	return b.String()
}

// text is n words of a discipline in a way of writing; more are common words than the discipline's own.
func (w *world) text(d discipline, lang, way, n int) string {
	words := make([]string, n)
	for i := range words {
		from := d.families[lang]
		switch p := w.r.Float64(); {
		case p < .45:
			words[i] = w.common[lang][w.r.IntN(len(w.common[lang]))]
			continue
		case p < .6:
			from = d.near[lang]
		}
		side := way
		if w.r.Float64() < .2 {
			side = 1 - way
		}
		words[i] = from[w.r.IntN(len(from))][side]
		if lang == english {
			words[i] += []string{"", "s", "ed", "ing"}[w.r.IntN(4)]
		}
	}
	if lang == chinese {
		return strings.Join(words, "") + "。"
	}
	return strings.Join(words, " ") + "."
}

func (w *world) other(i int) int {
	if w.r.Float64() < .6 {
		return i/4*4 + w.r.IntN(4)
	}
	return w.r.IntN(len(w.disciplines))
}

// writeHistory writes a set of the kind that a user's own history has.
func (w *world) writeHistory(t *testing.T, dir string, teams, challenges int) {
	t.Helper()
	taxonomy := [][]string{{"discipline", "category", "category_en"}}
	for i, d := range w.disciplines {
		taxonomy = append(taxonomy, []string{d.name, d.category, fmt.Sprintf("Category %d", i/4)})
	}
	writeCSV(t, dir, "taxonomy.csv", taxonomy)

	type evidence struct {
		ID         string `json:"id"`
		Text       string `json:"text"`
		Discipline string `json:"discipline"`
	}
	var proofs, units []any
	for i := range teams {
		main := i % len(w.disciplines)
		second, lang, way := w.other(main), w.r.IntN(2), w.r.IntN(2)
		var own []string
		for range 2 + w.r.IntN(6) + w.r.IntN(6) {
			d, l := main, lang
			if w.r.Float64() < .3 {
				d = second
			}
			if w.r.Float64() < .25 {
				l = 1 - lang
			}
			e := evidence{fmt.Sprintf("e%04d", len(proofs)), w.text(w.disciplines[d], l, way, 30), w.disciplines[d].name}
			own = append(own, e.ID)
			proofs = append(proofs, e)
		}
		units = append(units, map[string]any{"id": fmt.Sprintf("team%03d", i), "main": w.disciplines[main].name, "evidence": own})
	}
	writeLines(t, dir, "evidence_made.jsonl", proofs)
	writeLines(t, dir, "teams_made.jsonl", units)

	var asked []any
	for i := range challenges {
		d := w.disciplines[i%len(w.disciplines)]
		lang, way := w.r.IntN(2), w.r.IntN(2)
		rare := w.word(lang)
		c := map[string]any{"id": fmt.Sprintf("c%03d", i), "discipline": d.name, "title": w.text(d, lang, way, 8), "abstract": w.text(d, lang, way, 30),
			"keywords": []string{w.text(d, lang, way, 5), rare}, "absent_keywords": []string{w.text(d, lang, 1-way, 6)}}
		asked = append(asked, c)
	}
	writeLines(t, dir, "challenges_made.jsonl", asked)

	pairs := [][]string{{"discipline_a", "discipline_b", "shares_keyword"}}
	for range 600 {
		a := w.r.IntN(len(w.disciplines))
		b := w.other(a)
		chance, share := .05, "0"
		switch {
		case a == b:
			chance = .6
		case a/4 == b/4:
			chance = .3
		}
		if w.r.Float64() < chance {
			share = "1"
		}
		pairs = append(pairs, []string{w.disciplines[a].name, w.disciplines[b].name, share})
	}
	writeCSV(t, dir, "tag_pairs_made.csv", pairs)
}

// writeRatings writes experts who rated papers, the higher the nearer to what
// they write about; and what two other methods said: one that knows, but for
// some noise, and one that guesses.
func (w *world) writeRatings(t *testing.T, dir string, experts int) {
	t.Helper()
	var docs []any
	doc := func(d, lang int) string {
		id := fmt.Sprintf("d%04d", len(docs))
		docs = append(docs, map[string]string{"id": id, "title": w.text(w.disciplines[d], lang, w.r.IntN(2), 6), "abstract": w.text(w.disciplines[d], lang, w.r.IntN(2), 25)})
		return id
	}
	lists := []map[string][]string{{}, {}}
	ratings := [][]string{{"reviewer", "doc", "expertise"}}
	peers := [][]string{{"list", "reviewer", "doc", "knows", "guesses"}}
	for i := range experts {
		name, field, lang := fmt.Sprintf("x%02d", i), i%len(w.disciplines), i%2
		for l := range lists {
			for range 2 + w.r.IntN(5) {
				lists[l][name] = append(lists[l][name], doc(field, lang))
			}
		}
		for range 8 {
			d := w.other(field)
			truth := 1 + w.r.Float64()
			switch {
			case d == field:
				truth += 3
			case d/4 == field/4:
				truth += 1.5
			}
			id := doc(d, lang)
			ratings = append(ratings, []string{name, id, fmt.Sprintf("%.2f", truth)})
			for l := range lists {
				peers = append(peers, []string{fmt.Sprint(l + 1), name, id, fmt.Sprintf("%.4f", truth+1.5*w.r.NormFloat64()), fmt.Sprintf("%.4f", w.r.Float64())})
			}
		}
	}
	writeLines(t, dir, "docs.jsonl", docs)
	writeCSV(t, dir, "evaluations_made.csv", ratings)
	writeCSV(t, dir, "peer_scores_made.csv", peers)
	writeJSON(t, dir, "profiles_made.json", lists)
}

// writePairs writes pairs of experts for a paper and of papers for an expert, one of them of the discipline and one of a neighbour.
func (w *world) writePairs(t *testing.T, dir string, papers int) {
	t.Helper()
	var docs []any
	doc := func(d int) string {
		id := fmt.Sprintf("d%04d", len(docs))
		docs = append(docs, map[string]string{"id": id, "title": w.text(w.disciplines[d], english, w.r.IntN(2), 6), "abstract": w.text(w.disciplines[d], english, w.r.IntN(2), 25)})
		return id
	}
	experts := map[string][]string{}
	name := func(d, k int) string { return fmt.Sprintf("x%02d%d", d, k) }
	for d := range w.disciplines {
		for k := range 2 {
			for range 2 + w.r.IntN(4) {
				experts[name(d, k)] = append(experts[name(d, k)], doc(d))
			}
		}
	}
	byPaper := [][]string{{"paper", "expert_a", "expert_b", "familiarity_a", "familiarity_b", "guess_a", "guess_b"}}
	byExpert := [][]string{{"expert", "paper_a", "paper_b", "familiarity_a", "familiarity_b"}}
	for i := range papers {
		d := i % len(w.disciplines)
		near := d/4*4 + (d+1+w.r.IntN(3))%4 // of the same category
		mine, theirs := doc(d), doc(near)
		byPaper = append(byPaper, []string{mine, name(d, w.r.IntN(2)), name(near, w.r.IntN(2)), "5", "2", fmt.Sprintf("%.3f", w.r.Float64()), fmt.Sprintf("%.3f", w.r.Float64())})
		byExpert = append(byExpert, []string{name(d, w.r.IntN(2)), theirs, mine, "1", "4"})
	}
	writeLines(t, dir, "docs.jsonl", docs)
	writeJSON(t, dir, "experts.json", experts)
	writeCSV(t, dir, "paper_centric_pairs_made.csv", byPaper)
	writeCSV(t, dir, "expert_centric_pairs_made.csv", byExpert)
}

func writeFile(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func writeJSON(t *testing.T, dir, name string, v any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, name, string(data)+"\n")
}

func writeLines(t *testing.T, dir, name string, records []any) {
	t.Helper()
	var b strings.Builder
	for _, v := range records {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(data, '\n'))
	}
	writeFile(t, dir, name, b.String())
}

func writeCSV(t *testing.T, dir, name string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, name, b.String())
}

// shuffleLines puts the lines of a file in another order; the first stays if the file has a head.
func shuffleLines(t *testing.T, r *rand.Rand, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	body := lines
	if strings.HasSuffix(path, ".csv") {
		body = lines[1:]
	}
	r.Shuffle(len(body), func(i, k int) { body[i], body[k] = body[k], body[i] })
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}
