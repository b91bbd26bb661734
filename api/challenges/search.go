package challenges

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// ChallengeQuery narrows the public list.
type ChallengeQuery struct {
	Q              string         `query:"q" maxLength:"200" doc:"Words in Chinese or English, or a code of a challenge, a chain, a tag or a patent class; all must occur. Words of the catalogues find each other. Quotes make a phrase"`
	Chain          string         `query:"chain" maxLength:"60"`
	Tag            string         `query:"tag" maxLength:"60" doc:"A domain tag, or a group of them"`
	City           string         `query:"city" maxLength:"60"`
	Type           string         `query:"type" enum:"tech_breakthrough,result_conversion"`
	State          []string       `query:"state" enum:"published,bidding_closed,evaluating,shortlisted,publicity,awarded,no_bid,failed" doc:"Any of these; all public states by default"`
	Competition    string         `query:"competition" enum:"single,horse_race"`
	Batch          models.BatchID `query:"batch" maxLength:"40"`
	BountyMin      models.Fen     `query:"bounty_min" minimum:"0" maximum:"10000000000000" doc:"In fen"`
	BountyMax      models.Fen     `query:"bounty_max" minimum:"0" maximum:"10000000000000" doc:"In fen"`
	DeadlineAfter  time.Time      `query:"deadline_after"`
	DeadlineBefore time.Time      `query:"deadline_before"`
	Sort           string         `query:"sort" enum:"relevance,newest,deadline,bounty" doc:"By relevance where words are asked for, else the newest first"`
}

// wholeCode is how the codes of challenges look.
var wholeCode = regexp.MustCompile(`^[A-Z]{1,8}-JB-\d{4}-\d{2,}-\d{4,}$`)

func (q *ChallengeQuery) filter() models.ChallengeFilter {
	f := models.ChallengeFilter{Chain: q.Chain, Tag: q.Tag, City: q.City, Type: q.Type, Competition: q.Competition,
		States: q.State, Batch: q.Batch, BountyMin: q.BountyMin, BountyMax: q.BountyMax, DeadlineAfter: q.DeadlineAfter,
		DeadlineBefore: q.DeadlineBefore, Sort: q.Sort}
	// Each word of a code but the last stands in most challenges: the index of codes is the
	// shorter way to the same one.
	if code := strings.ToUpper(strings.TrimSpace(q.Q)); wholeCode.MatchString(code) {
		f.Code = code
		return f
	}
	return f
}

// order is the order asked for, or the one that suits the question.
func (q *ChallengeQuery) order(f *models.ChallengeFilter) string {
	switch {
	case q.Sort == "deadline" || q.Sort == "bounty" || q.Sort == "newest":
		return q.Sort
	case len(f.Sought) > 0:
		return "relevance"
	default:
		return "newest"
	}
}

// standing is the filter by the terms that stand for the asked ones now: an old link to a
// merged term finds what its successor finds.
func (q *ChallengeQuery) standing(tx *models.Tx) (models.ChallengeFilter, error) {
	f := q.filter()
	if f.Code == "" && strings.TrimSpace(q.Q) != "" {
		read, err := question.NewSearch(tx)
		if err != nil {
			return f, err
		}
		f.Sought = read.Read(q.Q)
	}
	for kind, code := range map[string]*string{"chain": &f.Chain, "domain": &f.Tag} {
		if *code == "" {
			continue
		}
		merged, err := tx.Merges(kind)
		if err != nil {
			return f, err
		}
		*code = merged.Of(*code)
	}
	f.Sort = q.order(&f)
	return f, nil
}

// asksNothing says that words were typed and none of them can be searched for.
func (q *ChallengeQuery) asksNothing() bool {
	return strings.TrimSpace(q.Q) != "" && len(question.Phrases(q.Q)) == 0
}

