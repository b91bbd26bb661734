package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiebang/demo"
)

// folder is one directory with files to judge by. What is wrong with any file is
// gathered, so that all of it can be mended at once.
type folder struct {
	path, name string
	files      []string
	faults     []demo.Problem
}

// faultsShown is how many problems of a folder are told; one slip repeated on every line needs no more.
const faultsShown = 20

func openFolder(path string) (*folder, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	d := &folder{path: path, name: filepath.Base(absolute)}
	for _, e := range entries {
		if !e.IsDir() {
			d.files = append(d.files, e.Name())
		}
	}
	return d, nil
}

// parts are the suffixes of the files called prefix_SUFFIX.ext; prefix.ext has the suffix "".
func (d *folder) parts(prefix, ext string) []string {
	pattern := regexp.MustCompile(`^` + prefix + `(?:_(.+))?\.` + ext + `$`)
	var out []string
	for _, name := range d.files {
		if m := pattern.FindStringSubmatch(name); m != nil {
			out = append(out, m[1])
		}
	}
	return out
}

// pick is the file of a part, or else the one that all parts share; "" if there is neither.
func (d *folder) pick(prefix, part, ext string) string {
	for _, name := range []string{prefix + "_" + part + "." + ext, prefix + "." + ext} {
		if slices.Contains(d.files, name) {
			return name
		}
	}
	return ""
}

// need is pick for a file that must be there.
func (d *folder) need(prefix, part, ext, why string) string {
	name := d.pick(prefix, part, ext)
	if name == "" {
		want := prefix + "." + ext
		if part != "" {
			want = prefix + "_" + part + "." + ext + " or " + want
		}
		d.fault(want, 0, "", "is not there; %s", why)
	}
	return name
}

func (d *folder) fault(file string, line int, field, format string, args ...any) {
	d.faults = append(d.faults, demo.Problem{File: filepath.ToSlash(filepath.Join(d.path, file)), Line: line, Field: field, Reason: fmt.Sprintf(format, args...)})
}

// err is everything that was wrong, or nil.
func (d *folder) err() error {
	if len(d.faults) == 0 {
		return nil
	}
	var lines []string
	for _, p := range d.faults[:min(faultsShown, len(d.faults))] {
		lines = append(lines, p.Error())
	}
	if more := len(d.faults) - faultsShown; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// longestLine bounds a line of a file: more is no text of a challenge or of evidence.
const longestLine = 4 << 20

// lines are the lines of a file, without what Windows adds to its ends; nil with a fault if it is no plain text.
func (d *folder) lines(name string) [][]byte {
	data, err := os.ReadFile(filepath.Join(d.path, name))
	if err != nil {
		d.fault(name, 0, "", "cannot be read: %v", reason(err))
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	lines := bytes.Split(bytes.TrimRight(data, "\r\n"), []byte("\n"))
	for i, l := range lines {
		lines[i] = bytes.TrimSuffix(l, []byte("\r"))
		switch {
		case len(l) > longestLine:
			d.fault(name, i+1, "", "has %d bytes, more than %d; is a line break missing?", len(l), longestLine)
		case bytes.IndexByte(l, 0) >= 0:
			d.fault(name, i+1, "", "holds a NUL byte; save the file as UTF-8 text")
		case !utf8.Valid(l):
			d.fault(name, i+1, "", "is not UTF-8; save the file as UTF-8 text")
		default:
			continue
		}
		return nil
	}
	return lines
}

func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// table is a CSV file by the names of its columns.
type table struct {
	d       *folder
	file    string
	columns []string
	rows    []row
}

// row is a line of a table.
type row struct {
	line  int
	cells []string
}

// table reads a CSV file whose first line names its columns, among them all of want.
func (d *folder) table(name string, want ...string) *table {
	t := &table{d: d, file: name}
	before := len(d.faults)
	lines := d.lines(name)
	if len(d.faults) > before {
		return t
	}
	r := csv.NewReader(bytes.NewReader(bytes.Join(lines, []byte("\n"))))
	r.FieldsPerRecord = -1
	for {
		cells, err := r.Read()
		if err != nil {
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				d.fault(name, parse.Line, "", "is no line of CSV: %v; put a text with commas or quotes within double quotes", parse.Err)
				return t
			}
			break // the end: nothing else can happen to bytes in memory
		}
		line, _ := r.FieldPos(0)
		if t.columns == nil {
			t.columns = cells
			for _, w := range want {
				if !slices.Contains(cells, w) {
					d.fault(name, line, w, "no such column; the first line must name %s", strings.Join(want, ", "))
				}
			}
			for i, c := range cells {
				if slices.Contains(cells[:i], c) {
					d.fault(name, line, c, "this column stands twice")
				}
			}
			if len(d.faults) > before {
				return t
			}
			continue
		}
		if len(cells) != len(t.columns) {
			d.fault(name, line, "", "has %d fields, the first line has %d", len(cells), len(t.columns))
			continue
		}
		t.rows = append(t.rows, row{line, cells})
	}
	if t.columns == nil {
		d.fault(name, 0, "", "is empty; the first line must name %s", strings.Join(want, ", "))
	}
	return t
}

// others are the columns that are none of the given ones.
func (t *table) others(known ...string) []string {
	return slices.DeleteFunc(slices.Clone(t.columns), func(c string) bool { return slices.Contains(known, c) })
}

// text is a cell that must not be empty.
func (t *table) text(r row, column string) string {
	s := r.cells[slices.Index(t.columns, column)]
	if strings.TrimSpace(s) == "" {
		t.d.fault(t.file, r.line, column, "is empty")
	}
	return s
}

// number is a cell with a finite number.
func (t *table) number(r row, column string) float64 {
	s := r.cells[slices.Index(t.columns, column)]
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		t.d.fault(t.file, r.line, column, "%q is no number; write digits with a point", s)
		return 0
	}
	return f
}

