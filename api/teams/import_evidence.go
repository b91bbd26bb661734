package teams

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiebang/internal/problem"
	"jiebang/internal/sheet"
	"jiebang/models"
)

// ImportEvidenceInput says what to do with the file, which is the body.
type ImportEvidenceInput struct {
	ID   models.TeamID `path:"id"`
	Mode string        `query:"mode" enum:"check,all,good" default:"check" doc:"check: say what is wrong and write nothing; all: write when nothing is wrong; good: write the rows that are sound"`
}

// EvidenceImport is what became of a file.
type EvidenceImport struct {
	Mode   string             `json:"mode"`
	Rows   int                `json:"rows" doc:"Rows below the titles that are not empty"`
	Added  int                `json:"added" doc:"Rows that were written; when checking, that would be"`
	Known  int                `json:"known" doc:"Rows whose proof the team has already"`
	Failed int                `json:"failed"`
	Errors []EvidenceRowError `json:"errors"`
	Back   string             `json:"failed_csv" doc:"The failed rows as CSV, with a last column that says what to mend; empty when there are none"`
}

// EvidenceRowError is one thing wrong with one cell.
type EvidenceRowError struct {
	Row     int    `json:"row" doc:"As the spreadsheet counts it"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message" doc:"What to do about it"`
}

// evidenceColumns are the titles of the template, with the Chinese words for them.
var evidenceColumns = []struct{ name, zh string }{{"kind", "类别"}, {"title", "标题"}, {"number", "编号"}, {"year", "年度"}, {"role", "角色"}, {"abstract", "摘要"}, {"tags", "标签"}}

// evidenceWords are the kinds in Chinese.
var evidenceWords = map[string]string{"论文": "paper", "专利": "patent", "标准": "standard", "项目": "project", "奖励": "award", "设备": "equipment", "人员": "staff",
	"中试线": "pilot_line", "产品": "product", "软件": "software", "证书": "certificate", "合同": "contract"}

// ImportEvidence reads a table of proofs. Everything that is written is written in one unit
// of work, so that no half of a file is ever there; a proof the team has already is passed
// over, so that the same file twice adds nothing.
func ImportEvidence(ctx context.Context, s *models.Store, who models.Who, in *ImportEvidenceInput, body io.Reader) (*EvidenceImport, error) {
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		_, err := tx.TeamFor(models.TeamAddEvidence, in.ID)
		return err
	})
	if err != nil { // before a byte is read
		return nil, err
	}
	rows, err := sheet.Read(body)
	var fault *sheet.Fault
	if errors.As(err, &fault) {
		return nil, problem.New(problem.Invalid, fault.Code, "%s", fault.Message)
	}
	if err != nil {
		return nil, err
	}
	where, err := titles(rows)
	if err != nil {
		return nil, err
	}
	var out *EvidenceImport
	run := s.Write
	if in.Mode == "check" {
		run = s.Read
	}
	err = run(ctx, who, func(tx *models.Tx) (err error) {
		out, err = in.take(tx, rows, where)
		return err
	})
	return out, err
}

// titles finds the columns by their titles, in either language and any order.
func titles(rows [][]string) (map[string]int, error) {
	where := map[string]int{}
	for i, title := range rows[0] {
		title = strings.ToLower(strings.TrimSpace(title))
		for _, c := range evidenceColumns {
			if title == c.name || title == c.zh {
				where[c.name] = i
			}
		}
	}
	missing := []string{}
	for _, c := range evidenceColumns {
		if _, ok := where[c.name]; !ok && slices.Contains([]string{"kind", "title", "year"}, c.name) {
			missing = append(missing, c.name+" ("+c.zh+")")
		}
	}
	if len(missing) > 0 {
		return nil, problem.New(problem.Invalid, "sheet.no_column", "The first row lacks the titles %s; begin with the template.", strings.Join(missing, ", "))
	}
	return where, nil
}

// proof is a row of the file.
type proof struct {
	row  int
	line []string
	models.Evidence
}

// same tells proofs apart: by their number where they have one.
func same(e *models.Evidence) string {
	if e.Number != "" {
		return e.Kind + "\n" + strings.ToLower(e.Number)
	}
	return e.Kind + "\n\n" + e.Title + "\n" + strconv.Itoa(e.Year)
}

