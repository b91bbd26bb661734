// Package gate holds the hard conditions of a bid: may this team bid at all, and if not, why not.
//
// Conditions are never mixed with scores: a team either passes or is told
// every reason at once. A reason that is not Hard is a mark for people to look
// at and blocks nothing.
package gate

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The codes of the reasons. A lacking capability carries its tag behind
// "capability:".
const (
	SameOrg     = "same_org"    // hard: the bidder is the owner
	Subordinate = "subordinate" // hard: one stands above the other, by parentage or control
	Integrity   = "integrity"   // hard: a record of dishonesty is in force
	Region      = "region"      // hard: open to units of the province only
	Kind        = "kind"        // hard: a result is converted by an enterprise
	Capacity    = "capacity"    // hard: the team has as many contracts as it can carry
	Capability  = "capability"  // mark: a must-capability is below its level
	SameName    = "same_name"   // mark: another code, but the owner's name
	Siblings    = "siblings"    // mark: owner and bidder stand under one unit
)

// Enterprise is the kind of org that may convert a result; ResultConversion is
// the type of challenge that asks for it (成果转化类).
const (
	Enterprise       = "enterprise"
	ResultConversion = "result_conversion"
)

// Org is a unit (单位), known by its code.
type Org struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	InProvince bool   `json:"in_province"`
}

// Link says that Parent stands above Child — by holding, control or
// organisation — from From until before Until; a zero time is open.
type Link struct {
	Parent string    `json:"parent"`
	Child  string    `json:"child"`
	From   time.Time `json:"from,omitzero"`
	Until  time.Time `json:"until,omitzero"`
}

// Record is a sanction for dishonesty (科研诚信记录) against an org, a team or a
// person, in force from From until before Until; a zero Until is for good.
type Record struct {
	Subject string    `json:"subject"`
	Act     string    `json:"act,omitempty"`
	From    time.Time `json:"from,omitzero"`
	Until   time.Time `json:"until,omitzero"`
}

// Need is a capability that a challenge asks for, at level 1 to 5.
type Need struct {
	Tag  string `json:"tag"`
	Name string `json:"name,omitempty"`
	Must bool   `json:"must"`
	Min  int    `json:"min_level"`
}

// Question is all that the conditions depend on.
type Question struct {
	At time.Time

	Owner          Org
	Type           string // of the challenge, see ResultConversion
	InProvinceOnly bool
	EnterpriseOnly bool // by the owner's own condition
	Needs          []Need

	Team          string // its code, a possible subject of records
	Home          Org    // the unit that stands behind the bid
	Partners      []Org  // who share the work
	People        []string
	Levels        map[string]int   // capability → level of the team
	PartnerLevels []map[string]int // the same of each partner's team: a consortium's union counts
	Ongoing, Max  int              // contracts at work, and how many can be; Max 0 is unknown

	Links   []Link
	Records []Record
}

// Reason is one condition that is not met, or a mark.
type Reason struct {
	Code     string         `json:"code"`
	Field    string         `json:"field"`
	Hard     bool           `json:"hard"`
	Reason   string         `json:"reason"`
	ReasonEn string         `json:"reason_en"`
	Args     map[string]any `json:"args,omitempty"`
}

// Blocked says whether any of the reasons is hard.
func Blocked(reasons []Reason) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Hard })
}

// Bid names every condition that a bid would fail, in a fixed order whatever
// the order of the input, and none if the team may bid.
//
// The rules are 辽科发〔2021〕42号 as reported (same unit, subordination), the
// sanction period of the integrity rules, the two types of list, and the
// house's own capacity rule. A must-capability below its level is a mark, not
// hard: partners may bring it, and lists of teams worth asking would else be
// all but empty. It takes time linear in links, records and needs.
func Bid(q Question) []Reason {
	out := []Reason{}
	for i, o := range append([]Org{q.Home}, q.Partners...) {
		field := "team"
		if i > 0 {
			field = fmt.Sprintf("partners[%d]", i-1)
		}
		out = append(out, kinship(q, o, field)...)
	}
	out = append(out, integrity(q)...)
	out = append(out, region(q)...)
	if q.Type == ResultConversion && q.Home.Kind != Enterprise {
		out = append(out, Reason{Kind, "team", true,
			"成果转化类榜单须由企业揭榜。", "Only an enterprise may take up a result for conversion.",
			map[string]any{"kind": q.Home.Kind}})
	}
	if q.EnterpriseOnly && q.Type != ResultConversion && q.Home.Kind != Enterprise {
		out = append(out, Reason{Kind, "team", true,
			"本榜单仅限企业揭榜。", "Only an enterprise may bid.", map[string]any{"kind": q.Home.Kind}})
	}
	if q.Max > 0 && q.Ongoing >= q.Max {
		out = append(out, Reason{Capacity, "team", true,
			fmt.Sprintf("团队在研项目 %d 项，已达上限 %d 项。", q.Ongoing, q.Max),
			fmt.Sprintf("The team carries %d contracts of at most %d.", q.Ongoing, q.Max),
			map[string]any{"ongoing": q.Ongoing, "max": q.Max}})
	}
	return append(out, Lacking(q)...)
}