// record is an object on a line of JSON Lines.
type record struct {
	d      *folder
	file   string
	line   int
	fields map[string]json.RawMessage
}

// records reads a file with one object a line; empty lines are passed over.
func (d *folder) records(name string) []record {
	var out []record
	for i, line := range d.lines(name) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		r := record{d: d, file: name, line: i + 1}
		if err := json.Unmarshal(line, &r.fields); err != nil {
			d.fault(name, r.line, "", "want one JSON object a line: %s", plain(err))
			continue
		}
		if r.fields == nil {
			d.fault(name, r.line, "", "want one JSON object a line, not null")
			continue
		}
		out = append(out, r)
	}
	return out
}

// plain is an error of encoding/json without its Go types.
func plain(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return "this is " + article(kind.Value)
	}
	return err.Error()
}

func article(jsonKind string) string {
	kind, _, _ := strings.Cut(jsonKind, " ")
	switch kind {
	case "array":
		return "a list"
	case "string":
		return "a text"
	case "object":
		return "an object"
	case "bool":
		return "true or false"
	}
	return "a " + kind
}

// text is a field with a text; one that must be there is not empty.
func (r record) text(field string, must bool) string {
	var s string
	raw, ok := r.fields[field]
	if ok && string(raw) != "null" {
		if err := json.Unmarshal(raw, &s); err != nil {
			r.d.fault(r.file, r.line, field, "want a text; %s", plain(err))
			return ""
		}
	}
	switch {
	case strings.ContainsRune(s, 0):
		r.d.fault(r.file, r.line, field, "holds a NUL character; take it out")
	case must && !ok:
		r.d.fault(r.file, r.line, field, "is missing")
	case must && strings.TrimSpace(s) == "":
		r.d.fault(r.file, r.line, field, "is empty")
	}
	return s
}

// texts is a field with a list of texts; one that is missing is an empty list.
func (r record) texts(field string) []string {
	var out []string
	if raw, ok := r.fields[field]; ok {
		if err := json.Unmarshal(raw, &out); err != nil {
			r.d.fault(r.file, r.line, field, "want a list of texts; %s", plain(err))
		}
	}
	return out
}

// readJSON reads a whole file into v; where it does not fit, the fault has the line.
func (d *folder) readJSON(name, want string, v any) bool {
	before := len(d.faults)
	lines := d.lines(name)
	if len(d.faults) > before {
		return false
	}
	data := bytes.Join(lines, []byte("\n"))
	err := json.Unmarshal(data, v)
	if err == nil {
		return true
	}
	at := 0
	field := ""
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = int(syntax.Offset)
	case errors.As(err, &kind):
		at, field = int(kind.Offset), kind.Field
	}
	line := 1 + bytes.Count(data[:min(at, len(data))], []byte("\n"))
	d.fault(name, line, field, "want %s: %s", want, plain(err))
	return false
}

// documents reads a file of {"id", "title", "abstract"}.
func (d *folder) documents(name string) map[string]string {
	out := map[string]string{}
	for _, r := range d.records(name) {
		id := r.text("id", true)
		if _, twice := out[id]; twice {
			d.fault(name, r.line, "id", "%q stands twice", id)
		}
		out[id] = join(r.text("title", false), r.text("abstract", false))
		if strings.TrimSpace(out[id]) == "" && id != "" {
			d.fault(name, r.line, "title", "is empty, and so is abstract: there is nothing to read")
		}
	}
	return out
}

func join(title, abstract string) string {
	return strings.TrimSpace(title + "\n" + abstract)
}

// numbers is a field with an object of numbers; nil if it is missing.
func (r record) numbers(field string) map[string]float64 {
	var out map[string]float64
	if raw, ok := r.fields[field]; ok {
		if err := json.Unmarshal(raw, &out); err != nil {
			r.d.fault(r.file, r.line, field, "want an object of numbers; %s", plain(err))
		}
	}
	return out
}
