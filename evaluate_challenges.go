package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"jiebang/matching/fit"
	"jiebang/matching/likeness"
	"jiebang/matching/measure"
	"jiebang/matching/tags"
)

// challenges judges the parts in which teams are to be ranked for challenges
// (unit: challenge). TEXT is the shipped likeness of words alone. TAG guesses the
// tags of a challenge from its text and compares them with those of the evidence
// by the shipped tag model alone. FIT is the whole shipped score on what there is
// here: words and tagged evidence, but no capabilities, levels, chains or records.
func (j *judge) challenges() {
	for _, part := range j.parts("challenges", "jsonl") {
		j.part = part
		if s := j.readHistory(); j.err() == nil {
			j.judgeHistory(s)
		}
	}
}

// history is what was asked, who there was, and what is true of it.
type history struct {
	challenges []asked
	evidence   map[string]proof
	teams      []unit
	above      map[string]string // the category of a discipline
	english    map[string]string // of a category
	tagPairs   []tagPair
	tagged     bool // every piece of evidence has a discipline, and the taxonomy is there
}

type asked struct {
	id, title, abstract, discipline string
	keywords, absent                []string
	gains                           map[string]float64
}

type proof struct{ text, discipline string }

type unit struct {
	id, main string
	evidence []string
}

type tagPair struct {
	a, b  string
	share float64 // 1 or 0
}

// variants are the texts by which a challenge may ask.
var variants = []struct {
	name string
	of   func(asked) string
}{
	{"title", func(c asked) string { return c.title }},
	{"keywords", func(c asked) string { return strings.Join(c.keywords, " ") }},
	{"title+abstract", func(c asked) string { return join(c.title, c.abstract) }},
}

func (j *judge) readHistory() history {
	var h history
	teams := j.need("teams", j.part, "jsonl", "it says which evidence each team has")
	evidence := j.need("evidence", j.part, "jsonl", "it holds the texts of the evidence")
	if teams == "" || evidence == "" {
		return h
	}
	if name := j.pick("taxonomy", j.part, "csv"); name != "" {
		j.readTaxonomy(&h, name)
	}
	j.readEvidence(&h, evidence)
	j.readTeams(&h, teams, evidence)
	j.readChallenges(&h, j.file("challenges", "jsonl"))
	if name := j.pick("tag_pairs", j.part, "csv"); name != "" && h.above != nil {
		j.readTagPairs(&h, name)
	}
	return h
}

func (j *judge) readTaxonomy(h *history, name string) {
	h.above, h.english = map[string]string{}, map[string]string{}
	t := j.table(name, "discipline", "category", "category_en")
	for _, row := range t.rows {
		d, c := t.text(row, "discipline"), t.text(row, "category")
		if _, twice := h.above[d]; twice {
			j.fault(name, row.line, "discipline", "%q stands twice", d)
		}
		h.above[d] = c
		h.english[c] = row.cells[slices.Index(t.columns, "category_en")]
	}
}

// knownTag is the discipline in a field, which the taxonomy must have, if there is one.
func (h history) knownTag(r record, field string) string {
	tag := r.text(field, false)
	if _, ok := h.above[tag]; !ok && tag != "" && h.above != nil {
		r.d.fault(r.file, r.line, field, "there is no %q in the column discipline of the taxonomy", tag)
	}
	return tag
}

func (j *judge) readEvidence(h *history, name string) {
	h.evidence = map[string]proof{}
	h.tagged = h.above != nil
	for _, r := range j.records(name) {
		id := r.text("id", true)
		if _, twice := h.evidence[id]; twice {
			j.fault(name, r.line, "id", "%q stands twice", id)
		}
		e := proof{r.text("text", true), h.knownTag(r, "discipline")}
		h.tagged = h.tagged && e.discipline != ""
		h.evidence[id] = e
	}
}

