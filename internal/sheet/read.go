package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// What a file may hold at most.
const (
	MostBytes   = 8 << 20
	MostRows    = 10_001 // with the titles
	MostColumns = 64
	mostInside  = 64 << 20 // of a workbook, unpacked
	mostParts   = 200
)

// Fault is what is wrong with a whole file, and how to mend it.
type Fault struct{ Code, Message string }

func (f *Fault) Error() string { return f.Message }

// Read reads the first worksheet of a workbook, or a CSV in UTF-8 or GBK. Empty rows keep
// their place, so that the number of a row is what the spreadsheet shows. A *Fault says what
// the sender can mend.
func Read(r io.Reader) ([][]string, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MostBytes+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > MostBytes:
		return nil, &Fault{"sheet.too_large", fmt.Sprintf("The file is larger than %d MB; cut it into parts.", MostBytes>>20)}
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, &Fault{"sheet.empty", "The file is empty; fill the template and send it."}
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return readXLSX(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return nil, &Fault{"sheet.kind", "This is an old .xls or a locked workbook; save it as .xlsx without a password, or as CSV."}
	}
	return readCSV(raw)
}

func readCSV(raw []byte) ([][]string, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) { // what spreadsheets save by themselves on Chinese systems
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, &Fault{"sheet.encoding", "The text is neither UTF-8 nor GBK; save the file as \"CSV UTF-8\"."}
		}
		raw = text
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, &Fault{"sheet.kind", "This is no text; send CSV or .xlsx."}
	}
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	rows := [][]string{}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, &Fault{"sheet.broken", fmt.Sprintf("The CSV breaks off after row %d; look for a quotation mark without its partner.", len(rows))}
		}
		if fault := size(len(rows)+1, len(row)); fault != nil {
			return nil, fault
		}
		rows = append(rows, row)
	}
}

func size(rows, columns int) error {
	switch {
	case rows > MostRows:
		return &Fault{"sheet.too_many_rows", fmt.Sprintf("The file has more than %d rows; cut it into parts.", MostRows-1)}
	case columns > MostColumns:
		return &Fault{"sheet.too_many_columns", fmt.Sprintf("The file has more than %d columns; keep to the template.", MostColumns)}
	}
	return nil
}

func readXLSX(raw []byte) ([][]string, error) {
	if err := inspect(raw); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: mostInside, UnzipXMLSizeLimit: mostInside, RawCellValue: true})
	if err != nil {
		return nil, unreadable()
	}
	defer f.Close()
	in, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, unreadable()
	}
	defer in.Close()
	rows := [][]string{}
	for in.Next() {
		row, err := in.Columns()
		if err != nil {
			return nil, unreadable()
		}
		if fault := size(len(rows)+1, len(row)); fault != nil {
			return nil, fault
		}
		rows = append(rows, row)
	}
	if in.Error() != nil {
		return nil, unreadable()
	}
	return rows, nil
}

func unreadable() error {
	return &Fault{"sheet.broken", "The workbook cannot be read; open it and save it again as .xlsx, or as CSV."}
}

// inspect unpacks a workbook once, counting, before anything else does: what is small and
// unpacks to very much is refused, and so is a cell that holds a formula, whose value is
// what somebody's spreadsheet once made of it.
func inspect(raw []byte) error {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return unreadable()
	}
	bomb := &Fault{"sheet.too_large", fmt.Sprintf("The workbook unpacks to more than %d MB or %d parts; keep to the rows of the template.", mostInside>>20, mostParts)}
	if len(z.File) > mostParts {
		return bomb
	}
	left := int64(mostInside)
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			return unreadable()
		}
		counted := &io.LimitedReader{R: in, N: left + 1}
		if strings.HasPrefix(part.Name, "xl/worksheets/") && strings.HasSuffix(part.Name, ".xml") {
			err = formulas(counted)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, counted)
		}
		_ = in.Close()
		var fault *Fault
		switch left = counted.N - 1; {
		case left < 0:
			return bomb
		case errors.As(err, &fault):
			return fault
		case err != nil:
			return unreadable()
		}
	}
	return nil
}

func formulas(r io.Reader) error {
	dec := xml.NewDecoder(r)
	cell := ""
	for {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		switch {
		case ok && start.Name.Local == "c":
			for _, a := range start.Attr {
				if a.Name.Local == "r" {
					cell = a.Value
				}
			}
		case ok && start.Name.Local == "f":
			return &Fault{"sheet.formula", fmt.Sprintf("Cell %s holds a formula; put its value there (copy, paste as values).", cell)}
		}
	}
}
