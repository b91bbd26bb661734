package fit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"jiebang/matching/likeness"
	"jiebang/matching/tags"
)

// modelsMark opens a stream of Models; the digit is the version of the layout.
const modelsMark = "jiebang-models/1\n"

// Save writes what was learned: three sections, each behind its length. The
// sections of likeness and tags check themselves by their digests. Equal models
// give equal bytes.
func (m Models) Save(w io.Writer) error {
	if _, err := io.WriteString(w, modelsMark); err != nil {
		return err
	}
	rest, err := json.Marshal(scalePart{m.Holders, m.Reference, m.Embedding})
	if err != nil {
		return err
	}
	for _, write := range []func(io.Writer) error{m.Likeness.Save, m.Tags.Save, func(w io.Writer) error { _, err := w.Write(rest); return err }} {
		var section bytes.Buffer
		if err := write(&section); err != nil {
			return err
		}
		if err := binary.Write(w, binary.LittleEndian, uint64(section.Len())); err != nil {
			return err
		}
		if _, err := section.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}

// LoadModels reads what Save wrote; anything else is an error.
func LoadModels(r io.Reader) (Models, error) {
	var m Models
	mark := make([]byte, len(modelsMark))
	if _, err := io.ReadFull(r, mark); err != nil || string(mark) != modelsMark {
		return m, fmt.Errorf("these are no match models of layout %q", modelsMark[:len(modelsMark)-1])
	}
	var rest scalePart
	for name, read := range sections(&m, &rest) {
		var n uint64
		if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
			return m, fmt.Errorf("section %s is missing: %w", name, err)
		}
		section := io.LimitedReader{R: r, N: int64(min(n, 1<<62))}
		if err := read(&section); err != nil {
			return m, fmt.Errorf("section %s: %w", name, err)
		}
		if section.N != 0 {
			return m, fmt.Errorf("section %s has %d bytes too many", name, section.N)
		}
	}
	m.Holders, m.Reference, m.Embedding = rest.Holders, rest.Reference, rest.Embedding
	return m, nil
}

// scalePart is the third section.
type scalePart struct {
	Holders   Holders   `json:"holders"`
	Reference Reference `json:"reference"`
	Embedding string    `json:"embedding,omitempty"`
}

// sections are the readers of the sections, in their order.
func sections(m *Models, rest any) func(yield func(string, func(io.Reader) error) bool) {
	return func(yield func(string, func(io.Reader) error) bool) {
		_ = yield("words", func(r io.Reader) (err error) { m.Likeness, err = likeness.Load(r); return err }) &&
			yield("tags", func(r io.Reader) (err error) { m.Tags, err = tags.Load(r); return err }) &&
			yield("scale", func(r io.Reader) error {
				raw, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				return json.Unmarshal(raw, rest)
			})
	}
}
