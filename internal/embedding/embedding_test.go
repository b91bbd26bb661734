package embedding_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jiebang/internal/embedding"
)

// serve answers with the length of each text, backwards, as the index allows.
func serve(t *testing.T, answer func(w http.ResponseWriter, texts []string)) *embedding.Model {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Model string
			Input []string
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Model != "m" || r.URL.Path != "/v1/embeddings" || r.Header.Get("Authorization") != "Bearer k" {
			t.Errorf("asked %s for model %q as %q: %v", r.URL.Path, in.Model, r.Header.Get("Authorization"), err)
		}
		answer(w, in.Input)
	}))
	t.Cleanup(s.Close)
	e, err := embedding.New(s.URL+"/v1/", "m", "k")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func lengths(w http.ResponseWriter, texts []string) {
	var rows []string
	for i := len(texts) - 1; i >= 0; i-- {
		rows = append(rows, fmt.Sprintf(`{"index":%d,"embedding":[%d,0.5]}`, i, len(texts[i])))
	}
	fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(rows, ","))
}

func TestEmbed(t *testing.T) {
	t.Parallel()
	calls := 0
	e := serve(t, func(w http.ResponseWriter, texts []string) {
		if calls++; calls == 2 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		lengths(w, texts)
	})
	var texts []string
	for i := range 130 {
		texts = append(texts, strings.Repeat("x", i))
	}
	got, err := e.Embed(context.Background(), texts)
	if err != nil || len(got) != 130 || calls != 4 {
		t.Fatalf("%d vectors in %d calls: %v; want 130 in three calls and one more that was refused", len(got), calls, err)
	}
	for i, v := range got {
		if want := float32(max(i, 1)); v[0] != want { // an empty text is asked as one sign
			t.Errorf("text %d has vector %v, want %v first", i, v, want)
		}
	}
	if got, err := e.Embed(context.Background(), nil); err != nil || len(got) != 0 {
		t.Errorf("no texts: %v, %v", got, err)
	}
}

func TestEmbedRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"no such model": {404, `{}`, "404"},
		"never ready":   {503, `{}`, "busy"},
		"not JSON":      {200, `<html>`, "cannot be read"},
		"too few":       {200, `{"data":[{"embedding":[1]}]}`, "1 texts, 2 were asked"},
		"twice the one": {200, `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`, "text 0"},
		"out of range":  {200, `{"data":[{"index":0,"embedding":[1]},{"index":7,"embedding":[1]}]}`, "text 7"},
		"empty vector":  {200, `{"data":[{"embedding":[1]},{"embedding":[]}]}`, "text 1"},
		"two lengths":   {200, `{"data":[{"embedding":[1]},{"embedding":[1,2]}]}`, "of 1 and of 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := serve(t, func(w http.ResponseWriter, _ []string) {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			})
			if _, err := e.Embed(context.Background(), []string{"a", "b"}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that says %q", err, c.want)
			}
		})
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	if s, err := embedding.New("", "", ""); s != nil || err != nil {
		t.Errorf("no address: %v, %v; want no service", s, err)
	}
	for _, bad := range [][2]string{{"ftp://x/v1", "m"}, {"x", "m"}, {"http://", "m"}, {"http://x/v1", ""}} {
		if _, err := embedding.New(bad[0], bad[1], ""); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}
