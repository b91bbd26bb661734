package workday_test

import (
	"strings"
	"testing"
	"time"

	"jiebang/internal/workday"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	if len(text) == len(time.DateOnly) {
		text += " 00:00"
	}
	when, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestIsWorkday(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		day, why string
		want     bool
	}{
		{"2024-02-09", "New Year's Eve of 2024 was only recommended as a free day", true},
		{"2024-02-17", "last day of Spring Festival 2024, a Saturday", false},
		{"2024-02-18", "adjusted Sunday", true},
		{"2024-05-11", "adjusted Saturday", true},
		{"2024-06-10", "Dragon Boat Festival, a Monday", false},
		{"2025-01-01", "New Year 2025, a single Wednesday", false},
		{"2025-01-26", "adjusted Sunday before Spring Festival", true},
		{"2025-10-08", "National Day and Mid-Autumn 2025 run to the 8th", false},
		{"2025-10-09", "first day after it", true},
		{"2026-01-04", "adjusted Sunday after New Year", true},
		{"2026-02-14", "adjusted Saturday before Spring Festival", true},
		{"2026-02-16", "Spring Festival, a Monday", false},
		{"2026-02-24", "first day after it", true},
		{"2026-09-20", "adjusted Sunday before National Day", true},
		{"2026-09-19", "an ordinary Saturday", false},
		{"2026-10-01", "National Day", false},
		{"2026-10-07", "last day of it", false},
		{"2026-10-10", "adjusted Saturday", true},
		{"2026-11-24", "an ordinary Tuesday", true},
		{"2031-10-01", "unknown year, a Wednesday: only weekends are free", true},
		{"2031-10-04", "unknown year, a Saturday", false},
	} {
		if got := workday.Official().IsWorkday(at(t, row.day)); got != row.want {
			t.Errorf("IsWorkday(%s) = %v, want %v: %s", row.day, got, row.want, row.why)
		}
	}
}

// The day is the day in Shanghai, not that of the zone the instant came in.
func TestIsWorkdayZone(t *testing.T) {
	t.Parallel()
	c := workday.Official()
	if c.IsWorkday(time.Date(2026, 9, 30, 16, 0, 0, 0, time.UTC)) {
		t.Error("16:00 UTC on 30 September is already National Day in Shanghai")
	}
	if !c.IsWorkday(time.Date(2026, 9, 30, 15, 59, 59, 0, time.UTC)) {
		t.Error("a second earlier it is still 30 September, a Wednesday")
	}
	if got := c.Holiday(time.Date(2026, 9, 30, 16, 0, 0, 0, time.UTC)); got != "国庆节" {
		t.Errorf("Holiday = %q", got)
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, from string
		n          int
		end        string // the midnight that follows the last working day
	}{
		{"plain week", "2026-11-23 09:30", 3, "2026-11-27"},
		{"over a weekend", "2026-11-26 23:59", 2, "2026-12-01"},
		{"first instant of a day does not count that day", "2026-11-23 00:00", 1, "2026-11-25"},
		{"from a Saturday", "2026-11-28 12:00", 1, "2026-12-01"},
		{"National Day with the Saturday after it", "2026-09-30 17:00", 3, "2026-10-11"},
		{"National Day and weekend", "2026-09-30 17:00", 4, "2026-10-13"},
		{"five days of publicity over Mid-Autumn and National Day", "2026-09-24 10:00", 5, "2026-10-10"},
		{"Spring Festival with its Saturday before", "2026-02-13 10:00", 2, "2026-02-25"},
		{"Spring Festival with its Saturday after", "2026-02-14 10:00", 5, "2026-03-01"},
		{"over an adjusted Sunday", "2025-09-26 10:00", 1, "2025-09-29"},
		{"none", "2026-10-01 10:00", 0, "2026-10-02"},
		{"into a year without data", "2026-12-30 10:00", 2, "2027-01-02"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			c, from, want := workday.Official(), at(t, row.from), at(t, row.end)
			got := c.Add(from, row.n)
			if !got.Equal(want) {
				t.Errorf("Add(%s, %d) = %s, want %s", row.from, row.n, got.In(workday.Shanghai), want)
			}
			if got.Location() != time.UTC {
				t.Errorf("Add answers in %s, want UTC", got.Location())
			}
		})
	}
}

