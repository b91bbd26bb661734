package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestBadInput sends to every operation of the description what it does not want: bodies as
// valid as the description knows with one fault planted, and everything around them broken.
// Nothing may fail on our side, every refusal is a problem with a stable code, a planted
// fault is named by its field, and what was sent is not said again.
func TestBadInput(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		before := broken(t, w)
		f := &fuzz{town: newTown(t, w), spec: readSpec(t, w), t: t, rng: rand.New(rand.NewPCG(2026, 3)), wrong: map[string]*fault{}, statuses: map[int]int{},
			versions: map[string]string{}, taken: map[string]int{},
			sparse: w.Store.Dialect() == "postgres"}
		before = append(before, broken(t, w)...)
		f.maker = &maker{spec: f.spec, rng: f.rng, hint: f.known}
		start := time.Now()
		for _, op := range f.list {
			f.operation(op)
		}
		t.Logf("%d requests to %d operations in %s: %d planted faults named, %d 2xx; statuses %v", f.sent, len(f.list), time.Since(start).Round(time.Second/10),
			f.named, f.passed, f.statuses)
		for _, op := range f.list {
			if op.body != nil && f.taken[op.method+" "+op.path] == 0 {
				t.Logf("nothing was taken by %s %s", op.method, op.path)
			}
		}
		for _, line := range slices.Sorted(maps.Keys(f.wrong)) {
			t.Errorf("%s; %d times, e.g. %s", line, f.wrong[line].times, f.wrong[line].example)
		}
		for _, name := range broken(t, w) {
			if !slices.Contains(before, name) {
				t.Errorf("bad input broke the database: %s", name)
			}
		}
	})
}

// broken names the invariants that do not hold.
func broken(t *testing.T, w *apitest.World) []string {
	t.Helper()
	list, err := w.Store.Examine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, b := range list {
		names = append(names, b.Name)
	}
	return names
}

type fuzz struct {
	*town
	*spec
	t        *testing.T
	maker    *maker
	rng      *rand.Rand
	wrong    map[string]*fault
	statuses map[int]int
	versions map[string]string // by path, as far as they are known to have moved on
	taken    map[string]int    // 2xx by operation
	sparse   bool              // sends a sample of what breaks on the schema, and all that reaches the database
	turn     int

	sent, named, passed int
}

// marker stands in every text a fault is planted with; no answer may hold it.
const marker = "zzsecretzz"

// shot is one request with what is expected of it.
type shot struct {
	what   string // the kind of fault
	body   []byte
	header []string
	query  string
	path   string
	as     string
	status []int  // any of them; none is anything but a failure of ours
	field  string // which must be named
	deep   bool   // passes the schema, so it reaches the use case
}

// operation fires everything at one operation.
func (f *fuzz) operation(op *operation) {
	if strings.HasPrefix(op.path, "/api/v1/demo") {
		return
	}
	at, who := f.target(op)
	good := f.query(op, at)
	base := shot{path: f.place(op.path, at), as: who, query: good.Encode(), header: f.headers(op, at)}
	f.around(op, base)
	f.ids(op, base, at)
	f.queries(op, base, good)
	if op.raw {
		f.files(op, base)
	}
	if op.body == nil {
		return
	}
	body := f.maker.value(op.body, "", 0)
	f.bodies(op, base, body)
	f.fields(op, base, body)
	f.extremes(op, base, body)
}

// target finds a thing an operation may be done to, and somebody who may.
func (f *fuzz) target(op *operation) (*thing, string) {
	action := models.Action(op.ID)
	for _, d := range f.Server.Doors() {
		if d.Method == op.method && d.Path == op.path {
			action = d.Action
		}
	}
	if action == models.AccountDisable { // or the town would lose its people
		list := f.of(models.KindAccount)
		return list[len(list)-1], "operator"
	}
	for _, want := range []models.Verdict{models.VerdictAllowed, models.VerdictAsks} {
		for _, kind := range models.ActsOn(action) {
			for _, x := range f.of(kind) {
				for _, name := range f.names {
					if v, _ := models.Predict(action, kind, x.role(name), x.state); v == want && name != "visitor" {
						return x, name
					}
				}
			}
		}
	}
	kind := models.ActsOn(action)[0]
	return f.of(kind)[0], "stranger"
}

