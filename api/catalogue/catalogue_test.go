package catalogue_test

import (
	"net/http"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestLifeOfAVersion(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator, stranger := w.Operator(), w.Person("stranger")
		version := func(code string, terms ...map[string]any) map[string]any {
			return map[string]any{"kind": "domain", "code": code, "name_zh": "领域", "valid_from": "2026-01-01", "terms": terms}
		}
		term := func(code, parent string) map[string]any {
			return map[string]any{"code": code, "name_zh": "词 " + code, "name_en": "Word", "parent": parent, "synonyms": []string{"别名"}}
		}
		first := version("D-2026", term("MFG", ""), term("MFG.bearing", "MFG"))
		broken := version("D-2027", term("A", "B"), term("B", "A"), term("C", "X"), term("C", ""))
		broken["valid_from"], broken["valid_to"] = "2026-13-01", "2026-01-01"
		broken["terms"].([]map[string]any)[2]["maps_to"] = []string{"gone"}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/catalogues", Body: first, Status: 401},
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: "/catalogues", Body: first, Status: 403},
			apitest.Row{Name: "bad fields", As: operator, Method: "POST", Path: "/catalogues", Body: broken, Status: 422,
				Has: []string{`"valid_from"`, `"terms[0].parent"`, `"terms[1].parent"`, `"terms[2].parent"`, "catalogue.circle", "catalogue.no_parent", "catalogue.code_twice", "terms[2].maps_to[0]"}},
			apitest.Row{Name: "no terms", As: operator, Method: "POST", Path: "/catalogues", Body: version("D-0"), Status: 422},
			apitest.Row{Name: "unknown vocabulary", Method: "GET", Path: "/vocabulary/fruit", Status: 422},
		)
		var c struct{ ID string }
		w.Do(operator, "POST", "/catalogues", first).Must(http.StatusCreated).JSON(&c)
		path := "/catalogues/" + c.ID
		w.Run(t,
			apitest.Row{Name: "twice", As: operator, Method: "POST", Path: "/catalogues", Body: first, Status: 409, Has: []string{"catalogue.exists"}},
			apitest.Row{Name: "a draft is nobody's to see", As: stranger, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "nor in the list", Method: "GET", Path: "/catalogues", Status: 200, Has: []string{`"catalogues":[]`}},
			apitest.Row{Name: "nor in force", Method: "GET", Path: "/vocabulary/domain", Status: 200, Has: []string{`"terms":[]`}},
			apitest.Row{Name: "stranger publishes", As: stranger, Method: "POST", Path: path + "/publish", Status: 404},
			apitest.Row{Name: "end a draft", As: operator, Method: "POST", Path: path + "/end", Body: map[string]string{"valid_to": "2026-12-31"}, Status: 409},
			apitest.Row{Name: "publish", As: operator, Method: "POST", Path: path + "/publish", Status: 200, Has: []string{`"state":"published"`},
				Events: []models.Action{models.CataloguePublish}},
			apitest.Row{Name: "publish twice", As: operator, Method: "POST", Path: path + "/publish", Status: 409, Has: []string{"catalogue.wrong_state"}},
			apitest.Row{Name: "stranger publishes what he sees", As: stranger, Method: "POST", Path: path + "/publish", Status: 403},
			apitest.Row{Name: "in force", Method: "GET", Path: "/vocabulary/domain", Status: 200, Has: []string{`"MFG.bearing"`, `"别名"`, `"parent":"MFG"`}},
			apitest.Row{Name: "end in the past", As: operator, Method: "POST", Path: path + "/end", Body: map[string]string{"valid_to": "2026-02-01"}, Status: 422},
			apitest.Row{Name: "end", As: operator, Method: "POST", Path: path + "/end", Body: map[string]string{"valid_to": "2026-04-01"}, Status: 200, Events: []models.Action{models.CatalogueEnd}},
		)
		second := version("D-2026b", term("MFG", ""))
		second["terms"].([]map[string]any)[0]["name_zh"] = "新词"
		second["valid_from"] = "2026-03-01"
		second["terms"].([]map[string]any)[0]["maps_to"] = []string{"MFG"}
		w.Do(operator, "POST", "/catalogues", second).Must(http.StatusCreated).JSON(&c)
		w.Do(operator, "POST", "/catalogues/"+c.ID+"/publish", nil).Must(http.StatusOK)
		body := string(w.Do(apitest.Person{}, "GET", "/vocabulary/domain", nil).Must(http.StatusOK).Body)
		if strings.Count(body, `"code":"MFG"`) != 1 || !strings.Contains(body, "新词") || !strings.Contains(body, "MFG.bearing") {
			t.Errorf("two versions in force: %s, want each code once and the newer word", body)
		}
		w.Clock.Pass(40 * 24 * 3600 * 1e9)
		if body := string(w.Do(apitest.Person{}, "GET", "/vocabulary/domain", nil).Must(http.StatusOK).Body); strings.Contains(body, "MFG.bearing") {
			t.Errorf("a version is in force after its end: %s", body)
		}
	})
}

