package bids

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/gate"
	"jiebang/models"
)

// look is a content held against what the challenge asks for.
type look struct {
	c          *models.Challenge
	team       *models.Team
	indicators []models.Indicator
	content    *models.BidContent

	evidence  map[models.EvidenceID]bool // the team's own
	documents map[models.DocumentID]bool // this bid's own
	orgs      map[models.OrgID]models.Org

	missing  problem.Fields // what must be mended before it can be handed in
	warnings problem.Fields // what people should look at
	gates    []gate.Reason
	records  map[string]string // what a record of integrity says, by whom it names
}

// examine finds everything that stands between a content and its submission.
func examine(tx *models.Tx, b *models.Bid, content *models.BidContent) (*look, error) {
	l := &look{content: content, evidence: map[models.EvidenceID]bool{}, documents: map[models.DocumentID]bool{}}
	if err := l.gather(tx, b); err != nil {
		return nil, err
	}
	l.promises()
	l.partners()
	l.people()
	l.money()
	l.texts()
	l.declarations()
	l.files()
	var err error
	if l.gates, err = question.Gate(tx, l.c, l.team, content.Partners...); err != nil {
		return nil, err
	}
	if question.Masked(l.c) {
		for i := range l.gates {
			l.gates[i] = question.Veil(l.gates[i])
		}
	}
	return l, l.recorded(tx, b)
}

func (l *look) gather(tx *models.Tx, b *models.Bid) (err error) {
	if l.c, err = tx.Challenge(b.ChallengeID); err != nil {
		return err
	}
	teams, err := tx.TeamsByID([]models.TeamID{b.Team})
	if err != nil {
		return err
	}
	team := teams[b.Team]
	l.team = &team
	if l.indicators, err = tx.IndicatorsOf(b.ChallengeID); err != nil {
		return err
	}
	evidence, err := tx.EvidenceOf(b.Team)
	if err != nil {
		return err
	}
	for _, e := range evidence {
		l.evidence[e.ID] = true
	}
	documents, err := tx.DocumentsOf(models.KindBid, string(b.ID))
	if err != nil {
		return err
	}
	for _, d := range documents {
		l.documents[d.ID] = true
	}
	ids := []models.OrgID{}
	for _, p := range l.content.Partners {
		ids = append(ids, p.Org)
	}
	l.orgs, err = tx.OrgsByID(ids)
	return err
}

// bars says whether a reason of the gates stops a submission: the hard ones do, and so does
// a must-capability that nobody in the whole consortium has, since partners are named now.
func bars(r gate.Reason) bool {
	return r.Hard || strings.HasPrefix(r.Code, gate.Capability+":")
}

// problem is one answer with every field to mend, the gates among them, or nil.
func (l *look) problem() error {
	f := l.missing
	for _, r := range l.gates {
		if bars(r) {
			code, _, _ := strings.Cut(r.Code, ":")
			reason := r.ReasonEn
			if subject, _ := r.Args["subject"].(string); code == gate.Integrity && l.records[subject] != "" {
				reason = l.records[subject]
			}
			f.Add(r.Field, "gate."+code, "%s", reason)
		}
	}
	return f.Problem("bid.incomplete", "The bid cannot be handed in yet; these parts need to be mended.")
}