// place puts ids into a path: the thing's own first.
func (f *fuzz) place(path string, at *thing) string {
	m := matrix{town: f.town}
	return m.fill(path, at)
}

// query is a good one: what is required, with values that fit.
func (f *fuzz) query(op *operation, at *thing) url.Values {
	q := url.Values{}
	for _, p := range op.Parameters {
		if p.In != "query" || !p.Required {
			continue
		}
		switch {
		case strings.HasSuffix(p.Name, "kind"):
			q.Set(p.Name, string(at.kind))
		case strings.HasSuffix(p.Name, "_id"):
			q.Set(p.Name, at.id)
		case f.town.ids["query/"+p.Name] != "":
			q.Set(p.Name, f.town.ids["query/"+p.Name])
		default:
			q.Set(p.Name, fmt.Sprint(f.maker.value(p.Schema, p.Name, 0)))
		}
	}
	return q
}

func (f *fuzz) headers(op *operation, at *thing) []string {
	h := []string{}
	if op.raw {
		h = append(h, "Content-Type", "application/octet-stream")
	}
	if op.method == http.MethodPut {
		h = append(h, "If-Match", fmt.Sprintf("%q", fmt.Sprint(at.version)))
	}
	return h
}

// known gives ids and words that exist, so that faults get behind the first look-up.
func (f *fuzz) known(name string) (any, bool) {
	kinds := map[string]models.Kind{"org": models.KindOrg, "org_id": models.KindOrg, "parent": models.KindOrg, "parent_id": models.KindOrg, "team": models.KindTeam,
		"team_id": models.KindTeam, "alliance_id": models.KindAlliance, "batch": models.KindBatch, "batch_id": models.KindBatch, "bid": models.KindBid,
		"bid_id": models.KindBid, "document": models.KindDocument, "document_id": models.KindDocument, "fund_proof": models.KindDocument}
	if kind, ok := kinds[name]; ok {
		list := f.of(kind)
		return list[f.rng.IntN(len(list))].id, true
	}
	if v, ok := words[name]; ok {
		return v, true
	}
	switch name {
	case "uscc":
		return fmt.Sprintf("9121010%d", 10_000_000_000+f.rng.Int64N(9_999_999_999)), true
	case "no":
		return float64(1 + f.rng.IntN(99)), true
	case "capability":
		return f.terms["capability"], true
	case "tag", "domain":
		return f.terms["domain"], true
	case "chain":
		return f.terms["chain"], true
	}
	return nil, false
}

// words are what use cases ask of a field beyond its schema.
var words = map[string]any{"login": "town-colleague", "region": "210100", "region_code": "SY", "email": "a@b.cn", "mobile": "13800138000", "discipline": "460",
	"founded": "2000-01-01", "homepage": "https://example.cn", "signed_on": "2025-01-01", "valid_until": "2030-01-01", "valid_from": "2025-01-01", "valid_to": "2030-01-01",
	"from": "2026-04-01", "until": "2026-05-01", "trl_min": 3.0, "trl_max": 8.0, "year": 2025.0, "weight": 100.0, "payment_pct": 100.0, "task_pct": 100.0,
	"money_pct": 100.0, "trl_current": 4.0, "trl_target": 7.0, "panel": 100.0, "owner": 0.0, "match": 0.0, "publicity_days": 5.0, "ipc": "H01L"}

// fire sends one request and looks at the answer.
func (f *fuzz) fire(op *operation, s shot) {
	f.turn++
	if f.sparse && !s.deep && f.turn%6 != 0 {
		return
	}
	if v := f.versions[s.path]; v != "" && op.method == http.MethodPut && s.deep {
		s.header = append(slices.Clone(s.header), "If-Match", v)
	}
	path := s.path
	if s.query != "" {
		path += "?" + s.query
	}
	if s.as == "" {
		s.as = "stranger"
	}
	p := f.people[s.as]
	var body any
	if s.body != nil {
		body = s.body
	}
	a := f.Do(p, op.method, path, body, s.header...)
	f.sent++
	f.statuses[a.Status]++
	if now := versionNow.FindSubmatch(a.Body); s.deep && a.Status == http.StatusPreconditionFailed && now != nil { // an earlier shot was taken
		s.header = append(slices.Clone(s.header), "If-Match", string(now[1]))
		f.versions[s.path] = string(now[1])
		f.fire(op, s)
		return
	}
	if a.Status < 300 {
		f.taken[op.method+" "+op.path]++
	}
	if a.Status == http.StatusUnauthorized && code(a) == "account.session_ended" { // he signed himself out on the way
		f.people[s.as] = f.SignIn(p.Login)
	}
	f.judge(op, s, a)
}

