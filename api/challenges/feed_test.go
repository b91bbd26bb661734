package challenges_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestFeeds reads the feed and the calendar as a program would: both are whole, and hold what
// everybody may see and nothing else, whoever asks.
func TestFeeds(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		later := w.Clock.Now().Add(240 * time.Hour)
		ev.Change(func(c *models.Challenge) {
			c.State, c.Deadline, c.OpenAt, c.Title, c.AnonymousOwner = models.ChallengePublished, &later, &later, `轴承 <b>&"寿命`, true
		})
		var owner string
		w.Write(func(tx *models.Tx) error {
			o, err := tx.Org(ev.Challenge.Owner)
			owner = o.Name
			return err
		})
		for _, who := range []apitest.Person{{}, ev.Owner, ev.Officer} {
			a := w.Do(who, "GET", "/challenges.atom", nil).Must(200)
			var feed struct {
				XMLName xml.Name
				ID      string `xml:"id"`
				Updated string `xml:"updated"`
				Author  struct {
					Name string `xml:"name"`
				} `xml:"author"`
				Entries []struct {
					ID, Title, Updated string
					Raw                string `xml:",innerxml"`
				} `xml:"entry"`
			}
			if err := xml.Unmarshal(a.Body, &feed); err != nil {
				t.Fatal(err)
			}
			if _, err := time.Parse(time.RFC3339, feed.Updated); err != nil || feed.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.ID == "" || feed.Author.Name == "" {
				t.Errorf("%+v %v", feed, err)
			}
			if len(feed.Entries) != 1 || !strings.Contains(feed.Entries[0].Raw, "&lt;b&gt;&amp;") {
				t.Errorf("%s", a.Body)
			}
			cal := w.Do(who, "GET", "/challenges.ics", nil).Must(200)
			for _, l := range strings.Split(string(cal.Body), "\r\n") {
				if len(l) > 75 || strings.ContainsAny(l, "\r\n") {
					t.Errorf("line %q", l)
				}
			}
			if !strings.HasPrefix(cal.Header.Get("Content-Type"), "text/calendar") || strings.Count(string(cal.Body), "BEGIN:VEVENT") != 1 || !strings.Contains(string(cal.Body), "DTSTART:"+later.UTC().Format("20060102T150405Z")) {
				t.Errorf("%s", cal.Body)
			}
			for _, secret := range []string{owner, "secret words"} {
				if strings.Contains(string(a.Body), secret) || strings.Contains(string(cal.Body), secret) {
					t.Errorf("a feed tells %q", secret)
				}
			}
		}
		ev.Change(func(c *models.Challenge) {
			c.State, c.Code, c.Deadline, c.OpenAt = models.ChallengeDrafted, "", nil, nil
		})
		w.Run(t,
			apitest.Row{Name: "a draft is on no feed, not even its owner's", As: ev.Owner, Method: "GET", Path: "/challenges.atom", Status: 200, Lacks: []string{"<entry>"}},
			apitest.Row{Name: "nor in the calendar", As: ev.Owner, Method: "GET", Path: "/challenges.ics", Status: 200, Lacks: []string{"VEVENT"}},
		)
	})
}
