package models

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/clause"
)

// ListEntry is what the public list is searched by: index words cut by matching/text, each
// field ended by a word that nobody types. Latin are the whole Latin words, for "did you mean".
type ListEntry struct {
	Text   []string // all words of the public text, with those of the title and the labels
	Title  []string
	Labels []string // of the chain, the tags and the indicators, with synonyms and codes
	Often  []string // words that come again and again in the text
	Latin  []string
}

// Sought is one thing that must occur: any of its alternatives, each of them phrases that
// must all occur. The first is what was typed; the others are words of the catalogues for it.
type Sought struct {
	Any [][]Phrase
}

// heads writes what the order by relevance needs.
func (tx *Tx) heads(searchNo int64, e ListEntry) error {
	err := tx.db.Exec(`insert into challenge_heads (search_no, title, labels, often) values (?, ?, ?, ?)
		on conflict (search_no) do update set title = excluded.title, labels = excluded.labels, often = excluded.often`,
		searchNo, strings.Join(e.Title, " "), strings.Join(e.Labels, " "), strings.Join(e.Often, " ")).Error
	if err != nil {
		return fmt.Errorf("write heads: %w", err)
	}
	if tx.store.dialect == "sqlite" {
		if err = tx.db.Exec("delete from heads_search where rowid = ?", searchNo).Error; err == nil {
			err = tx.db.Exec("insert into heads_search (rowid, title, labels) values (?, ?, ?)", searchNo, ftsText(e.Title), ftsText(e.Labels)).Error
		}
	} else {
		err = tx.db.Exec(`insert into heads_search (search_no, title, both_words) values (?, cast(? as tsvector), cast(? as tsvector))
			on conflict (search_no) do update set title = excluded.title, both_words = excluded.both_words`,
			searchNo, tsText(e.Title), tsText(slices.Concat(e.Title, e.Labels))).Error
	}
	if err != nil {
		return fmt.Errorf("index heads: %w", err)
	}
	for _, w := range e.Latin {
		if err := tx.db.Exec("insert into latin_words (word) values (?) on conflict do nothing", w).Error; err != nil {
			return fmt.Errorf("keep words: %w", err)
		}
	}
	return tx.db.Exec("delete from challenge_stale where search_no = ?", searchNo).Error
}

// textQuery asks for everything that is sought, in the words of the dialect.
func (tx *Tx) textQuery(list []Sought) string {
	and, or := " & ", " | "
	if tx.store.dialect == "sqlite" {
		and, or = " AND ", " OR "
	}
	all := make([]string, len(list))
	for i, s := range list {
		any := make([]string, len(s.Any))
		for n, phrases := range s.Any {
			parts := make([]string, len(phrases))
			for k, p := range phrases {
				parts[k] = tx.phraseQuery(p)
			}
			any[n] = "(" + strings.Join(parts, and) + ")"
		}
		all[i] = "(" + strings.Join(any, or) + ")"
	}
	return strings.Join(all, and)
}

func (tx *Tx) phraseQuery(p Phrase) string {
	plain := make([]string, len(p.Words))
	for n, w := range p.Words {
		plain[n] = plainWord(w)
	}
	if tx.store.dialect == "sqlite" {
		q := `"` + strings.Join(plain, " ") + `"`
		if p.Prefix {
			q += " *"
		}
		return q
	}
	q := "'" + strings.Join(plain, "' <-> '") + "'"
	if p.Prefix {
		q += ":*"
	}
	return q
}

// inText begins a query with the text index.
func (tx *Tx) inText(q *listQuery, list []Sought) {
	if tx.store.dialect == "sqlite" {
		q.from, q.no = "challenge_search cross join challenges c on c.search_no = challenge_search.rowid", "challenge_search.rowid"
		q.and("challenge_search match ?", tx.textQuery(list))
		return
	}
	q.from, q.no = "challenge_search s join challenges c on c.search_no = s.search_no", "s.search_no"
	q.and("s.tokens @@ cast(? as tsquery)", tx.textQuery(list))
}

