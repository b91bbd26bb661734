// Package sheet writes and reads tables as spreadsheets know them: CSV with the mark that it
// is UTF-8, and XLSX with typed cells. It knows nothing of what the tables say.
package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Wan is money in fen that a table shows in 万元 (10,000 yuan), exact to the fen.
type Wan int64

const fenOfWan = 1_000_000

// String is the money in 万元 without any rounding.
func (w Wan) String() string {
	sign, n := "", uint64(w)
	if w < 0 {
		sign, n = "-", uint64(-w)
	}
	text := fmt.Sprintf("%s%d.%06d", sign, n/fenOfWan, n%fenOfWan)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Writer takes a table row by row. A cell is nil, a string, a bool, an int64, a float64, a
// Wan or a time.Time; a time is shown as the clock of its location shows it.
type Writer interface {
	Row(cells []any) error
	// End writes what is still held back; without it the file is not whole.
	End() error
}

// CSV writes rows with a comma between cells. A cell that a spreadsheet would take for a
// formula gets an apostrophe, since CSV has no other way to say that it is text.
func CSV(w io.Writer) (Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	return csvWriter{csv.NewWriter(w)}, nil
}

type csvWriter struct{ out *csv.Writer }

func (c csvWriter) Row(cells []any) error {
	line := make([]string, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case string:
			line[i] = Harmless(v)
		case int64:
			line[i] = strconv.FormatInt(v, 10)
		case float64:
			line[i] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			line[i] = strconv.FormatBool(v)
		case Wan:
			line[i] = v.String()
		case time.Time:
			line[i] = v.Format("2006-01-02 15:04:05")
		}
	}
	return c.out.Write(line)
}

func (c csvWriter) End() error {
	c.out.Flush()
	return c.out.Error()
}

// Harmless keeps a spreadsheet from taking a text for a formula.
func Harmless(cell string) string {
	trimmed := strings.TrimLeft(cell, " \u00a0\u3000")
	if trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@\t\r\n|") || strings.HasPrefix(trimmed, "＝") || strings.HasPrefix(trimmed, "＋") ||
		strings.HasPrefix(trimmed, "－") || strings.HasPrefix(trimmed, "＠") {
		return "'" + cell
	}
	return cell
}

// XLSX writes one worksheet. Texts are text cells whatever they begin with, numbers, money
// and times are numbers with a format, so that they can be summed and sorted.
func XLSX(w io.Writer, name string) (Writer, error) {
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	x := &xlsxWriter{file: f, out: out, to: w}
	timeFormat, moneyFormat := "yyyy-mm-dd hh:mm:ss", "#,##0.00####"
	if x.time, err = f.NewStyle(&excelize.Style{CustomNumFmt: &timeFormat}); err != nil {
		return nil, err
	}
	x.money, err = f.NewStyle(&excelize.Style{CustomNumFmt: &moneyFormat})
	return x, err
}

type xlsxWriter struct {
	file        *excelize.File
	out         *excelize.StreamWriter
	to          io.Writer
	time, money int
	rows        int
}

// epoch is the day that spreadsheets count from.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func (x *xlsxWriter) Row(cells []any) error {
	x.rows++
	line := make([]any, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case Wan:
			line[i] = excelize.Cell{StyleID: x.money, Value: float64(v) / fenOfWan}
		case time.Time: // a spreadsheet has no zones: what the clock on the wall shows
			wall := time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC)
			line[i] = excelize.Cell{StyleID: x.time, Value: wall.Sub(epoch).Hours() / 24}
		default:
			line[i] = v
		}
	}
	at, err := excelize.CoordinatesToCellName(1, x.rows)
	if err != nil {
		return err
	}
	return x.out.SetRow(at, line)
}

func (x *xlsxWriter) End() error {
	if err := x.out.Flush(); err != nil {
		return err
	}
	if err := x.file.Write(x.to); err != nil {
		return err
	}
	return x.file.Close()
}
