package challenges

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"time"

	"jiebang/internal/ical"
	"jiebang/models"
)

// FeedInput narrows a feed of the public list as the list itself can be narrowed.
type FeedInput struct {
	Q      string `query:"q" maxLength:"200"`
	Chain  string `query:"chain" maxLength:"60"`
	Tag    string `query:"tag" maxLength:"60"`
	Locale string `query:"locale" enum:"zh-CN,en" default:"zh-CN"`
}

// feedMost is how many challenges a feed holds: the newest, or those that close next.
const feedMost = 100

type feeds struct{ base string }

func (in *FeedInput) rows(tx *models.Tx, q ChallengeQuery) ([]ChallengeCard, error) {
	q.Q, q.Chain, q.Tag = in.Q, in.Chain, in.Tag
	page, err := Search(tx, &SearchInput{ChallengeQuery: q, Limit: feedMost})
	if err != nil {
		return nil, err
	}
	return page.Items, nil
}

// atom elements, as RFC 4287 names them.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomTerm struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
	atomEntry struct {
		ID         string     `xml:"id"`
		Title      string     `xml:"title"`
		Updated    string     `xml:"updated"`
		Published  string     `xml:"published,omitempty"`
		Links      []atomLink `xml:"link"`
		Categories []atomTerm `xml:"category"`
		Summary    string     `xml:"summary"`
	}
)

// atom writes the newest challenges as a feed.
func (f feeds) atom(tx *models.Tx, in *FeedInput) ([]byte, error) {
	if err := tx.May(models.ChallengeFeed); err != nil {
		return nil, err
	}
	rows, err := in.rows(tx, ChallengeQuery{Sort: "newest"})
	if err != nil {
		return nil, err
	}
	self := f.base + "/api/v1/challenges.atom"
	query := url.Values{}
	for k, v := range map[string]string{"q": in.Q, "chain": in.Chain, "tag": in.Tag} {
		if v != "" {
			query.Set(k, v)
		}
	}
	if in.Locale == "en" {
		query.Set("locale", "en")
	}
	if len(query) > 0 {
		self += "?" + query.Encode()
	}
	out := atomFeed{Lang: in.Locale, ID: "urn:jiebang:challenges?" + query.Encode(), Title: "揭榜台 · 榜单", Author: atomAuthor{"揭榜台"},
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", f.base + "/"}}}
	if in.Locale == "en" {
		out.Title, out.Author.Name = "Jiebang · challenges", "Jiebang"
	}
	newest := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) // of an empty feed: the same each time it is asked for
	for _, c := range rows {
		if c.UpdatedAt.After(newest) {
			newest = c.UpdatedAt
		}
		e := atomEntry{ID: "urn:jiebang:challenge:" + string(c.ID), Title: c.Title, Updated: c.UpdatedAt.UTC().Format(time.RFC3339), Summary: c.Summary,
			Links: []atomLink{{"alternate", "text/html", f.base + "/challenges/" + string(c.ID)}}}
		if c.PublishedAt != nil {
			e.Published = c.PublishedAt.UTC().Format(time.RFC3339)
		}
		terms := c.Tags
		if c.Chain != nil {
			terms = append([]ChallengeLabel{*c.Chain}, terms...)
		}
		for _, t := range terms {
			name := t.Name
			if in.Locale == "en" && t.NameEn != "" {
				name = t.NameEn
			}
			e.Categories = append(e.Categories, atomTerm{t.Code, name})
		}
		out.Entries = append(out.Entries, e)
	}
	out.Updated = newest.UTC().Format(time.RFC3339)
	var b bytes.Buffer
	b.WriteString(xml.Header)
	err = xml.NewEncoder(&b).Encode(out)
	return b.Bytes(), err
}

// calendar writes the deadlines of the challenges that are open for bids.
func (f feeds) calendar(tx *models.Tx, in *FeedInput) ([]byte, error) {
	if err := tx.May(models.ChallengeCalendar); err != nil {
		return nil, err
	}
	rows, err := in.rows(tx, ChallengeQuery{Sort: "deadline", State: []string{models.ChallengePublished}})
	if err != nil {
		return nil, err
	}
	name, word, host := "揭榜台 · 揭榜截止", "揭榜截止 · ", "jiebang"
	if in.Locale == "en" {
		name, word = "Jiebang · bid deadlines", "Bids until · "
	}
	if u, err := url.Parse(f.base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	cal := ical.Calendar{Name: name}
	for _, c := range rows {
		if c.Deadline != nil {
			cal.Events = append(cal.Events, ical.Event{UID: string(c.ID) + "-deadline@" + host, At: *c.Deadline, Changed: c.UpdatedAt, Sequence: c.Version,
				Title: word + c.Title, Description: c.Code + "\n" + c.Summary, URL: f.base + "/challenges/" + string(c.ID)})
		}
	}
	return cal.Bytes(), nil
}
