package conflict

// Rules, by what makes the conflict. Which of them count, for how long and how hard is data; see
// Rule and Defaults.
const (
	Member         = "member"          // is one of the bidding team
	Competitor     = "competitor"      // bids on the same challenge himself
	SameOrg        = "same_org"        // works where the owner, the bidder or a partner is
	KinOrg         = "kin_org"         // works above or below it, by parentage or control
	Siblings       = "siblings"        // works under the same unit far up
	NamedOrg       = "named_org"       // works in a unit whose name means the same or a related one
	Namesake       = "namesake"        // bears the name of one of the bid's people, whose unit is not told
	Alliance       = "alliance"        // works in a unit of the challenge's alliance
	CommonAlliance = "common_alliance" // works in a unit that shares another alliance with the bidder or a partner
	Employment     = "employment"      // was employed there
	Project        = "project"         // was on a project with them
	Patent         = "patent"          // applied for a patent with them
	Paper          = "paper"           // wrote a paper with them
	CoBid          = "co_bid"          // took part in a bid with them
	Collaboration  = "collaboration"   // worked with them otherwise, or was on their team
	Supervision    = "supervision"     // taught one of them, or was taught
	Kinship        = "kinship"         // is kin to one of them
	Shareholding   = "shareholding"    // holds a share
	Advice         = "advice"          // was paid for advice
	UnitWork       = "unit_work"       // his unit, not he, worked with theirs
	Declared       = "declared"        // says so himself
)

// ForLife is the window of a tie that never ends.
const ForLife = -1

// Rule says of one kind of tie whether it counts, how long after it ended, and whether it bars
// (hard) or holds back until two people have said otherwise (soft).
type Rule struct {
	Code  string `json:"code"`
	Hard  bool   `json:"hard"`
	Years int    `json:"years"` // after its end; 0: only while it lasts; ForLife: always
	Off   bool   `json:"off,omitempty"`
}

// Defaults are the rules where a batch brings none: those of the field (three years for
// employment and joint work), with what others do added — supervision and kinship for life.
func Defaults() []Rule {
	return []Rule{
		{Code: Member, Hard: true}, {Code: Competitor, Hard: true},
		{Code: SameOrg, Hard: true}, {Code: KinOrg, Hard: true}, {Code: Siblings},
		{Code: NamedOrg, Hard: true}, {Code: Namesake},
		{Code: Alliance, Hard: true}, {Code: CommonAlliance},
		{Code: Employment, Hard: true, Years: 3},
		{Code: Project, Hard: true, Years: 3}, {Code: Patent, Hard: true, Years: 3}, {Code: Paper, Hard: true, Years: 3},
		{Code: CoBid, Hard: true, Years: 3}, {Code: Collaboration, Hard: true, Years: 3},
		{Code: Supervision, Hard: true, Years: ForLife}, {Code: Kinship, Hard: true, Years: ForLife},
		{Code: Shareholding, Hard: true, Years: 1}, {Code: Advice, Hard: true, Years: 3},
		// Off by default: two universities always have a patent in common somewhere.
		{Code: UnitWork, Years: 3, Off: true},
		{Code: Declared, Hard: true},
	}
}

// Fixed are the rules that no batch may soften or switch off: nobody judges himself, his rivals or
// against his own word.
var Fixed = []string{Member, Competitor, SameOrg, Declared}

// Kinds are those of facts that somebody may put on record.
var Kinds = []string{Employment, Project, Patent, Paper, CoBid, Collaboration, Supervision, Kinship, Shareholding, Advice}
