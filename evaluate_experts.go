package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiebang/matching/measure"
)

// ratings judges the parts in which experts rated things: for every profile
// list, expert and pair of things that the expert rated apart, which of the two
// the engine prefers; the mean over the lists. Unit: expert.
func (j *judge) ratings() {
	for _, part := range j.parts("evaluations", "csv") {
		j.part = part
		if r := j.readRatings(); j.err() == nil {
			j.judgeRatings(r)
		}
	}
}

type rating struct {
	doc   string
	truth float64
}

// ratingSet is what was rated, by expert, and what is known of the experts in each list.
type ratingSet struct {
	docs    map[string]string
	experts []string
	ratings map[string][]rating
	lists   []map[string][]string
	peers   []string
	scores  map[peerKey][]float64 // of each peer
	silent  map[string]string     // peers left out, and why
}

type peerKey struct {
	list        int
	expert, doc string
}

func (j *judge) readRatings() ratingSet {
	r := ratingSet{ratings: map[string][]rating{}, scores: map[peerKey][]float64{}, silent: map[string]string{}}
	docs := j.need("docs", j.part, "jsonl", "it holds the texts of everything that was rated")
	profiles := j.need("profiles", j.part, "json", "it says which texts each expert is known by")
	if docs == "" || profiles == "" {
		return r
	}
	r.docs = j.documents(docs)
	t := j.table(j.file("evaluations", "csv"), "reviewer", "doc", "expertise")
	for _, row := range t.rows {
		expert, doc := t.text(row, "reviewer"), t.text(row, "doc")
		if _, ok := r.docs[doc]; !ok && doc != "" {
			j.fault(t.file, row.line, "doc", "there is no %q in %s", doc, docs)
		}
		if slices.ContainsFunc(r.ratings[expert], func(have rating) bool { return have.doc == doc }) {
			j.fault(t.file, row.line, "doc", "%s rated %q twice; keep one", expert, doc)
		}
		r.ratings[expert] = append(r.ratings[expert], rating{doc, t.number(row, "expertise")})
	}
	r.experts = slices.Sorted(maps.Keys(r.ratings))
	for _, e := range r.experts {
		slices.SortFunc(r.ratings[e], func(a, b rating) int { return strings.Compare(a.doc, b.doc) })
	}
	r.lists = j.profileLists(profiles)
	if len(r.lists) == 0 {
		return r
	}
	for l, list := range r.lists {
		j.checkProfiles(profiles, listName(l, len(r.lists)), list, r.docs, docs)
		for _, e := range r.experts {
			if len(list[e]) == 0 {
				j.fault(profiles, 0, listName(l, len(r.lists))+e, "is missing or empty; name the texts %s is known by, or take the ratings out", e)
			}
		}
	}
	if name := j.pick("peer_scores", j.part, "csv"); name != "" {
		j.readPeers(&r, name)
	}
	return r
}

func listName(l, of int) string {
	if of == 1 {
		return ""
	}
	return "[" + strconv.Itoa(l) + "]."
}

// profileLists reads one object of profiles, or a list of them.
func (j *judge) profileLists(name string) []map[string][]string {
	const want = `an object {"EXPERT": ["DOC", ...]} or a list of such objects`
	var lists []map[string][]string
	if lines := j.lines(name); len(lines) > 0 && strings.HasPrefix(strings.TrimSpace(string(lines[0])), "[") {
		if j.readJSON(name, want, &lists) && len(lists) == 0 {
			j.fault(name, 0, "", "is an empty list; want %s", want)
		}
		return lists
	}
	var one map[string][]string
	if j.readJSON(name, want, &one) {
		lists = append(lists, one)
	}
	return lists
}

// checkProfiles asks that every text of a profile is there.
func (j *judge) checkProfiles(file, field string, profiles map[string][]string, docs map[string]string, in string) {
	for _, e := range slices.Sorted(maps.Keys(profiles)) {
		for i, id := range profiles[e] {
			if _, ok := docs[id]; !ok {
				j.fault(file, 0, field+e+"["+strconv.Itoa(i)+"]", "there is no %q in %s", id, in)
			}
		}
	}
}

