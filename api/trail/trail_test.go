package trail_test

import (
	"slices"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

type page struct {
	Items []struct {
		ID, Action, Role, Name string
		ThingKind              string `json:"thing_kind"`
		Mine                   bool
	} `json:"items"`
	Next string `json:"next"`
}

// walk reads a whole trail in pages of three.
func walk(w *apitest.World, p apitest.Person, path string) (list []string, named int, kinds map[string]int) {
	kinds = map[string]int{}
	cursor := ""
	for range 200 {
		var got page
		w.Do(p, "GET", path+"?limit=3&cursor="+cursor, nil).Must(200).JSON(&got)
		for _, e := range got.Items {
			list = append(list, e.Action)
			kinds[e.ThingKind]++
			if e.Name != "" {
				named++
			}
		}
		if cursor = got.Next; cursor == "" {
			return list, named, kinds
		}
	}
	w.T.Fatal("the trail does not end")
	return nil, 0, nil
}

func TestTrail(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(2, 8)
		ev.SignIn()
		path := "/trail/challenge/" + string(ev.Challenge.ID)
		all, named, kinds := walk(w, ev.Officer, path)
		if all[0] != "challenge.draft" || kinds["bid"] < 2 || named == 0 {
			t.Errorf("the officer sees %v, %d named, %v", all, named, kinds)
		}
		if slices.Contains(all, "bid.draft") || slices.Contains(all, "bid.endorse") || !slices.Contains(all, "bid.submit") || !slices.Contains(all, "bid.open") {
			t.Errorf("of the bids the officer sees %v", all)
		}
		mine, own, _ := walk(w, ev.Owner, path)
		if len(mine) != len(all) || own == 0 || own >= named {
			t.Errorf("the owner sees %d of %d, %d of them named", len(mine), len(all), own)
		}
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: path, Status: 401},
			apitest.Row{Name: "auditor", As: ev.Auditor, Method: "GET", Path: path, Status: 200, Has: []string{"User evleader"}},
			apitest.Row{Name: "unknown kind", As: ev.Officer, Method: "GET", Path: "/trail/user/" + string(ev.Challenge.ID), Status: 422},
			apitest.Row{Name: "no such thing", As: ev.Officer, Method: "GET", Path: "/trail/challenge/chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", Status: 404},
			apitest.Row{Name: "a bid's own people", As: ev.Lead(0), Method: "GET", Path: "/trail/bid/" + string(ev.Bids[0].ID), Status: 200, Has: []string{"bid.submit", `"mine":true`}},
			apitest.Row{Name: "another bid", As: ev.Lead(0), Method: "GET", Path: "/trail/bid/" + string(ev.Bids[1].ID), Status: 404},
			apitest.Row{Name: "cursor of another trail", As: ev.Officer, Method: "GET", Path: path + "?cursor=a.b", Status: 422},
		)
		// As long as the bids are sealed, nothing of them is on the challenge's trail, for anybody.
		ev.Change(func(c *models.Challenge) { c.OpenedAt = nil })
		for name, p := range map[string]apitest.Person{"officer": ev.Officer, "owner": ev.Owner, "auditor": ev.Auditor} {
			if _, _, kinds := walk(w, p, path); len(kinds) != 1 || kinds["challenge"] == 0 {
				t.Errorf("%s sees %v of a challenge that is not open", name, kinds)
			}
		}
	})
}
