package teams_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

type imported struct {
	Rows, Added, Known, Failed int
	Errors                     []struct {
		Row          int
		Column, Code string
	}
	Back string `json:"failed_csv"`
}

// TestImportOfEvidence plants errors in 10,000 rows: each is named, nothing is written while
// one is left or when the unit of work ends half-way, and the same file adds nothing twice.
func TestImportOfEvidence(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		vocabularies(w)
		uni, admin := w.Org("Uni", "university")
		var made team
		w.Do(admin, "POST", "/orgs/"+string(uni.ID)+"/teams", card("转子团队")).Must(http.StatusCreated).JSON(&made)
		path := "/teams/" + made.ID + "/evidence/import"
		send := func(who apitest.Person, mode, file string) *apitest.Answer {
			return w.Do(who, "POST", path+"?mode="+mode, []byte(file), "Content-Type", "application/octet-stream")
		}
		count := func() (n int) {
			w.Write(func(tx *models.Tx) error {
				list, err := tx.EvidenceOf(models.TeamID(made.ID))
				n = len(list)
				return err
			})
			return n
		}
		var sound, planted strings.Builder
		head := "类别,标题,编号,年度,角色,摘要,标签\n"
		sound.WriteString(head)
		planted.WriteString(head)
		bad := map[int]string{17: "kind", 500: "number", 4000: "year", 7777: "tags", 9000: "title", 9999: "number"}
		for i := 2; i <= 10_001; i++ {
			row := fmt.Sprintf("论文,磁悬浮轴承 %d,10.1000/%d,2020,lead,,MFG.bearing\n", i, i)
			sound.WriteString(row)
			switch bad[i] {
			case "kind":
				row = strings.Replace(row, "论文", "小说", 1)
			case "year":
				row = strings.Replace(row, "2020", "20", 1)
			case "tags":
				row = strings.Replace(row, "MFG.bearing", "none", 1)
			case "title":
				row = strings.Replace(row, fmt.Sprintf("磁悬浮轴承 %d", i), "=A1", 1)
			case "number":
				if row = strings.Replace(row, fmt.Sprintf("10.1000/%d", i), "nonsense", 1); i == 9999 {
					row = strings.Replace(row, "nonsense", "10.1000/2", 1)
				}
			}
			planted.WriteString(row)
		}
		stranger := w.Person("stranger")
		if a := send(stranger, "check", planted.String()); a.Status != http.StatusForbidden {
			t.Errorf("a stranger: %d", a.Status)
		}
		for mode, want := range map[string]int{"check": len(bad), "all": len(bad)} {
			var got imported
			send(admin, mode, planted.String()).Must(http.StatusCreated).JSON(&got)
			if got.Rows != 10_000 || got.Failed != want || len(got.Errors) != want || count() != 0 {
				t.Errorf("%s: %d rows, %d failed, %d there", mode, got.Rows, got.Failed, count())
			}
			for _, e := range got.Errors {
				if bad[e.Row] != e.Column {
					t.Errorf("%s: row %d column %s (%s) was not planted", mode, e.Row, e.Column, e.Code)
				}
			}
			if strings.Count(got.Back, "\n") != want+1 {
				t.Errorf("%s: the file with the failed rows: %s", mode, got.Back)
			}
		}
		cut := errors.New("the power went")
		err := w.Store.Write(context.Background(), admin.Who, func(tx *models.Tx) error {
			list := make([]models.Evidence, 500)
			for i := range list {
				list[i] = models.Evidence{Team: models.TeamID(made.ID), Kind: "paper", Title: "half", Year: 2020, Verify: "self_declared"}
			}
			if err := tx.AddEvidenceList(list); err != nil {
				return err
			}
			return cut
		})
		if !errors.Is(err, cut) || count() != 0 {
			t.Errorf("half a file is there: %v, %d", err, count())
		}
		var got imported
		send(admin, "good", planted.String()).Must(http.StatusCreated).JSON(&got)
		if got.Added != 10_000-len(bad) || count() != got.Added {
			t.Errorf("good rows: %d added, %d there", got.Added, count())
		}
		got = imported{}
		send(admin, "all", sound.String()).Must(http.StatusCreated).JSON(&got)
		if got.Added != len(bad) || got.Known != 10_000-len(bad) || count() != 10_000 {
			t.Errorf("mended: %d added, %d known, %d there", got.Added, got.Known, count())
		}
		got = imported{}
		send(admin, "all", sound.String()).Must(http.StatusCreated).JSON(&got)
		if got.Added != 0 || count() != 10_000 {
			t.Errorf("the same again: %d added, %d there", got.Added, count())
		}
		for file, code := range map[string]string{"a,b\n1,2\n": "sheet.no_column", " ": "sheet.empty", "PK\x03\x04": "sheet.broken"} {
			if a := send(admin, "check", file); a.Status != 422 || !strings.Contains(string(a.Body), code) {
				t.Errorf("%q: %d %s", file, a.Status, a.Body)
			}
		}
	})
}