func (j *judge) readPeers(r *ratingSet, name string) {
	want := []string{"reviewer", "doc"}
	if len(r.lists) > 1 {
		want = append(want, "list")
	}
	t := j.table(name, want...)
	r.peers = t.others("list", "reviewer", "doc")
	for _, row := range t.rows {
		k := peerKey{0, t.text(row, "reviewer"), t.text(row, "doc")}
		if slices.Contains(t.columns, "list") {
			l := t.number(row, "list")
			if l != math.Trunc(l) || l < 1 || l > float64(len(r.lists)) {
				j.fault(name, row.line, "list", "%v is none of the %d lists of the profiles, counted from 1", l, len(r.lists))
				continue
			}
			k.list = int(l) - 1
		}
		if r.scores[k] != nil {
			j.fault(name, row.line, "doc", "%s and %q stand twice in this list; keep one", k.expert, k.doc)
		}
		for _, p := range r.peers {
			r.scores[k] = append(r.scores[k], t.number(row, p))
		}
	}
	for l := range r.lists {
		for _, e := range r.experts {
			for _, x := range r.ratings[e] {
				if r.scores[peerKey{l, e, x.doc}] == nil {
					j.fault(name, 0, "", "has no line for %s%s and %s; add it, or take the file away", listName(l, len(r.lists)), e, x.doc)
				}
			}
		}
	}
}

// ratingFigures are the losses and the right pairs by list and expert.
type ratingFigures struct{ loss, easy, hard [][]measure.Share }

func (r ratingSet) figures(score func(list, expert int, x rating) float64) ratingFigures {
	var f ratingFigures
	for l := range r.lists {
		var loss, easy, hard []measure.Share
		for i, e := range r.experts {
			var items []measure.Item
			for _, x := range r.ratings[e] {
				items = append(items, measure.Item{Truth: x.truth, Score: score(l, i, x)})
			}
			pairs := measure.Pairs(items)
			loss = append(loss, measure.PairLoss(pairs))
			easy = append(easy, measure.PairAccuracy(pairs, measure.Easy))
			hard = append(hard, measure.PairAccuracy(pairs, measure.Hard))
		}
		f.loss, f.easy, f.hard = append(f.loss, loss), append(f.easy, easy), append(f.hard, hard)
	}
	return f
}

// meanRatio is the mean of the lists' ratios.
func meanRatio(lists [][]measure.Share) measure.Statistic {
	return func(times []int) float64 {
		sum := 0.0
		for _, units := range lists {
			sum += measure.Ratio(units, times)
		}
		return sum / float64(len(lists))
	}
}

func (j *judge) judgeRatings(r ratingSet) {
	var profiles [][]string // by list, and in it by expert
	for _, list := range r.lists {
		for _, e := range r.experts {
			profiles = append(profiles, lookUp(r.docs, list[e]))
		}
	}
	rated := map[string]int{}
	var queries []string
	for _, e := range r.experts {
		for _, x := range r.ratings[e] {
			if _, ok := rated[x.doc]; !ok {
				rated[x.doc] = len(queries)
				queries = append(queries, r.docs[x.doc])
			}
		}
	}
	pool := lookUp(r.docs, slices.Sorted(maps.Keys(r.docs)))
	by := func(s scorer) ratingFigures {
		scores := j.scoreAll("ratings", s, queries)
		return r.figures(func(l, i int, x rating) float64 { return scores[rated[x.doc]][l*len(r.experts)+i] })
	}
	e, err := j.newEngine(pool, profiles)
	if err != nil {
		j.fault("docs.jsonl", 0, "", "cannot be learned from: %v", err)
		return
	}
	ours, plain := by(e), by(newBar(pool, profiles))
	others := []ratingFigures{plain}
	names := []string{barName}
	for i, p := range r.peers {
		names = append(names, p)
		others = append(others, r.figures(func(l, e int, x rating) float64 { return r.scores[peerKey{l, r.experts[e], x.doc}][i] }))
	}
	put := func(metric string, better improvement, pick func(ratingFigures) [][]measure.Share) {
		var ms []method
		for i, o := range others {
			ms = append(ms, method{names[i], meanRatio(pick(o))})
		}
		j.add(metric, "experts", len(r.experts), better, meanRatio(pick(ours)), ms...)
	}
	put("loss", lower, func(f ratingFigures) [][]measure.Share { return f.loss })
	put("easy accuracy", higher, func(f ratingFigures) [][]measure.Share { return f.easy })
	put("hard accuracy", higher, func(f ratingFigures) [][]measure.Share { return f.hard })
}

