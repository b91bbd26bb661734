package conflict

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// Roles that a unit or a person has in the question; each is the last step of a chain.
const (
	roleOwner    = "is_owner"
	roleAlliance = "is_ally"
	roleLead     = "is_bidder"
	rolePartner  = "is_partner"
	roleTeam     = "is_team"
	rolePerson   = "is_on_team"
)

// Step is one link of a chain, as data: a code and the names, dates and titles that its sentence
// takes. Words has the sentences.
type Step struct {
	Code  string `json:"code"`
	A     string `json:"a,omitempty"`
	B     string `json:"b,omitempty"`
	What  string `json:"what,omitempty"`
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
}

func (s Step) compare(t Step) int {
	return cmp.Or(strings.Compare(s.Code, t.Code), strings.Compare(s.A, t.A), strings.Compare(s.B, t.B), strings.Compare(s.What, t.What),
		strings.Compare(s.From, t.From), strings.Compare(s.Until, t.Until))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Key tells a conflict apart: a digest of its rule, its ends and its chain. A fact that changes makes
// another conflict, which nobody has looked at yet.
func (c Conflict) Key() string {
	raw, _ := json.Marshal([]any{c.Rule, c.Expert, c.Bid, c.Steps})
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:12])
}

// Words tells the chain in Chinese and English.
func (c Conflict) Words() (zh, en string) {
	var a, b []string
	for _, s := range c.Steps {
		x, y := s.words()
		a, b = append(a, x), append(b, y)
	}
	return strings.Join(a, "；"), strings.Join(b, "; ")
}

// words fills the sentences of a code: {a}, {b}, {what} and {when}.
func (s Step) words() (zh, en string) {
	w, ok := sentences[s.Code]
	if !ok {
		w = [2]string{"{a}—{b}", "{a} – {b}"}
	}
	zhWhat, enWhat := "", ""
	if s.What != "" {
		zhWhat, enWhat = "「"+s.What+"」", " “"+s.What+"”"
	}
	zhWhen, enWhen := when(s)
	fill := func(t, what, when string) string {
		return strings.NewReplacer("{a}", s.A, "{b}", s.B, "{what}", what, "{when}", when).Replace(t)
	}
	return fill(w[0], zhWhat, zhWhen), fill(w[1], enWhat, enWhen)
}

// when is the time of a fact: its span, or its end alone; one that has no dates says nothing.
func when(s Step) (zh, en string) {
	switch {
	case s.From != "" && s.From == s.Until:
		return "（" + s.From + "）", " (" + s.From + ")"
	case s.From != "" && s.Until != "":
		return "（" + s.From + " 至 " + s.Until + "）", " (" + s.From + " to " + s.Until + ")"
	case s.From != "":
		return "（" + s.From + " 起）", " (since " + s.From + ")"
	case s.Until != "":
		return "（至 " + s.Until + "）", " (until " + s.Until + ")"
	}
	return "", ""
}

var sentences = map[string][2]string{
	"works_at":   {"{a}任职于{b}", "{a} works at {b}"},
	"belongs_to": {"{a}隶属于或受控于{b}", "{a} belongs to or is controlled by {b}"},
	"under":      {"{a}与{b}同属{what}", "{a} and {b} both stand under{what}"},
	"allied":     {"{a}与{b}同为联盟{what}成员", "{a} and {b} are members of the alliance{what}"},
	"member":     {"{a}是申报团队{b}的成员", "{a} is a member of the bidding team {b}"},
	"rival":      {"{a}与{b}同题竞争", "{a} and {b} bid on the same challenge"},
	"namesake":   {"{a}与申报书所列{b}同名，后者未注明单位", "{a} bears the name of {b} in the bid, whose unit is not told"},

	"named_same":      {"{a}与{b}为同一单位名称", "{a} and {b} are the same unit by name"},
	"named_alias":     {"{a}与{b}为同一单位的不同名称", "{a} and {b} are names of one unit"},
	"named_part":      {"按名称，{a}与{b}存在上下级或所属关系", "by name, one of {a} and {b} is a part of the other"},
	"named_colleague": {"按名称，{a}与{b}属于同一单位或集团", "by name, {a} and {b} are parts of one unit or group"},
	"named_person":    {"{a}与申报书所列{b}同名且单位{what}一致", "{a} bears the name and the unit{what} of {b} in the bid"},

	Employment:    {"{a}曾任职于{b}{when}", "{a} was employed at {b}{when}"},
	Project:       {"{a}与{b}共同承担项目{what}{when}", "{a} and {b} worked on the project{what}{when}"},
	Patent:        {"{a}与{b}是专利{what}的共同申请人{when}", "{a} and {b} were applicants of the patent{what}{when}"},
	Paper:         {"{a}与{b}合作发表论文{what}{when}", "{a} and {b} wrote the paper{what}{when}"},
	CoBid:         {"{a}与{b}曾共同揭榜{what}{when}", "{a} and {b} took part in one bid{what}{when}"},
	Collaboration: {"{a}与{b}有合作{what}{when}", "{a} and {b} worked together{what}{when}"},
	Supervision:   {"{a}与{b}有师生关系{what}{when}", "{a} and {b} are teacher and student{what}{when}"},
	Kinship:       {"{a}与{b}有亲属关系{what}", "{a} and {b} are kin{what}"},
	Shareholding:  {"{a}持有{b}的股份{what}{when}", "{a} holds a share of {b}{what}{when}"},
	Advice:        {"{a}曾为{b}提供有偿咨询{what}{when}", "{a} was paid by {b} for advice{what}{when}"},
	Declared:      {"{a}本人声明与{b}有利害关系{what}", "{a} declares a tie to {b}{what}"},

	roleOwner:    {"{a}是发榜方", "{a} is the owner"},
	roleAlliance: {"{a}是发榜联盟成员", "{a} is a member of the owner's alliance"},
	roleLead:     {"{a}是申报{b}的牵头单位", "{a} is the unit behind bid {b}"},
	rolePartner:  {"{a}是申报{b}的参与单位", "{a} is a partner of bid {b}"},
	roleTeam:     {"{a}是申报{b}的团队", "{a} is the team of bid {b}"},
	rolePerson:   {"{a}是申报{b}的人员", "{a} is named in bid {b}"},
}