func kinship(q Question, o Org, field string) []Reason {
	if o.Code != "" && o.Code == q.Owner.Code || o.Code == "" && sameName(o, q.Owner) {
		return []Reason{{SameOrg, field, true,
			fmt.Sprintf("%s与发榜方为同一单位。", o.Name), fmt.Sprintf("%s is the owner itself.", o.Name),
			map[string]any{"org": o.Code}}}
	}
	up, down := Above(q.Links, o.Code, q.At), Above(q.Links, q.Owner.Code, q.At)
	if path, ok := up[q.Owner.Code]; ok {
		return []Reason{subordinate(o, q.Owner, o, field, path)}
	}
	if path, ok := down[o.Code]; ok {
		return []Reason{subordinate(o, o, q.Owner, field, path)}
	}
	var marks []Reason
	if sameName(o, q.Owner) {
		marks = append(marks, Reason{SameName, field, false,
			fmt.Sprintf("%s与发榜方同名但统一社会信用代码不同，请人工核对。", o.Name),
			fmt.Sprintf("%s bears the owner's name under another code; check by hand.", o.Name),
			map[string]any{"org": o.Code, "owner": q.Owner.Code}})
	}
	for _, root := range sortedKeys(up) {
		if _, ok := down[root]; ok {
			marks = append(marks, Reason{Siblings, field, false,
				fmt.Sprintf("%s与发榜方同属一个上级单位。", o.Name),
				fmt.Sprintf("%s and the owner stand under one unit.", o.Name),
				map[string]any{"org": o.Code, "parent": root}})
			break
		}
	}
	return marks
}

func subordinate(o, above, below Org, field string, path []string) Reason {
	return Reason{Subordinate, field, true,
		fmt.Sprintf("%s与发榜方存在隶属或控股关系（%s 隶属 %s）。", o.Name, name(below), name(above)),
		fmt.Sprintf("%s and the owner are subordinate: %s stands under %s.", o.Name, name(below), name(above)),
		map[string]any{"path": path}}
}

func name(o Org) string {
	if o.Name != "" {
		return o.Name
	}
	return o.Code
}

func sameName(a, b Org) bool {
	return a.Name != "" && strings.TrimSpace(a.Name) == strings.TrimSpace(b.Name)
}

// Above is every unit that stands above org at the instant, however far, each
// with a shortest chain of codes from org up to it. Circles do no harm.
// Breadth first, linear in the links times the depth.
func Above(links []Link, org string, at time.Time) map[string][]string {
	out := map[string][]string{}
	if org == "" {
		return out
	}
	next := [][]string{{org}}
	for len(next) > 0 {
		var further [][]string
		for _, path := range next {
			for _, parent := range parents(links, path[len(path)-1], at) {
				if _, ok := out[parent]; !ok && parent != org {
					out[parent] = append(slices.Clone(path), parent)
					further = append(further, out[parent])
				}
			}
		}
		next = further
	}
	return out
}

func parents(links []Link, child string, at time.Time) []string {
	var out []string
	for _, l := range links {
		if l.Child == child && l.Parent != "" && InForce(l.From, l.Until, at) {
			out = append(out, l.Parent)
		}
	}
	slices.Sort(out)
	return out
}

// InForce says whether at lies in the half-open window; a zero bound is open.
func InForce(from, until, at time.Time) bool {
	return !at.Before(from) && (until.IsZero() || at.Before(until))
}

func integrity(q Question) []Reason {
	fields := map[string]string{q.Home.Code: "team", q.Team: "team"}
	for i, p := range q.Partners {
		fields[p.Code] = fmt.Sprintf("partners[%d]", i)
	}
	for _, p := range q.People {
		fields[p] = "people"
	}
	delete(fields, "")
	var out []Reason
	for _, r := range sortedRecords(q.Records) {
		field, ok := fields[r.Subject]
		if !ok || !InForce(r.From, r.Until, q.At) {
			continue
		}
		args := map[string]any{"subject": r.Subject}
		zh, en := "处于科研失信惩戒执行期内，不得揭榜", "A record of dishonesty is in force"
		if !r.Until.IsZero() {
			// The period ends at the start of the day Until.
			args["until"] = r.Until.Format(time.DateOnly)
			zh += "（至 " + r.Until.Format(time.DateOnly) + " 止）"
			en += " until " + r.Until.Format(time.DateOnly)
		}
		out = append(out, Reason{Integrity, field, true, zh + "。", en + ".", args})
	}
	return out
}

func sortedRecords(in []Record) []Record {
	out := slices.Clone(in)
	slices.SortFunc(out, func(a, b Record) int {
		if c := strings.Compare(a.Subject, b.Subject); c != 0 {
			return c
		}
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return a.Until.Compare(b.Until)
	})
	return out
}

func region(q Question) []Reason {
	if !q.InProvinceOnly || q.Home.InProvince {
		return nil
	}
	return []Reason{{Region, "team", true,
		"本榜单仅限省内注册单位揭榜。", "Only units registered in the province may bid.", nil}}
}

// Lacking is a mark for each must-capability that neither the team nor a
// partner has at its level.
func Lacking(q Question) []Reason {
	var out []Reason
	needs := slices.Clone(q.Needs)
	slices.SortFunc(needs, func(a, b Need) int { return strings.Compare(a.Tag, b.Tag) })
	for _, n := range needs {
		have := q.Levels[n.Tag]
		for _, p := range q.PartnerLevels {
			have = max(have, p[n.Tag])
		}
		if !n.Must || have >= n.Min {
			continue
		}
		label := n.Name
		if label == "" {
			label = n.Tag
		}
		out = append(out, Reason{Capability + ":" + n.Tag, "required_capabilities." + n.Tag, false,
			fmt.Sprintf("必备能力“%s”要求 %d 级，现有 %d 级，可由合作单位补足。", label, n.Min, have),
			fmt.Sprintf("Must-capability %s: level %d asked, %d there; a partner may bring it.", n.Tag, n.Min, have),
			map[string]any{"tag": n.Tag, "min_level": n.Min, "level": have}})
	}
	return out
}

func sortedKeys(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