// lookUp are the texts of the ids, in the order of the ids' names.
func lookUp(texts map[string]string, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range slices.Sorted(slices.Values(ids)) {
		out[i] = texts[id]
	}
	return out
}

// pairs judges the parts that hold pairs of experts for a paper (unit: paper) or
// of papers for an expert (unit: expert).
func (j *judge) pairs() {
	parts := append(j.parts("paper_centric_pairs", "csv"), j.parts("expert_centric_pairs", "csv")...)
	slices.Sort(parts)
	for _, part := range slices.Compact(parts) {
		j.part = part
		if s := j.readPairs(); j.err() == nil {
			j.judgePairs(s)
		}
	}
}

// pairRow is a line of a file of pairs: two combinations of a paper and an expert.
type pairRow struct {
	unit            string
	paperA, expertA string
	paperB, expertB string
	truthA, truthB  float64
	peersA, peersB  []float64
}

type pairSet struct {
	docs    map[string]string
	experts map[string][]string
	files   []pairFile
}

type pairFile struct {
	name, metric, unit string
	peers              []string
	rows               []pairRow
}

func (j *judge) readPairs() pairSet {
	var s pairSet
	docs := j.need("docs", j.part, "jsonl", "it holds the texts of everything that is compared")
	experts := j.need("experts", j.part, "json", "it says which texts each expert is known by")
	if docs == "" || experts == "" {
		return s
	}
	s.docs = j.documents(docs)
	j.readJSON(experts, `an object {"EXPERT": ["DOC", ...]}`, &s.experts)
	j.checkProfiles(experts, "", s.experts, s.docs, docs)
	for _, f := range []struct{ prefix, metric, unit, one, many string }{
		{"paper_centric_pairs", "paper-centric", "papers", "paper", "expert"},
		{"expert_centric_pairs", "expert-centric", "experts", "expert", "paper"},
	} {
		name := j.pick(f.prefix, j.part, "csv")
		file := pairFile{name: name, metric: f.metric, unit: f.unit}
		if name != "" {
			j.readPairFile(&file, s, docs, experts, f.one, f.many)
		}
		s.files = append(s.files, file)
	}
	return s
}

func (j *judge) readPairFile(f *pairFile, s pairSet, docs, experts, one, many string) {
	fixed := []string{one, many + "_a", many + "_b", "familiarity_a", "familiarity_b"}
	t := j.table(f.name, fixed...)
	for _, c := range t.others(fixed...) {
		if name, ok := strings.CutSuffix(c, "_a"); ok && slices.Contains(t.columns, name+"_b") {
			f.peers = append(f.peers, name)
		}
	}
	known := func(line int, field, id string) {
		if _, ok := s.docs[id]; !ok && strings.HasPrefix(field, "paper") && id != "" {
			j.fault(f.name, line, field, "there is no %q in %s", id, docs)
		}
		if len(s.experts[id]) == 0 && strings.HasPrefix(field, "expert") && id != "" {
			j.fault(f.name, line, field, "there is no %q with a text in %s", id, experts)
		}
	}
	for _, row := range t.rows {
		unit, a, b := t.text(row, one), t.text(row, many+"_a"), t.text(row, many+"_b")
		known(row.line, one, unit)
		known(row.line, many+"_a", a)
		known(row.line, many+"_b", b)
		r := pairRow{unit, unit, a, unit, b, t.number(row, "familiarity_a"), t.number(row, "familiarity_b"), nil, nil}
		if one == "expert" {
			r.paperA, r.expertA, r.paperB, r.expertB = a, unit, b, unit
		}
		for _, p := range f.peers {
			r.peersA, r.peersB = append(r.peersA, t.number(row, p+"_a")), append(r.peersB, t.number(row, p+"_b"))
		}
		f.rows = append(f.rows, r)
	}
}

