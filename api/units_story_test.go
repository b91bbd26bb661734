package api_test

import (
	"bytes"
	"fmt"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// TestUnitsStory plays what stands behind the list, over HTTP: a firm registers, is verified
// by its papers, founds an alliance whose university confirms, is recognised, its city
// recommends what it submits, another firm takes the lead, the alliance is suspended, and
// posts nothing more.
func TestUnitsStory(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		province, city, operator := w.Officer("province", "210000"), w.Officer("cityhall", "210100"), w.Operator()
		people := map[string]apitest.Person{"firm": w.Person("firm"), "uni": w.Person("uni"), "heir": w.Person("heir")}
		raw := []string{"Content-Type", "application/octet-stream"}
		call := func(p apitest.Person, method, path string, body any, header ...string) doc {
			t.Helper()
			a := w.Do(p, method, path, body, header...)
			if a.Status >= 300 {
				t.Fatalf("%s %s: %d %s", method, path, a.Status, a.Body)
			}
			return a.Map()
		}
		refused := func(p apitest.Person, method, path string, body any, status int, code string, header ...string) {
			t.Helper()
			a := w.Do(p, method, path, body, header...)
			if text(a.Map(), "code") != code && !containsCode(a.Map(), code) || a.Status != status {
				t.Fatalf("%s %s: %d %s, want %d %s", method, path, a.Status, a.Body, status, code)
			}
		}
		orgs := map[string]string{}
		for i, o := range []struct{ login, name, kind string }{{"firm", "沈阳泵阀集团有限公司", "enterprise"}, {"uni", "东北理工大学", "university"}, {"heir", "沈阳阀门有限公司", "enterprise"}} {
			p := people[o.login]
			orgs[o.login] = text(call(p, "POST", "/orgs", doc{"name": o.name, "kind": o.kind, "uscc": fmt.Sprintf("91210100MA0%07d", 2_000_003+i*37), "region": "210100", "city": "沈阳市"}), "id")
			path := "/orgs/" + orgs[o.login]
			if o.login == "firm" { // its papers come back once
				refused(operator, "POST", path+"/verify", doc{}, 422, "org.no_licence")
				call(operator, "POST", path+"/return", doc{"reason": "缺少营业执照", "checks": []doc{{"item": "licence", "ok": false}}})
				call(p, "POST", "/documents?owner_kind=org&owner_id="+orgs[o.login]+"&purpose=licence&name=licence.txt", []byte("licence"), raw...)
				call(p, "POST", path+"/resubmit", nil)
				call(operator, "POST", path+"/verify", doc{"reason": "证照原件已核", "checks": []doc{{"item": "licence", "ok": true}, {"item": "code", "ok": true}}})
				continue
			}
			if o.login != "heir" {
				call(operator, "POST", path+"/verify", doc{"reason": "证照原件已核"})
			}
		}
		w.Write(func(tx *models.Tx) error {
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.From, c.Life = "chain", "C1", "产业链", "2020-01-01", lives(tx, models.CataloguePublished)
			if err := tx.Plant(c); err != nil {
				return err
			}
			return tx.AddTerms(c, []models.Term{{Code: "pumps", NameZh: "泵阀"}})
		})
		firm, uni, heir := people["firm"], people["uni"], people["heir"]
		a := call(firm, "POST", "/orgs/"+orgs["firm"]+"/alliances", doc{"name": "辽宁泵阀产学研联盟", "level": "province", "tier": "typical", "chain": "pumps", "market_goal": "三年内实现国产替代",
			"benefit_sharing": "按投入分享收益", "signed_on": "2025-06-01", "members": []doc{{"org": orgs["uni"], "role": "academic", "share_bp": 2000}, {"org": orgs["heir"], "role": "enterprise", "share_bp": 3000}}})
		one := "/alliances/" + text(a, "id")
		seats := map[string]string{}
		for _, m := range list(a, "members") {
			seats[text(m["org"].(doc), "id")] = text(m, "id")
		}
		refused(province, "POST", one+"/recognise", doc{}, 409, "alliance.unconfirmed")
		call(uni, "POST", one+"/members/"+seats[orgs["uni"]]+"/confirm", nil)
		refused(province, "POST", one+"/recognise", doc{}, 409, "alliance.no_agreement")
		call(firm, "POST", "/documents?owner_kind=alliance&owner_id="+text(a, "id")+"&purpose=agreement&name=agreement.txt", []byte("agreement"), raw...)
		refused(city, "POST", one+"/recognise", doc{}, 403, "request.denied") // of the province's level
		call(province, "POST", one+"/recognise", doc{"reason": "辽科发〔2026〕1号", "tier": "demonstration"})

		// The city recommends, the province's list takes nothing else.
		challenge := models.NewChallenge()
		if err := w.Store.Write(t.Context(), firm.Who, func(tx *models.Tx) error {
			org, err := tx.OrgFor(models.ChallengeDraft, models.OrgID(orgs["firm"]))
			if err != nil {
				return err
			}
			c := challenge
			c.Title, c.Owner, c.Alliance, c.Region, c.City, c.Type, c.Confidential = "高温泵阀密封寿命提升技术", models.OrgID(orgs["firm"]), models.AllianceID(text(a, "id")), "210100", "沈阳市", "tech_breakthrough", "public"
			if err := tx.Make(models.ChallengeDraft, org, c, models.Note{}); err != nil {
				return err
			}
			return tx.Apply(models.ChallengeSubmit, c, models.Note{})
		}); err != nil {
			t.Fatal(err)
		}
		posted := "/challenges/" + string(challenge.ID)
		batch := text(call(province, "POST", "/batches", doc{"region": "210000", "region_code": "LN", "year": 2026, "no": 1, "title": "2026年第一批榜单", "needs_recommendation": true}), "id")
		refused(city, "POST", posted+"/approve", doc{}, 403, "request.denied")
		refused(w.Officer("othercity", "210200"), "POST", posted+"/recommend", doc{"opinion": "同意推荐"}, 404, "request.not_found")
		refused(province, "POST", posted+"/recommend", doc{"opinion": "同意推荐"}, 403, "request.denied")
		call(city, "POST", posted+"/return", doc{"reason": "请补充指标基线"})
		submit := func() { // what submitting checks is told in the story of a challenge
			t.Helper()
			if err := w.Store.Write(t.Context(), firm.Who, func(tx *models.Tx) error {
				c, err := tx.ChallengeFor(models.ChallengeSubmit, challenge.ID)
				if err != nil {
					return err
				}
				return tx.Apply(models.ChallengeSubmit, c, models.Note{})
			}); err != nil {
				t.Fatal(err)
			}
		}
		submit()
		call(province, "POST", posted+"/approve", doc{})
		refused(province, "POST", posted+"/publish", doc{"batch": batch}, 422, "challenge.not_recommended")
		call(province, "POST", posted+"/return", doc{"reason": "请先经市级推荐"})
		submit()
		call(city, "POST", posted+"/recommend", doc{"opinion": "指标可量化,同意推荐"})
		refused(city, "POST", posted+"/recommend", doc{"opinion": "再次推荐"}, 409, "challenge.recommended_already")
		if c := call(province, "GET", posted, nil); text(c, "recommendation") != "指标可量化,同意推荐" {
			t.Errorf("the province does not read the opinion: %v", c["recommendation"])
		}
		call(province, "POST", posted+"/approve", doc{})

		// Another firm takes the lead; its challenges follow.
		refused(firm, "POST", one+"/transfer", doc{"org": orgs["heir"], "reason": "主业调整"}, 422, "alliance.not_fit_to_lead")
		call(operator, "POST", "/orgs/"+orgs["heir"]+"/verify", doc{"reason": "证照原件已核"})
		refused(uni, "POST", one+"/transfer", doc{"org": orgs["heir"], "reason": "主业调整"}, 403, "request.denied")
		call(firm, "POST", one+"/transfer", doc{"org": orgs["heir"], "reason": "主业调整"})
		refused(firm, "POST", one+"/transfer", doc{"org": orgs["heir"], "reason": "主业调整"}, 409, "alliance.transfer_open")
		refused(province, "POST", one+"/transfer/confirm", doc{}, 409, "alliance.transfer_state")
		refused(uni, "POST", one+"/transfer/accept", doc{}, 403, "alliance.not_yours_to_accept")
		call(heir, "POST", one+"/transfer/accept", doc{})
		refused(city, "POST", one+"/transfer/confirm", doc{}, 403, "request.denied")
		led := call(province, "POST", one+"/transfer/confirm", doc{"reason": "同意变更"})
		if text(led["leader"].(doc), "id") != orgs["heir"] {
			t.Errorf("the leader is %v", led["leader"])
		}
		if c := call(province, "GET", posted, nil); text(c["owner"].(doc), "id") != orgs["heir"] {
			t.Errorf("the challenge did not follow: %v", c["owner"])
		}
		refused(firm, "POST", one+"/members", doc{"org": orgs["uni"], "role": "academic"}, 403, "request.denied")

		// Suspended it posts nothing; the reason is public.
		call(province, "POST", one+"/suspend", doc{"reason": "未按协议开展合作"})
		call(w.Officer("second", "210000"), "POST", posted+"/return", doc{"reason": "联盟已暂停资格"})
		refused(heir, "POST", posted+"/submit", nil, 422, "challenge.alliance_state")
		if seen := call(apitest.Person{}, "GET", one, nil); text(seen, "state_reason") != "未按协议开展合作" {
			t.Errorf("the public reads %v", seen["state_reason"])
		}
		w.Deliver()
		if got := w.Do(heir, "GET", "/notices", nil).Must(200); !bytes.Contains(got.Body, []byte("alliance.suspend")) || !bytes.Contains(got.Body, []byte("alliance.propose_leader")) {
			t.Errorf("the new leader was not told: %s", got.Body)
		}
	})
}

func containsCode(answer doc, code string) bool {
	for _, f := range list(answer, "errors") {
		if text(f, "code") == code {
			return true
		}
	}
	return false
}