func (j *judge) readTeams(h *history, name, evidence string) {
	seen := map[string]bool{}
	for _, r := range j.records(name) {
		t := unit{r.text("id", true), h.knownTag(r, "main"), r.texts("evidence")}
		if seen[t.id] {
			j.fault(name, r.line, "id", "%q stands twice", t.id)
		}
		seen[t.id] = true
		if len(t.evidence) == 0 {
			j.fault(name, r.line, "evidence", "is missing or empty; name at least one text")
		}
		slices.Sort(t.evidence)
		for i, e := range t.evidence {
			if i > 0 && e == t.evidence[i-1] {
				j.fault(name, r.line, "evidence", "%q stands twice", e)
			}
			if _, ok := h.evidence[e]; !ok {
				j.fault(name, r.line, "evidence", "there is no %q in %s", e, evidence)
			}
		}
		h.teams = append(h.teams, t)
	}
	slices.SortFunc(h.teams, func(a, b unit) int { return strings.Compare(a.id, b.id) })
}

func (j *judge) readChallenges(h *history, name string) {
	seen, teams := map[string]bool{}, map[string]bool{}
	for _, t := range h.teams {
		teams[t.id] = true
	}
	for _, r := range j.records(name) {
		c := asked{id: r.text("id", true), title: r.text("title", false), abstract: r.text("abstract", false), discipline: h.knownTag(r, "discipline"),
			keywords: r.texts("keywords"), absent: r.texts("absent_keywords"), gains: r.numbers("gains")}
		if seen[c.id] {
			j.fault(name, r.line, "id", "%q stands twice", c.id)
		}
		seen[c.id] = true
		for _, t := range slices.Sorted(maps.Keys(c.gains)) {
			if !teams[t] {
				j.fault(name, r.line, "gains."+t, "there is no such team")
			}
			if c.gains[t] < 0 {
				j.fault(name, r.line, "gains."+t, "%v is below 0; 0 is a team that did not suit", c.gains[t])
			}
		}
		if c.gains == nil && (c.discipline == "" || h.above == nil) {
			j.fault(name, r.line, "gains", `is missing; say how well each team did, {"TEAM": 3}, or give "discipline" and a taxonomy.csv`)
		}
		h.challenges = append(h.challenges, c)
	}
	slices.SortFunc(h.challenges, func(a, b asked) int { return strings.Compare(a.id, b.id) })
}

func (j *judge) readTagPairs(h *history, name string) {
	t := j.table(name, "discipline_a", "discipline_b", "shares_keyword")
	for _, row := range t.rows {
		p := tagPair{t.text(row, "discipline_a"), t.text(row, "discipline_b"), t.number(row, "shares_keyword")}
		for _, side := range []struct{ field, tag string }{{"discipline_a", p.a}, {"discipline_b", p.b}} {
			if _, ok := h.above[side.tag]; !ok && side.tag != "" {
				j.fault(name, row.line, side.field, "there is no %q in the column discipline of the taxonomy", side.tag)
			}
		}
		if p.share != 0 && p.share != 1 {
			j.fault(name, row.line, "shares_keyword", "%v is neither 1 nor 0", p.share)
		}
		h.tagPairs = append(h.tagPairs, p)
	}
	slices.SortFunc(h.tagPairs, func(p, q tagPair) int {
		return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b), cmp.Compare(p.share, q.share))
	})
}

// gain is what is told, or else the share of the team's evidence that is of the
// challenge's discipline, three times as much as what is only of its category.
func (h history) gain(c asked, t unit) float64 {
	if c.gains != nil {
		return c.gains[t.id]
	}
	sum := 0.0
	for _, e := range t.evidence {
		switch d := h.evidence[e].discipline; {
		case d == c.discipline:
			sum += 3
		case d != "" && h.above[d] == h.above[c.discipline]:
			sum++
		}
	}
	return sum / float64(len(t.evidence))
}

// truth is what each team is worth for a challenge, and whether it should be on
// top: its main discipline is the challenge's, or where gains are told, it has any.
type truth struct{ gains, first []float64 }

func (h history) truth(c asked) truth {
	t := truth{make([]float64, len(h.teams)), make([]float64, len(h.teams))}
	for i, u := range h.teams {
		t.gains[i] = h.gain(c, u)
		if c.gains == nil && u.main == c.discipline || c.gains[u.id] > 0 {
			t.first[i] = 1
		}
	}
	return t
}

func items(truth, scores []float64) []measure.Item {
	out := make([]measure.Item, len(truth))
	for i := range out {
		out[i] = measure.Item{Truth: truth[i], Score: scores[i]}
	}
	return out
}

