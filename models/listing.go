package models

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"jiebang/internal/problem"
)

// PublicStates are the states in which everybody may see a challenge, in the order of its life.
func PublicStates() []string { return slices.Clone(challengePublic) }

// facet is one value by which the public list is narrowed and counted.
type facet struct {
	Axis     string `gorm:"column:axis;primaryKey"`
	Value    string `gorm:"column:value;primaryKey"`
	SearchNo int64  `gorm:"column:search_no;primaryKey"`
}

// TableName says what the facets are of.
func (facet) TableName() string { return "challenge_facets" }

// FacetAxes are the axes of the public list that are counted.
var FacetAxes = []string{"state", "chain", "tag", "city", "type", "competition"}

// IndexChallenge puts a challenge on the public list, or brings its entry up to date: its
// words for the search, its facets, and the kept counts. tokens are the words of its public
// text, cut by matching/text. It needs the time of publication, which gives its place in
// the list: search_no is that time in microseconds, moved up where it is taken.
func (tx *Tx) IndexChallenge(c *Challenge, e ListEntry) error {
	if c.PublishedAt == nil {
		return fmt.Errorf("index %s: it has no time of publication", c.ID)
	}
	old, err := tx.facetsOf(c.SearchNo)
	if err != nil {
		return err
	}
	if c.SearchNo == 0 {
		if err := tx.place(c); err != nil {
			return err
		}
		if err := tx.keepTerms(c); err != nil {
			return err
		}
	}
	fresh, err := tx.facets(c)
	if err != nil {
		return err
	}
	if err := tx.db.Where("search_no = ?", c.SearchNo).Delete(&facet{}).Error; err != nil {
		return err
	}
	if err := tx.db.Create(&fresh).Error; err != nil {
		return fmt.Errorf("write facets of %s: %w", c.ID, err)
	}
	if err := tx.words(c.SearchNo, e.Text); err != nil {
		return err
	}
	if err := tx.heads(c.SearchNo, e); err != nil {
		return err
	}
	if !slices.Contains(challengePublic, c.State) {
		return nil
	}
	change := map[facet]int{}
	for _, f := range old {
		change[facet{Axis: f.Axis, Value: f.Value}]--
	}
	for _, f := range fresh {
		change[facet{Axis: f.Axis, Value: f.Value}]++
	}
	if len(old) == 0 {
		change[facet{Axis: "state", Value: c.State}]++
	}
	return tx.count(change)
}

// place gives a challenge its number in the list.
func (tx *Tx) place(c *Challenge) error {
	no := c.PublishedAt.UnixMicro()
	for {
		var taken int64
		if err := tx.db.Raw("select count(*) from challenges where search_no = ? and search_no > 0", no).Scan(&taken).Error; err != nil {
			return err
		}
		if taken == 0 {
			break
		}
		no++
	}
	c.SearchNo = no
	return tx.db.Exec("update challenges set search_no = ? where id = ?", no, c.ID).Error
}

// facets are the values a challenge is found under: a tag stands for its parents too, and a
// term that was merged away is found under the one that stands for it now.
func (tx *Tx) facets(c *Challenge) ([]facet, error) {
	chains, err := tx.Merges("chain")
	if err != nil {
		return nil, err
	}
	list := []facet{{"chain", chains.Of(c.Chain), c.SearchNo}, {"city", c.City, c.SearchNo}, {"type", c.Type, c.SearchNo}, {"competition", c.Competition, c.SearchNo}}
	terms, err := tx.Vocabulary("domain")
	if err != nil {
		return nil, err
	}
	words, seen := Terms(terms), map[string]bool{}
	for _, tag := range MergesOf(terms).All(c.Tags.V) {
		for depth := 0; tag != "" && !seen[tag] && depth < 8; depth++ {
			seen[tag] = true
			list = append(list, facet{"tag", tag, c.SearchNo})
			tag = words[tag].Parent
		}
	}
	return list, nil
}

func (tx *Tx) facetsOf(searchNo int64) ([]facet, error) {
	if searchNo == 0 {
		return nil, nil
	}
	var list []facet
	return list, tx.db.Where("search_no = ?", searchNo).Find(&list).Error
}

