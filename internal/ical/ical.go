// Package ical writes calendars (日历) by RFC 5545: dates that programs on desks and phones keep
// up with. It knows nothing of what the dates are about.
package ical

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar is a list of dates with a name.
type Calendar struct {
	Name   string
	Events []Event
}

// Event is one instant that matters. UID stays the same for as long as the event is the same
// one; Sequence and Changed grow when it moves.
type Event struct {
	UID         string
	At          time.Time
	Changed     time.Time
	Sequence    int64
	Title       string
	Description string
	URL         string
}

const stamp = "20060102T150405Z" // in UTC, so that no zone needs to be described

// Bytes writes the calendar.
func (c Calendar) Bytes() []byte {
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//jiebang//deadlines//ZH")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", "PUBLISH")
	w.line("X-WR-CALNAME", escape(c.Name))
	w.line("X-WR-TIMEZONE", "Asia/Shanghai")
	w.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	w.line("X-PUBLISHED-TTL", "PT1H")
	for _, e := range c.Events {
		w.line("BEGIN", "VEVENT")
		w.line("UID", escape(e.UID))
		w.line("DTSTAMP", e.Changed.UTC().Format(stamp))
		w.line("LAST-MODIFIED", e.Changed.UTC().Format(stamp))
		w.line("SEQUENCE", strconv.FormatInt(e.Sequence, 10))
		w.line("DTSTART", e.At.UTC().Format(stamp))
		w.line("SUMMARY", escape(e.Title))
		if e.Description != "" {
			w.line("DESCRIPTION", escape(e.Description))
		}
		if e.URL != "" {
			w.line("URL", plain(e.URL)) // a URI: not escaped as text is
		}
		w.line("TRANSP", "TRANSPARENT") // a deadline does not keep its person from meetings
		w.line("BEGIN", "VALARM")
		w.line("ACTION", "DISPLAY")
		w.line("DESCRIPTION", escape(e.Title))
		w.line("TRIGGER", "-P1D")
		w.line("END", "VALARM")
		w.line("END", "VEVENT")
	}
	w.line("END", "VCALENDAR")
	return []byte(w.b.String())
}

type writer struct{ b strings.Builder }

// line writes a content line, folded so that no line has more than 75 octets and no character
// is cut in two.
func (w *writer) line(name, value string) {
	rest, room := name+":"+value, 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.b.WriteString(rest[:cut])
		w.b.WriteString("\r\n ")
		rest, room = rest[cut:], 74 // the space counts
	}
	w.b.WriteString(rest)
	w.b.WriteString("\r\n")
}

var texts = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape makes a TEXT value. Other control characters have no place in one.
func escape(s string) string { return plain(texts.Replace(s)) }

func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
