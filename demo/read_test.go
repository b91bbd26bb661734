package demo_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"jiebang/demo"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	s, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(len(s.Challenges), len(s.Teams), len(s.Alliances), len(s.Experts), len(s.Taxonomy.Domains), len(s.Taxonomy.Capabilities))
	if got != "38 42 17 81 62 47" {
		t.Errorf("sizes %s", got)
	}
	c := s.Challenges[0]
	if c.Code != "DEMO-JB-0001" || c.HorseRace == nil || c.HorseRace.MaxLiabilityWan != 2160 || *c.Indicators[2].Value != 30 ||
		c.Indicators[0].Value != nil || c.Timeline.Published != -18 || c.Provenance["kind"] != "topic_factual" {
		t.Errorf("%+v", c)
	}
	last := s.Teams[41]
	if last.AffiliatedWith[0].OwnerUSCC != s.Alliances[0].Leader.USCC || !last.CapabilityTags[1].Verified {
		t.Errorf("%+v", last)
	}
}

// TestNothingIsLost: every field of the files has a place in the types, or
// repeats in words what a code says.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	words := []string{"challenge_type_zh", "competition_mode_zh", "industry_chain_zh", "industry_chains_zh", "domain_tags_zh",
		"type_zh", "expert_type_zh"}
	for file, shape := range map[string]any{"challenges": demo.Challenge{}, "teams": demo.Team{}, "alliances": demo.Alliance{},
		"experts": demo.Expert{}, "taxonomy": demo.Taxonomy{}} {
		data, err := demo.Files.ReadFile(file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		var item any = doc
		if file != "taxonomy" {
			item = doc[file]
		} else {
			delete(doc, "meta")
		}
		for _, lost := range missing(item, reflect.TypeOf(shape), file) {
			if !slices.Contains(words, lost[strings.LastIndex(lost, ".")+1:]) {
				t.Errorf("%s has no place", lost)
			}
		}
	}
}

