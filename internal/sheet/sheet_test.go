package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiebang/internal/sheet"
)

func TestWanIsExact(t *testing.T) {
	for fen, want := range map[sheet.Wan]string{0: "0", 1: "0.000001", 1_000_000: "1", 123_456_789: "123.456789", -50: "-0.00005", 9_007_199_254_740_991: "9007199254.740991"} {
		if got := fen.String(); got != want {
			t.Errorf("%d: %s, want %s", int64(fen), got, want)
		}
	}
}

func TestWrittenCells(t *testing.T) {
	at := time.Date(2026, 3, 1, 18, 30, 0, 0, time.FixedZone("", 8*3600))
	row := []any{"=1+1", "轴承", sheet.Wan(12_345_678), at, int64(7), nil}
	var plain, book bytes.Buffer
	c, err := sheet.CSV(&plain)
	if err != nil {
		t.Fatal(err)
	}
	x, err := sheet.XLSX(&book, "list")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []sheet.Writer{c, x} {
		if err := errors.Join(w.Row(row), w.End()); err != nil {
			t.Fatal(err)
		}
	}
	if want := "\ufeff'=1+1,轴承,12.345678,2026-03-01 18:30:00,7,\n"; plain.String() != want {
		t.Errorf("CSV %q, want %q", plain.String(), want)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("list", excelize.Options{RawCellValue: true})
	if diff := cmp.Diff([][]string{{"=1+1", "轴承", "12.345678", "46082.7708333333", "7"}}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if formula, _ := f.GetCellFormula("list", "A1"); formula != "" {
		t.Error("a text became a formula")
	}
}

func TestRead(t *testing.T) {
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("类别,标题\n论文,轴承\n")
	var formula, bomb bytes.Buffer
	f := excelize.NewFile()
	_ = f.SetCellFormula("Sheet1", "B2", "1+1")
	_ = f.Write(&formula)
	z := zip.NewWriter(&bomb)
	part, _ := z.Create("xl/worksheets/sheet1.xml")
	_, _ = io.Copy(part, io.LimitReader(blanks{}, 80<<20))
	_ = z.Close()
	for name, c := range map[string]struct {
		file, code string
		rows       int
	}{
		"UTF-8 with its mark": {"\ufeffa,b\n1,2\n", "", 2}, "GBK": {gbk, "", 2}, "empty": {" \n", "sheet.empty", 0},
		"a quotation mark alone": {"a\n\"b\n", "sheet.broken", 0}, "an old workbook": {"\xd0\xcf\x11\xe0....", "sheet.kind", 0},
		"neither encoding": {"a,\xff\xff\xff\n", "sheet.encoding", 0}, "too many rows": {strings.Repeat("a\n", sheet.MostRows+1), "sheet.too_many_rows", 0},
		"too large": {strings.Repeat("a", sheet.MostBytes+1), "sheet.too_large", 0}, "too wide": {strings.Repeat(",", 99), "sheet.too_many_columns", 0},
		"a formula": {formula.String(), "sheet.formula", 0}, "a bomb": {bomb.String(), "sheet.too_large", 0}, "no workbook": {"PK\x03\x04nothing", "sheet.broken", 0},
	} {
		rows, err := sheet.Read(strings.NewReader(c.file))
		var fault *sheet.Fault
		errors.As(err, &fault)
		if c.code == "" && (err != nil || len(rows) != c.rows) || c.code != "" && (fault == nil || fault.Code != c.code) {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
