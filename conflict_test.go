package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func runConflict(in string, args ...string) (out, errOut string, code int) {
	var o, e bytes.Buffer
	code = conflictCommand(args, strings.NewReader(in), &o, &e)
	return o.String(), e.String(), code
}

func TestConflictNames(t *testing.T) {
	t.Parallel()
	const two = `{"a":"东北大学","b":"东大","match":true}` + "\n" + `{"id":"x","a":"东北大学","b":"东北师范大学","match":false}`
	for name, row := range map[string]struct {
		in   string
		args []string
		code int
		has  []string // on either stream
	}{
		"lines":        {two, []string{"names", "-"}, 0, []string{`{"id":1,"a":"东北大学","b":"东大","match":true,"kind":"alias"`, `"id":"x"`, `"match":false,"kind":"different"`}},
		"list":         {"[" + strings.ReplaceAll(two, "\n", ",") + "]", []string{"names", "-"}, 0, []string{`"id":"x"`}},
		"cases":        {`{"format":"coi-match-cases/1","cases":[` + strings.ReplaceAll(two, "\n", ",") + "]}", []string{"names", "--score", "-"}, 0, []string{`{"kind":"score","pairs":2,"right":2,"precision":1,"recall":1,"f1":1,"wrong":[]}`}},
		"wrong":        {`{"a":"东北大学","b":"东大","match":false}`, []string{"--score", "names", "-"}, 0, []string{`"precision":0,"recall":1,"f1":0,"wrong":[1]`}},
		"by_name":      {`{"a":"张伟(东北大学)","b":"李娜(东大)","mode":"name"}`, []string{"names", "-"}, 0, []string{`"match":false`}},
		"unknown":      {`{"a":"x","b":"y","c":"z"}`, []string{"names", "-"}, 2, []string{`unknown field \"c\"`, "line 1"}},
		"half":         {`{"a":"x"}`, []string{"names", "-"}, 2, []string{"wants both a and b"}},
		"broken":       {`{"a":"x",`, []string{"names", "-"}, 2, []string{"ends in the middle"}},
		"no_word":      {"", []string{"-"}, 2, []string{"want the word names"}},
		"no_file":      {"", []string{"names"}, 2, []string{"want a file"}},
		"two_files":    {"", []string{"names", "a", "b"}, 2, []string{`unexpected argument "b"`}},
		"missing_file": {"", []string{"names", "/nowhere/at/all"}, 2, []string{"/nowhere/at/all"}},
		"help":         {"", []string{"--help"}, 0, []string{"usage: jiebang conflict names"}},
	} {
		out, errOut, code := runConflict(row.in, row.args...)
		if code != row.code {
			t.Errorf("%s: code %d, want %d: %s", name, code, row.code, errOut)
		}
		for _, has := range row.has {
			if !strings.Contains(out+errOut, has) {
				t.Errorf("%s: lacks %s in\n%s%s", name, has, out, errOut)
			}
		}
	}
	var w bytes.Buffer
	if code := conflictCommand([]string{"names", "-"}, strings.NewReader(two), full{}, &w); code != 1 || !strings.Contains(w.String(), "cannot write") {
		t.Errorf("a full disk: code %d, %s", code, w.String())
	}
}

func TestConflictNamesOutside(t *testing.T) {
	t.Parallel()
	out, errOut, code := runConflict("", "names", "--score", filepath.Join(evalFolder(t, "conflict"), "name_match.json"))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var s nameScore
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &s); err != nil || code != 0 {
		t.Fatal(err, code, errOut)
	}
	t.Logf("%+v", s)
	if s.Precision < 0.9 || s.Recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f", s.Precision, s.Recall)
	}
}
