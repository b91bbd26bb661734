package catalogue

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// CheckTermsInput is a version's terms as they would be imported: as JSON, or as a table.
type CheckTermsInput struct {
	Body struct {
		Kind  string          `json:"kind" enum:"chain,domain,capability,trl"`
		Terms []CatalogueTerm `json:"terms" required:"false" maxItems:"5000"`
		CSV   string          `json:"csv" required:"false" maxLength:"4000000" doc:"A table with a heading line: code, name_zh, name_en, note_zh, parent, group_zh, synonyms, maps_to, ipc, gbt4754; lists are separated by semicolons"`
	}
}

// TermsChecked is what an import would do: the terms as they were read, and every fault with
// its line. Nothing is written.
type TermsChecked struct {
	Terms  []CatalogueTerm `json:"terms"`
	Faults []TermFault     `json:"faults"`
}

// TermFault is one fault of a term.
type TermFault struct {
	Line    int    `json:"line" doc:"Line of the table; of JSON the place in the list, from 1; 0 where it is about the whole"`
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// CheckTerms reads terms and names what is wrong with each, without importing anything.
func CheckTerms(tx *models.Tx, in *CheckTermsInput) (*TermsChecked, error) {
	if err := tx.May(models.CatalogueCheck); err != nil {
		return nil, err
	}
	out := &TermsChecked{Terms: in.Body.Terms}
	lines := make([]int, len(out.Terms))
	for i := range lines {
		lines[i] = i + 1
	}
	var whole problem.Fields
	if in.Body.CSV != "" {
		whole.Require(len(in.Body.Terms) == 0, "csv", "catalogue.two_forms", "send terms or csv, not both")
		out.Terms, lines = table(&whole, in.Body.CSV)
	}
	for _, w := range whole {
		out.Faults = append(out.Faults, TermFault{Path: w.Path, Code: w.Code, Message: w.Message})
	}
	var f problem.Fields
	check(&f, out.Terms)
	if err := known(tx, &f, in.Body.Kind, out.Terms); err != nil {
		return nil, err
	}
	for _, w := range f {
		at, line := 0, 0
		if _, err := fmt.Sscanf(w.Path, "terms[%d]", &at); err == nil && at < len(lines) {
			line = lines[at]
		}
		out.Faults = append(out.Faults, TermFault{line, w.Path, w.Code, w.Message})
	}
	slices.SortStableFunc(out.Faults, func(a, b TermFault) int { return a.Line - b.Line })
	return out, nil
}

// columns are the headings of a table of terms.
var columns = []string{"code", "name_zh", "name_en", "note_zh", "parent", "group_zh", "synonyms", "maps_to", "ipc", "gbt4754"}

// table reads terms from CSV, and the line each stands on.
func table(f *problem.Fields, text string) (terms []CatalogueTerm, lines []int) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		f.Add("csv", "catalogue.no_heading", "must begin with a heading line: %s", strings.Join(columns, ", "))
		return nil, nil
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(head[i]))
		f.Require(slices.Contains(columns, head[i]), "csv", "catalogue.unknown_column", "%q is no column; there are %s", head[i], strings.Join(columns, ", "))
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return terms, lines
		}
		if err != nil {
			f.Add("csv", "catalogue.bad_table", "cannot be read as a table: %v", err)
			return terms, lines
		}
		line, _ := r.FieldPos(0)
		row := map[string]string{}
		for i, cell := range cells {
			if i < len(head) {
				row[head[i]] = strings.TrimSpace(cell)
			}
		}
		terms = append(terms, CatalogueTerm{Code: row["code"], NameZh: row["name_zh"], NameEn: row["name_en"], NoteZh: row["note_zh"], Parent: row["parent"], Group: row["group_zh"],
			Synonyms: several(row["synonyms"]), MapsTo: several(row["maps_to"]), IPC: several(row["ipc"]), Industry: several(row["gbt4754"])})
		lines = append(lines, line)
	}
}

func several(cell string) []string {
	list := []string{}
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '；' }) {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}
