package challenges

import (
	"iter"

	"jiebang/internal/codes"
	"jiebang/models"
)

// classification is what a challenge says in one of the standards' languages.
type classification struct {
	codes []string
	read  codes.Reader
}

// classified walks over the classifications of a challenge in a fixed order, by the names of
// their fields.
func classified(c *models.Codes) iter.Seq2[string, classification] {
	return func(yield func(string, classification) bool) {
		_ = yield("gbt4754", classification{c.GBT4754, codes.Industry}) &&
			yield("sei", classification{c.SEI, codes.Emerging}) &&
			yield("discipline", classification{c.Discipline, codes.Discipline}) &&
			yield("ipc", classification{c.IPC, codes.IPC})
	}
}

// proper writes the codes that are right the way they are written; a draft keeps the others
// as they were typed until its check names them.
func proper(c models.Codes) models.Codes {
	for _, list := range classified(&c) {
		for i, typed := range list.codes {
			if code, fault := list.read(typed); fault == nil {
				list.codes[i] = code
			}
		}
	}
	return c
}
