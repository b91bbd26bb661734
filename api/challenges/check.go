package challenges

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jiebang/internal/problem"
	"jiebang/matching/quality"
	"jiebang/models"
)

const (
	horseRace  = "horse_race"
	conversion = "result_conversion"
)

// proofFrom is the bounty from which the owner must show that the money is there.
const proofFrom = 500 * models.Wan

var (
	phone = regexp.MustCompile(`^[+0-9][0-9 \-]{5,28}$`)
	email = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

// check holds a challenge to everything that must be right before it is submitted. It asks
// nothing of who looks.
type check struct {
	problem.Fields
	warnings   []problem.Field
	tx         *models.Tx
	c          *models.Challenge
	indicators []models.Indicator
}

// examine names every failing field of a challenge, and what an officer would ask about.
func examine(tx *models.Tx, c *models.Challenge) (faults problem.Fields, warnings []problem.Field, err error) {
	k := &check{tx: tx, c: c}
	if k.indicators, err = tx.IndicatorsOf(c.ID); err != nil {
		return nil, nil, err
	}
	owner, err := tx.Org(c.Owner)
	if err != nil {
		return nil, nil, err
	}
	k.about(owner)
	if err := k.alliance(owner); err != nil {
		return nil, nil, err
	}
	if err := k.vocabulary(); err != nil {
		return nil, nil, err
	}
	k.codes()
	k.measures()
	if err := k.money(); err != nil {
		return nil, nil, err
	}
	k.plan()
	k.terms()
	k.timeline()
	k.wording()
	return k.Fields, k.warnings, nil
}

func (k *check) oneOf(path, value string, all ...string) {
	k.Require(slices.Contains(all, value), path, "challenge.choose", "choose one of %s", strings.Join(all, ", "))
}

func (k *check) length(path, text string, least, most int) {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	k.Require(n >= least && n <= most, path, "challenge.length", "must have %d to %d characters, has %d", least, most, n)
}

func (k *check) about(owner *models.Org) {
	c := k.c
	k.length("title", c.Title, 8, 60)
	if name := core(owner.Name); utf8.RuneCountInString(name) >= 2 && strings.Contains(strings.ToLower(c.Title), strings.ToLower(name)) {
		k.Add("title", "challenge.title_names_owner", "must not name the owner (%s); name an object and an action", name)
	}
	k.oneOf("type", c.Type, "tech_breakthrough", conversion)
	k.oneOf("nature", c.Nature, "chokepoint", "common", "frontier", "product", "conversion")
	k.oneOf("competition_mode", c.Competition, "single", horseRace)
	k.oneOf("selection_mode", c.Selection, "owner_negotiated", "panel_reviewed", "panel_plus_owner")
	k.oneOf("confidentiality", c.Confidential, "public", "summary", "nda")
	k.length("background", c.Background, 10, 2000)
	k.length("need", c.Need, 15, 3000)
	k.Require(c.TRLNow >= 1 && c.TRLNow <= 9, "trl_current", "challenge.trl", "must be 1 to 9")
	k.Require(c.TRLTarget > c.TRLNow && c.TRLTarget <= 9, "trl_target", "challenge.trl_target", "must be above the current readiness, at most 9")
	filled := slices.DeleteFunc(slices.Clone(c.Deliverables.V), func(s string) bool { return strings.TrimSpace(s) == "" })
	k.Require(len(filled) > 0 && len(filled) == len(c.Deliverables.V), "deliverables", "challenge.deliverables", "name at least one deliverable, and no empty ones")
	contact := c.Contact.V
	k.Require(strings.TrimSpace(contact.Name) != "", "contact.name", "challenge.contact", "name a person to ask")
	k.Require(contact.Phone != "" || contact.Email != "", "contact.phone", "challenge.contact", "give a phone number or an e-mail address")
	k.Require(contact.Phone == "" || phone.MatchString(contact.Phone), "contact.phone", "challenge.phone", "must be a phone number")
	k.Require(contact.Email == "" || email.MatchString(contact.Email), "contact.email", "challenge.email", "must be an e-mail address")
}

// core is the part of a firm's name that tells it from others.
func core(name string) string {
	if i := strings.IndexAny(name, "（("); i > 0 {
		name = name[:i]
	}
	for _, tail := range []string{"集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团"} {
		if cut, ok := strings.CutSuffix(name, tail); ok && utf8.RuneCountInString(cut) >= 2 {
			return cut
		}
	}
	return strings.TrimSpace(name)
}

// alliance: a breakthrough is posted by the leader of an alliance, a result by who holds it.
func (k *check) alliance(owner *models.Org) error {
	c := k.c
	k.Require(owner.State == models.OrgVerified, "owner", "challenge.owner_unverified", "the unit must be verified first")
	barred, err := k.tx.IntegrityAgainst(string(c.Owner))
	if err != nil {
		return err
	}
	for _, r := range barred {
		k.Add("owner", "integrity.in_force", "%s", r.Says())
	}
	if c.Type == conversion {
		k.Require(owner.Kind != "enterprise", "owner", "challenge.owner_holds_result",
			"a result is offered by its holder: a university, an institute or the like; an enterprise posts a breakthrough")
	}
	if c.Alliance == "" {
		k.Require(c.Type == conversion, "alliance_id", "challenge.alliance", "name the alliance that the unit leads")
		return nil
	}
	found, err := k.tx.AlliancesByID([]models.AllianceID{c.Alliance})
	if err != nil {
		return err
	}
	a, ok := found[c.Alliance]
	if !ok {
		k.Add("alliance_id", "challenge.alliance", "there is no such alliance")
		return nil
	}
	k.Require(c.Type == conversion || a.Leader == c.Owner, "alliance_id", "challenge.alliance_leader", "the unit must be the leader of this alliance")
	k.Require(a.State == models.AllianceRecognised, "alliance_id", "challenge.alliance_state", "the alliance is %s; only a recognised one posts", a.State)
	return nil
}

func (k *check) vocabulary() error {
	c := k.c
	words := map[string]map[string]models.Term{}
	parents := map[string]bool{}
	for _, kind := range []string{"chain", "domain", "capability"} {
		list, err := k.tx.Vocabulary(kind)
		if err != nil {
			return err
		}
		words[kind] = models.Terms(list)
		for _, t := range list {
			if kind == "domain" && t.Parent != "" {
				parents[t.Parent] = true
			}
		}
	}
	_, ok := words["chain"][c.Chain]
	k.merged("chain", words["chain"], c.Chain)
	k.Require(ok, "chain", "challenge.unknown_chain", "choose an industry chain of a catalogue in force")
	k.Require(len(c.Tags.V) >= 1 && len(c.Tags.V) <= 6, "tags", "challenge.tags", "choose 1 to 6 domain tags, has %d", len(c.Tags.V))
	seen := map[string]bool{}
	for i, tag := range c.Tags.V {
		path := fmt.Sprintf("tags[%d]", i)
		k.merged(path, words["domain"], tag)
		_, ok := words["domain"][tag]
		switch {
		case !ok:
			k.Add(path, "challenge.unknown_tag", "is not a domain tag in force")
		case parents[tag]:
			k.Add(path, "challenge.tag_not_leaf", "is a group; choose one of the tags below it")
		case seen[tag]:
			k.Add(path, "challenge.tag_twice", "is there already")
		}
		seen[tag] = true
	}
	k.Require(len(c.Capabilities.V) >= 1 && len(c.Capabilities.V) <= 10, "capabilities", "challenge.capabilities", "ask for 1 to 10 capabilities, has %d", len(c.Capabilities.V))
	seen = map[string]bool{}
	for i, n := range c.Capabilities.V {
		path := fmt.Sprintf("capabilities[%d]", i)
		_, ok := words["capability"][n.Tag]
		k.merged(path+".tag", words["capability"], n.Tag)
		k.Require(ok, path+".tag", "challenge.unknown_capability", "is not a capability tag in force")
		k.Require(!seen[n.Tag], path+".tag", "challenge.capability_twice", "is there already")
		k.Require(n.MinLevel >= 1 && n.MinLevel <= 5, path+".min_level", "challenge.level", "must be 1 to 5")
		seen[n.Tag] = true
	}
	return nil
}

// merged notes a term that another one stands for by now.
func (k *check) merged(path string, words map[string]models.Term, code string) {
	if into := words[code].Merged; into != "" {
		k.Add(path, "field.merged_term", "this term was merged into %q; use that one", into)
	}
}

func (k *check) codes() {
	for path, list := range classified(&k.c.Codes.V) {
		for i, typed := range list.codes {
			if _, fault := list.read(typed); fault != nil {
				k.Add(fmt.Sprintf("codes.%s[%d]", path, i), fault.Code, "%s", fault.Message)
			}
		}
	}
}

// measures: indicators that can be measured, weighted and tested.
func (k *check) measures() {
	list := k.indicators
	k.Require(len(list) >= 3 && len(list) <= 12, "indicators", "challenge.indicators", "state 3 to 12 indicators, has %d", len(list))
	numeric, knockouts, sum := 0, 0, 0
	names := map[string]bool{}
	for i, n := range list {
		path := fmt.Sprintf("indicators[%d]", i)
		k.Require(strings.TrimSpace(n.Name) != "", path+".name", "challenge.indicator_name", "name what is measured")
		k.Require(n.Name == "" || !names[n.Name], path+".name", "challenge.indicator_twice", "is there already")
		names[n.Name] = true
		k.Require(n.Weight >= 1, path+".weight", "challenge.indicator_weight", "must be at least 1")
		k.Require(strings.TrimSpace(n.TestMethod) != "", path+".test_method", "challenge.indicator_test", "say how it is tested")
		k.Require(strings.TrimSpace(n.TestedBy) != "", path+".tested_by", "challenge.indicator_tester", "say who tests it")
		k.value(path, n)
		sum += n.Weight
		if n.Op != "meets" {
			numeric++
		}
		if n.Knockout {
			knockouts++
		}
	}
	if len(list) == 0 {
		return
	}
	k.Require(sum == 100, "indicators", "challenge.indicator_weights", "weights must sum to 100, they sum to %d", sum)
	k.Require(numeric >= 2, "indicators", "challenge.indicator_numeric", "at least two indicators must be numbers, %d are", numeric)
	k.Require(knockouts >= 1, "indicators", "challenge.indicator_knockout", "at least one indicator must be a knockout")
}

func (k *check) value(path string, n models.Indicator) {
	switch n.Op {
	case "meets":
		k.Require(strings.TrimSpace(n.Text) != "", path+".value_text", "challenge.indicator_text", "say what is to be met")
		return
	case "range":
		k.Require(n.Min != nil, path+".value_min", "challenge.indicator_value", "give the lower bound")
		k.Require(n.Max != nil, path+".value_max", "challenge.indicator_value", "give the upper bound")
		k.Require(n.Min == nil || n.Max == nil || *n.Min < *n.Max, path+".value_max", "challenge.indicator_range", "must be above the lower bound")
		k.Require(n.Value == nil, path+".value", "challenge.indicator_stray", "a range has two bounds and no single value")
	default:
		k.Require(n.Value != nil, path+".value", "challenge.indicator_value", "give the value asked for")
		k.Require(n.Min == nil && n.Max == nil, path+".value_min", "challenge.indicator_stray", "only a range has bounds")
	}
	k.Require(strings.TrimSpace(n.Unit) != "", path+".unit", "challenge.indicator_unit", "give the unit, or 1 for a number without one")
}

func (k *check) money() error {
	c := k.c
	f := c.Funding.V
	if c.HonorOnly {
		k.Require(c.BountyFen == 0, "bounty_fen", "challenge.bounty_honor", "must be 0 where only the honour is offered")
	} else {
		k.Require(c.BountyFen > 0, "bounty_fen", "challenge.bounty", "must be above 0, or the honour alone is offered")
	}
	k.Require(c.BountyFen <= c.TotalFen, "bounty_fen", "challenge.bounty_total", "must not exceed the total investment")
	k.Require(c.TotalFen > 0, "total_investment_fen", "challenge.total", "must be above 0")
	sum := f.OwnerFen + f.ProvinceFen + f.CityFen + f.OtherFen
	k.Require(sum == c.TotalFen, "funding", "challenge.funding_sum", "the parts must sum to the total of %s, they sum to %s", c.TotalFen, sum)
	k.Require(f.OwnerFen > 0, "funding.owner_fen", "challenge.funding_owner", "the owner must pay a part")
	if c.FundProof == "" {
		k.Require(c.BountyFen < proofFrom, "fund_proof", "challenge.fund_proof", "upload a proof of the money, needed from %s", proofFrom)
		return nil
	}
	files, err := k.tx.DocumentsOf(models.KindChallenge, string(c.ID))
	k.Require(slices.ContainsFunc(files, func(d models.Document) bool { return d.ID == c.FundProof }), "fund_proof", "challenge.fund_proof",
		"is not a document of this challenge")
	return err
}

func (k *check) plan() {
	c := k.c
	k.Require(c.TermMonths >= 6 && c.TermMonths <= 48, "term_months", "challenge.term", "must be 6 to 48")
	list := c.Plan.V
	k.Require(len(list) >= 2 && len(list) <= 6, "milestones", "challenge.milestones", "plan 2 to 6 milestones, has %d", len(list))
	sum, month, eliminates := 0, 0, 0
	for i, m := range list {
		path := fmt.Sprintf("milestones[%d]", i)
		k.Require(strings.TrimSpace(m.Name) != "", path+".name", "challenge.milestone_name", "name the milestone")
		k.Require(m.DueMonth > month, path+".due_month", "challenge.milestone_month", "must be after month %d", month)
		if m.Eliminates {
			eliminates++
			k.Require(c.Competition == horseRace && i < len(list)-1, path+".eliminates", "challenge.milestone_eliminates",
				"only a horse race eliminates, and before its last milestone")
		}
		sum, month = sum+m.PaymentPct, max(month, m.DueMonth)
		if strings.TrimSpace(m.Exit) == "" {
			k.warn(path+".exit", "challenge.milestone_exit", "say what must be shown, referring to indicators")
		}
	}
	if n := len(list); n > 0 {
		k.Require(list[n-1].DueMonth == c.TermMonths, fmt.Sprintf("milestones[%d].due_month", n-1), "challenge.milestone_last", "the last one must be due at the end of the term")
		k.Require(sum == 100, "milestones", "challenge.milestone_payments", "payments must sum to 100 %%, they sum to %d", sum)
	}
	if c.Competition == horseRace {
		k.Require(c.MaxLanes == 2 || c.MaxLanes == 3, "max_lanes", "challenge.lanes", "a horse race has 2 or 3 lanes")
		k.Require(eliminates == 1, "milestones", "challenge.race_eliminates", "exactly one milestone of a horse race must eliminate, %d do", eliminates)
	}
}

func (k *check) terms() {
	ip := k.c.IP.V
	k.oneOf("ip_terms.foreground", ip.Foreground, "owner", "bidder", "bidder_license", "joint")
	k.Require(strings.TrimSpace(ip.Background) != "", "ip_terms.background", "challenge.ip_background", "say who keeps what was there before")
	if ip.Foreground == "joint" {
		k.Require(utf8.RuneCountInString(strings.TrimSpace(ip.BidderRights)) >= 10, "ip_terms.bidder_rights", "challenge.ip_joint",
			"joint ownership alone is not enough: say in at least 10 characters what the bidder may do with the results")
	}
	for i, line := range k.c.Conditions.V.Text {
		n := utf8.RuneCountInString(strings.TrimSpace(line))
		k.Require(n >= 1 && n <= 300, fmt.Sprintf("bidder_conditions.text[%d]", i), "challenge.length", "must have 1 to 300 characters, has %d", n)
	}
	for i, line := range k.c.Deliverables.V {
		n := utf8.RuneCountInString(line)
		k.Require(n <= 300, fmt.Sprintf("deliverables[%d]", i), "challenge.length", "must have at most 300 characters, has %d", n)
	}
}

func (k *check) warn(path, code, format string, args ...any) {
	k.warnings = append(k.warnings, problem.Field{Path: path, Code: code, Message: fmt.Sprintf(format, args...)})
}

// wording notes what an officer would ask about. Conditions are held to the words of the quality score.
func (k *check) wording() {
	for i, line := range k.c.Conditions.V.Text {
		if word := quality.Narrow(line); word != "" {
			k.warn(fmt.Sprintf("bidder_conditions.text[%d]", i), "challenge.frowned_word", "asks by “%s”: ask for what a bidder can do, not for age, title, rank or brand", word)
		}
	}
	c := k.c
	if c.TermMonths > 24 {
		k.warn("term_months", "challenge.term_long", "is longer than the usual 24 months")
	}
	if c.TRLNow > 0 && c.TRLTarget-c.TRLNow > 4 {
		k.warn("trl_target", "challenge.trl_far", "is %d steps away; consider a pilot stage among the milestones", c.TRLTarget-c.TRLNow)
	}
	for i, n := range k.indicators {
		if n.Op != "meets" && strings.TrimSpace(n.Baseline) == "" {
			k.warn(fmt.Sprintf("indicators[%d].baseline", i), "challenge.indicator_baseline", "say what is reached today, so that the step can be judged")
		}
	}
	if n := len(c.Plan.V); n > 0 && c.Plan.V[n-1].PaymentPct < 10 {
		k.warn(fmt.Sprintf("milestones[%d].payment_pct", n-1), "challenge.payment_last", "keep at least 10 %% for the acceptance")
	}
	if c.Confidential != "public" && strings.TrimSpace(c.Detail) == "" {
		k.warn("detail", "challenge.detail_empty", "write what only those may read whom the confidentiality lets")
	}
}