func (j *judge) judgeHistory(h history) {
	profiles := make([][]string, len(h.teams))
	for i, t := range h.teams {
		for _, e := range t.evidence {
			profiles[i] = append(profiles[i], h.evidence[e].text)
		}
	}
	var pool []string
	for _, e := range slices.Sorted(maps.Keys(h.evidence)) {
		pool = append(pool, h.evidence[e].text)
	}
	e, err := j.newEngine(pool, profiles)
	if err != nil {
		j.fault("evidence", 0, "", "cannot be learned from: %v", err)
		return
	}
	plain := newBar(pool, profiles)
	var tagger *tagEngine
	var tagged *tags.Model
	if h.tagged {
		if tagger, err = j.newTagEngine(h); err != nil {
			j.fault("taxonomy.csv", 0, "", "cannot be learned from: %v", err)
			return
		}
		tagged = tagger.model
	}
	whole, err := j.newFitEngine(h, e.model, tagged)
	if err != nil {
		j.fault("teams", 0, "", "cannot be compared with: %v", err)
		return
	}
	truths := make([]truth, len(h.challenges))
	each(len(truths), nil, func(i int) { truths[i] = h.truth(h.challenges[i]) })
	for _, v := range variants {
		var queries []string
		var of []asked
		var truth []truth
		for i, c := range h.challenges {
			if q := v.of(c); strings.TrimSpace(q) != "" {
				queries, of, truth = append(queries, q), append(of, c), append(truth, truths[i])
			}
		}
		if len(of) == 0 {
			j.leaveOut(v.name+" TEXT nDCG@10", "no challenge has such a text")
			continue
		}
		t := tracks{bar: j.scoreAll(v.name, plain, queries), text: j.scoreAll(v.name+" TEXT", e, queries), fit: j.scoreAll(v.name+" FIT", whole, queries)}
		if tagger != nil {
			t.tag = j.scoreAll(v.name+" TAG", tagger, queries)
		}
		j.addTracks(h, v.name, truth, t)
		if tagger != nil {
			j.addGuesses(v.name, of, queries, tagger)
		}
	}
	if tagger == nil {
		j.leaveOut("TAG", "taxonomy.csv is not there, or some evidence has no discipline")
	}
	j.judgeTagPairs(h, tagger)
	j.lookUpAbsent(h, pool)
}

// tracks are the scores of each way to rank: a row a challenge, a column a team.
type tracks struct{ bar, text, tag, fit [][]float64 }

func (j *judge) addTracks(h history, variant string, of []truth, t tracks) {
	sizes := make([]float64, len(h.teams))
	for i, u := range h.teams {
		sizes[i] = float64(len(u.evidence))
	}
	worth := make([]float64, len(of))
	for i, c := range of {
		worth[i] = measure.Spearman(sizes, c.gains)
	}
	ideal := method{"the gains", ratio(measure.Mean(worth))}
	type measured struct{ ndcg, hit, bias measure.Statistic }
	by := func(scores [][]float64) measured {
		ndcg, hit, bias := make([]float64, len(of)), make([]float64, len(of)), make([]float64, len(of))
		each(len(of), nil, func(i int) {
			ndcg[i] = measure.NDCG(items(of[i].gains, scores[i]), 10)
			hit[i] = measure.Hit(items(of[i].first, scores[i]))
			bias[i] = measure.Spearman(sizes, scores[i])
		})
		return measured{ratio(measure.Mean(ndcg)), ratio(measure.Mean(hit)), ratio(measure.Mean(bias))}
	}
	put := func(track string, ours measured, others map[string]measured) {
		metric := func(name string, better improvement, pick func(measured) measure.Statistic, ms ...method) {
			for _, o := range slices.Sorted(maps.Keys(others)) {
				ms = append(ms, method{o, pick(others[o])})
			}
			j.add(variant+" "+track+" "+name, "challenges", len(of), better, pick(ours), ms...)
		}
		metric("nDCG@10", higher, func(m measured) measure.Statistic { return m.ndcg })
		metric("hit@1", higher, func(m measured) measure.Statistic { return m.hit })
		metric(sizeBias, nearZero, func(m measured) measure.Statistic { return m.bias }, ideal)
	}
	plain, text := by(t.bar), by(t.text)
	put("TEXT", text, map[string]measured{barName: plain})
	others := map[string]measured{"TEXT": text}
	if t.tag != nil {
		tag := by(t.tag)
		put("TAG", tag, others)
		others = map[string]measured{"TEXT": text, "TAG": tag}
	}
	put("FIT", by(t.fit), others)
}