// words writes the entry of the text index. Both databases get the same words at the same
// positions; the words are made plain first, so that neither cuts them again.
func (tx *Tx) words(searchNo int64, tokens []string) error {
	if tx.store.dialect == "sqlite" {
		if err := tx.db.Exec("delete from challenge_search where rowid = ?", searchNo).Error; err != nil {
			return err
		}
		return tx.db.Exec("insert into challenge_search (rowid, tokens) values (?, ?)", searchNo, ftsText(tokens)).Error
	}
	return tx.db.Exec(`insert into challenge_search (search_no, tokens) values (?, cast(? as tsvector))
		on conflict (search_no) do update set tokens = excluded.tokens`, searchNo, tsText(tokens)).Error
}

func ftsText(tokens []string) string {
	plain := make([]string, len(tokens))
	for i, t := range tokens {
		plain[i] = plainWord(t)
	}
	return strings.Join(plain, " ")
}

// maxWords is the highest position a tsvector knows; what stands behind it is not found as
// part of a phrase. The longest public text of a challenge has about half of it.
const maxWords = 16_383

func tsText(tokens []string) string {
	var b strings.Builder
	for i, t := range tokens {
		if i >= maxWords {
			break
		}
		fmt.Fprintf(&b, "'%s':%d ", plainWord(t), i+1)
	}
	return b.String()
}

// plainWord writes what is neither letter nor number as its code point: 1.5 is 1u2e5.
func plainWord(t string) string {
	var b strings.Builder
	for _, r := range t {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "u%x", r)
		}
	}
	return b.String()
}

// Phrase is words that follow one another. The last word of a prefix phrase stands for all
// that begin with it.
type Phrase struct {
	Words  []string
	Prefix bool
}

// count moves the kept counts. The rows are touched in a fixed order, so that two units of
// work cannot wait for each other in a circle.
func (tx *Tx) count(change map[facet]int) error {
	keys := make([]facet, 0, len(change))
	for f, n := range change {
		if n != 0 && f.Value != "" {
			keys = append(keys, f)
		}
	}
	slices.SortFunc(keys, func(a, b facet) int { return strings.Compare(a.Axis+"\x00"+a.Value, b.Axis+"\x00"+b.Value) })
	for _, f := range keys {
		err := tx.db.Exec(`insert into challenge_counts (axis, value, n) values (?, ?, ?)
			on conflict (axis, value) do update set n = challenge_counts.n + excluded.n`, f.Axis, f.Value, change[f]).Error
		if err != nil {
			return fmt.Errorf("count facets: %w", err)
		}
	}
	return nil
}

// recount follows a listed challenge that changes its state.
func (tx *Tx) recount(c *Challenge, before string) error {
	if c.SearchNo == 0 || before == c.State {
		return nil
	}
	was, is := slices.Contains(challengePublic, before), slices.Contains(challengePublic, c.State)
	change := map[facet]int{}
	if was {
		change[facet{Axis: "state", Value: before}]--
	}
	if is {
		change[facet{Axis: "state", Value: c.State}]++
	}
	if was != is {
		list, err := tx.facetsOf(c.SearchNo)
		if err != nil {
			return err
		}
		for _, f := range list {
			if is {
				change[facet{Axis: f.Axis, Value: f.Value}]++
			} else {
				change[facet{Axis: f.Axis, Value: f.Value}]--
			}
		}
	}
	return tx.count(change)
}

// RecountList makes the kept counts anew from the rows, after loading in bulk.
func (tx *Tx) RecountList() error {
	if err := tx.db.Exec("delete from challenge_counts").Error; err != nil {
		return err
	}
	return tx.db.Exec(recounted, challengePublic, challengePublic).Error
}

const recounted = `insert into challenge_counts (axis, value, n)
	select 'state', state, count(*) from challenges where search_no > 0 and state in ? group by state
	union all
	select f.axis, f.value, count(*) from challenge_facets f join challenges c on c.search_no = f.search_no
	where c.search_no > 0 and f.value <> '' and c.state in ? group by f.axis, f.value`