func (j *judge) judgePairs(s pairSet) {
	names := slices.Sorted(maps.Keys(s.experts))
	place := map[string]int{}
	var profiles [][]string
	for i, e := range names {
		place[e] = i
		profiles = append(profiles, lookUp(s.docs, s.experts[e]))
	}
	asked := map[string]int{}
	var queries []string
	for _, f := range s.files {
		for _, r := range f.rows {
			for _, p := range []string{r.paperA, r.paperB} {
				if _, ok := asked[p]; !ok {
					asked[p] = len(queries)
					queries = append(queries, s.docs[p])
				}
			}
		}
	}
	pool := lookUp(s.docs, slices.Sorted(maps.Keys(s.docs)))
	e, err := j.newEngine(pool, profiles)
	if err != nil {
		j.fault("docs.jsonl", 0, "", "cannot be learned from: %v", err)
		return
	}
	ours, plain := j.scoreAll("pairs", e, queries), j.scoreAll("pairs", newBar(pool, profiles), queries)
	by := func(scores [][]float64) func(r pairRow) (a, b float64) {
		return func(r pairRow) (a, b float64) {
			return scores[asked[r.paperA]][place[r.expertA]], scores[asked[r.paperB]][place[r.expertB]]
		}
	}
	for _, f := range s.files {
		if f.name == "" {
			j.leaveOut(f.metric+" loss", "%s is not there", j.file(strings.ReplaceAll(f.metric, "-", "_")+"_pairs", "csv"))
			continue
		}
		j.addPairs(f, by(ours), by(plain))
	}
}

func (j *judge) addPairs(f pairFile, ours, plain func(pairRow) (a, b float64)) {
	others := []func(pairRow) (a, b float64){plain}
	names := append([]string{barName}, f.peers...)
	for i := range f.peers {
		others = append(others, func(r pairRow) (a, b float64) { return r.peersA[i], r.peersB[i] })
	}
	units := map[string][]pairRow{}
	slices.SortFunc(f.rows, func(a, b pairRow) int {
		return cmp.Or(cmp.Compare(a.paperA, b.paperA), cmp.Compare(a.expertA, b.expertA), cmp.Compare(a.paperB, b.paperB), cmp.Compare(a.expertB, b.expertB))
	})
	for _, r := range f.rows {
		units[r.unit] = append(units[r.unit], r)
	}
	shares := func(score func(pairRow) (a, b float64)) (loss, right []measure.Share) {
		for _, u := range slices.Sorted(maps.Keys(units)) {
			var pairs []measure.Pair
			for _, r := range units[u] {
				a, b := score(r)
				if r.truthA != r.truthB {
					pairs = append(pairs, measure.Pair{TruthA: r.truthA, TruthB: r.truthB, ScoreA: a, ScoreB: b})
				}
			}
			loss = append(loss, measure.PairLoss(pairs))
			right = append(right, measure.PairAccuracy(pairs, nil))
		}
		return loss, right
	}
	loss, right := shares(ours)
	var losses, rights []method
	for i, o := range others {
		l, r := shares(o)
		losses, rights = append(losses, method{names[i], ratio(l)}), append(rights, method{names[i], ratio(r)})
	}
	j.add(f.metric+" loss", f.unit, len(units), lower, ratio(loss), losses...)
	j.add(f.metric+" accuracy", f.unit, len(units), higher, ratio(right), rights...)
}