// tagEngine is the shipped tag model over the teams.
type tagEngine struct {
	model *tags.Model
	suits []map[string]float64 // of each team, how like its evidence's tags a tag is
}

func (j *judge) newTagEngine(h history) (*tagEngine, error) {
	disciplines := slices.Sorted(maps.Keys(h.above))
	var labelled []tags.Labelled
	for _, id := range slices.Sorted(maps.Keys(h.evidence)) {
		labelled = append(labelled, tags.Labelled{Text: h.evidence[id].text, Tags: []string{h.evidence[id].discipline}})
	}
	m, err := tags.Train(h.tree(), labelled, tags.Options{Seed: j.seed, Progress: j.told.within(j.name)})
	if err != nil {
		return nil, err
	}
	j.engine += ", tags " + m.Version()
	e := &tagEngine{model: m}
	like := map[[2]string]float64{}
	for _, x := range disciplines {
		for _, y := range disciplines {
			like[[2]string{x, y}] = m.Similarity(x, y)
		}
	}
	for _, t := range h.teams {
		suits := map[string]float64{}
		for _, x := range disciplines {
			for _, id := range t.evidence {
				suits[x] += like[[2]string{x, h.evidence[id].discipline}] / float64(len(t.evidence))
			}
		}
		e.suits = append(e.suits, suits)
	}
	return e, nil
}

// fitEngine is the whole shipped score over the teams.
type fitEngine struct {
	engine *fit.Engine
	teams  []*fit.Prepared
}

func (j *judge) newFitEngine(h history, words *likeness.Model, tagged *tags.Model) (*fitEngine, error) {
	var cat fit.Catalogue
	for _, t := range h.tree() {
		cat.Tags = append(cat.Tags, fit.Tag{Code: t.Code, Parent: t.Parent, Name: t.Name, NameEn: t.NameEn})
	}
	engine, err := fit.New(cat, fit.Models{Likeness: words, Tags: tagged})
	if err != nil {
		return nil, err
	}
	j.engine += ", fit " + engine.Version()
	e := &fitEngine{engine: engine, teams: make([]*fit.Prepared, len(h.teams))}
	each(len(h.teams), nil, func(i int) {
		t := fit.Team{Code: h.teams[i].id}
		for _, id := range h.teams[i].evidence {
			proof := fit.Evidence{ID: id, Kind: "paper", Title: h.evidence[id].text, Verified: true}
			if d := h.evidence[id].discipline; d != "" {
				proof.Tags = []string{d}
			}
			t.Evidence = append(t.Evidence, proof)
		}
		e.teams[i] = engine.Team(t)
	})
	return e, nil
}

// scores are the sums z that the shown score rises with: a float64 tells more of them apart.
func (e *fitEngine) scores(query string) []float64 {
	asked := e.engine.Challenge(fit.Challenge{Text: query})
	out := make([]float64, len(e.teams))
	for i, t := range e.teams {
		out[i] = e.engine.Score(asked, t).Z
	}
	return out
}

// tree is the taxonomy as the engines want it.
func (h history) tree() []tags.Tag {
	var tree []tags.Tag
	for _, c := range slices.Sorted(maps.Keys(h.english)) {
		tree = append(tree, tags.Tag{Code: category(c), Name: c, NameEn: h.english[c]})
	}
	for _, d := range slices.Sorted(maps.Keys(h.above)) {
		tree = append(tree, tags.Tag{Code: d, Parent: category(h.above[d]), Name: d})
	}
	return tree
}

// category is the code of a category, which may be called like a discipline of it.
func category(name string) string { return "category " + name }