// The tiers of a search that finds too much to rank: everything sought stands in the title;
// in the title and the labels; anywhere.
const (
	tierTitle = iota
	tierLabels
	tierText
	tiers
)

// tier plans a query for one of them; no challenge is in two.
func (tx *Tx) tier(f *ChallengeFilter, tier int) *listQuery {
	q, words := &listQuery{}, tx.textQuery(f.Sought)
	sqlite := tx.store.dialect == "sqlite"
	switch {
	case tier == tierText:
		tx.inText(q, f.Sought)
		if sqlite {
			q.and("challenge_search.rowid not in (select rowid from heads_search where heads_search match ?)", words)
		} else {
			q.and("not exists (select 1 from heads_search h where h.search_no = s.search_no and h.both_words @@ cast(? as tsquery))", words)
		}
	case sqlite:
		q.from, q.no = "heads_search cross join challenges c on c.search_no = heads_search.rowid", "heads_search.rowid"
		title := "({title} : (" + words + "))"
		if tier == tierLabels {
			title = "(" + words + ") NOT " + title
		}
		q.and("heads_search match ?", title)
	default:
		q.from, q.no = "heads_search h join challenges c on c.search_no = h.search_no", "h.search_no"
		if tier == tierTitle {
			q.and("h.title @@ cast(? as tsquery)", words)
		} else {
			q.and("h.both_words @@ cast(? as tsquery) and not h.title @@ cast(? as tsquery)", words, words)
		}
	}
	tx.narrow(f, q, "")
	return q
}

// RankMost is how many finds are put in order by relevance. Of more, those of the higher
// tiers are taken, the newest of the last tier; the rest follows tier by tier, newest first.
const RankMost = 1000

// Head is what one find is ranked by.
type Head struct {
	SearchNo int64
	ID       ChallengeID
	State    string
	Title    string
	Labels   string
	Often    string
}

// Rest is a place among the finds as they stand tier by tier, the newest first; those that were
// not ranked begin behind one. Nothing is behind a tier past the last.
type Rest struct {
	Tier   int
	Before int64 // search_no, or 0 for the newest of the tier
}

// Over says that nothing is left.
func (r Rest) Over() bool { return r.Tier >= tiers }

// Finds reads what is to be ranked of a search with words.
func (tx *Tx) Finds(f ChallengeFilter) ([]Head, Rest, error) {
	f.Sort = "newest"
	none := Rest{Tier: tiers}
	q, err := tx.list(&f)
	if err != nil {
		return nil, none, err
	}
	var nos []int64
	sql := "select " + q.no + " from " + q.from + " where " + strings.Join(q.where, " and ") + " order by " + q.no + " desc limit ?"
	if err := tx.db.Raw(sql, append(q.args, RankMost+1)...).Scan(&nos).Error; err != nil {
		return nil, none, fmt.Errorf("find challenges: %w", err)
	}
	rest := none
	if len(nos) > RankMost {
		places, err := tx.walk(&f, Rest{}, RankMost)
		if err != nil {
			return nil, none, err
		}
		nos = nos[:0]
		for _, p := range places {
			nos = append(nos, p.Before)
			rest = p
		}
	}
	heads := []Head{}
	if len(nos) == 0 {
		return heads, none, nil
	}
	err = tx.db.Raw(`select c.search_no, c.id, c.state, coalesce(h.title, '') as title, coalesce(h.labels, '') as labels, coalesce(h.often, '') as often
		from challenges c left join challenge_heads h on h.search_no = c.search_no where c.search_no > 0 and c.search_no in ? order by c.search_no desc`, nos).Scan(&heads).Error
	return heads, rest, err
}

// walk goes through the tiers from a place on; each find with the place it stands at.
func (tx *Tx) walk(f *ChallengeFilter, from Rest, most int) ([]Rest, error) {
	found := []Rest{}
	for ; !from.Over() && len(found) < most; from = (Rest{Tier: from.Tier + 1}) {
		q := tx.tier(f, from.Tier)
		if from.Before > 0 {
			q.and(q.no+" < ?", from.Before)
		}
		var nos []int64
		sql := "select " + q.no + " from " + q.from + " where " + strings.Join(q.where, " and ") + " order by " + q.no + " desc limit ?"
		if err := tx.db.Raw(sql, append(q.args, most-len(found))...).Scan(&nos).Error; err != nil {
			return nil, fmt.Errorf("walk the finds: %w", err)
		}
		for _, no := range nos {
			found = append(found, Rest{from.Tier, no})
		}
	}
	return found, nil
}

