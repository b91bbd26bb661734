package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiebang/api/endpoint"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestExports asks for every list as everybody, for every thing it hangs on, and compares the
// files with the pages: the same rows, and the same refusals.
func TestExports(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		m := &matrix{town: newTown(t, w), t: t, spec: readSpec(t, w), answered: map[string]bool{}, wrong: map[string]*fault{}}
		exported := map[string]bool{}
		for _, path := range w.Server.Exported() {
			exported[path] = true
		}
		files, rows, refused := 0, 0, 0
		for _, d := range w.Server.Doors() {
			if d.Method != http.MethodGet || !exported[d.Path] || d.Path == "/api/v1/documents" || strings.Contains(d.Path, "/matches") || strings.Contains(d.Path, "consortia") {
				continue // what an engine computes takes its time; the mechanism is the same
			}
			for _, kind := range models.ActsOn(d.Action) {
				things := m.of(kind)
				for i, f := range things {
					if i >= 2 {
						break
					}
					path := m.fill(d.Path, f)
					for _, name := range m.names {
						who := m.people[name]
						items, status := walked(w, who, path)
						a := w.Do(who, "GET", path+"?format=json", nil)
						if status != http.StatusOK {
							refused++
							if a.Status != status {
								t.Errorf("%s as %s: page %d, file %d", path, name, status, a.Status)
							}
							continue
						}
						files++
						rows += len(items)
						var got struct{ Items []json.RawMessage }
						a.Must(http.StatusOK).JSON(&got)
						if len(got.Items) != len(items) {
							t.Errorf("%s as %s: %d rows in pages, %d in the file", path, name, len(items), len(got.Items))
						}
						for i := range min(len(items), len(got.Items)) {
							if !bytes.Equal(items[i], got.Items[i]) {
								t.Errorf("%s as %s: row %d differs", path, name, i)
								break
							}
						}
						lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(w.Do(who, "GET", path+"?format=csv", nil).Must(http.StatusOK).Body, []byte("\ufeff")))).ReadAll()
						if err != nil || len(lines) != len(items)+1 {
							t.Errorf("%s as %s: %d lines of CSV for %d rows (%v)", path, name, len(lines), len(items), err)
						}
						for _, title := range lines[0] {
							for _, r := range strings.ReplaceAll(strings.ReplaceAll(title, "IPC", ""), "SHA-256", "") {
								if r >= 'a' && r <= 'z' {
									t.Errorf("%s: the column %q has no Chinese title", d.Path, title)
									break
								}
							}
						}
						if name != m.names[0] && name != "operator" {
							continue
						}
						x, err := excelize.OpenReader(bytes.NewReader(w.Do(who, "GET", path+"?format=xlsx", nil).Must(http.StatusOK).Body))
						if err != nil {
							t.Fatal(path, err)
						}
						if got, err := x.GetRows("list"); err != nil || len(got) != len(items)+1 {
							t.Errorf("%s as %s: %d lines of XLSX for %d rows (%v)", path, name, len(got), len(items), err)
						}
					}
				}
			}
		}
		if missing := w.Server.Unspoken(); len(missing) > 0 {
			t.Errorf("values without words in api/endpoint/words.json: %v", missing)
		}
		t.Logf("%d lists: %d files with %d rows, %d refused alike", len(exported), files, rows, refused)
		if len(exported) < 30 || files < 100 || rows < 100 {
			t.Error("too little was exported to mean anything")
		}
		for query, code := range map[string]string{"format=xls": "request.invalid", "format=csv&nonsense=1": "request.invalid"} {
			if a := w.Do(apitest.Person{}, "GET", "/challenges?"+query, nil); a.Status != 422 || !bytes.Contains(a.Body, []byte(code)) {
				t.Errorf("%s: %d %s", query, a.Status, a.Body)
			}
		}
	})
}

// walked is all rows of a list as its pages give them.
func walked(w *apitest.World, who apitest.Person, path string) (items []json.RawMessage, status int) {
	for cursor := ""; ; {
		address := path
		if cursor != "" {
			address += "?cursor=" + url.QueryEscape(cursor)
		}
		a := w.Do(who, "GET", address, nil)
		if a.Status != http.StatusOK {
			return nil, a.Status
		}
		var view map[string]json.RawMessage
		a.JSON(&view)
		cursor = ""
		_ = json.Unmarshal(view["next"], &cursor)
		field := ""
		for name, raw := range view {
			if len(raw) > 0 && raw[0] == '[' && name != "actions" && name != "roles" && (field == "" || name == "items" || name == "orgs" || name == "places") {
				field = name
			}
		}
		if view["roles"] != nil && field == "" {
			field = "roles"
		}
		var page []json.RawMessage
		_ = json.Unmarshal(view[field], &page)
		items = append(items, page...)
		if cursor == "" {
			return items, http.StatusOK
		}
	}
}

// TestExportsSpeak has the codes of a file in the caller's words, and as codes in the JSON.
func TestExportsSpeak(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Org("新松机器人", "enterprise")
		for language, want := range map[string]string{"zh-CN": "企业", "en-GB": "Enterprise"} {
			csv := w.Do(apitest.Person{}, "GET", "/orgs?format=csv", nil, "Accept-Language", language).Must(http.StatusOK)
			if got := string(csv.Body); !strings.Contains(got, ","+want+",") || strings.Contains(got, "enterprise") {
				t.Errorf("in %s: %s", language, got)
			}
		}
		if got := string(w.Do(apitest.Person{}, "GET", "/orgs?format=json", nil).Must(http.StatusOK).Body); !strings.Contains(got, `"kind":"enterprise"`) {
			t.Errorf("the JSON has lost its code: %s", got)
		}
	})
}

// TestExportsEnd has one row more than a file may hold: a sentence, not a shorter file.
func TestExportsEnd(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		plant := func(from, to int) {
			w.Write(func(tx *models.Tx) error {
				for ; from < to; from += 100 {
					list := make([]*models.Org, min(100, to-from))
					for i := range list {
						o := models.NewOrg()
						o.Name, o.Kind, o.Region, o.USCC, o.State, o.Version, o.CreatedAt, o.UpdatedAt = "单位", "enterprise", "210100", fmt.Sprintf("%018d", from+i), models.OrgVerified, 1, tx.Now, tx.Now
						list[i] = o
					}
					if err := tx.Plant(list); err != nil {
						return err
					}
				}
				return nil
			})
		}
		plant(0, endpoint.ExportMost)
		csv := w.Do(apitest.Person{}, "GET", "/orgs?format=csv", nil).Must(http.StatusOK)
		if got := bytes.Count(csv.Body, []byte("\n")); got != endpoint.ExportMost+1 {
			t.Errorf("%d lines", got)
		}
		plant(endpoint.ExportMost, endpoint.ExportMost+1)
		if a := w.Do(apitest.Person{}, "GET", "/orgs?format=csv", nil); a.Status != 422 || !bytes.Contains(a.Body, []byte("export.too_many")) || a.Header.Get("Content-Disposition") != "" {
			t.Errorf("one row too many: %d %.200s", a.Status, a.Body)
		}
	})
}