var versionNow = regexp.MustCompile(`it is (\d+) now`)

var stableCode = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

func (f *fuzz) judge(op *operation, s shot, a *apitest.Answer) {
	blame := func(format string, args ...any) {
		line := fmt.Sprintf("%s %s, %s: ", op.method, op.path, s.what) + fmt.Sprintf(format, args...)
		if f.wrong[line] == nil {
			f.wrong[line] = &fault{example: fmt.Sprintf("as %s, sent %.300q with ?%.200s, got %.400s", s.as, s.body, s.query, a.Body)}
		}
		f.wrong[line].times++
	}
	if a.Status >= 200 && a.Status < 300 {
		f.passed++
		if len(s.status) > 0 && !slices.Contains(s.status, a.Status) {
			blame("was taken")
		}
		return
	}
	var p struct {
		Type, Title, Code, Detail string
		Status                    int
		Errors                    []struct{ Path, Code, Message string }
	}
	if a.Status >= 500 {
		blame("status %d", a.Status)
		return
	}
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		blame("status %d as %q", a.Status, kind)
		return
	}
	if err := json.Unmarshal(a.Body, &p); err != nil {
		blame("no JSON: %v", err)
		return
	}
	if !stableCode.MatchString(p.Code) || p.Type != "urn:jiebang:"+p.Code || p.Title == "" || p.Detail == "" || p.Status != a.Status || p.Errors == nil {
		blame("not a whole problem: %s", p.Code)
	}
	for _, e := range p.Errors {
		if e.Path == "" || !stableCode.MatchString(e.Code) || e.Message == "" {
			blame("an incomplete field %q %q", e.Path, e.Code)
		}
	}
	said := strings.ReplaceAll(string(a.Body), s.path, "")
	if s.what != "unknown name" && s.what != "unknown query parameter" && !strings.Contains(s.path, marker) && strings.Contains(said, marker) {
		blame("says what was sent")
	}
	for _, word := range []string{"json: ", "Go struct", "Go value", "goroutine", "SQLSTATE", "constraint failed", "sql:", "runtime error"} {
		if strings.Contains(said, word) {
			blame("speaks of its insides: %s", word)
		}
	}
	if len(s.status) > 0 && !slices.Contains(s.status, a.Status) {
		blame("status %d %s", a.Status, p.Code)
		return
	}
	if s.field == "" {
		return
	}
	for _, e := range p.Errors {
		if e.Path == s.field || strings.HasPrefix(e.Path, s.field+"[") || strings.HasPrefix(e.Path, s.field+".") {
			f.named++
			return
		}
	}
	blame("the field %s is not named", s.field)
}