// RestOfFinds lists the finds that were not ranked, from a place on; each with its own place,
// from which the list can go on.
func (tx *Tx) RestOfFinds(f ChallengeFilter, from Rest, limit int) ([]ChallengeID, []Rest, error) {
	places, err := tx.walk(&f, from, limit)
	if err != nil || len(places) == 0 {
		return nil, nil, err
	}
	at := make(map[int64]int, len(places))
	nos := make([]int64, len(places))
	for i, p := range places {
		at[p.Before], nos[i] = i, p.Before
	}
	var rows []struct {
		ID       ChallengeID
		SearchNo int64
	}
	err = tx.db.Raw("select id, search_no from challenges where search_no > 0 and search_no in ?", nos).Scan(&rows).Error
	ids := make([]ChallengeID, len(places))
	for _, r := range rows {
		ids[at[r.SearchNo]] = r.ID
	}
	return ids, places, err
}

// ListLines reads lines of the public list, in the order of the ids.
func (tx *Tx) ListLines(ids []ChallengeID) ([]Challenge, error) { return tx.lines(ids) }

// FindsOne reports whether the public list finds a challenge by a filter: the same index and
// the same words as a search, asked of one row.
func (tx *Tx) FindsOne(c *Challenge, f ChallengeFilter) (bool, error) {
	if f.empty() || c.SearchNo == 0 {
		return false, nil
	}
	f.Sort = "newest"
	q := &listQuery{from: "challenges c"}
	if len(f.Sought) > 0 {
		tx.inText(q, f.Sought)
		q.and(q.no+" = ?", c.SearchNo) // the index is asked for one row
	}
	tx.narrow(&f, q, "")
	q.and("c.search_no = ?", c.SearchNo)
	var one int
	err := tx.db.Raw("select 1 from "+q.from+" where "+strings.Join(q.where, " and "), q.args...).Scan(&one).Error
	return one == 1, err
}

// LatinWords are those of the given words that stand in some public text.
func (tx *Tx) LatinWords(words []string) (map[string]bool, error) {
	found := map[string]bool{}
	for chunk := range slices.Chunk(words, 900) {
		var have []string
		if err := tx.db.Raw("select word from latin_words where word in ?", chunk).Scan(&have).Error; err != nil {
			return nil, err
		}
		for _, w := range have {
			found[w] = true
		}
	}
	return found, nil
}

// Outdated marks the entries of the public list of whatever is tagged with a term of a
// version, for what is found by its words may have changed.
func (tx *Tx) Outdated(c *Catalogue) error {
	axis := map[string]string{"chain": "chain", "domain": "tag"}[c.Kind]
	if axis == "" { // capabilities are no facet
		return tx.db.Exec(`insert into challenge_stale (search_no) select search_no from challenges where search_no > 0 and capabilities <> '[]' on conflict do nothing`).Error
	}
	return tx.db.Exec(`insert into challenge_stale (search_no) select distinct f.search_no from challenge_facets f
		join terms t on t.code = f.value and t.catalogue_id = ? where f.axis = ? on conflict do nothing`, c.ID, axis).Error
}

// Stale lists challenges whose entry of the public list is to be made anew.
func (tx *Tx) Stale(most int) ([]Challenge, error) {
	list := []Challenge{}
	q := tx.db
	if tx.store.dialect == "postgres" { // the entry is made from the row, which nobody may change meanwhile
		q = q.Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "challenges"}})
	}
	return list, q.Joins("join challenge_stale s on s.search_no = challenges.search_no and challenges.search_no > 0").Order("challenges.search_no desc").Limit(most).Find(&list).Error
}