func missing(v any, shape reflect.Type, path string) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		if shape.Kind() == reflect.Slice {
			shape = shape.Elem()
		}
		for _, item := range v {
			out = append(out, missing(item, shape, path)...)
		}
	case map[string]any:
		if shape.Kind() == reflect.Pointer {
			shape = shape.Elem()
		}
		if shape.Kind() != reflect.Struct {
			return nil
		}
		fields := map[string]reflect.Type{}
		for i := range shape.NumField() {
			fields[shape.Field(i).Tag.Get("json")] = shape.Field(i).Type
		}
		for name, item := range v {
			if f, ok := fields[name]; ok {
				out = append(out, missing(item, f, path+"."+name)...)
			} else {
				out = append(out, path+"."+name)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// goodTeam is a team a line.
const goodTeam = `{"code":"T1","name":"团队","institution":{"name":"大学","type":"university","uscc":"12210112DEM003012B","in_province":true},` +
	`"domain_tags":[{"tag":"MFG.bearing","level":5}],"capability_tags":[{"tag":"cfd","level":3,"verified":true}],"trl_range":[3,8]}`

// goodChallenge spreads over lines, so that lines can be told apart.
const goodChallenge = `{"challenges": [
 {"code": "C1", "title": "轴承", "challenge_type": "tech_breakthrough",
  "owner": {"name": "公司", "uscc": "91210106DEM001009N"},
  "domain_tags": ["MFG.bearing"],
  "required_capabilities": [{"tag": "cfd", "must": true, "min_level": 3}],
  "trl_current": 5, "trl_target": 8,
  "indicators": [{"name": "功率", "op": ">=", "value": 10, "weight": 100}],
  "milestones": [{"name": "一", "due_month": 6, "payment_pct": 40},
                 {"name": "二", "due_month": 12, "payment_pct": 60}],
  "term_months": 12, "bounty_wan": 100, "total_investment_wan": 200,
  "funding_plan": {"owner_wan": 150, "province_wan": 50, "city_wan": 0},
  "unknown_extra": [1, {"a": null}]}
]}`

func taxonomy(t *testing.T) *demo.Taxonomy {
	t.Helper()
	s, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	return &s.Taxonomy
}

func TestForms(t *testing.T) {
	t.Parallel()
	tax := taxonomy(t)
	second := strings.Replace(goodTeam, "T1", "T2", 1)
	for name, text := range map[string]string{
		"object":   `{"meta":{"kind":"x"},"teams":[` + goodTeam + `,` + second + `]}`,
		"list":     `[` + goodTeam + `,` + second + `]`,
		"lines":    goodTeam + "\n\n" + second + "\n",
		"mark":     "\xef\xbb\xbf" + goodTeam + "\n" + second,
		"windows":  goodTeam + "\r\n" + second + "\r\n",
		"one_more": goodTeam + second,
	} {
		if got, err := demo.ReadTeams("t.json", strings.NewReader(text), tax); err != nil || len(got) != 2 || got[1].Code != "T2" {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
	if got, err := demo.ReadTeams("t.json", strings.NewReader(goodTeam), nil); err != nil || len(got) != 1 {
		t.Errorf("one line: %v %v", got, err)
	}
	if got, err := demo.ReadChallenges("c.json", strings.NewReader(goodChallenge), tax); err != nil || len(got) != 1 || got[0].Funding.OwnerWan != 150 {
		t.Errorf("challenge: %v %v", got, err)
	}
	if got, err := demo.ReadTeams("t.json", strings.NewReader(`{"teams":[]}`), tax); err != nil || len(got) != 0 {
		t.Errorf("none: %v %v", got, err)
	}
}

func TestBadChallenges(t *testing.T) {
	t.Parallel()
	tax := taxonomy(t)
	for name, row := range map[string]struct{ old, with, want string }{
		"type":         {`"title": "轴承"`, `"title": 7`, "c.json:2: challenges[0].title: want a text, not a number"},
		"missing":      {`"title": "轴承",`, ``, "c.json:2: challenges[0].title: is missing"},
		"null":         {`"title": "轴承"`, `"title": null`, "c.json:2: challenges[0].title: is missing"},
		"blank":        {`"title": "轴承"`, `"title": " "`, "c.json:2: challenges[0].title: is empty"},
		"word":         {`"tech_breakthrough"`, `"x"`, `c.json:2: challenges[0].challenge_type: "x" is none of tech_breakthrough, result_conversion`},
		"uscc":         {`91210106DEM001009N`, `9121`, `c.json:3: challenges[0].owner.uscc: "9121" is no unified social credit code`},
		"tag":          {`["MFG.bearing"]`, `["MFG.nothing"]`, `c.json:4: challenges[0].domain_tags[0]: unknown code "MFG.nothing"`},
		"tag_twice":    {`["MFG.bearing"]`, `["MFG.bearing","MFG.bearing"]`, `c.json:4: challenges[0].domain_tags[1]: "MFG.bearing" stands twice`},
		"no_tag":       {`["MFG.bearing"]`, `[]`, `c.json:4: challenges[0].domain_tags: is empty`},
		"list":         {`["MFG.bearing"]`, `"MFG.bearing"`, `c.json:4: challenges[0].domain_tags: want a list, not a text`},
		"null_in_list": {`["MFG.bearing"]`, `[null]`, `c.json:4: challenges[0].domain_tags[0]: is null`},
		"capability":   {`"cfd"`, `"magic"`, `c.json:5: challenges[0].required_capabilities[0].tag: unknown code "magic"`},
		"level":        {`"min_level": 3`, `"min_level": 6`, `c.json:5: challenges[0].required_capabilities[0].min_level: 6 is above 5`},
		"must":         {`"must": true`, `"must": "yes"`, `c.json:5: challenges[0].required_capabilities[0].must: want true or false, not a text`},
		"fraction":     {`"trl_current": 5`, `"trl_current": 5.5`, `c.json:6: challenges[0].trl_current: 5.5 is no whole number`},
		"trl":          {`"trl_target": 8`, `"trl_target": 5`, `c.json:6: challenges[0].trl_target: must be above trl_current 5`},
		"nan":          {`"trl_target": 8`, `"trl_target": NaN`, `c.json:6: is not JSON: invalid character 'N' looking for beginning of value`},
		"huge":         {`"bounty_wan": 100`, `"bounty_wan": 1e999`, `c.json:10: challenges[0].bounty_wan: 1e999 is too large`},
		"negative":     {`"bounty_wan": 100`, `"bounty_wan": -1`, `c.json:10: challenges[0].bounty_wan: -1 is below 0`},
		"bounty":       {`"bounty_wan": 100`, `"bounty_wan": 201`, `c.json:10: challenges[0].bounty_wan: is above total_investment_wan 200`},
		"weights":      {`"weight": 100`, `"weight": 90`, `c.json:7: challenges[0].indicators: weights sum to 90, want 100`},
		"range":        {`"op": ">="`, `"op": "range"`, `c.json:7: challenges[0].indicators[0].value_min: a range needs value_min ≤ value_max`},
		"payments":     {`"payment_pct": 60`, `"payment_pct": 50`, `c.json:8: challenges[0].milestones: payments sum to 90, want 100`},
		"months":       {`"due_month": 6`, `"due_month": 12`, `c.json:9: challenges[0].milestones[1].due_month: must be after month 12`},
		"term":         {`"term_months": 12`, `"term_months": 18`, `c.json:8: challenges[0].milestones: the last is due in month 12, want term_months 18`},
		"funding":      {`"city_wan": 0`, `"city_wan": 9`, `c.json:11: challenges[0].funding_plan: parts sum to 209, want total_investment_wan 200`},
		"no_object":    {`{"name": "公司", "uscc": "91210106DEM001009N"}`, `"公司"`, `c.json:3: challenges[0].owner: want an object, not a text`},
		"twice":        {`"code": "C1",`, `"code": "C1", "code": "C2",`, `c.json:2: is not JSON: field "code" stands twice`},
		"cut":          {"\n]}", "\n", `c.json:12: is not JSON: it ends too early`},
		"nul":          {`轴承`, "轴\x00承", `c.json:2: holds a NUL byte`},
		"nul_escaped":  {`轴承`, `轴\u0000承`, `c.json:2: is not JSON: a text holds a NUL`},
		"bytes":        {`轴承`, "轴\xff承", `c.json:2: is not UTF-8`},
		"surrogate":    {`轴承`, `\ud800`, `c.json:2: is not JSON: a text holds a broken character`},
		"no_list":      {goodChallenge, `{"challenges": 3}`, `c.json:1: challenges: want a list`},
		"empty":        {goodChallenge, ``, `c.json:1: is empty`},
		"number":       {goodChallenge, "\n7", `c.json:2: item 1: want an object, not a number`},
		"deep":         {goodChallenge, strings.Repeat("[", 1000), `c.json:1: is not JSON: nested deeper than 64`},
	} {
		text := strings.Replace(goodChallenge, row.old, row.with, 1)
		_, err := demo.ReadChallenges("c.json", strings.NewReader(text), tax)
		if err == nil || err.Error() != row.want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, row.want)
		}
	}
}

func TestSeveralAtOnce(t *testing.T) {
	t.Parallel()
	bad := strings.NewReplacer(`"code":"T1"`, `"code":""`, `"level":5`, `"level":0`, `[3,8]`, `[8,3]`).Replace(goodTeam)
	_, err := demo.ReadTeams("t.jsonl", strings.NewReader(goodTeam+"\n"+bad+"\n"+goodTeam), taxonomy(t))
	const want = `t.jsonl:2: item 2.code: is empty
t.jsonl:2: item 2.domain_tags[0].level: 0 is below 1
t.jsonl:3: item 3.code: "T1" stands twice`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	var ps demo.Problems
	if !errors.As(err, &ps) || len(ps) != 3 || ps[1].Line != 2 {
		t.Errorf("%#v", err)
	}
}

func TestBadTeams(t *testing.T) {
	t.Parallel()
	tax := taxonomy(t)
	for name, row := range map[string]struct{ old, with, want string }{
		"trl":      {`[3,8]`, `[8,3]`, "t:1: item 1.trl_range: want [low, high]"},
		"trl_high": {`[3,8]`, `[3,10]`, "t:1: item 1.trl_range[1]: 10 is above 9"},
		"track":    {`[3,8]`, `[3,8],"track_record":{"contracts_completed":1,"on_time":2}`, "t:1: item 1.track_record.on_time: is above contracts_completed 1"},
		"capacity": {`[3,8]`, `[3,8],"capacity":{"max_concurrent":0,"ongoing":0}`, "t:1: item 1.capacity.max_concurrent: 0 is below 1"},
		"evidence": {`[3,8]`, `[3,8],"evidence_items":[{"kind":"paper","title":"x","year":20200,"verify_status":"verified"}]`, "t:1: item 1.evidence_items[0].year: 20200 is above 2200"},
		"chain":    {`[3,8]`, `[3,8],"industry_chains":["x"]`, `t:1: item 1.industry_chains[0]: unknown code "x"`},
		"skill":    {`[{"tag":"cfd","level":3,"verified":true}]`, `[{"tag":"cfd","level":3}]`, "t:1: item 1.capability_tags[0].verified: is missing"},
	} {
		_, err := demo.ReadTeams("t", strings.NewReader(strings.Replace(goodTeam, row.old, row.with, 1)), tax)
		if err == nil || err.Error() != row.want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, row.want)
		}
	}
}