// around breaks what surrounds the input.
func (f *fuzz) around(op *operation, base shot) {
	if op.body == nil && !op.raw && op.ID != "account.sign_out" {
		s := base
		s.what, s.deep = "as it should be", true
		f.fire(op, s)
		for range 3 { // whoever comes: no failure of ours
			s.as = f.names[f.rng.IntN(len(f.names))]
			if op.method == http.MethodGet || s.as == "stranger" {
				f.fire(op, s)
			}
		}
	}
	with := func(what string, status []int, field string, header ...string) {
		s := base
		s.what, s.status, s.field, s.header = what, status, field, append(slices.Clone(base.header), header...)
		if op.body != nil {
			s.body = f.json(f.maker.value(op.body, "", 0))
		}
		f.fire(op, s)
	}
	with("a token that is none", []int{401}, "", "Authorization", "Bearer "+marker)
	with("a scheme that is none", []int{401}, "", "Authorization", "Basic "+marker)
	with("a token of another house", []int{401}, "", "Authorization",
		"Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfYSIsInNpZCI6InNlc19hIiwidHlwIjoiYWNjZXNzIn0.")
	with("an odd Accept", nil, "", "Accept", "text/html, application/xml;q=0.9")
	if op.method == http.MethodGet || op.raw {
		return
	}
	with("a key too long", []int{422, 401}, "header.Idempotency-Key", "Idempotency-Key", strings.Repeat("k", 81))
	for _, v := range []string{"abc", "-1", "0", `"1`, "9999999999999999999999", "*", `W/"x"`} {
		with("a version that is none", []int{422, 400}, "header.If-Match", "If-Match", v)
	}
	if op.method == http.MethodPut {
		with("an old version", []int{412, 403, 404, 409, 422, 401, 400}, "", "If-Match", `"4711"`)
		s := base
		s.what, s.status, s.header = "no version", []int{428}, nil
		s.body = f.json(f.maker.value(op.body, "", 0))
		f.fire(op, s)
	}
}

// ids puts what is no id of the right kind into the path.
func (f *fuzz) ids(op *operation, base shot, at *thing) {
	parts := strings.Split(op.path, "/")
	for i, p := range parts {
		if !strings.HasPrefix(p, "{") {
			continue
		}
		filled := strings.Split(base.path, "/")
		bad := []string{"x", "null", "-1", "%00", "%ff", "%E5%BC%A0", "' or 1=1 --", "%2e%2e", strings.Repeat("a", 5000), marker, "usr_" + strings.Repeat("a", 26)}
		for _, kind := range []models.Kind{models.KindBid, models.KindOrg, models.KindChallenge} {
			if kind != at.kind && at.kind != models.KindSite {
				bad = append(bad, f.of(kind)[0].id)
			}
		}
		for _, id := range bad {
			filled[i] = strings.ReplaceAll(id, " ", "%20")
			s := base
			s.what, s.path = "an id that is none", strings.Join(filled, "/")
			s.status = []int{404, 422, 401, 403, 400, 409, 412, 415}
			if p == "{kind}" || p == "{n}" {
				s.status = nil
			}
			if op.body != nil {
				s.body = f.json(f.maker.value(op.body, "", 0))
			}
			f.fire(op, s)
		}
	}
}

// queries breaks each query parameter.
func (f *fuzz) queries(op *operation, base shot, good url.Values) {
	fire := func(what, field string, status []int, q url.Values, raw string) {
		s := base
		s.what, s.field, s.status, s.query = what, field, status, q.Encode()+raw
		s.deep = status == nil
		if op.body != nil {
			s.body = f.json(f.maker.value(op.body, "", 0))
		}
		f.fire(op, s)
	}
	refused := []int{422}
	fire("unknown query parameter", "query."+marker, refused, good, "&"+marker+"=1")
	fire("a query that is none", "", []int{422, 400}, good, "&a=%zz")
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		field, x := "query."+p.Name, f.resolve(p.Schema)
		try := func(what, value string, status []int) {
			q := maps.Clone(good)
			q.Set(p.Name, value)
			named := ""
			if len(status) == 1 {
				named = field
			}
			fire(what, named, status, q, "")
		}
		if p.Required {
			q := maps.Clone(good)
			q.Del(p.Name)
			fire("a required parameter missing", field, refused, q, "")
		}
		q := maps.Clone(good)
		q.Del(p.Name)
		fire("NUL in a parameter", field, refused, q, "&"+p.Name+"=a%00b")
		fire("broken UTF-8 in a parameter", field, refused, q, "&"+p.Name+"=%ff%fe")
		switch x.kind() {
		case "integer", "number":
			for _, v := range []string{marker, "1e400", "99999999999999999999", "1,5", "NaN", "0x10"} {
				try("a number that is none", v, refused)
			}
			if x.Min != nil {
				try("too small", fmt.Sprint(int64(*x.Min)-1), refused)
				try("the smallest", fmt.Sprint(int64(*x.Min)), nil)
			}
			if x.Max != nil {
				try("too large", fmt.Sprint(int64(*x.Max)+1), refused)
				try("the largest", fmt.Sprint(int64(*x.Max)), nil)
			}
		case "boolean":
			try("a truth that is none", marker, refused)
		case "string":
			if len(x.Enum) > 0 {
				try("no choice", marker, refused)
				break
			}
			if x.MaxLength != nil {
				try("too long", strings.Repeat("x", *x.MaxLength+1), refused)
				try("as long as may be", strings.Repeat("揭", *x.MaxLength), nil)
			}
			for _, v := range []string{marker, "%", "_", `\`, `"`, "'", "* OR *", "NEAR(a b)", "a AND", "(", ")", "{", "-", "。", "\u202e", "   ", "🜚", "col:x", "a*", "^a"} {
				try("odd words", v, nil)
			}
			if p.Name == "cursor" {
				for _, v := range []string{marker, "a.b", "..", "eyJsIjoieCJ9.AAAA"} {
					try("a cursor that is none", v, []int{422, 401, 403, 404})
				}
			}
		}
	}
}