// Miscounted lists the kept counts that differ from the rows; it must be empty.
func (tx *Tx) Miscounted() ([]string, error) {
	kept, err := tx.KeptCounts()
	if err != nil {
		return nil, err
	}
	var rows []FacetCount
	q := strings.Replace(recounted, "insert into challenge_counts (axis, value, n)\n\tselect 'state', state, count(*)",
		"select 'state' as axis, state as value, count(*) as n", 1)
	if err := tx.db.Raw(q, challengePublic, challengePublic).Scan(&rows).Error; err != nil {
		return nil, err
	}
	wrong, have := []string{}, map[string]int64{}
	for _, r := range kept {
		have[r.Axis+"="+r.Value] = r.N
	}
	for _, r := range rows {
		if k := r.Axis + "=" + r.Value; have[k] != r.N {
			wrong = append(wrong, fmt.Sprintf("%s: kept %d, there are %d", k, have[k], r.N))
		}
		delete(have, r.Axis+"="+r.Value)
	}
	for k, n := range have {
		if n != 0 {
			wrong = append(wrong, fmt.Sprintf("%s: kept %d, there are none", k, n))
		}
	}
	slices.Sort(wrong)
	return wrong, nil
}

// FacetCount is how many listed challenges there are under a value.
type FacetCount struct {
	Axis  string
	Value string
	N     int64
}

// KeptCounts are the counts of the whole public list, kept with every change: reading them
// costs a row per value, whatever the size of the list.
func (tx *Tx) KeptCounts() ([]FacetCount, error) {
	list := []FacetCount{}
	return list, tx.db.Raw("select axis, value, n from challenge_counts where n <> 0 order by axis, n desc, value").Scan(&list).Error
}

// ChallengeFilter narrows the public list; a zero field does not.
type ChallengeFilter struct {
	Sought         []Sought // all of them
	Code           string   // the whole code of one challenge
	Chain          string
	Tag            string // a leaf or any of its parents
	City           string
	Type           string
	Competition    string
	States         []string
	Batch          BatchID
	BountyMin      Fen
	BountyMax      Fen
	DeadlineAfter  time.Time
	DeadlineBefore time.Time
	Sort           string // relevance, newest, deadline, bounty
}

// axes are the filters by one value, for choosing where to begin.
func (f *ChallengeFilter) axes() map[string]string {
	m := map[string]string{}
	for axis, value := range map[string]string{"chain": f.Chain, "tag": f.Tag, "city": f.City, "type": f.Type, "competition": f.Competition} {
		if value != "" {
			m[axis] = value
		}
	}
	return m
}

// fewRows is how many rows a query may read to sort them. A value with more of them is not
// begun with: walking the list in its order then meets a page's worth of them early.
const fewRows = 2000

// listQuery is a query on the public list, in parts.
type listQuery struct {
	from  string
	where []string
	args  []any
	no    string // the column of search_no to order by
}

func (q *listQuery) and(cond string, args ...any) {
	q.where = append(q.where, cond)
	q.args = append(q.args, args...)
}

// list plans a query: it begins with the text index when words are asked for, else with the
// rarest value when that is rare, else it walks the list in its order. All three read a
// covering index, never the wide rows. The plus keeps SQLite, which has no statistics, from
// taking another index; PostgreSQL plans by its own.
func (tx *Tx) list(f *ChallengeFilter) (*listQuery, error) {
	q := &listQuery{from: "challenges c", no: "c.search_no"}
	first, err := tx.rarest(f)
	if err != nil {
		return nil, err
	}
	common := false
	if len(f.Sought) > 0 && (f.Sort == "deadline" || f.Sort == "bounty") && tx.store.dialect == "sqlite" {
		if common, err = tx.common(f); err != nil {
			return nil, err
		}
	}
	switch {
	case common: // walk the list in its order and look each line up in the text index
		q.and("exists (select 1 from challenge_search where challenge_search match ? and challenge_search.rowid = c.search_no)", tx.textQuery(f.Sought))
		first = ""
	case len(f.Sought) > 0:
		tx.inText(q, f.Sought)
		first = ""
	case first != "":
		q.from, q.no = "challenge_facets d cross join challenges c", "d.search_no"
		q.and("d.axis = ? and d.value = ? and c.search_no = d.search_no", first, f.axes()[first])
	}
	tx.narrow(f, q, first)
	return q, nil
}

