package endpoint

import (
	_ "embed" // the words
	"encoding/json"
	"strings"

	"jiebang/models"
)

// table is what people say for the codes of a field, in Chinese and in English.
type table map[string][2]string

// say is a code in words; a code that has none stands for itself.
func (t table) say(code string, zh bool) string {
	words, ok := t[code]
	switch {
	case !ok:
		return code
	case zh:
		return words[0]
	}
	return words[1]
}

// The words are those of the pages; a test of the pages holds the two to each other.
//
//go:embed words.json
var wordsFile []byte

var tables = func() map[string]table {
	var all map[string]table
	if err := json.Unmarshal(wordsFile, &all); err != nil {
		panic("endpoint: words.json: " + err.Error())
	}
	return all
}()

// spoken says which table a column's codes are read from: by the list and the field, by the
// entity and the field, or by the field alone. States are read from their entity's table.
var spoken = map[string]string{
	"assignment/list/state": "states.bid", "ranking/show/state": "states.bid", "org/desk/kind": "org_kind",
	"letter/list/state": "letter_state", "webhook/log/state": "call_state", "role/state": "states.role_request",
	"org/kind": "org_kind", "org/role": "org_role", "team/role": "member_role", "signup/role": "signup_role", "role/role": "role", "role/roles": "role",
	"catalogue/kind": "vocabulary", "expert/kind": "expert_type", "integrity/kind": "kind", "tie/kind": "tie_kind", "supplement/kind": "supplement",
	"match/kind": "condition", "need/kind": "condition", "need/name": "quality", "review/kind": "expert_type", "trail/role": "role",
	"notice/kind": "action", "letter/kind": "action", "webhook/kind": "action", "webhook/kinds": "action", "overview/kind": "action", "trail/action": "action",
	"letter/reason": "letter_reason", "webhook/reason": "letter_reason", "invitation/by": "inviter", "ranking/tie": "tie_on", "org/verdict": "verdict",
	"webhook/format": "format", "webhook/scope": "scope", "notice/group": "group", "notice/mail": "mail", "assignment/sheet": "sheet", "document/audience": "audience",
	"alliance/level": "level", "alliance/tier": "tier", "thing_kind": "kind", "owner_kind": "kind",
	"type": "type", "nature": "nature", "competition_mode": "competition_mode", "selection_mode": "selection_mode", "band": "band", "found_in": "place",
}

func wordsFor(action models.Action, path []string) table {
	field := path[len(path)-1]
	entity, _, _ := strings.Cut(string(action), ".")
	for _, name := range []string{strings.ReplaceAll(string(action), ".", "/") + "/" + field, entity + "/" + field, field} {
		if t, ok := spoken[name]; ok {
			return tables[t]
		}
	}
	if field == "state" {
		return tables["states."+entity]
	}
	return nil
}
