// Package seal gives a bid's content one canonical form and one digest, and writes the
// receipt that anybody can check without this platform.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Canonical writes a value as JSON of RFC 8785 (JCS): names sorted by UTF-16 code units, no
// blanks, numbers as ECMAScript prints them, and only the escapes that JSON demands. The
// same content is the same bytes in every language that has a JCS library. It refuses what
// has no canonical form: text that is not UTF-8, and whole numbers that a double would round.
// Linear in the text, but for sorting names.
func Canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("canonical form: %w", err)
	}
	return CanonicalText(raw)
}

// CanonicalText brings JSON text into the canonical form.
func CanonicalText(raw []byte) ([]byte, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("canonical form: the text is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("canonical form: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("canonical form: something follows the value")
	}
	return write(nil, v)
}

// Digest is the SHA-256 of bytes as 64 lower-case hexadecimal digits.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func write(out []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(out, "null"...), nil
	case bool:
		return strconv.AppendBool(out, v), nil
	case string:
		return writeString(out, v), nil
	case json.Number:
		return writeNumber(out, v)
	case []any:
		out = append(out, '[')
		for i, e := range v {
			if i > 0 {
				out = append(out, ',')
			}
			var err error
			if out, err = write(out, e); err != nil {
				return nil, err
			}
		}
		return append(out, ']'), nil
	case map[string]any:
		return writeObject(out, v)
	}
	return nil, fmt.Errorf("canonical form: %T has none", v)
}

func writeObject(out []byte, m map[string]any) ([]byte, error) {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))) })
	out = append(out, '{')
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(writeString(out, name), ':')
		var err error
		if out, err = write(out, m[name]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func writeNumber(out []byte, n json.Number) ([]byte, error) {
	f, err := n.Float64()
	if err != nil {
		return nil, fmt.Errorf("canonical form: the number %s is out of range", n)
	}
	if f == 0 {
		return append(out, '0'), nil // also for -0
	}
	raw, err := json.Marshal(f) // encoding/json prints numbers as ECMAScript does
	if err != nil {
		return nil, fmt.Errorf("canonical form: %w", err)
	}
	if !strings.ContainsAny(string(n), ".eE") && string(raw) != string(n) {
		return nil, fmt.Errorf("canonical form: the number %s cannot be kept exactly", n)
	}
	return append(out, raw...), nil
}

var escapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func writeString(out []byte, s string) []byte {
	out = append(out, '"')
	for _, r := range s {
		switch short, ok := escapes[r]; {
		case ok:
			out = append(out, short...)
		case r < ' ':
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return append(out, '"')
}