// narrow adds the filters but the words, and but the axis that the query begins with.
func (tx *Tx) narrow(f *ChallengeFilter, q *listQuery, first string) {
	plus := ""
	if tx.store.dialect == "sqlite" {
		plus = "+"
	}
	q.and("c.search_no > 0")
	states := f.States
	if len(states) == 0 {
		states = challengePublic
	}
	q.and(plus+"c.state in ?", states)
	columns := map[string]string{"city": "c.city", "type": "c.type", "competition": "c.competition_mode"}
	for _, axis := range FacetAxes {
		value, asked := f.axes()[axis]
		switch {
		case !asked || axis == first:
		case axis == "tag" || axis == "chain": // a merged one is found under the term that stands for it
			q.and("exists (select 1 from challenge_facets t where t.axis = ? and t.value = ? and t.search_no = c.search_no)", axis, value)
		default:
			q.and(plus+columns[axis]+" = ?", value)
		}
	}
	if f.Code != "" {
		q.and("c.code = ? and c.code <> ''", f.Code)
	}
	if f.Batch != "" {
		q.and(plus+"c.batch_id = ?", f.Batch)
	}
	tx.ranges(f, q)
}

// ranges bound what the list may be sorted by; only the bound of the order in hand may
// choose an index.
func (tx *Tx) ranges(f *ChallengeFilter, q *listQuery) {
	bounty, deadline := "c.bounty_fen", "c.bid_deadline"
	if tx.store.dialect == "sqlite" {
		if f.Sort != "bounty" {
			bounty = "+" + bounty
		}
		if f.Sort != "deadline" {
			deadline = "+" + deadline
		}
	}
	if f.BountyMin > 0 {
		q.and(bounty+" >= ?", f.BountyMin)
	}
	if f.BountyMax > 0 {
		q.and(bounty+" <= ?", f.BountyMax)
	}
	if !f.DeadlineAfter.IsZero() {
		q.and(deadline+" >= ?", f.DeadlineAfter)
	}
	if !f.DeadlineBefore.IsZero() {
		q.and(deadline+" < ?", f.DeadlineBefore)
	}
}

// common reports whether so many challenges have the words that their lines cannot all be
// read and sorted. The text index answers in the order of the newest only.
func (tx *Tx) common(f *ChallengeFilter) (bool, error) {
	var n int
	err := tx.db.Raw("select count(*) from (select rowid from challenge_search where challenge_search match ? limit ?)",
		tx.textQuery(f.Sought), fewRows+1).Scan(&n).Error
	return n > fewRows, err
}

// rarest names the axis whose value the fewest listed challenges have, when they are few.
func (tx *Tx) rarest(f *ChallengeFilter) (string, error) {
	best, least := "", int64(fewRows+1)
	axes := f.axes()
	if len(axes) == 0 {
		return "", nil
	}
	var rows []FacetCount
	where, args := []string{}, []any{}
	for _, axis := range FacetAxes {
		if value, asked := axes[axis]; asked {
			where, args = append(where, "(axis = ? and value = ?)"), append(args, axis, value)
		}
	}
	if err := tx.db.Raw("select axis, value, n from challenge_counts where "+strings.Join(where, " or ")+" order by axis", args...).Scan(&rows).Error; err != nil {
		return "", err
	}
	if len(rows) < len(axes) { // a value nobody has: begin with it, and find nothing at once
		for _, axis := range FacetAxes {
			if _, asked := axes[axis]; asked && !slices.ContainsFunc(rows, func(r FacetCount) bool { return r.Axis == axis }) {
				return axis, nil
			}
		}
	}
	for _, r := range rows {
		if r.N < least {
			best, least = r.Axis, r.N
		}
	}
	return best, nil
}

