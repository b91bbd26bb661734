package notices

import (
	"strings"
	"time"

	"jiebang/internal/ical"
	"jiebang/internal/problem"
	"jiebang/models"
)

// masked takes a link's token out of a text.
func masked(text, link string) string {
	return strings.ReplaceAll(text, link[strings.LastIndex(link, "/")+1:], "…")
}

// CalendarInput asks for one's own.
type CalendarInput struct{}

// PersonalCalendar is the address of the caller's calendar of deadlines.
type PersonalCalendar struct {
	URL       string          `json:"url" doc:"Whoever has it can read the calendar; empty where there is none"`
	CreatedAt *time.Time      `json:"created_at,omitempty"`
	Actions   []models.Action `json:"actions"`
}

// ShowCalendar shows the address.
func (p *Post) ShowCalendar(tx *models.Tx, _ *CalendarInput) (*PersonalCalendar, error) {
	me, err := tx.Me(models.CalendarShow)
	if err != nil {
		return nil, err
	}
	return p.calendarView(tx, me)
}

// MakeCalendar gives the caller a new address; the one before answers no more.
func (p *Post) MakeCalendar(tx *models.Tx, _ *CalendarInput) (*PersonalCalendar, error) {
	me, err := tx.Me(models.CalendarMake)
	if err != nil {
		return nil, err
	}
	if _, err := tx.MakeCalendar(); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.CalendarMake, me, models.Note{}); err != nil {
		return nil, err
	}
	return p.calendarView(tx, me)
}

// EndCalendar takes the address back.
func (p *Post) EndCalendar(tx *models.Tx, _ *CalendarInput) (*PersonalCalendar, error) {
	me, err := tx.Me(models.CalendarEnd)
	if err != nil {
		return nil, err
	}
	if err := tx.EndCalendar(); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.CalendarEnd, me, models.Note{}); err != nil {
		return nil, err
	}
	return p.calendarView(tx, me)
}

func (p *Post) calendarView(tx *models.Tx, me *models.User) (*PersonalCalendar, error) {
	c, err := tx.MyCalendar()
	if err != nil {
		return nil, err
	}
	v := &PersonalCalendar{}
	if c != nil {
		v.URL, v.CreatedAt = p.Base+"/api/v1/calendars/"+tx.CalendarToken(c)+"/deadlines.ics", &c.CreatedAt
	}
	v.Actions, err = tx.Allowed(me)
	return v, err
}

// CalendarReadInput is the secret part of the address.
type CalendarReadInput struct {
	Token string `path:"token" maxLength:"80"`
}

// ReadCalendar writes the deadlines of whoever's address it is, by his rights as they are now.
func (p *Post) ReadCalendar(tx *models.Tx, in *CalendarReadInput) ([]byte, error) {
	if err := tx.May(models.CalendarRead); err != nil {
		return nil, err
	}
	c, err := tx.CalendarBy(in.Token)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, problem.Missing()
	}
	list, locale, err := tx.DeadlinesOf(c.User)
	if err != nil {
		return nil, err
	}
	words := map[string]string{"deadline": "揭榜截止", "open": "开标", "publicity": "公示截止"}
	cal := ical.Calendar{Name: "揭榜台 · 我的期限"}
	if locale == "en" {
		words = map[string]string{"deadline": "Bids until", "open": "Opening", "publicity": "Publicity until"}
		cal.Name = "Jiebang · my deadlines"
	}
	for i := range list {
		ch := &list[i]
		for _, d := range []struct {
			what string
			at   *time.Time
		}{{"deadline", ch.Deadline}, {"open", ch.OpenAt}, {"publicity", ch.PublicityUntil}} {
			if d.at != nil {
				cal.Events = append(cal.Events, ical.Event{UID: string(ch.ID) + "-" + d.what + "@" + p.host(), At: *d.at, Changed: ch.UpdatedAt, Sequence: ch.Version,
					Title: words[d.what] + " · " + ch.Title, Description: ch.Code, URL: p.Base + "/challenges/" + string(ch.ID)})
			}
		}
	}
	return cal.Bytes(), nil
}
