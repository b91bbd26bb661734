package seal_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"jiebang/internal/seal"
)

// The first row is the example of RFC 8785, section 3.2.2; the sorting row is its section 3.2.3.
func TestCanonical(t *testing.T) {
	for name, row := range map[string][2]string{
		"rfc": {`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
			`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`},
		"sorting": {`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		"markup stays":    {`{"a":"<b>&\u2028"}`, "{\"a\":\"<b>&\u2028\"}"},
		"negative zero":   {`[-0,-0.0,0e5]`, `[0,0,0]`},
		"blanks":          {" { \"b\" : [ ] , \"a\" : { } } ", `{"a":{},"b":[]}`},
		"money":           {`10000000000000`, `10000000000000`},
		"order of arrays": {`[3,1,2]`, `[3,1,2]`},
	} {
		got, err := seal.CanonicalText([]byte(row[0]))
		if err != nil || string(got) != row[1] {
			t.Errorf("%s: %s, %v; want %s", name, got, err, row[1])
		}
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for name, bad := range map[string]string{
		"not JSON": `{`, "two values": `1 2`, "not UTF-8": "\"\xff\"", "too large": `9007199254740993`, "out of range": `1e999`,
	} {
		if got, err := seal.CanonicalText([]byte(bad)); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
	if _, err := seal.Canonical(math.NaN()); err == nil {
		t.Error("NaN has a form")
	}
}

func TestReceipt(t *testing.T) {
	content, err := seal.Canonical(map[string]any{"route": "磁悬浮", "quote_fen": 12})
	if err != nil {
		t.Fatal(err)
	}
	r := seal.Receipt{Challenge: "SY-JB-2026-01-0001", Bid: "bid_x", Version: 3, Digest: seal.Digest(content),
		Files: []seal.File{{ID: "doc_a", SHA256: strings.Repeat("a", 64)}}, At: time.Date(2026, 3, 20, 8, 59, 59, 999_999_000, time.UTC)}
	text := r.Text()
	if err := seal.Check(text, nil); err != nil {
		t.Error(err)
	}
	if err := seal.Check(text, []byte("{ \"route\":\"磁悬浮\", \"quote_fen\":12.0 }")); err != nil {
		t.Error("the same content in another form:", err)
	}
	if err := seal.Check(text, []byte(`{"route":"磁悬浮","quote_fen":13}`)); err == nil {
		t.Error("another content passes")
	}
	for i := range text {
		if text[i] >= '0' && text[i] <= '8' {
			if seal.Check(text[:i]+"9"+text[i+1:], nil) == nil {
				t.Fatalf("a changed digit at %d passes", i)
			}
		}
	}
	if !strings.Contains(text, "sealed_at: 2026-03-20T08:59:59.999999Z\n") {
		t.Error(text)
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add(`{"a":[1,2.5e-7,"\u0000x"]}`)
	f.Fuzz(func(t *testing.T, s string) {
		once, err := seal.CanonicalText([]byte(s))
		if err != nil {
			return
		}
		if !json.Valid(once) {
			t.Fatalf("%q is not JSON", once)
		}
		twice, err := seal.CanonicalText(once)
		if err != nil || string(twice) != string(once) {
			t.Fatalf("%q becomes %q (%v)", once, twice, err)
		}
	})
}