// recorded reads what the records in force say of the team, its unit and the partners: those
// whom they keep out are told the act, the basis and who decided.
func (l *look) recorded(tx *models.Tx, b *models.Bid) error {
	subjects := []string{string(b.Team), string(b.Org)}
	for _, p := range l.content.Partners {
		subjects = append(subjects, string(p.Org))
	}
	list, err := tx.IntegrityAgainst(subjects...)
	l.records = map[string]string{}
	for _, r := range list {
		for _, subject := range []string{string(r.Org), string(r.Team)} {
			if subject != "" {
				l.records[subject] = r.Says()
			}
		}
	}
	return err
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func (l *look) promises() {
	place := map[models.IndicatorID]int{}
	known := map[models.IndicatorID]models.Indicator{}
	for _, i := range l.indicators {
		known[i.ID] = i
	}
	for n, p := range l.content.Promises {
		path := fmt.Sprintf("promises[%d]", n)
		i, ok := known[p.Indicator]
		if !ok {
			l.missing.Add(path+".indicator", "bid.promise_unknown", "is no indicator of this challenge; remove the row")
			continue
		}
		if _, twice := place[p.Indicator]; twice {
			l.missing.Add(path+".indicator", "bid.promise_twice", "is answered twice; keep one row")
			continue
		}
		place[p.Indicator] = n
		l.promise(path, i, p)
	}
	for _, i := range l.indicators {
		if _, ok := place[i.ID]; !ok {
			l.missing.Add("promises", "bid.promise_missing", "must answer indicator %d (%s)", i.No, i.Name)
		}
	}
}

func (l *look) promise(path string, i models.Indicator, p models.PromiseInput) {
	given := true
	switch i.Op {
	case "range":
		given = p.Min != nil && p.Max != nil && *p.Min <= *p.Max
		l.missing.Require(given, path+".value_min", "bid.promise_value", "must be a range from a smaller to a larger number")
	case "meets":
		given = !blank(p.Text)
		l.missing.Require(given, path+".text", "bid.promise_value", "must say what is promised")
	default:
		given = p.Value != nil
		l.missing.Require(given, path+".value", "bid.promise_value", "must be a number")
	}
	// Less than asked may be offered, even for a knockout indicator: but openly.
	if given && !i.Met(p.Value, p.Min, p.Max) {
		l.missing.Require(!blank(p.Deviation), path+".deviation", "bid.deviation_undeclared", "must explain why less than asked is promised")
		if i.Knockout {
			l.warnings.Add(path, "bid.knockout_missed", "promises less than a knockout indicator asks; experts may reject the bid for it")
		}
	}
	l.missing.Require(!blank(p.Basis), path+".basis", "bid.basis_missing", "must say why it can be reached")
	l.missing.Require(!blank(p.TestPlan), path+".test_plan", "bid.test_plan_missing", "must say how it will be tested")
	for n, e := range p.Evidence {
		l.missing.Require(l.evidence[e], fmt.Sprintf("%s.evidence[%d]", path, n), "bid.evidence_unknown", "is no evidence of this team")
	}
}

func (l *look) partners() {
	list := l.content.Partners
	if len(list) == 0 {
		l.missing.Add("partners", "bid.partners_missing", "must name the units that share the work, the team's own first")
		return
	}
	l.missing.Require(list[0].Org == l.team.Org, "partners[0].org", "bid.partner_first", "must be the team's own unit")
	task, money := 0, 0
	seen := map[string]bool{}
	for n, p := range list {
		path := fmt.Sprintf("partners[%d]", n)
		task, money = task+p.TaskPct, money+p.MoneyPct
		l.missing.Require(!blank(p.Name), path+".name", "bid.partner_name", "must have a name")
		if p.Org != "" {
			_, ok := l.orgs[p.Org]
			l.missing.Require(ok, path+".org", "bid.partner_unknown", "is no registered unit; leave it empty and give the name")
		}
		key := string(p.Org)
		if key == "" {
			key = strings.TrimSpace(p.Name)
		}
		l.missing.Require(!seen[key] || key == "", path, "bid.partner_twice", "is named twice; keep one row")
		seen[key] = true
	}
	l.missing.Require(task == 100, "partners", "bid.task_shares", "must share out the whole task: the parts sum to %d %%, not 100", task)
	l.missing.Require(money == 100, "partners", "bid.money_shares", "must share out the whole money: the parts sum to %d %%, not 100", money)
	least := l.c.Conditions.V.MinPartners
	l.missing.Require(len(list)-1 >= least, "partners", "bid.too_few_partners", "must name at least %d units beside the team's own", least)
}

func (l *look) people() {
	l.missing.Require(len(l.content.People) > 0, "people", "bid.people_missing", "must name at least one person")
	for n, p := range l.content.People {
		path := fmt.Sprintf("people[%d]", n)
		l.missing.Require(!blank(p.Name), path+".name", "bid.person_name", "must have a name")
		l.missing.Require(p.MonthsPerYear >= 1, path+".months_per_year", "bid.person_months", "must be at least one month a year")
	}
}

func (l *look) money() {
	c, quote := l.content, l.content.QuoteFen
	sum := c.Budget.EquipmentFen + c.Budget.BusinessFen + c.Budget.LabourFen
	l.missing.Require(sum == quote, "budget", "bid.budget_sum", "must sum to the quote: %s against %s", sum, quote)
	switch {
	case l.c.HonorOnly:
		l.missing.Require(quote == 0, "quote_fen", "bid.honor_only", "must be 0: this challenge pays no money")
	case quote <= 0:
		l.missing.Add("quote_fen", "bid.quote_missing", "must be more than 0")
	case quote > l.c.BountyFen:
		l.missing.Add("quote_fen", "bid.quote_too_high", "must be at most the bounty, %s", l.c.BountyFen)
	case quote*100 < l.c.BountyFen*60:
		l.warnings.Add("quote_fen", "bid.quote_low", "is below 60 %% of the bounty; experts will ask why")
	}
}

// blindLeast is the shortest route for experts who judge blind, in characters.
const blindLeast = 20

// routeMost is the longest route, in characters.
const routeMost = 8000

func (l *look) texts() {
	c := l.content
	l.missing.Require(!blank(c.Route), "route", "bid.route_missing", "must describe the technical route")
	l.missing.Require(utf8.RuneCountInString(c.Route) <= routeMost, "route", "bid.route_too_long", "must have at most %d characters", routeMost)
	if l.c.HidesTeams() { // else the experts would have nothing to read
		l.missing.Require(utf8.RuneCountInString(strings.TrimSpace(c.Blind)) >= blindLeast, "blind", "bid.blind_missing",
			"must describe the route without names, in at least %d characters: experts judge blind and read nothing else of it", blindLeast)
	}
	switch {
	case !c.IPAccept && blank(c.IPCounter):
		l.missing.Add("ip_accept", "bid.ip_missing", "must accept the IP terms, or ip_counter must say what is proposed instead")
	case c.IPAccept && !blank(c.IPCounter):
		l.missing.Add("ip_counter", "bid.ip_both", "must be empty when the IP terms are accepted")
	}
}

func (l *look) declarations() {
	c := l.content
	l.missing.Require(c.Integrity, "integrity_promise", "bid.integrity_missing", "must be given")
	l.missing.Require(c.NoConflict, "no_conflict", "bid.no_conflict_missing", "must be declared")
	l.missing.Require(c.Commitment || !l.c.Commitment, "commitment", "bid.commitment_missing", "must be given: this challenge asks for a signed commitment")
}

func (l *look) files() {
	for n, e := range l.content.Evidence {
		l.missing.Require(l.evidence[e], fmt.Sprintf("evidence[%d]", n), "bid.evidence_unknown", "is no evidence of this team")
	}
	for n, d := range l.content.Documents {
		l.missing.Require(l.documents[d], fmt.Sprintf("documents[%d]", n), "bid.document_unknown", "is no document of this bid")
	}
}