// SearchChallenges lists public challenges, newest first or in another order, at most limit
// after the cursor. Only the columns of a list are read.
func (tx *Tx) SearchChallenges(f ChallengeFilter, after Cursor, limit int) ([]Challenge, error) {
	q, err := tx.list(&f)
	if err != nil {
		return nil, err
	}
	order := q.no + " desc"
	switch f.Sort {
	case "deadline":
		order = "c.bid_deadline, c.id"
	case "bounty":
		order = "c.bounty_fen desc, c.id desc"
	}
	if err := q.goOn(f.Sort, after); err != nil {
		return nil, err
	}
	var ids []ChallengeID
	sql := "select c.id from " + q.from + " where " + strings.Join(q.where, " and ") + " order by " + order + " limit ?"
	if err := tx.db.Raw(sql, append(q.args, limit)...).Scan(&ids).Error; err != nil {
		return nil, fmt.Errorf("search challenges: %w", err)
	}
	return tx.lines(ids)
}

// lines reads the lines of a list in the order of the ids.
func (tx *Tx) lines(ids []ChallengeID) ([]Challenge, error) {
	rows := []Challenge{}
	if len(ids) == 0 {
		return rows, nil
	}
	if err := tx.db.Select(listColumns).Where("id in ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Challenge) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return rows, nil
}

// listColumns are what a line of the list shows; the search number is its key.
var listColumns = strings.Fields(`id code batch_id title type nature competition_mode max_lanes selection_mode alliance_id owner_org_id
	region city chain tags trl_now trl_target need bounty_fen honor_only term_months confidentiality anonymous_owner clarify_until
	bid_deadline open_at published_at search_no state version created_at updated_at`)

// goOn begins the query after the cursor.
func (q *listQuery) goOn(sort string, after Cursor) error {
	if after.ID == "" {
		return nil
	}
	switch sort {
	case "deadline":
		text, _ := after.Value.(string)
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return problem.Missing()
		}
		q.and("c.bid_deadline >= ? and (c.bid_deadline > ? or c.id > ?)", at, at, after.ID)
	case "bounty":
		fen, ok := after.Value.(float64)
		if !ok {
			return problem.Missing()
		}
		q.and("c.bounty_fen <= ? and (c.bounty_fen < ? or c.id < ?)", int64(fen), int64(fen), after.ID)
	default:
		no, ok := after.Value.(float64)
		if !ok {
			return problem.Missing()
		}
		q.and(q.no+" < ?", int64(no))
	}
	return nil
}

// CountCap bounds the counting of a filtered list: beyond it a count says "or more".
const CountCap = 1000

// FacetCounts counts the listed challenges under each value, each axis without its own
// filter, so that the other values of an axis in use can be chosen. Of an unfiltered axis
// of the whole list the kept counts are read; else at most CountCap of the newest matches
// are looked at, and capped names the axes where there were more. total is of the list
// with all its filters, -1 when it is more than CountCap.
func (tx *Tx) FacetCounts(f ChallengeFilter) (counts []FacetCount, total int64, capped []string, err error) {
	f.Sort = "newest"
	counts, capped = []FacetCount{}, []string{}
	kept, err := tx.KeptCounts()
	if err != nil {
		return nil, 0, nil, err
	}
	all, over, err := tx.sample(f)
	if err != nil {
		return nil, 0, nil, err
	}
	if total = int64(len(all)); over {
		total = -1
	}
	if f.empty() {
		total = 0
		for _, k := range kept {
			if k.Axis == "state" {
				total += k.N
			}
		}
	}
	for _, axis := range FacetAxes {
		without := f.without(axis)
		if without.empty() {
			counts = append(counts, slices.DeleteFunc(slices.Clone(kept), func(k FacetCount) bool { return k.Axis != axis })...)
			continue
		}
		rows, more := all, over
		if !f.same(without, axis) {
			if rows, more, err = tx.sample(without); err != nil {
				return nil, 0, nil, err
			}
		}
		if more {
			capped = append(capped, axis)
		}
		found, err := tx.tally(axis, rows)
		if err != nil {
			return nil, 0, nil, err
		}
		counts = append(counts, found...)
	}
	return counts, total, capped, nil
}

func (f ChallengeFilter) without(axis string) ChallengeFilter {
	switch axis {
	case "state":
		f.States = nil
	case "chain":
		f.Chain = ""
	case "tag":
		f.Tag = ""
	case "city":
		f.City = ""
	case "type":
		f.Type = ""
	case "competition":
		f.Competition = ""
	}
	return f
}