func (in *ImportEvidenceInput) take(tx *models.Tx, rows [][]string, where map[string]int) (*EvidenceImport, error) {
	t, err := tx.TeamFor(models.TeamAddEvidence, in.ID)
	if err != nil {
		return nil, err
	}
	w, err := readWords(tx)
	if err != nil {
		return nil, err
	}
	have, err := tx.EvidenceOf(t.ID)
	if err != nil {
		return nil, err
	}
	known, first := map[string]bool{}, map[string]int{}
	for i := range have {
		known[same(&have[i])] = true
	}
	out := &EvidenceImport{Mode: in.Mode, Errors: []EvidenceRowError{}}
	good := []models.Evidence{}
	failed := [][]string{}
	for i, line := range rows[1:] {
		if strings.TrimSpace(strings.Join(line, "")) == "" {
			continue
		}
		out.Rows++
		p := proof{row: i + 2, line: line, Evidence: models.Evidence{Team: t.ID}}
		faults, err := p.read(tx, where, w)
		if err != nil {
			return nil, err
		}
		key := same(&p.Evidence)
		if len(faults) == 0 && first[key] > 0 {
			faults = append(faults, EvidenceRowError{p.row, "number", "evidence.repeated", fmt.Sprintf("says the same as row %d; keep one", first[key])})
		}
		switch {
		case len(faults) > 0:
			out.Failed++
			out.Errors = append(out.Errors, faults...)
			failed = append(failed, append(slices.Clone(line), said(faults)))
			continue
		case known[key]:
			out.Known++
		default:
			good = append(good, p.Evidence)
		}
		first[key] = p.row
	}
	if out.Added = len(good); in.Mode == "all" && out.Failed > 0 {
		out.Added = 0
	}
	if out.Back, err = back(rows[0], failed); err != nil || in.Mode == "check" || out.Added == 0 {
		return out, err
	}
	if err := tx.AddEvidenceList(good); err != nil {
		return nil, err
	}
	return out, tx.Apply(models.TeamAddEvidence, t, models.Note{Data: map[string]any{"added": out.Added, "known": out.Known, "failed": out.Failed}})
}

// read checks one row as the form does, and puts it on the proof.
func (p *proof) read(tx *models.Tx, where map[string]int, w words) (faults []EvidenceRowError, err error) {
	cell := func(name string) string {
		i, ok := where[name]
		if !ok || i >= len(p.line) {
			return ""
		}
		return strings.TrimSpace(p.line[i])
	}
	bad := func(column, code, message string) {
		faults = append(faults, EvidenceRowError{p.row, column, code, message})
	}
	b := EvidenceBody{Kind: cell("kind"), Title: cell("title"), Number: cell("number"), Role: cell("role"), Abstract: cell("abstract")}
	if kind, ok := evidenceWords[b.Kind]; ok {
		b.Kind = kind
	}
	if !slices.Contains(models.EvidenceKinds, b.Kind) {
		bad("kind", "field.choice", "must be one of "+strings.Join(models.EvidenceKinds, ", ")+", or its Chinese word in the template")
	}
	for _, most := range []struct {
		column, text string
		most         int
	}{{"title", b.Title, 200}, {"number", b.Number, 80}, {"role", b.Role, 40}, {"abstract", b.Abstract, 3000}} {
		if utf8.RuneCountInString(most.text) > most.most {
			bad(most.column, "field.length", fmt.Sprintf("must have at most %d characters", most.most))
		}
		if strings.HasPrefix(most.text, "=") {
			bad(most.column, "sheet.formula", "begins with =; put the value there instead of a formula")
		}
	}
	if b.Year, err = strconv.Atoi(strings.TrimSuffix(cell("year"), "年")); err != nil || b.Year < 1950 || b.Year > 2100 {
		bad("year", "field.range", "must be a year of four digits, from 1950 on")
	}
	if tags := cell("tags"); tags != "" {
		b.Tags = strings.FieldsFunc(tags, func(r rune) bool { return strings.ContainsRune(";；、,， ", r) })
		if len(b.Tags) > 12 {
			bad("tags", "field.items", "must be at most 12 tags")
		}
	}
	if len(faults) > 0 {
		return faults, nil
	}
	err = b.put(tx, &p.Evidence, w)
	if known := problem.As(err); known != nil {
		for _, f := range known.Fields {
			column, _, _ := strings.Cut(f.Path, "[")
			bad(column, f.Code, f.Message)
		}
		return faults, nil
	}
	return nil, err
}

func said(faults []EvidenceRowError) string {
	parts := make([]string, len(faults))
	for i, f := range faults {
		parts[i] = f.Column + ": " + f.Message
	}
	return strings.Join(parts, "; ")
}

// back is the failed rows as a file that can be mended and sent again.
func back(head []string, failed [][]string) (string, error) {
	if len(failed) == 0 {
		return "", nil
	}
	var b strings.Builder
	out, err := sheet.CSV(&b)
	if err != nil {
		return "", err
	}
	for i, line := range append([][]string{append(slices.Clone(head), "错误 error")}, failed...) {
		cells := make([]any, len(head)+1)
		for j := range head {
			if j < len(line)-1 {
				cells[j] = line[j]
			}
		}
		cells[len(head)] = line[len(line)-1]
		if i == 0 {
			cells[len(head)] = "错误 error"
		}
		if err := out.Row(cells); err != nil {
			return "", err
		}
	}
	err = out.End()
	return b.String(), err
}
