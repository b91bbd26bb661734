package models

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// Cursor says where a list goes on: after the row with this key. It leaves the house signed,
// so that nobody can ask with one he made up.
type Cursor struct {
	List  string `json:"l"` // which list and order it belongs to
	Value any    `json:"v"` // the sort key of the last row
	ID    string `json:"i"`
}

// Page signs a cursor for the next page of a list.
func (tx *Tx) Page(list string, value any, id string) string {
	if t, ok := value.(time.Time); ok {
		value = t.UTC().Format(time.RFC3339Nano)
	}
	raw, _ := json.Marshal(Cursor{List: list, Value: value, ID: id}) // strings and numbers only
	body := base64.RawURLEncoding.EncodeToString(raw)
	return body + "." + tx.sign(body)
}

// Cursor reads a signed cursor back; "" is the start of the list.
func (tx *Tx) Cursor(list, text string) (Cursor, error) {
	if text == "" {
		return Cursor{}, nil
	}
	bad := func() (Cursor, error) {
		var f problem.Fields
		f.Add("query.cursor", "list.bad_cursor", "is not a cursor of this list; start again without it")
		return Cursor{}, f.Problem("list.bad_cursor", "The list cannot go on from there.")
	}
	body, mac, ok := strings.Cut(text, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(tx.sign(body))) {
		return bad()
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	var c Cursor
	if err != nil || json.Unmarshal(raw, &c) != nil || c.List != list {
		return bad()
	}
	return c, nil
}

func (tx *Tx) sign(body string) string {
	mac := hmac.New(sha256.New, tx.store.secret)
	mac.Write([]byte("cursor\n" + body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// by orders a query by a column and the id, and starts it after the cursor. column is always
// a constant of this package. Cost: one index seek, whatever the page.
func (c Cursor) by(q *gorm.DB, column string, descending bool) *gorm.DB {
	order, sign := "", ">"
	if descending {
		order, sign = " desc", "<"
	}
	if c.ID != "" {
		var value any = c.Value
		if s, ok := value.(string); ok {
			if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
				value = t
			}
		}
		q = q.Where("("+column+" "+sign+" ? or ("+column+" = ? and id "+sign+" ?))", value, value, c.ID)
	}
	return q.Order(column + order + ", id" + order)
}

// contains makes a LIKE pattern out of what a person typed.
func contains(q string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q) + "%"
}
