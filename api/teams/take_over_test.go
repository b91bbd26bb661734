package teams_test

import (
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestUnitTakesATeamOver(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, admin := w.Org("Takinguni", "university")
		team, lead := w.Team(uni, "Orphans")
		heir, stranger := w.Person("heir"), w.Person("stranger")
		one := "/teams/" + string(team.ID) + "/take_over"
		body := func(login string) map[string]string {
			return map[string]string{"login": login, "reason": "负责人已离职"}
		}
		var member *models.Membership
		w.Write(func(tx *models.Tx) (err error) {
			member, err = tx.AddMembership(uni.ID, lead.User, "member")
			return err
		})
		w.Run(t,
			apitest.Row{Name: "the lead is there", As: admin, Method: "POST", Path: one, Body: body("heir"), Status: 409, Has: []string{"team.lead_there"}},
			apitest.Row{Name: "the lead himself", As: lead, Method: "POST", Path: one, Body: body("heir"), Status: 403},
		)
		w.Do(admin, "DELETE", "/orgs/"+string(uni.ID)+"/members/"+string(member.ID), nil).Must(http.StatusOK)
		w.Run(t,
			apitest.Row{Name: "a stranger", As: stranger, Method: "POST", Path: one, Body: body("heir"), Status: 403},
			apitest.Row{Name: "nobody", As: admin, Method: "POST", Path: one, Body: body("ghost"), Status: 422, Has: []string{"account.unknown_login"}},
			apitest.Row{Name: "taken over", As: admin, Method: "POST", Path: one, Body: body("heir"), Status: 200, Has: []string{`"heir"`, `"lead"`}, Lacks: []string{`"orphans"`},
				Events: []models.Action{models.TeamTakeOver}},
			apitest.Row{Name: "the former lead has no part in it", As: lead, Method: "GET", Path: "/teams/" + string(team.ID) + "/members", Status: 403},
			apitest.Row{Name: "the new one has", As: heir, Method: "GET", Path: "/teams/" + string(team.ID) + "/members", Status: 200},
			apitest.Row{Name: "once", As: admin, Method: "POST", Path: one, Body: body("stranger"), Status: 409, Has: []string{"team.lead_there"}},
		)
	})
}
