package awards

import (
	"strings"

	"jiebang/matching/gate"
	"jiebang/models"
)

// because says why a bid is barred. Of a record of dishonesty it names the act, its basis and
// who decided, so that whoever takes the proposal back can give the reason.
func because(tx *models.Tx, r gate.Reason) (string, error) {
	code, _, _ := strings.Cut(r.Code, ":")
	subject, _ := r.Args["subject"].(string)
	if code != gate.Integrity || subject == "" {
		return r.ReasonEn, nil
	}
	list, err := tx.IntegrityAgainst(subject)
	if err != nil || len(list) == 0 {
		return r.ReasonEn, err
	}
	return list[0].Says(), nil
}