func (f ChallengeFilter) same(without ChallengeFilter, axis string) bool {
	if axis == "state" {
		return len(f.States) == 0
	}
	return f.axes()[axis] == without.axes()[axis]
}

func (f ChallengeFilter) empty() bool {
	return len(f.Sought)+len(f.States)+len(f.axes()) == 0 && f.Code == "" && f.Batch == "" && f.BountyMin == 0 && f.BountyMax == 0 &&
		f.DeadlineAfter.IsZero() && f.DeadlineBefore.IsZero()
}

// sampled is what facets are counted from.
type sampled struct {
	SearchNo                              int64
	State, Chain, City, Type, Competition string
}

func (tx *Tx) sample(f ChallengeFilter) (rows []sampled, over bool, err error) {
	if f.empty() {
		return nil, false, nil
	}
	q, err := tx.list(&f)
	if err != nil {
		return nil, false, err
	}
	err = tx.db.Raw("select c.search_no, c.state, c.chain, c.city, c.type, c.competition_mode as competition from "+q.from+" where "+
		strings.Join(q.where, " and ")+" order by "+q.no+" desc limit ?", append(q.args, CountCap+1)...).Scan(&rows).Error
	if len(rows) > CountCap {
		return rows[:CountCap], true, err
	}
	return rows, false, err
}

func (tx *Tx) tally(axis string, rows []sampled) ([]FacetCount, error) {
	n := map[string]int64{}
	switch axis {
	case "tag":
		if len(rows) == 0 {
			return nil, nil
		}
		nos := make([]int64, len(rows))
		for i, r := range rows {
			nos[i] = r.SearchNo
		}
		var tags []string
		if err := tx.db.Raw("select value from challenge_facets where search_no in ? and axis = 'tag'", nos).Scan(&tags).Error; err != nil {
			return nil, err
		}
		for _, t := range tags {
			n[t]++
		}
	default:
		for _, r := range rows {
			n[map[string]string{"state": r.State, "chain": r.Chain, "city": r.City, "type": r.Type, "competition": r.Competition}[axis]]++
		}
	}
	delete(n, "")
	list := make([]FacetCount, 0, len(n))
	for value, count := range n {
		list = append(list, FacetCount{axis, value, count})
	}
	slices.SortFunc(list, func(a, b FacetCount) int {
		if a.N != b.N {
			return int(b.N - a.N)
		}
		return strings.Compare(a.Value, b.Value)
	})
	return list, nil
}

// ChallengePage is the desk: the challenges of the actor's own units, or of his regions as
// an officer, or all for an auditor — never another's draft. Last changed first.
func (tx *Tx) ChallengePage(as string, states []string, words string, after Cursor, limit int) ([]Challenge, error) {
	list := []Challenge{}
	q := tx.db.Select(append(slices.Clone(listColumns), "state_reason", "bounty_fen")).Model(&Challenge{})
	switch as {
	case "owner":
		q = tx.mine(q)
	case "officer":
		if len(tx.Actor.Regions) == 0 {
			return list, nil
		}
		parts, args := []string{}, []any{}
		for _, r := range tx.Actor.Regions {
			parts, args = append(parts, "region like ?"), append(args, regionPattern(r))
		}
		q = q.Where("("+strings.Join(parts, " or ")+")", args...).Where("state in ?", challengeOffice)
	default:
		q = q.Where("state in ?", challengeOffice)
	}
	if len(states) > 0 {
		q = q.Where("state in ?", states)
	}
	if words != "" {
		q = q.Where("(title like ? escape '\\' or code = ?)", contains(words), words)
	}
	return list, after.by(q, "updated_at", true).Limit(limit).Find(&list).Error
}

// regionPattern is the area of a region code as a LIKE pattern; see within.
func regionPattern(area string) string {
	switch {
	case area == "000000":
		return "%"
	case len(area) != 6:
		return area
	case area[2:] == "0000":
		return area[:2] + "____"
	case area[4:] == "00":
		return area[:4] + "__"
	}
	return area
}