// scores are the sums over the tags that the text may be about of their
// probability and of how like the tags of the team's evidence they are.
func (e *tagEngine) scores(query string) []float64 {
	out := make([]float64, len(e.suits))
	for _, g := range e.model.Guess(query) {
		for i, s := range e.suits {
			out[i] += g.P * s[g.Code]
		}
	}
	return out
}

// addGuesses measures whether the tag of a challenge is among the first guesses.
func (j *judge) addGuesses(variant string, of []asked, queries []string, e *tagEngine) {
	top1, top3 := make([]float64, len(of)), make([]float64, len(of))
	each(len(of), nil, func(i int) {
		top1[i], top3[i] = math.NaN(), math.NaN()
		if of[i].discipline == "" {
			return
		}
		var items []measure.Item
		for _, g := range e.model.Guess(queries[i]) {
			item := measure.Item{Score: g.P}
			if g.Code == of[i].discipline {
				item.Truth = 1
			}
			items = append(items, item)
		}
		top1[i], top3[i] = measure.Recall(items, 1), measure.Recall(items, 3)
	})
	j.add(variant+" guessed tag top 1", "challenges", len(of), higher, ratio(measure.Mean(top1)))
	j.add(variant+" guessed tag top 3", "challenges", len(of), higher, ratio(measure.Mean(top3)))
}

// lookUpAbsent asks by keywords that an abstract does not contain for that
// abstract, among all abstracts and all evidence.
func (j *judge) lookUpAbsent(h history, evidence []string) {
	var texts, queries []string
	var right []int
	for _, c := range h.challenges {
		if strings.TrimSpace(c.abstract) == "" {
			continue
		}
		if q := strings.Join(c.absent, " "); strings.TrimSpace(q) != "" {
			queries, right = append(queries, q), append(right, len(texts))
		}
		texts = append(texts, c.abstract)
	}
	if len(queries) == 0 {
		j.leaveOut("absent keywords MRR@10", "no challenge has absent_keywords and an abstract")
		return
	}
	texts = append(texts, evidence...)
	alone := make([][]string, len(texts))
	for i, s := range texts {
		alone[i] = []string{s}
	}
	e, err := j.newEngine(texts, alone)
	if err != nil {
		j.fault(j.file("challenges", "jsonl"), 0, "abstract", "cannot be learned from: %v", err)
		return
	}
	by := func(s scorer) (mrr, recall measure.Statistic) {
		first, found := make([]float64, len(queries)), make([]float64, len(queries))
		each(len(queries), func(done int) { j.told.tell(j.name+": absent keywords", done, len(queries)) }, func(i int) {
			scores := s.scores(queries[i])
			items := make([]measure.Item, len(scores))
			for k, v := range scores {
				items[k].Score = v
			}
			items[right[i]].Truth = 1
			first[i], found[i] = measure.ReciprocalRank(items, 10), measure.Recall(items, 100)
		})
		return ratio(measure.Mean(first)), ratio(measure.Mean(found))
	}
	mrr, recall := by(e)
	barMRR, barRecall := by(newBar(texts, alone))
	j.add("absent keywords MRR@10", "challenges", len(queries), higher, mrr, method{barName, barMRR})
	j.add("absent keywords recall@100", "challenges", len(queries), higher, recall, method{barName, barRecall})
}

// judgeTagPairs measures whether like tags share rare keywords.
func (j *judge) judgeTagPairs(h history, e *tagEngine) {
	const metric = "tag pairs AUC"
	if len(h.tagPairs) == 0 {
		j.leaveOut(metric, "%s or taxonomy.csv is not there, or has no rows", j.file("tag_pairs", "csv"))
		return
	}
	if e == nil {
		j.leaveOut(metric, "there is no tag model")
		return
	}
	like, same, share := make([]float64, len(h.tagPairs)), make([]float64, len(h.tagPairs)), make([]bool, len(h.tagPairs))
	for i, p := range h.tagPairs {
		like[i], share[i] = e.model.Similarity(p.a, p.b), p.share == 1
		if p.a == p.b {
			same[i] = 1
		}
	}
	ours, bar := measure.NewROC(like, share), measure.NewROC(same, share)
	j.add(metric, "pairs", len(h.tagPairs), higher, ours.Area, method{"same tag", bar.Area})
}
