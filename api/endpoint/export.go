package endpoint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"jiebang/internal/problem"
	"jiebang/internal/sheet"
	"jiebang/internal/workday"
	"jiebang/models"
)

// ExportMost bounds the rows of one file.
const ExportMost = 10_000

// Formats are what a list can be had as, beside a page of it.
var Formats = []string{"csv", "xlsx", "json"}

// list is what an export knows of a list: where its rows stand and what their columns are.
type list struct {
	action  models.Action
	field   string // of the view
	paged   bool
	columns []column
}

// column is one value of a row.
type column struct {
	path  []string // names from the row down
	kind  string   // text, number, bool, time, money, texts, things
	codes []string // what its values are, where the description lists them
	words table    // what people say for its values
}

// Rows says which list of a view is the one that is exported, where it has several.
func Rows(field string) Option {
	return func(_ *huma.Operation, s *settings) { s.rows = field }
}

// listOf finds the list in a view: the field that was named, or "items", or the only list of
// things in a view that is no thing itself.
func listOf(action models.Action, view reflect.Type, named string) *list {
	for view != nil && view.Kind() == reflect.Pointer {
		view = view.Elem()
	}
	if view == nil || view.Kind() != reflect.Struct || strings.HasPrefix(string(action), "demo.") {
		return nil
	}
	l := &list{action: action}
	found := map[string]reflect.Type{}
	thing := false
	for _, f := range reflect.VisibleFields(view) {
		name := jsonName(f)
		switch t := f.Type; {
		case f.Anonymous || name == "":
		case name == "id":
			thing = true
		case name == "next":
			l.paged = true
		case t.Kind() == reflect.Slice && row(t.Elem()) != nil:
			found[name] = row(t.Elem())
		}
	}
	switch {
	case named != "":
		l.field = named
	case thing:
		return nil
	case found["items"] != nil:
		l.field = "items"
	case len(found) == 1:
		for l.field = range found {
		}
	default:
		return nil
	}
	l.columns = columnsOf(found[l.field])
	for i := range l.columns {
		l.columns[i].words = wordsFor(action, l.columns[i].path)
	}
	return l
}

// row is the struct behind an element of a list, or nil.
func row(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == timeType {
		return nil
	}
	return t
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" || !f.IsExported() {
		return ""
	}
	return name
}

// named are the parts of a thing that stand for it in another thing's row.
var named = []string{"id", "code", "name", "title", "name_zh"}

func columnsOf(t reflect.Type) []column {
	columns := []column{}
	for _, f := range reflect.VisibleFields(t) {
		name := jsonName(f)
		if f.Anonymous || name == "" || name == "actions" {
			continue
		}
		kind := kindOf(f.Type, name)
		if kind != "thing" {
			if kind != "" {
				columns = append(columns, column{path: []string{name}, kind: kind, codes: choices(f)})
			}
			continue
		}
		for _, part := range reflect.VisibleFields(row(f.Type)) {
			if inner := jsonName(part); slices.Contains(named, inner) && kindOf(part.Type, inner) == "text" {
				columns = append(columns, column{path: []string{name, inner}, kind: "text"})
			}
		}
	}
	return columns
}

func kindOf(t reflect.Type, name string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch k := t.Kind(); {
	case t == timeType:
		return "time"
	case k == reflect.String:
		return "text"
	case k == reflect.Bool:
		return "bool"
	case k >= reflect.Int && k <= reflect.Uint64 && strings.HasSuffix(name, "_fen"):
		return "money"
	case k >= reflect.Int && k <= reflect.Float64:
		return "number"
	case k == reflect.Slice && row(t.Elem()) != nil:
		return "things"
	case k == reflect.Slice && t.Elem().Kind() == reflect.String:
		return "texts"
	case k == reflect.Struct:
		return "thing"
	}
	return "" // a map or whatever else has no place in a table; the JSON has it
}

// choices are the values that a field's tag allows.
func choices(f reflect.StructField) []string {
	if tag := f.Tag.Get("enum"); tag != "" {
		return strings.Split(tag, ",")
	}
	return nil
}

// keep remembers the list behind a door and says in the description that it can be exported.
func (d *Doors) keep(l *list, op *huma.Operation) {
	if d.lists == nil {
		d.lists = map[string]*list{}
	}
	route := strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	d.lists[route] = l
	choice := &huma.Schema{Type: huma.TypeString, Enum: []any{}}
	for _, f := range Formats {
		choice.Enum = append(choice.Enum, f)
	}
	op.Parameters = append(op.Parameters, &huma.Param{Name: "format", In: "query", Schema: choice,
		Description: fmt.Sprintf("Answers with the whole list as a file, at most %d rows: what the pages would show to the same caller, under the same filters and in the same order. Titles follow Accept-Language.", ExportMost)})
}

