// Package workday counts working days (工作日) and finds deadlines as an office in China would.
//
// A working day is a day from Monday to Friday that is no public holiday, or a weekend day on which the State Council has people
// work (调休). Both change every year by a notice, so they are data: holidays.json holds the official years and Load adds others.
// All days are days in Asia/Shanghai, whatever zone an instant comes in.
package workday

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Shanghai is the zone of every day here. China has had no summer time since 1991, so a fixed offset is exact and needs no zone data.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

//go:embed holidays.json
var official []byte

// Calendar knows which days are working days. It is never changed after it was made, so any number of goroutines may share one.
type Calendar struct {
	years map[int]string  // year → where its days come from
	off   map[date]string // holiday → its name
	work  map[date]bool   // weekend days on which people work
}

// date is a day without a time: year*10000 + month*100 + day.
type date int

// Official returns the calendar of the State Council's notices that came with this program.
var Official = sync.OnceValue(func() *Calendar {
	c := empty()
	if err := c.read(bytes.NewReader(official)); err != nil {
		panic("workday: holidays.json: " + err.Error()) // start-up: the file is part of the program
	}
	return c
})

// Load returns the official calendar with the years of r on top; a year in r replaces that year as a whole. The format is that of
// holidays.json. It fails on anything doubtful — a date that is none, a holiday outside its year, a working day in mid-week — because
// a wrong calendar would move deadlines silently.
func Load(r io.Reader) (*Calendar, error) {
	more := empty()
	if err := more.read(r); err != nil {
		return nil, fmt.Errorf("calendar of working days: %w", err)
	}
	base := Official()
	c := &Calendar{years: maps.Clone(base.years), off: maps.Clone(base.off), work: maps.Clone(base.work)}
	replaced := func(d date) bool { _, ok := more.years[d.year()]; return ok }
	maps.DeleteFunc(c.off, func(d date, _ string) bool { return replaced(d) })
	maps.DeleteFunc(c.work, func(d date, _ bool) bool { return replaced(d) })
	maps.Copy(c.years, more.years)
	maps.Copy(c.off, more.off)
	maps.Copy(c.work, more.work)
	return c, nil
}

// Known says whether the calendar has the year's holidays. Without them only weekends are free, and whoever shows a deadline in such a
// year should say that it may still move.
func (c *Calendar) Known(year int) bool {
	_, ok := c.years[year]
	return ok
}

// Years lists the known years, oldest first.
func (c *Calendar) Years() []int {
	return slices.Sorted(maps.Keys(c.years))
}

// Source says where the year's days come from; empty when the year is not known.
func (c *Calendar) Source(year int) string {
	return c.years[year]
}

// Holiday names the public holiday that the day of t belongs to, or is empty.
func (c *Calendar) Holiday(t time.Time) string {
	return c.off[on(t)]
}

// IsWorkday says whether the day of t in Shanghai is a working day.
func (c *Calendar) IsWorkday(t time.Time) bool {
	t = t.In(Shanghai)
	d := on(t)
	if c.work[d] {
		return true
	}
	return c.off[d] == "" && !weekend(t)
}

// Add returns the end of the n-th working day after the day of t: the midnight that follows it, in UTC. The day of t itself does not
// count, as the law counts periods. Windows are half-open, so the instant returned is already too late. With n ≤ 0 it is the end of
// the day of t, working day or not.
func (c *Calendar) Add(t time.Time, n int) time.Time {
	day := midnight(t)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if c.IsWorkday(day) {
			n--
		}
	}
	return day.AddDate(0, 0, 1).UTC()
}

// Between counts the working days that begin after from and have ended by to, so that Between(t, Add(t, n)) is n. It is zero when to is
// not after from.
func (c *Calendar) Between(from, to time.Time) int {
	n := 0
	for day := midnight(from).AddDate(0, 0, 1); !day.AddDate(0, 0, 1).After(to); day = day.AddDate(0, 0, 1) {
		if c.IsWorkday(day) {
			n++
		}
	}
	return n
}

func empty() *Calendar {
	return &Calendar{years: map[int]string{}, off: map[date]string{}, work: map[date]bool{}}
}

func (c *Calendar) read(r io.Reader) error {
	var years map[string]struct {
		Source   string `json:"source"`
		Holidays []struct {
			Name string `json:"name"`
			From string `json:"from"`
			To   string `json:"to"`
		} `json:"holidays"`
		Workdays []string `json:"workdays"`
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&years); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the calendar")
	}
	for _, key := range slices.Sorted(maps.Keys(years)) {
		y := years[key]
		year, err := strconv.Atoi(key)
		if err != nil || year < 2000 || year > 2999 {
			return fmt.Errorf("%q is not a year", key)
		}
		if y.Source == "" {
			return fmt.Errorf("%d: no source", year)
		}
		if len(y.Holidays) == 0 {
			return fmt.Errorf("%d: no holidays", year)
		}
		c.years[year] = y.Source
		for _, h := range y.Holidays {
			if err := c.addHoliday(year, h.Name, h.From, h.To); err != nil {
				return fmt.Errorf("%d: %w", year, err)
			}
		}
		for _, w := range y.Workdays {
			if err := c.addWorkday(year, w); err != nil {
				return fmt.Errorf("%d: %w", year, err)
			}
		}
	}
	return nil
}

func (c *Calendar) addHoliday(year int, name, from, to string) error {
	if name == "" {
		return fmt.Errorf("the holiday from %s has no name", from)
	}
	first, err := day(year, from)
	if err != nil {
		return err
	}
	last, err := day(year, to)
	if err != nil {
		return err
	}
	const longest = 15
	if last.Before(first) || last.After(first.AddDate(0, 0, longest-1)) {
		return fmt.Errorf("%s from %s to %s is no span of 1 to %d days", name, from, to, longest)
	}
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		if other := c.off[on(d)]; other != "" {
			return fmt.Errorf("%s is in %s and in %s", d.Format(time.DateOnly), other, name)
		}
		c.off[on(d)] = name
	}
	return nil
}

func (c *Calendar) addWorkday(year int, text string) error {
	d, err := day(year, text)
	if err != nil {
		return err
	}
	switch {
	case !weekend(d):
		return fmt.Errorf("%s is a %s and needs no entry among the working days", text, d.Weekday())
	case c.off[on(d)] != "":
		return fmt.Errorf("%s is a working day and in %s", text, c.off[on(d)])
	case c.work[on(d)]:
		return fmt.Errorf("%s is named twice", text)
	}
	c.work[on(d)] = true
	return nil
}

// day reads a date of the year. A holiday that spans New Year's Eve is written under both years, each with its own days.
func day(year int, text string) (time.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, text, Shanghai)
	if err != nil {
		return d, fmt.Errorf("%q is not a date like 2026-10-01", text)
	}
	if d.Year() != year {
		return d, fmt.Errorf("%s is in another year", text)
	}
	return d, nil
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Shanghai)
}

func on(t time.Time) date {
	y, m, d := t.In(Shanghai).Date()
	return date(y*10000 + int(m)*100 + d)
}

func (d date) year() int { return int(d) / 10000 }

func weekend(t time.Time) bool {
	w := t.Weekday()
	return w == time.Saturday || w == time.Sunday
}