// SearchInput asks for a page of the public list.
type SearchInput struct {
	ChallengeQuery
	Facets bool   `query:"facets" doc:"Count the values of each axis too"`
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// ChallengePage is a page of the public list.
type ChallengePage struct {
	Items  []ChallengeCard  `json:"items"`
	Next   string           `json:"next" doc:"Cursor of the next page, empty at the end"`
	Sort   string           `json:"sort" enum:"relevance,newest,deadline,bounty" doc:"The order the lines stand in"`
	Maybe  string           `json:"did_you_mean" doc:"Where nothing was found: the same question with a slip of the pen mended, which finds something; or empty"`
	Facets *ChallengeFacets `json:"facets,omitempty"`
}

// ChallengeCard is one line of a list.
type ChallengeCard struct {
	ID           models.ChallengeID `json:"id"`
	Version      int64              `json:"version"`
	Code         string             `json:"code"`
	State        string             `json:"state"`
	Title        string             `json:"title"`
	Type         string             `json:"type"`
	Nature       string             `json:"nature"`
	Competition  string             `json:"competition_mode"`
	MaxLanes     int                `json:"max_lanes"`
	Selection    string             `json:"selection_mode"`
	Owner        ChallengeParty     `json:"owner"`
	City         string             `json:"city"`
	Chain        *ChallengeLabel    `json:"chain,omitempty"`
	Tags         []ChallengeLabel   `json:"tags"`
	TRLCurrent   int                `json:"trl_current"`
	TRLTarget    int                `json:"trl_target"`
	Summary      string             `json:"summary" doc:"The beginning of the need"`
	BountyFen    models.Fen         `json:"bounty_fen"`
	HonorOnly    bool               `json:"honor_only"`
	TermMonths   int                `json:"term_months"`
	ClarifyUntil *time.Time         `json:"clarify_until,omitempty"`
	Deadline     *time.Time         `json:"bid_deadline,omitempty"`
	OpenAt       *time.Time         `json:"open_at,omitempty"`
	PublishedAt  *time.Time         `json:"published_at,omitempty"`
	UpdatedAt    time.Time          `json:"updated_at"`
	FoundIn      []string           `json:"found_in,omitempty" enum:"title,labels,text" doc:"By relevance: where what was asked for stands"`
}

// ChallengeFacets counts the list by each axis, leaving out the filter on that axis.
type ChallengeFacets struct {
	Total       int64            `json:"total" doc:"How many there are with all filters"`
	TotalCapped bool             `json:"total_capped" doc:"There are more than that"`
	Capped      []string         `json:"capped" doc:"Axes of which only the newest 1,000 were counted"`
	State       []ChallengeCount `json:"state"`
	Chain       []ChallengeCount `json:"chain"`
	Tag         []ChallengeCount `json:"tag"`
	City        []ChallengeCount `json:"city"`
	Type        []ChallengeCount `json:"type"`
	Competition []ChallengeCount `json:"competition"`
}

// ChallengeCount is how many there are under a value.
type ChallengeCount struct {
	Value  string `json:"value"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Count  int64  `json:"count"`
}

// Search is a page of the public list.
func Search(tx *models.Tx, in *SearchInput) (*ChallengePage, error) {
	if err := tx.May(models.ChallengeSearch); err != nil {
		return nil, err
	}
	if err := in.consistent(); err != nil {
		return nil, err
	}
	if in.asksNothing() {
		return &ChallengePage{Sort: "newest", Facets: none(in.Facets)}, nil
	}
	filter, err := in.standing(tx)
	if err != nil {
		return nil, err
	}
	list := "challenges/" + filter.Sort
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	w, err := vocabulary(tx)
	if err != nil {
		return nil, err
	}
	out := &ChallengePage{Sort: filter.Sort}
	if filter.Sort == "relevance" {
		err = out.ranked(tx, w, filter, after, in.Limit)
	} else {
		err = out.listed(tx, w, filter, after, in.Limit)
	}
	if err != nil {
		return nil, err
	}
	if len(out.Items) == 0 && in.Cursor == "" {
		if out.Maybe, err = in.maybe(tx); err != nil {
			return nil, err
		}
	}
	if in.Facets {
		out.Facets, err = facets(tx, w, filter)
	}
	return out, err
}

// listed fills a page in the order of a column.
func (p *ChallengePage) listed(tx *models.Tx, w words, f models.ChallengeFilter, after models.Cursor, limit int) error {
	rows, err := tx.SearchChallenges(f, after, limit+1)
	if err != nil {
		return err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		p.Next = next(tx, "challenges/"+f.Sort, f.Sort, &rows[limit-1])
	}
	p.Items, err = cards(tx, w, rows, false)
	return err
}

func (q *ChallengeQuery) consistent() error {
	var f problem.Fields
	f.Require(q.BountyMax == 0 || q.BountyMin <= q.BountyMax, "query.bounty_max", "challenge.bounty_range", "must not be below bounty_min")
	f.Require(q.DeadlineBefore.IsZero() || q.DeadlineAfter.Before(q.DeadlineBefore), "query.deadline_before", "challenge.deadline_range", "must be after deadline_after")
	return f.Problem("request.invalid", "Some fields need to be mended.")
}

func next(tx *models.Tx, list, sort string, last *models.Challenge) string {
	switch sort {
	case "deadline":
		return tx.Page(list, *last.Deadline, string(last.ID))
	case "bounty":
		return tx.Page(list, int64(last.BountyFen), string(last.ID))
	default:
		return tx.Page(list, last.SearchNo, string(last.ID))
	}
}

// cards makes the lines of a list. inside is true where the caller is known to have a part
// in all of them.
func cards(tx *models.Tx, w words, rows []models.Challenge, inside bool) ([]ChallengeCard, error) {
	owners := []models.OrgID{}
	for _, c := range rows {
		if inside || !masked(&c) {
			owners = append(owners, c.Owner)
		}
	}
	orgs, err := tx.OrgsByID(owners)
	if err != nil {
		return nil, err
	}
	ids := make([]models.ChallengeID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	tagged, err := taggedWith(tx, ids)
	if err != nil {
		return nil, err
	}
	now := w
	list := make([]ChallengeCard, len(rows))
	for i, c := range rows {
		w := now.asTagged(tagged[c.ID])
		list[i] = ChallengeCard{ID: c.ID, Version: c.Version, Code: c.Code, State: c.State, Title: c.Title, Type: c.Type, Nature: c.Nature,
			Competition: c.Competition, MaxLanes: c.MaxLanes, Selection: c.Selection, Owner: ChallengeParty{Name: Masked}, City: c.City,
			Tags: labels(w.domains, c.Tags.V), TRLCurrent: c.TRLNow, TRLTarget: c.TRLTarget, Summary: begin(c.Need, 160), BountyFen: c.BountyFen,
			HonorOnly: c.HonorOnly, TermMonths: c.TermMonths, ClarifyUntil: c.ClarifyUntil, Deadline: c.Deadline, OpenAt: c.OpenAt,
			PublishedAt: c.PublishedAt, UpdatedAt: c.UpdatedAt}
		if inside || !masked(&c) {
			list[i].Owner = ChallengeParty{string(c.Owner), orgs[c.Owner].Name}
		}
		if c.Chain != "" {
			l := label(w.chains, c.Chain)
			list[i].Chain = &l
		}
	}
	return list, nil
}

// begin is the beginning of a text, cut between characters.
func begin(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

func none(asked bool) *ChallengeFacets {
	if !asked {
		return nil
	}
	return &ChallengeFacets{}
}

func facets(tx *models.Tx, w words, f models.ChallengeFilter) (*ChallengeFacets, error) {
	counts, total, capped, err := tx.FacetCounts(f)
	if err != nil {
		return nil, err
	}
	out := &ChallengeFacets{Total: total, Capped: capped}
	if total < 0 {
		out.Total, out.TotalCapped = models.CountCap, true
	}
	axes := map[string]*[]ChallengeCount{"state": &out.State, "chain": &out.Chain, "tag": &out.Tag, "city": &out.City, "type": &out.Type,
		"competition": &out.Competition}
	for _, n := range counts {
		l := ChallengeLabel{Name: n.Value, NameEn: n.Value}
		switch n.Axis {
		case "chain":
			l = label(w.chains, n.Value)
		case "tag":
			l = label(w.domains, n.Value)
		}
		list := axes[n.Axis]
		*list = append(*list, ChallengeCount{Value: n.Value, Name: l.Name, NameEn: l.NameEn, Count: n.N})
	}
	return out, nil
}
