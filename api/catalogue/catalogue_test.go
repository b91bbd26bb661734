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
