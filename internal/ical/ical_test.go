package ical_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jiebang/internal/ical"
)

func TestLines(t *testing.T) {
	at := time.Date(2026, 3, 2, 17, 30, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))
	long := strings.Repeat("高速轴承寿命提升", 20)
	raw := string(ical.Calendar{Name: "揭榜, 截止", Events: []ical.Event{{UID: "chl_x-deadline@jiebang.test", At: at, Changed: at, Sequence: 3,
		Title: long, Description: "a;b,c\\d\r\nBEGIN:VEVENT\x00\x07", URL: "https://jiebang.test/challenges/chl_x?a=1,2;3\r\nX:1"}}}.Bytes())
	if !strings.HasSuffix(raw, "END:VCALENDAR\r\n") || strings.Contains(strings.ReplaceAll(raw, "\r\n", ""), "\n") {
		t.Error("lines end in CRLF")
	}
	for _, l := range strings.Split(raw, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("%d octets, or a character cut in two: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(raw, "\r\n ", "")
	for _, want := range []string{"DTSTART:20260302T093000Z\r\n", "SUMMARY:" + long + "\r\n", `DESCRIPTION:a\;b\,c\\d\nBEGIN:VEVENT` + "\r\n",
		`X-WR-CALNAME:揭榜\, 截止` + "\r\n", "URL:https://jiebang.test/challenges/chl_x?a=1,2;3X:1\r\n", "SEQUENCE:3\r\n", "UID:chl_x-deadline@jiebang.test\r\n"} {
		if !strings.Contains(whole, want) {
			t.Errorf("lacks %q in:\n%s", want, whole)
		}
	}
	if strings.Count(whole, "\r\nBEGIN:VEVENT\r\n") != 1 {
		t.Error("a text made an event")
	}
}