// Every day of the known years: counting back what Add counted forth gives the same number, and Add never goes backwards.
func TestAddBetweenAgree(t *testing.T) {
	t.Parallel()
	c := workday.Official()
	last := time.Time{}
	for day := at(t, "2024-01-01 13:14"); day.Year() < 2027; day = day.AddDate(0, 0, 1) {
		for n := range 12 {
			if got := c.Between(day, c.Add(day, n)); got != n {
				t.Fatalf("Between(%s, Add(…, %d)) = %d", day, n, got)
			}
		}
		end := c.Add(day, 5)
		if end.Before(last) {
			t.Fatalf("five days after %s end before five days after the day before", day)
		}
		last = end
	}
	if got := c.Between(at(t, "2026-10-10"), at(t, "2026-10-01")); got != 0 {
		t.Errorf("Between backwards = %d, want 0", got)
	}
}

// The sums are known from the notices: 2024 had 251 working days, 2025 and 2026 have 248.
func TestDaysOfYears(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		n := 0
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, workday.Shanghai); day.Year() == year; day = day.AddDate(0, 0, 1) {
			if workday.Official().IsWorkday(day) {
				n++
			}
		}
		if n != want {
			t.Errorf("%d has %d working days, want %d", year, n, want)
		}
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	c := workday.Official()
	for year := 2024; year <= 2026; year++ {
		if !c.Known(year) || !strings.Contains(c.Source(year), "国务院办公厅") {
			t.Errorf("%d: known %v, source %q", year, c.Known(year), c.Source(year))
		}
	}
	if c.Known(2023) || c.Known(2031) {
		t.Error("years without data must not claim to be known")
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	c, err := workday.Load(strings.NewReader(`{
		"2026": {"source": "test", "holidays": [{"name": "国庆节", "from": "2026-10-01", "to": "2026-10-02"}]},
		"2031": {"source": "test", "holidays": [{"name": "国庆节", "from": "2031-10-01", "to": "2031-10-07"}], "workdays": ["2031-09-28"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if !c.Known(2031) || c.IsWorkday(at(t, "2031-10-01")) || !c.IsWorkday(at(t, "2031-09-28")) {
		t.Error("the added year does not count")
	}
	if !c.IsWorkday(at(t, "2026-02-16")) || c.IsWorkday(at(t, "2026-10-10")) {
		t.Error("the replaced year still has its official days")
	}
	if !c.IsWorkday(at(t, "2025-01-26")) {
		t.Error("a year that was not named lost its days")
	}
	if workday.Official().Known(2031) {
		t.Error("loading changed the official calendar")
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	year := func(body string) string {
		return `{"2031": {"source": "s", ` + body + `}}`
	}
	one := `"holidays": [{"name": "a", "from": "2031-10-01", "to": "2031-10-01"}]`
	for name, text := range map[string]string{
		"nothing":           ``,
		"not JSON":          `[]`,
		"more after it":     year(one) + `{}`,
		"no year":           `{"soon": {"source": "s", ` + one + `}}`,
		"no source":         `{"2031": {` + one + `}}`,
		"unknown field":     year(one + `, "workday": []`),
		"no holidays":       year(`"workdays": []`),
		"no name":           year(`"holidays": [{"from": "2031-10-01", "to": "2031-10-01"}]`),
		"no such day":       year(`"holidays": [{"name": "a", "from": "2031-02-29", "to": "2031-02-29"}]`),
		"other year":        year(`"holidays": [{"name": "a", "from": "2030-10-01", "to": "2030-10-02"}]`),
		"backwards":         year(`"holidays": [{"name": "a", "from": "2031-10-02", "to": "2031-10-01"}]`),
		"too long":          year(`"holidays": [{"name": "a", "from": "2031-10-01", "to": "2031-12-01"}]`),
		"overlap":           year(`"holidays": [{"name": "a", "from": "2031-10-01", "to": "2031-10-03"}, {"name": "b", "from": "2031-10-03", "to": "2031-10-04"}]`),
		"working Wednesday": year(one + `, "workdays": ["2031-10-08"]`),
		"named twice":       year(one + `, "workdays": ["2031-10-04", "2031-10-04"]`),
		"both":              year(`"holidays": [{"name": "a", "from": "2031-10-04", "to": "2031-10-04"}], "workdays": ["2031-10-04"]`),
	} {
		if _, err := workday.Load(strings.NewReader(text)); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}