func TestBadTaxonomy(t *testing.T) {
	t.Parallel()
	const good = `{"domain_l1":[{"code":"M","name_zh":"制造"}],"domain_tags":[{"code":"M.a","name_zh":"甲","parent":"M"}],
"capability_tags":[{"code":"cfd","name_zh":"仿真"}],"chain_catalogues":[{"code":"K","chains":[{"code":"x"},{"code":"y","maps_to":["x"]}]}]}`
	if _, err := demo.ReadTaxonomy("x", strings.NewReader(good)); err != nil {
		t.Error(err)
	}
	for name, row := range map[string]struct{ old, with, want string }{
		"parent": {`"parent":"M"`, `"parent":"N"`, `x:1: domain_tags[0].parent: unknown code "N"`},
		"twice":  {`[{"code":"cfd","name_zh":"仿真"}]`, `[{"code":"cfd","name_zh":"仿真"},{"code":"cfd","name_zh":"仿真"}]`, `x:2: capability_tags[1].code: "cfd" stands twice`},
		"maps":   {`["x"]`, `["z"]`, `x:2: chain_catalogues[0].chains[1].maps_to[0]: unknown code "z"`},
		"two":    {`{"domain_l1"`, `{} {"domain_l1"`, "x:1: want one object"},
		"list":   {good, "[]", "x:1: want an object, not a list"},
	} {
		_, err := demo.ReadTaxonomy("x", strings.NewReader(strings.Replace(good, row.old, row.with, 1)))
		if err == nil || err.Error() != row.want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, row.want)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestUnreadable(t *testing.T) {
	t.Parallel()
	if _, err := demo.ReadExperts("e", broken{}, nil); err == nil || !strings.Contains(err.Error(), "e: cannot be read") {
		t.Errorf("%v", err)
	}
}

// FuzzRead cuts, doubles and changes real files: a reader may refuse, never panic.
func FuzzRead(f *testing.F) {
	f.Add([]byte(goodChallenge))
	f.Add([]byte(goodTeam))
	f.Add([]byte(`{"teams":[{"code":1e400,"a":[[[{}]]]}]}`))
	f.Add([]byte("[null,{}]\n\x00"))
	s, err := demo.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func() error{
			func() error { _, err := demo.ReadChallenges("f", bytes.NewReader(data), &s.Taxonomy); return err },
			func() error { _, err := demo.ReadTeams("f", bytes.NewReader(data), &s.Taxonomy); return err },
			func() error { _, err := demo.ReadTaxonomy("f", bytes.NewReader(data)); return err },
			func() error { _, err := demo.ReadExperts("f", bytes.NewReader(data), nil); return err },
			func() error { _, err := demo.ReadAlliances("f", bytes.NewReader(data), nil); return err },
		} {
			if err := read(); err != nil && !strings.HasPrefix(err.Error(), "f:") {
				t.Fatalf("%v", err)
			}
		}
	})
}