// Exported lists the paths of the lists that can be had as a file.
func (d *Doors) Exported() []string {
	paths := []string{}
	for _, o := range d.Open {
		if o.Method == http.MethodGet && d.lists[strings.NewReplacer("{", ":", "}", "").Replace(o.Path)] != nil {
			paths = append(paths, o.Path)
		}
	}
	return paths
}

// Unspoken lists the values of columns that an export could not say in words, for the test
// that walks the lists.
func (d *Doors) Unspoken() []string {
	missing := []string{}
	for _, l := range d.lists {
		for _, c := range l.columns {
			for _, code := range c.codes {
				if _, ok := c.words[code]; !ok && code != "" {
					missing = append(missing, string(l.action)+" "+strings.Join(c.path, ".")+" "+code)
				}
			}
			if name := c.path[len(c.path)-1]; (name == "state" || name == "kind") && c.words == nil {
				missing = append(missing, string(l.action)+" "+strings.Join(c.path, "."))
			}
		}
	}
	slices.Sort(missing)
	return missing
}

// Export answers a list that is asked for as a file. It calls the list's own door page by
// page: there is no second query, and so no second set of rights. The file is made aside and
// sent when it is whole, so that an error is an answer and never half a file.
func (d *Doors) Export(c *gin.Context) {
	l := d.lists[c.FullPath()]
	query := c.Request.URL.Query()
	if l == nil || c.Request.Method != http.MethodGet || !query.Has("format") {
		return
	}
	format := query.Get("format")
	query.Del("format")
	if format == "" {
		c.Request.URL.RawQuery = query.Encode()
		return
	}
	if !slices.Contains(Formats, format) {
		refuseExport(c, "request.invalid", "Some fields need to be mended.", problem.Field{Path: "query.format", Code: "field.choice",
			Message: "must be one of " + strings.Join(Formats, ", ")})
		return
	}
	file, err := os.CreateTemp("", "export-*")
	if err == nil {
		defer func() {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}()
		err = l.write(file, format, chinese(c), walk(c, l, query))
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	var refused refusedPage
	switch {
	case errors.As(err, &refused):
		for name, values := range refused.header {
			c.Writer.Header()[name] = values
		}
		c.Data(refused.status, refused.header.Get("Content-Type"), refused.body.Bytes())
		c.Abort()
		return
	case errors.Is(err, errTooMany):
		refuseExport(c, "export.too_many", fmt.Sprintf("The list has more than %d rows; narrow it by its filters.", ExportMost))
		return
	case err != nil:
		incident := models.RandomToken()[:10]
		d.Log.Error("export failed", "action", l.action, "incident", incident, "error", err)
		(&Problem{Type: "urn:jiebang:request.failed", Title: http.StatusText(500), Status: 500, Code: "request.failed", Incident: incident,
			Detail: "Something went wrong on our side. Quote the incident when you ask about it."}).Write(c)
		return
	}
	name := strings.ReplaceAll(strings.SplitN(string(l.action), ".", 2)[0], "_", "-") + "." + format
	c.Header("Content-Type", mediaTypes[format])
	c.Header("Content-Disposition", "attachment; filename=\""+url.PathEscape(name)+"\"")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Vary", "Accept-Language")
	c.Status(http.StatusOK)
	if _, err := io.Copy(c.Writer, file); err != nil {
		d.Log.Warn("export broke off", "action", l.action, "error", err)
		panic(http.ErrAbortHandler) // the caller must not take half a file for a whole one
	}
	c.Abort()
}

var mediaTypes = map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

func refuseExport(c *gin.Context, code, detail string, fields ...problem.Field) {
	(&Problem{Type: "urn:jiebang:" + code, Title: http.StatusText(422), Status: 422, Code: code, Detail: detail,
		Instance: c.Request.URL.Path, Errors: append([]problem.Field{}, fields...)}).Write(c)
}

// chinese says whether the caller reads Chinese: the default, unless English is preferred.
func chinese(c *gin.Context) bool {
	first, _, _ := strings.Cut(c.GetHeader("Accept-Language"), ",")
	return !strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en")
}

var errTooMany = errors.New("more rows than one file may have")

// refusedPage is the door's own answer, where it is no list.
type refusedPage struct{ *answered }

func (refusedPage) Error() string { return "the list was refused" }

// answered keeps what a door writes.
type answered struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (a *answered) Header() http.Header         { return a.header }
func (a *answered) Write(p []byte) (int, error) { return a.body.Write(p) }
func (a *answered) WriteHeader(status int)      { a.status = status }

// walk knocks at the list's door for one page after the other, as the same caller.
func walk(c *gin.Context, l *list, query url.Values) func(func(json.RawMessage) error) error {
	return func(each func(json.RawMessage) error) error {
		for rows := 0; ; {
			if l.paged {
				query.Set("limit", "100")
			}
			a := &answered{header: http.Header{}, status: http.StatusOK}
			page := gin.CreateTestContextOnly(a, gin.New())
			page.Params = c.Params
			page.Request = c.Request.Clone(c.Request.Context())
			page.Request.URL.RawQuery = query.Encode()
			c.Handler()(page)
			page.Writer.WriteHeaderNow()
			if a.status != http.StatusOK {
				return refusedPage{a}
			}
			var view map[string]json.RawMessage
			if err := json.Unmarshal(a.body.Bytes(), &view); err != nil {
				return fmt.Errorf("read a page: %w", err)
			}
			var items []json.RawMessage
			if err := json.Unmarshal(view[l.field], &items); err != nil {
				return fmt.Errorf("read the rows of a page: %w", err)
			}
			if rows += len(items); rows > ExportMost {
				return errTooMany
			}
			for _, item := range items {
				if err := each(item); err != nil {
					return err
				}
			}
			var next string
			if l.paged && view["next"] != nil {
				if err := json.Unmarshal(view["next"], &next); err != nil {
					return fmt.Errorf("read where a list goes on: %w", err)
				}
			}
			if next == "" {
				return nil
			}
			query.Set("cursor", next)
		}
	}
}

// write makes the file.
func (l *list) write(w io.Writer, format string, zh bool, rows func(func(json.RawMessage) error) error) error {
	if format == "json" {
		return writeJSON(w, rows)
	}
	titles := make([]any, len(l.columns))
	for i, c := range l.columns {
		titles[i] = c.title(zh)
	}
	var out sheet.Writer
	var err error
	if format == "csv" {
		out, err = sheet.CSV(w)
	} else {
		out, err = sheet.XLSX(w, "list")
	}
	if err != nil {
		return err
	}
	if err := out.Row(titles); err != nil {
		return err
	}
	err = rows(func(item json.RawMessage) error {
		dec := json.NewDecoder(bytes.NewReader(item))
		dec.UseNumber()
		var row map[string]any
		if err := dec.Decode(&row); err != nil {
			return err
		}
		cells := make([]any, len(l.columns))
		for i, c := range l.columns {
			cells[i] = c.cell(row, zh)
		}
		return out.Row(cells)
	})
	if err != nil {
		return err
	}
	return out.End()
}

func writeJSON(w io.Writer, rows func(func(json.RawMessage) error) error) error {
	between := `{"items":[`
	err := rows(func(item json.RawMessage) error {
		if _, err := io.WriteString(w, between); err != nil {
			return err
		}
		between = ","
		_, err := w.Write(item)
		return err
	})
	if err != nil {
		return err
	}
	if between == "," {
		between = ""
	}
	_, err = io.WriteString(w, between+"]}\n")
	return err
}

// cell is a row's value in a column, as its kind.
func (c column) cell(row map[string]any, zh bool) any {
	v := row[c.path[0]]
	if len(c.path) == 2 {
		inner, _ := v.(map[string]any)
		v = inner[c.path[1]]
	}
	switch v := v.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); c.kind == "time" && err == nil {
			return at.In(workday.Shanghai)
		}
		return c.wordsIn(row).say(v, zh)
	case bool:
		switch {
		case zh && v:
			return "是"
		case zh:
			return "否"
		}
		return v
	case json.Number:
		n, err := v.Int64()
		switch {
		case err == nil && c.kind == "money":
			return sheet.Wan(n)
		case err == nil:
			return n
		}
		f, err := v.Float64()
		if err != nil {
			return v.String()
		}
		return f
	case []any:
		parts := make([]string, 0, len(v))
		for _, part := range v {
			parts = append(parts, c.words.say(short(part), zh))
		}
		return strings.Join(parts, "、")
	}
	return nil
}

// wordsIn is what a row's codes are read from. Where a thing went from and to are states of
// its own kind, which another column of the row tells.
func (c column) wordsIn(row map[string]any) table {
	if name := c.path[0]; c.words == nil && (name == "from" || name == "to") {
		kind, _ := row["thing_kind"].(string)
		return tables["states."+kind]
	}
	return c.words
}

// short is a thing in few words, for a cell that holds several.
func short(part any) string {
	switch p := part.(type) {
	case string:
		return p
	case map[string]any:
		for _, name := range []string{"name", "title", "name_zh", "tag", "code", "role", "kind", "id"} {
			if s, ok := p[name].(string); ok && s != "" {
				return s
			}
		}
	}
	raw, err := json.Marshal(part)
	if err != nil {
		return ""
	}
	return string(raw)
}
