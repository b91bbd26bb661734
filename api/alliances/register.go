package alliances

import (
	"slices"
	"strconv"
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// AllianceBody is what an alliance says about itself.
type AllianceBody struct {
	Name           string `json:"name" minLength:"4" maxLength:"100"`
	Level          string `json:"level" enum:"province,city"`
	Tier           string `json:"tier" enum:"demonstration,typical,general"`
	Chain          string `json:"chain" maxLength:"60" doc:"A term of /vocabulary/chain"`
	MarketGoal     string `json:"market_goal" minLength:"4" maxLength:"2000"`
	BenefitSharing string `json:"benefit_sharing" minLength:"4" maxLength:"2000"`
	SignedOn       string `json:"signed_on" maxLength:"10" doc:"Day the agreement was signed, YYYY-MM-DD"`
	ValidUntil     string `json:"valid_until" required:"false" maxLength:"10" doc:"Last day of the agreement, or empty"`
}

// SeatBody seats a unit in an alliance.
type SeatBody struct {
	Org     string `json:"org" minLength:"1" maxLength:"60" doc:"Id or credit code of the unit"`
	Role    string `json:"role" enum:"academic,enterprise,finance,intermediary,user"`
	ShareBP int    `json:"share_bp" required:"false" minimum:"0" maximum:"10000" doc:"Share in 1/100 per cent; all shares together are at most 10000"`
}

// RegisterAllianceInput is a new alliance, led by the unit of the path.
type RegisterAllianceInput struct {
	Org  models.OrgID `path:"id"`
	Body struct {
		AllianceBody
		Members []SeatBody `json:"members" minItems:"1" maxItems:"60" doc:"At least one is academic"`
	}
}

// academic are the kinds of unit that count as the research side of an alliance.
var academic = []string{"university", "research_institute", "new_rnd_institution"}

// Register makes an alliance. Only a firm leads one (盟主), and it is none without a
// university or institute in it.
func Register(tx *models.Tx, in *RegisterAllianceInput) (*Alliance, error) {
	leader, err := tx.OrgFor(models.AllianceRegister, in.Org)
	if err != nil {
		return nil, err
	}
	if leader.Kind != "enterprise" {
		return nil, problem.New(problem.Conflict, "alliance.leader_no_enterprise", "Only an enterprise can lead an alliance.")
	}
	if err := tx.Unblemished(string(leader.ID), string(tx.Actor.User)); err != nil {
		return nil, err
	}
	a := models.NewAlliance()
	a.Leader, a.Region = leader.ID, leader.Region
	f, err := in.Body.write(tx, a)
	if err != nil {
		return nil, err
	}
	seats, err := seat(tx, &f, a, in.Body.Members)
	if err != nil {
		return nil, err
	}
	f.Require(slices.ContainsFunc(in.Body.Members, func(s SeatBody) bool { return s.Role == "academic" }), "members", "alliance.no_academic",
		"must hold at least one university, research institute or new R&D institution as academic member")
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	for _, o := range seats {
		if err := tx.Unblemished(string(o.ID)); err != nil {
			return nil, err
		}
	}
	if a.Code, err = tx.NextNumber("AL"); err != nil {
		return nil, err
	}
	if err := tx.Make(models.AllianceRegister, leader, a, models.Note{}); err != nil {
		return nil, err
	}
	for i, o := range seats {
		if _, err := tx.AddAllianceMember(a.ID, o.ID, in.Body.Members[i].Role, in.Body.Members[i].ShareBP); err != nil {
			return nil, err
		}
	}
	return view(tx, a)
}

// write checks what the alliance says and puts it on the row.
func (b *AllianceBody) write(tx *models.Tx, a *models.Alliance) (problem.Fields, error) {
	var f problem.Fields
	chains, err := tx.Words("chain")
	if err != nil {
		return nil, err
	}
	f.Require(len([]rune(strings.TrimSpace(b.Name))) >= 4, "name", "field.length", "must have at least 4 characters that are not blanks")
	models.KnowWord(&f, chains, "chain", "chain", b.Chain)
	today := tx.Now.Format("2006-01-02")
	f.Require(models.IsDate(b.SignedOn) && b.SignedOn <= today, "signed_on", "field.date", "must be the day the agreement was signed, as YYYY-MM-DD")
	if b.ValidUntil != "" {
		f.Require(models.IsDate(b.ValidUntil) && b.ValidUntil > b.SignedOn, "valid_until", "field.date", "must be a day after the signing, as YYYY-MM-DD, or empty")
	}
	a.Name, a.Level, a.Tier, a.Chain, a.MarketGoal = strings.TrimSpace(b.Name), b.Level, b.Tier, b.Chain, b.MarketGoal
	a.BenefitSharing, a.SignedOn, a.ValidUntil = b.BenefitSharing, b.SignedOn, b.ValidUntil
	return f, nil
}

// seat finds the units of new seats, in order, and notes what is wrong with them beside
// those who sit already.
func seat(tx *models.Tx, f *problem.Fields, a *models.Alliance, list []SeatBody) ([]*models.Org, error) {
	have, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	sum, taken := 0, map[models.OrgID]bool{}
	for _, m := range have {
		sum += m.ShareBP
		taken[m.Org] = true
	}
	orgs := []*models.Org{}
	for i, s := range list {
		path := "members[" + strconv.Itoa(i) + "]."
		o, err := tx.OrgByIDOrUSCC(strings.TrimSpace(s.Org))
		if err != nil {
			return nil, err
		}
		orgs = append(orgs, o)
		sum += s.ShareBP
		if o == nil {
			f.Add(path+"org", "org.unknown", "no unit of this id or credit code is registered")
			continue
		}
		f.Require(o.ID != a.Leader, path+"org", "alliance.leader_is_no_member", "the leader has no seat besides")
		f.Require(!taken[o.ID], path+"org", "alliance.member_exists", "%s is a member already", o.Name)
		mayBe(f, path, o, s.Role)
		taken[o.ID] = true
	}
	over(f, "members", sum)
	return orgs, nil
}

// mayBe notes a unit that cannot be the research side of an alliance.
func mayBe(f *problem.Fields, path string, o *models.Org, role string) {
	f.Require(role != "academic" || slices.Contains(academic, o.Kind), path+"role", "alliance.not_academic",
		"%s is no university, research institute or new R&D institution", o.Name)
}

// over notes shares that are more than the whole.
func over(f *problem.Fields, path string, sum int) {
	f.Require(sum <= 10000, path, "alliance.shares_over", "the shares sum to %d.%02d per cent; they may not exceed 100", sum/100, sum%100)
}