// files breaks uploads.
func (f *fuzz) files(op *operation, base shot) {
	for what, content := range map[string]string{"an empty file": "", "a file of NUL": "\x00\x00\x00", "a program": "MZ\x90\x00" + strings.Repeat("\x00", 200),
		"a page": "<html><script>alert(1)</script></html>", "a text": "plain words"} {
		s := base
		s.what, s.body, s.deep = what, []byte(content), true
		f.fire(op, s)
		s.header = []string{"Content-Type", "application/json"}
		s.what, s.status = what+" as JSON", []int{400, 415, 422}
		f.fire(op, s)
		s.header = []string{"Content-Type", "multipart/form-data; boundary=x"}
		s.what = what + " as a form"
		f.fire(op, s)
	}
}

func (f *fuzz) json(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		f.t.Fatal(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// bodies breaks the body as a whole.
func (f *fuzz) bodies(op *operation, base shot, good any) {
	raw := string(f.json(good))
	inner := strings.TrimSuffix(strings.TrimPrefix(raw, "{"), "}")
	first := slices.Sorted(maps.Keys(op.body.Properties))
	fire := func(what, body string, status []int, field string, header ...string) {
		s := base
		s.what, s.body, s.status, s.field = what, []byte(body), status, field
		s.header = append(slices.Clone(base.header), header...)
		f.fire(op, s)
	}
	fire("no JSON", `{"a":`+marker, []int{400}, "")
	fire("cut off", raw[:len(raw)-1], []int{400}, "")
	fire("null", "null", []int{422}, "")
	fire("a list", "[]", []int{422}, "")
	fire("a text", `"`+marker+`"`, []int{422}, "")
	fire("a number without end", "1e999", []int{422}, "")
	fire("something behind", raw+raw, []int{422}, "")
	fire("a bracket behind", raw+"}", []int{422}, "")
	fire("NaN", `{"a":NaN}`, []int{400}, "")
	fire("an order of bytes", "\ufeff"+raw, []int{400}, "")
	fire("broken UTF-8", `{"a":"`+"\xc3\x28"+`"}`, []int{422}, "")
	fire("unknown name", strings.TrimSuffix("{"+`"`+marker+`":1,`+inner, ",")+"}", []int{422}, marker)
	fire("deep", strings.Repeat(`{"a":`, 5000)+"1"+strings.Repeat("}", 5000), []int{422}, "")
	fire("a million", `{"a":"`+strings.Repeat("x", 1<<20)+`"}`, []int{413}, "")
	fire("a hundred thousand faults", "{"+strings.Join(numbered(50_000), ",")+"}", []int{422}, "")
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "application/xml", "application/cbor"} {
		fire("as "+kind, raw, []int{415, 422, 400}, "", "Content-Type", kind)
	}
	if len(first) > 0 {
		k := first[0]
		fire("a name twice", `{"`+k+`":1,"`+k+`":2}`, []int{422}, k)
		fire("a name in capitals", strings.Replace(raw, `"`+k+`"`, `"`+strings.ToUpper(k)+`"`, 1), []int{422}, strings.ToUpper(k))
		fire("NUL in a name", `{"`+k+`\u0000":1}`, []int{422}, "")
	}
	s := base
	s.what, s.header = "nothing", append(slices.Clone(base.header), "Content-Type", "application/json")
	s.body = []byte{}
	f.fire(op, s)
	key := fmt.Sprintf("key-%d", f.turn)
	fire("a key", raw, nil, "", "Idempotency-Key", key)
	fire("the key again", raw, nil, "", "Idempotency-Key", key)
}

func numbered(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"f%d":1`, i)
	}
	return list
}

// leaf is one place of a body.
type leaf struct {
	path     string
	x        *schema
	steps    []any // names and places
	required bool
}

// leaves lists every place of a body, outermost first.
func (f *fuzz) leaves(x *schema, path string, steps []any, required bool, depth int) []leaf {
	x = f.resolve(x)
	list := []leaf{}
	if path != "" {
		list = append(list, leaf{path, x, slices.Clone(steps), required})
	}
	if depth > 5 {
		return list
	}
	switch x.kind() {
	case "object":
		for _, k := range slices.Sorted(maps.Keys(x.Properties)) {
			if x.Properties[k].ReadOnly || f.resolve(x.Properties[k]).ReadOnly {
				continue
			}
			at := k
			if path != "" {
				at = path + "." + k
			}
			list = append(list, f.leaves(x.Properties[k], at, append(slices.Clone(steps), k), slices.Contains(x.Required, k), depth+1)...)
		}
	case "array":
		list = append(list, f.leaves(x.Items, path+"[0]", append(slices.Clone(steps), 0), false, depth+1)...)
	}
	return list
}

// put copies a body with another value at a place; drop takes the place away.
func put(v any, steps []any, value any, drop bool) any {
	if len(steps) == 0 {
		return value
	}
	switch k := steps[0].(type) {
	case string:
		m, _ := v.(map[string]any)
		m = maps.Clone(m)
		if m == nil {
			m = map[string]any{}
		}
		if len(steps) == 1 && drop {
			delete(m, k)
			return m
		}
		m[k] = put(m[k], steps[1:], value, drop)
		return m
	default:
		list, _ := v.([]any)
		list = slices.Clone(list)
		if len(list) == 0 {
			list = []any{nil}
		}
		list[0] = put(list[0], steps[1:], value, drop)
		return list
	}
}

// fields plants one fault the schema knows into each place.
func (f *fuzz) fields(op *operation, base shot, good any) {
	for _, l := range f.leaves(op.body, "", nil, true, 0) {
		fire := func(what string, value any) {
			s := base
			s.what, s.status, s.field, s.body = what, []int{422}, l.path, f.json(put(good, l.steps, value, false))
			f.turn += len(what) // so that a sample is not always of the same kind
			f.fire(op, s)
		}
		if l.required {
			s := base
			s.what, s.status, s.field, s.body = "missing", []int{422}, l.path, f.json(put(good, l.steps, nil, true))
			f.fire(op, s)
			fire("null", nil)
		}
		kind := l.x.kind()
		for other, v := range map[string]any{"string": marker, "number": 7.5, "boolean": true, "array": []any{marker}, "object": map[string]any{marker: 1}} {
			if other == kind || other == "number" && kind == "integer" {
				continue
			}
			fire("of another type", v)
		}
		switch kind {
		case "string":
			fire("NUL in a text", marker+"\x00")
			if l.x.MaxLength != nil && *l.x.MaxLength < 100_000 {
				fire("too long", marker+strings.Repeat("长", *l.x.MaxLength))
			}
			if l.x.MinLength != nil && *l.x.MinLength > 0 {
				fire("too short", "")
			}
			if len(l.x.Enum) > 0 {
				fire("no choice", marker)
			}
			if l.x.Format == "date-time" || l.x.Format == "date" {
				fire("no date", marker)
			}
			if l.x.Format == "date-time" {
				fire("a date out of reason", "9999-12-31T23:59:59-23:00")
				fire("a date that does not exist", "2026-02-30T10:00:00Z")
			}
			if l.x.Pattern != "" {
				fire("out of pattern", "\t"+marker)
			}
		case "integer":
			fire("half of one", 1.5)
			fire("a whole number with a dot", json.RawMessage("1.0"))
			fire("with an exponent", json.RawMessage("1e2"))
			fallthrough
		case "number":
			fire("a number without end", json.RawMessage("1e999"))
			if l.x.Min != nil {
				fire("too small", *l.x.Min-1)
				fire("far too small", json.RawMessage("-999999999999999999999"))
			}
			if l.x.Max != nil {
				fire("too large", *l.x.Max+1)
				fire("far too large", json.RawMessage("999999999999999999999"))
			}
		case "array":
			if l.x.MaxItems != nil && *l.x.MaxItems < 2000 {
				fire("too many", slices.Repeat([]any{f.maker.value(l.x.Items, "x", 3)}, *l.x.MaxItems+1))
			}
			if l.x.MinItems != nil && *l.x.MinItems > 0 {
				fire("too few", []any{})
			}
		case "object":
			if l.x.free() { // it knows every name, up to so many
				many := map[string]any{}
				for i := range *l.x.MaxNames + 1 {
					many[fmt.Sprint("name", i)] = 1
				}
				fire("too many names", many)
				break
			}
			o, _ := f.maker.value(l.x, "x", 2).(map[string]any)
			o[marker] = 1
			s := base
			s.what, s.status, s.field, s.body = "unknown name", []int{422}, l.path+"."+marker, f.json(put(good, l.steps, o, false))
			f.fire(op, s)
		}
	}
}

// extremes plants what the schema lets through at its edges: the use case must cope.
func (f *fuzz) extremes(op *operation, base shot, good any) {
	fire := func(what string, body any, as string) {
		s := base
		s.what, s.body, s.deep, s.as = what, f.json(body), true, as
		f.fire(op, s)
	}
	fire("as valid as the schema knows", good, base.as)
	for range 3 {
		fire("somebody", f.maker.value(op.body, "", 0), f.names[f.rng.IntN(len(f.names))])
	}
	for _, l := range f.leaves(op.body, "", nil, true, 0) {
		for what, v := range f.edges(l.x) {
			fire(what+" at "+l.path, put(good, l.steps, v, false), base.as)
		}
		if !l.required {
			s := base
			s.what, s.body, s.deep = "without "+l.path, f.json(put(good, l.steps, nil, true)), true
			f.fire(op, s)
			fire("null at "+l.path, put(good, l.steps, nil, false), base.as)
		}
	}
}

// edges are values at the ends of a schema.
func (f *fuzz) edges(x *schema) map[string]any {
	e := map[string]any{}
	switch x.kind() {
	case "string":
		if len(x.Enum) > 0 {
			for i, v := range x.Enum {
				e[fmt.Sprintf("choice %d", i)] = v
			}
			return e
		}
		if x.Format != "" || x.Pattern != "" {
			return map[string]any{"the first day": "1900-01-01T00:00:00Z", "the last day": "2200-12-31T23:59:59Z"}
		}
		e["blanks"], e["signs"], e["a lone surrogate"] = "   ", "‮<b>'\";--%_\\🜚\u200b", json.RawMessage(`"\ud800"`)
		e["a tab"] = "\t\n\r\x1b"
		if x.MaxLength != nil {
			e["the longest"] = strings.Repeat("榜", *x.MaxLength)
		}
	case "integer", "number":
		for what, edge := range map[string]*float64{"the smallest": x.Min, "the largest": x.Max} {
			if edge != nil {
				e[what] = *edge
			}
		}
		e["0"], e["an odd sum"] = 0, 37
		if x.kind() == "number" {
			e["a sliver"], e["minus zero"] = json.RawMessage("5e-324"), json.RawMessage("-0.0")
		}
	case "array":
		e["an empty list"] = []any{}
		if x.MaxItems != nil {
			n := *x.MaxItems
			e["the longest list of the same"] = slices.Repeat([]any{f.maker.value(x.Items, "x", 3)}, n)
			list := []any{}
			for range n {
				list = append(list, f.maker.value(x.Items, "y", 3))
			}
			e["the longest list"] = list
		}
	}
	return e
}