// A fresh installation can begin with the shipped catalogues; they never go over anything.
func TestStarter(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator, stranger := w.Operator(), w.Person("stranger")
		own := map[string]any{"kind": "capability", "code": "OURS", "name_zh": "能力", "valid_from": "2026-01-01", "terms": []map[string]any{{"code": "cfd", "name_zh": "流体"}}}
		w.Do(operator, "POST", "/catalogues", own).Must(http.StatusCreated)
		load := models.CatalogueLoad
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/catalogues/starter", Status: 401},
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: "/catalogues/starter", Status: 403},
			apitest.Row{Name: "offered to the operator", As: operator, Method: "GET", Path: "/catalogues", Status: 200, Has: []string{`"catalogue.load"`}},
			apitest.Row{Name: "not to others", As: stranger, Method: "GET", Path: "/catalogues", Status: 200, Lacks: []string{`"catalogue.load"`}},
			apitest.Row{Name: "ok", As: operator, Method: "POST", Path: "/catalogues/starter", Status: 200, Has: []string{"DOMAIN-2026", "SY-2023-8", "TRL-2009", `"kept":["capability"]`},
				Lacks: []string{"CAPABILITY-2026"}, Events: []models.Action{load, load, load, load}},
			apitest.Row{Name: "in force", Method: "GET", Path: "/vocabulary/domain", Status: 200, Has: []string{`"MFG.bearing"`, `"F16C"`, `"C3451"`}},
			apitest.Row{Name: "nothing twice", As: operator, Method: "POST", Path: "/catalogues/starter", Status: 200, Has: []string{`"loaded":[]`}},
			apitest.Row{Name: "offered no longer", As: operator, Method: "GET", Path: "/catalogues", Status: 200, Lacks: []string{`"catalogue.load"`}},
		)
	})
}

// A draft can be edited, a published version only merged; links are checked, a table is read
// with its lines.
func TestEditCheckAndMerge(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator, stranger := w.Operator(), w.Person("stranger")
		body := func(terms ...map[string]any) map[string]any {
			return map[string]any{"kind": "domain", "code": "D-2026", "name_zh": "领域", "valid_from": "2026-01-01", "terms": terms}
		}
		term := func(code, parent string, more ...string) map[string]any {
			return map[string]any{"code": code, "name_zh": "词" + code, "parent": parent, "ipc": more}
		}
		var c struct {
			ID      string
			Version int64
		}
		w.Do(operator, "POST", "/catalogues", body(term("A", ""))).Must(http.StatusCreated).JSON(&c)
		path, match := "/catalogues/"+c.ID, []string{"If-Match", "\"1\""}
		good := body(term("A", ""), term("A.a", "A", "f16c32/04"), term("A.b", "A"), term("A.c", "A"))
		faulty := term("A.a", "A", "F18C 1/00")
		faulty["gbt4754"] = []string{"D3451"}
		merge := func(from, into string) map[string]string {
			return map[string]string{"from": from, "into": into, "reason": "same"}
		}
		const csv = "\ufeffcode,name_zh,parent,synonyms,ipc\nB,乙,,别名;又名,f16c 32/04\nB.a,,B,,\n甲,丁,X,,F99Z\n"
		w.Run(t,
			apitest.Row{Name: "stranger edits", As: stranger, Method: "PUT", Path: path, Body: good, Header: match, Status: 404},
			apitest.Row{Name: "bad links", As: operator, Method: "PUT", Path: path, Body: body(term("A", ""), faulty), Header: match, Status: 422, Has: []string{"code.ipc_class", "code.industry_section", "C3451", "terms[1].ipc[0]"}},
			apitest.Row{Name: "edit", As: operator, Method: "PUT", Path: path, Body: good, Header: match, Status: 200, Has: []string{`"F16C 32/04"`, `"A.b"`}, Events: []models.Action{models.CatalogueEdit}},
			apitest.Row{Name: "edit an old version", As: operator, Method: "PUT", Path: path, Body: good, Header: match, Status: 412},
			apitest.Row{Name: "check a table", As: operator, Method: "POST", Path: "/catalogues/check", Body: map[string]any{"kind": "domain", "csv": csv}, Status: 200,
				Has: []string{`"别名","又名"`, `"F16C 32/04"`, `"line":3,"path":"terms[1].name_zh"`, `"line":4,"path":"terms[2].code"`, `"line":4,"path":"terms[2].parent"`}},
			apitest.Row{Name: "check an unknown column", As: operator, Method: "POST", Path: "/catalogues/check", Body: map[string]any{"kind": "domain", "csv": "code,name\nA,b\n"}, Status: 200, Has: []string{"catalogue.unknown_column"}},
			apitest.Row{Name: "stranger checks", As: stranger, Method: "POST", Path: "/catalogues/check", Body: map[string]any{"kind": "domain", "csv": csv}, Status: 403},
			apitest.Row{Name: "publish", As: operator, Method: "POST", Path: path + "/publish", Status: 200, Events: []models.Action{models.CataloguePublish}},
			apitest.Row{Name: "edit what is published", As: operator, Method: "PUT", Path: path, Body: good, Header: []string{"If-Match", "\"3\""}, Status: 409},
			apitest.Row{Name: "stranger merges", As: stranger, Method: "POST", Path: path + "/merge", Body: merge("A.a", "A.b"), Status: 403},
			apitest.Row{Name: "merge nothing", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A.x", "A.y"), Status: 422, Has: []string{"catalogue.no_term"}},
			apitest.Row{Name: "merge a group", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A", "A.a"), Status: 422, Has: []string{"catalogue.merge_group"}},
			apitest.Row{Name: "merge into itself", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A.a", "A.a"), Status: 422, Has: []string{"catalogue.merge_itself"}},
			apitest.Row{Name: "merge", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A.a", "A.b"), Status: 200, Events: []models.Action{models.CatalogueMerge}},
			apitest.Row{Name: "merge twice", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A.a", "A.c"), Status: 422, Has: []string{"catalogue.merged_already"}},
			apitest.Row{Name: "merge on", As: operator, Method: "POST", Path: path + "/merge", Body: merge("A.b", "A.c"), Status: 200, Events: []models.Action{models.CatalogueMerge}},
			apitest.Row{Name: "the first follows", Method: "GET", Path: "/vocabulary/domain", Status: 200, Has: []string{`"code":"A.a"`, `"merged_into":"A.c"`}, Lacks: []string{`"merged_into":"A.b"`}},
		)
	})
}
