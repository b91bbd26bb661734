// Package demo holds the sample of challenges, teams, alliances and experts, and reads files of its shape strictly.
package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Files are challenges.json, teams.json, alliances.json, experts.json and
// taxonomy.json. Every firm, team and person in them is made up.
//
//go:embed *.json
var Files embed.FS

// Set is the whole sample.
type Set struct {
	Taxonomy   Taxonomy
	Challenges []Challenge
	Teams      []Team
	Alliances  []Alliance
	Experts    []Expert
}

// Load reads the embedded sample; it fails only if the files were broken.
func Load() (Set, error) {
	var s Set
	var errs []error
	read := func(name string, into func(string, io.Reader) error) {
		f, err := Files.Open(name)
		if err == nil {
			defer f.Close()
			err = into(name, f)
		}
		errs = append(errs, err)
	}
	read("taxonomy.json", func(n string, r io.Reader) (err error) { s.Taxonomy, err = ReadTaxonomy(n, r); return })
	tax := &s.Taxonomy
	read("challenges.json", func(n string, r io.Reader) (err error) { s.Challenges, err = ReadChallenges(n, r, tax); return })
	read("teams.json", func(n string, r io.Reader) (err error) { s.Teams, err = ReadTeams(n, r, tax); return })
	read("alliances.json", func(n string, r io.Reader) (err error) { s.Alliances, err = ReadAlliances(n, r, tax); return })
	read("experts.json", func(n string, r io.Reader) (err error) { s.Experts, err = ReadExperts(n, r, tax); return })
	return s, errors.Join(append(errs, s.check())...)
}

// check holds the files to one another.
func (s Set) check() error {
	teams, alliances := map[string]bool{}, map[string]bool{}
	for _, t := range s.Teams {
		teams[t.Code] = true
	}
	for _, a := range s.Alliances {
		alliances[a.Code] = true
	}
	var out Problems
	for _, c := range s.Challenges {
		if c.AllianceCode != "" && !alliances[c.AllianceCode] {
			out = append(out, Problem{"challenges.json", 0, c.Code + ".alliance_code", "unknown alliance " + c.AllianceCode})
		}
		for _, t := range c.ExpectedTeams {
			if !teams[t] {
				out = append(out, Problem{"challenges.json", 0, c.Code + ".demo_expected_teams", "unknown team " + t})
			}
		}
	}
	for _, e := range s.Experts {
		for _, t := range e.CollaboratedTeams {
			if !teams[t] {
				out = append(out, Problem{"experts.json", 0, e.Code + ".collaborated_with_teams_3y", "unknown team " + t})
			}
		}
	}
	return out.err()
}

// Problem is one thing wrong with a file. Line 0 means the file as a whole.
type Problem struct {
	File   string
	Line   int
	Field  string
	Reason string
}

// Error is "file:line: field: reason".
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Field != "" {
		b.WriteString(": " + p.Field)
	}
	return b.String() + ": " + p.Reason
}

// Problems are all that is wrong with a file, in the order of its lines.
type Problems []Problem

// Error is one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Line - b.Line })
	return ps
}

// The struct tags of the shapes below: need:"yes" must be there and not empty,
// need:"key" must be there; min and max bound numbers, which may not be negative unless
// min says so; of lists the words allowed.

// Challenge is a published problem with a bounty (榜题). Days are offsets from
// the day the sample is loaded; money is in 万元.
type Challenge struct {
	Code             string            `json:"code" need:"yes"`
	Title            string            `json:"title" need:"yes"`
	Type             string            `json:"challenge_type" need:"yes" of:"tech_breakthrough result_conversion"`
	CompetitionMode  string            `json:"competition_mode" of:"single_award horse_race"`
	HorseRace        *HorseRace        `json:"horse_race"`
	TechnologyNature string            `json:"technology_nature"`
	CommitmentLetter bool              `json:"commitment_letter_required"`
	IndustryChain    string            `json:"industry_chain"`
	AllianceCode     string            `json:"alliance_code"`
	AllianceName     string            `json:"alliance_name"`
	Owner            Owner             `json:"owner" need:"key"`
	DomainTags       []string          `json:"domain_tags" need:"yes"`
	Required         []Requirement     `json:"required_capabilities" need:"key"`
	GBT4754          []string          `json:"gbt4754"`
	IPC              []string          `json:"ipc"`
	Disciplines      []string          `json:"disciplines_gbt13745"`
	TRLCurrent       int               `json:"trl_current" need:"yes" min:"1" max:"9"`
	TRLTarget        int               `json:"trl_target" need:"yes" min:"1" max:"9"`
	Background       string            `json:"background"`
	Need             string            `json:"need"`
	Indicators       []Indicator       `json:"indicators"`
	Deliverables     []string          `json:"deliverables"`
	BountyWan        float64           `json:"bounty_wan"`
	TotalWan         float64           `json:"total_investment_wan"`
	Funding          *FundingPlan      `json:"funding_plan"`
	TermMonths       int               `json:"term_months"`
	Milestones       []Milestone       `json:"milestones"`
	IP               *IPTerms          `json:"ip_terms"`
	BidderConditions []string          `json:"bidder_conditions"`
	Confidentiality  string            `json:"confidentiality"`
	Timeline         *Timeline         `json:"timeline"`
	Status           string            `json:"status"`
	ExpectedTeams    []string          `json:"demo_expected_teams"`
	Provenance       map[string]string `json:"provenance"`
}

// HorseRace is how several teams run side by side (赛马制).
type HorseRace struct {
	MaxLanes             int     `json:"max_lanes" need:"yes" min:"2" max:"3"`
	EliminateAtMilestone int     `json:"eliminate_at_milestone"`
	EliminatedKeepsPct   float64 `json:"eliminated_lane_keeps_pct" max:"100"`
	MaxLiabilityWan      float64 `json:"max_liability_wan"`
}

// Owner is the org behind a challenge or at the head of an alliance.
type Owner struct {
	Name string `json:"name" need:"yes"`
	USCC string `json:"uscc" need:"yes"`
	Role string `json:"role"`
	City string `json:"city"`
}

// Requirement is a capability asked for.
type Requirement struct {
	Tag      string `json:"tag" need:"yes"`
	NameZh   string `json:"name_zh"`
	Must     bool   `json:"must" need:"key"`
	MinLevel int    `json:"min_level" need:"yes" min:"1" max:"5"`
}

// Indicator is a measurable promise (考核指标).
type Indicator struct {
	No         int      `json:"no"`
	Name       string   `json:"name" need:"yes"`
	Kind       string   `json:"kind" of:"numeric range qualitative"`
	Op         string   `json:"op" need:"yes" of:"<= >= = range meets"`
	Value      *float64 `json:"value" min:"-1e300"`
	ValueMin   *float64 `json:"value_min" min:"-1e300"`
	ValueMax   *float64 `json:"value_max" min:"-1e300"`
	ValueText  *string  `json:"value_text"`
	Display    string   `json:"display"`
	Unit       string   `json:"unit"`
	Weight     float64  `json:"weight" need:"key" max:"100"`
	Knockout   bool     `json:"knockout"`
	TestMethod string   `json:"test_method"`
}

// FundingPlan says who pays, in 万元.
type FundingPlan struct {
	OwnerWan    float64 `json:"owner_wan"`
	ProvinceWan float64 `json:"province_wan"`
	CityWan     float64 `json:"city_wan"`
	Unit        string  `json:"unit"`
}

// Milestone is a part of the work with its share of the payment.
type Milestone struct {
	Seq        int     `json:"seq"`
	Name       string  `json:"name" need:"yes"`
	DueMonth   int     `json:"due_month" need:"key"`
	PaymentPct float64 `json:"payment_pct" need:"key" max:"100"`
	Eliminates bool    `json:"eliminates"`
}

// IPTerms are the terms of intellectual property.
type IPTerms struct {
	Background      string   `json:"background_ip"`
	Foreground      string   `json:"foreground_ip"`
	ForegroundZh    string   `json:"foreground_ip_zh"`
	BidderRights    string   `json:"bidder_rights"`
	RevenueSharePct *float64 `json:"revenue_share_pct" max:"100"`
	License         *string  `json:"license"`
}

// Timeline is in days from the day the sample is loaded.
type Timeline struct {
	Published    int `json:"published_offset_days" min:"-100000"`
	ClarifyUntil int `json:"clarify_until_offset_days" min:"-100000"`
	BidDeadline  int `json:"bid_deadline_offset_days" min:"-100000"`
}

// Team is who might bid (科研团队).
type Team struct {
	Code           string            `json:"code" need:"yes"`
	Name           string            `json:"name" need:"yes"`
	TeamType       string            `json:"team_type"`
	Institution    Institution       `json:"institution" need:"key"`
	Lead           map[string]string `json:"lead"`
	IndustryChains []string          `json:"industry_chains"`
	DomainTags     []DomainLevel     `json:"domain_tags" need:"yes"`
	CapabilityTags []CapabilityLevel `json:"capability_tags" need:"key"`
	Disciplines    []string          `json:"disciplines_gbt13745"`
	IPC            []string          `json:"ipc"`
	TRLRange       []int             `json:"trl_range" need:"yes" min:"1" max:"9"`
	EvidenceCounts *EvidenceCounts   `json:"evidence_counts"`
	EvidenceItems  []EvidenceItem    `json:"evidence_items"`
	Equipment      []string          `json:"equipment"`
	PilotLines     []string          `json:"pilot_lines"`
	Staff          *Staff            `json:"staff"`
	Capacity       *Capacity         `json:"capacity"`
	TrackRecord    *TrackRecord      `json:"track_record"`
	Integrity      *Integrity        `json:"integrity"`
	AffiliatedWith []Affiliation     `json:"affiliated_with"`
	Summary        string            `json:"summary"`
	Provenance     map[string]string `json:"provenance"`
}

// Institution is the unit a team belongs to.
type Institution struct {
	Name       string `json:"name" need:"yes"`
	Type       string `json:"type" need:"yes" of:"university enterprise research_institute new_rnd_institution social_organisation hospital other"`
	USCC       string `json:"uscc" need:"yes"`
	City       string `json:"city"`
	Province   string `json:"province"`
	InProvince bool   `json:"in_province" need:"key"`
}

// DomainLevel is a domain tag held at a level.
type DomainLevel struct {
	Tag    string `json:"tag" need:"yes"`
	NameZh string `json:"name_zh"`
	Level  int    `json:"level" need:"yes" min:"1" max:"5"`
}

// CapabilityLevel is a capability held at a level, verified or only declared.
type CapabilityLevel struct {
	Tag      string `json:"tag" need:"yes"`
	NameZh   string `json:"name_zh"`
	Level    int    `json:"level" need:"yes" min:"1" max:"5"`
	Verified bool   `json:"verified" need:"key"`
}

// EvidenceCounts are what a team says it has in all; shown, never scored.
type EvidenceCounts struct {
	Papers5y             int     `json:"papers_5y"`
	Patents              int     `json:"invention_patents_granted"`
	Standards            int     `json:"standards"`
	NationalProjects     int     `json:"national_projects"`
	ProvincialProjects   int     `json:"provincial_projects"`
	Awards               int     `json:"awards_provincial_plus"`
	Software             int     `json:"software_copyrights"`
	IndustryContractsWan float64 `json:"industry_contracts_wan"`
}

// EvidenceItem is one proof of an ability (能力佐证).
type EvidenceItem struct {
	Kind         string   `json:"kind" need:"yes" of:"paper patent standard project award equipment staff pilot_line product software certificate contract"`
	Title        string   `json:"title" need:"yes"`
	Year         int      `json:"year" need:"yes" min:"1900" max:"2200"`
	VerifyStatus string   `json:"verify_status" need:"yes" of:"self_declared pending verified rejected"`
	Tags         []string `json:"tags"`
}

// Staff are headcounts; shown, never scored.
type Staff struct {
	Total     int `json:"total"`
	PhD       int `json:"phd"`
	Senior    int `json:"senior"`
	Engineers int `json:"engineers"`
}

// Capacity is how many contracts a team carries, and how many it can.
type Capacity struct {
	MaxConcurrent int `json:"max_concurrent" need:"yes" min:"1"`
	Ongoing       int `json:"ongoing" need:"key"`
}

// TrackRecord is what became of a team's contracts.
type TrackRecord struct {
	Completed         int `json:"contracts_completed"`
	OnTime            int `json:"on_time"`
	AcceptedFirstTime int `json:"accepted_first_time"`
	Terminated        int `json:"terminated"`
	Exempt            int `json:"exempt"`
}

// Integrity says whether a sanction is in force on the day of loading.
type Integrity struct {
	Status   string `json:"status" need:"yes" of:"clear blocked"`
	StatusZh string `json:"status_zh"`
}

// Affiliation says that the owner with this code stands above the team's unit.
type Affiliation struct {
	OwnerAlliance string `json:"owner_alliance"`
	Relation      string `json:"relation"`
	OwnerUSCC     string `json:"owner_uscc" need:"yes"`
}

// Alliance is a firm-led union with a signed agreement (联盟).
type Alliance struct {
	Code                string            `json:"code" need:"yes"`
	Name                string            `json:"name" need:"yes"`
	Leader              Owner             `json:"leader" need:"key"`
	IndustryChain       string            `json:"industry_chain"`
	Level               string            `json:"level" of:"city province"`
	Tier                string            `json:"tier"`
	AgreementSigned     bool              `json:"agreement_signed"`
	AgreementValidYears int               `json:"agreement_valid_years"`
	Members             []Member          `json:"members"`
	MarketGoal          string            `json:"market_goal"`
	BenefitSharing      string            `json:"benefit_sharing"`
	Provenance          map[string]string `json:"provenance"`
}

// Member is an org in an alliance.
type Member struct {
	Name string `json:"name" need:"yes"`
	USCC string `json:"uscc" need:"yes"`
	Role string `json:"role"`
}

// Expert is who may judge (评审专家).
type Expert struct {
	Code              string            `json:"code" need:"yes"`
	DisplayName       string            `json:"display_name" need:"yes"`
	Type              string            `json:"expert_type" need:"yes" of:"technology industry finance law management"`
	Institution       string            `json:"institution" need:"yes"`
	DomainTags        []string          `json:"domain_tags"`
	Discipline        string            `json:"discipline"`
	Rank              string            `json:"rank"`
	ReviewsThisYear   int               `json:"reviews_this_year"`
	AnnualCap         int               `json:"annual_cap"`
	Status            string            `json:"status"`
	Integrity         string            `json:"integrity"`
	CollaboratedTeams []string          `json:"collaborated_with_teams_3y"`
	Provenance        map[string]string `json:"provenance"`
}

// Taxonomy is the vocabulary the other files speak.
type Taxonomy struct {
	Catalogues   []ChainCatalogue `json:"chain_catalogues"`
	Roots        []Tag            `json:"domain_l1"`
	Domains      []Tag            `json:"domain_tags" need:"yes"`
	Capabilities []Tag            `json:"capability_tags" need:"yes"`
	TRL          []TRLLevel       `json:"trl"`
}

// ChainCatalogue is one version of the industry chains.
type ChainCatalogue struct {
	Code      string  `json:"code" need:"yes"`
	NameZh    string  `json:"name_zh"`
	NameEn    string  `json:"name_en"`
	ValidFrom string  `json:"valid_from"`
	Source    string  `json:"source"`
	Chains    []Chain `json:"chains" need:"yes"`
}

// Chain is an industry chain (产业链) and those of other catalogues it maps to.
type Chain struct {
	Code    string   `json:"code" need:"yes"`
	NameZh  string   `json:"name_zh"`
	GroupZh string   `json:"group_zh"`
	MapsTo  []string `json:"maps_to"`
}

// Tag is a word of the vocabulary (标签).
type Tag struct {
	Code     string   `json:"code" need:"yes"`
	NameZh   string   `json:"name_zh" need:"yes"`
	NameEn   string   `json:"name_en"`
	Synonyms []string `json:"synonyms"`
	Parent   string   `json:"parent"`
	Group    string   `json:"group"`
}

// TRLLevel names a technology readiness level (技术成熟度).
type TRLLevel struct {
	Level  int    `json:"level" need:"yes" min:"1" max:"9"`
	NameZh string `json:"name_zh"`
	DescZh string `json:"desc_zh"`
}

// ReadTaxonomy reads one object of the shape of taxonomy.json. Its error, like
// that of the other readers, is Problems: everything that is wrong at once.
func ReadTaxonomy(file string, r io.Reader) (Taxonomy, error) {
	var out Taxonomy
	d := open(file, r)
	switch {
	case d.broken():
	case len(d.roots) != 1:
		d.say(1, "", "want one object")
	default:
		d.bind(d.roots[0], reflect.ValueOf(&out).Elem(), "")
	}
	if !d.broken() {
		d.checkTaxonomy(out)
	}
	return out, d.problems.err()
}

// ReadChallenges reads {"challenges": [...]}, a list, or an object a line; tags
// are held to the taxonomy unless it is nil.
func ReadChallenges(file string, r io.Reader, tax *Taxonomy) ([]Challenge, error) {
	d := open(file, r)
	out, paths := list[Challenge](d, "challenges")
	seen, v := map[string]bool{}, words(tax)
	for i, c := range out {
		d.checkChallenge(paths[i], c, v)
		d.once(seen, c.Code, paths[i]+".code")
	}
	return out, d.problems.err()
}

// ReadTeams reads {"teams": [...]}, a list, or an object a line.
func ReadTeams(file string, r io.Reader, tax *Taxonomy) ([]Team, error) {
	d := open(file, r)
	out, paths := list[Team](d, "teams")
	seen, v := map[string]bool{}, words(tax)
	for i, t := range out {
		d.checkTeam(paths[i], t, v)
		d.once(seen, t.Code, paths[i]+".code")
	}
	return out, d.problems.err()
}

// ReadAlliances reads {"alliances": [...]}, a list, or an object a line.
func ReadAlliances(file string, r io.Reader, tax *Taxonomy) ([]Alliance, error) {
	d := open(file, r)
	out, paths := list[Alliance](d, "alliances")
	seen, v := map[string]bool{}, words(tax)
	for i, a := range out {
		p := paths[i]
		d.once(seen, a.Code, p+".code")
		d.uscc(a.Leader.USCC, p+".leader.uscc")
		d.known(v.chains, a.IndustryChain, p+".industry_chain")
		members := map[string]bool{}
		for j, m := range a.Members {
			q := fmt.Sprintf("%s.members[%d].uscc", p, j)
			d.uscc(m.USCC, q)
			d.once(members, m.USCC, q)
		}
	}
	return out, d.problems.err()
}

// ReadExperts reads {"experts": [...]}, a list, or an object a line.
func ReadExperts(file string, r io.Reader, tax *Taxonomy) ([]Expert, error) {
	d := open(file, r)
	out, paths := list[Expert](d, "experts")
	seen, v := map[string]bool{}, words(tax)
	for i, e := range out {
		d.once(seen, e.Code, paths[i]+".code")
		d.tags(v.domains, e.DomainTags, paths[i]+".domain_tags")
	}
	return out, d.problems.err()
}

// vocabulary is the taxonomy as sets; nil sets know every word.
type vocabulary struct{ domains, capabilities, chains map[string]bool }

func words(tax *Taxonomy) vocabulary {
	if tax == nil || len(tax.Domains) == 0 {
		return vocabulary{}
	}
	v := vocabulary{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, t := range tax.Domains {
		v.domains[t.Code] = true
	}
	for _, t := range tax.Capabilities {
		v.capabilities[t.Code] = true
	}
	for _, c := range tax.Catalogues {
		for _, chain := range c.Chains {
			v.chains[chain.Code] = true
		}
	}
	return v
}

func (d *document) checkTaxonomy(t Taxonomy) {
	parents, seen := map[string]bool{}, map[string]bool{}
	for i, r := range t.Roots {
		d.once(parents, r.Code, fmt.Sprintf("domain_l1[%d].code", i))
	}
	for _, g := range t.Domains {
		parents[g.Code] = true
	}
	for i, g := range t.Domains {
		p := fmt.Sprintf("domain_tags[%d]", i)
		d.once(seen, g.Code, p+".code")
		d.known(parents, g.Parent, p+".parent")
	}
	for i, g := range t.Capabilities {
		d.once(seen, g.Code, fmt.Sprintf("capability_tags[%d].code", i))
	}
	codes, chains, v := map[string]bool{}, map[string]bool{}, words(&t)
	for i, c := range t.Catalogues {
		d.once(codes, c.Code, fmt.Sprintf("chain_catalogues[%d].code", i))
		for j, chain := range c.Chains {
			p := fmt.Sprintf("chain_catalogues[%d].chains[%d]", i, j)
			d.once(chains, chain.Code, p+".code")
			d.tags(v.chains, chain.MapsTo, p+".maps_to")
		}
	}
}

func (d *document) checkChallenge(p string, c Challenge, v vocabulary) {
	d.uscc(c.Owner.USCC, p+".owner.uscc")
	d.known(v.chains, c.IndustryChain, p+".industry_chain")
	d.tags(v.domains, c.DomainTags, p+".domain_tags")
	seen := map[string]bool{}
	for i, r := range c.Required {
		q := fmt.Sprintf("%s.required_capabilities[%d].tag", p, i)
		d.known(v.capabilities, r.Tag, q)
		d.once(seen, r.Tag, q)
	}
	if c.TRLTarget > 0 && c.TRLTarget <= c.TRLCurrent {
		d.at(p+".trl_target", "must be above trl_current %d", c.TRLCurrent)
	}
	sum := 0.0
	for i, n := range c.Indicators {
		sum += n.Weight
		if n.Op == "range" && (n.ValueMin == nil || n.ValueMax == nil || *n.ValueMin > *n.ValueMax) {
			d.at(fmt.Sprintf("%s.indicators[%d].value_min", p, i), "a range needs value_min ≤ value_max")
		}
	}
	if len(c.Indicators) > 0 && math.Abs(sum-100) > 1e-6 {
		d.at(p+".indicators", "weights sum to %v, want 100", sum)
	}
	d.checkMilestones(p, c)
	if c.TotalWan > 0 && c.BountyWan > c.TotalWan {
		d.at(p+".bounty_wan", "is above total_investment_wan %v", c.TotalWan)
	}
	if f := c.Funding; f != nil && math.Abs(f.OwnerWan+f.ProvinceWan+f.CityWan-c.TotalWan) > 1e-6 {
		d.at(p+".funding_plan", "parts sum to %v, want total_investment_wan %v", f.OwnerWan+f.ProvinceWan+f.CityWan, c.TotalWan)
	}
	if t := c.Timeline; t != nil && !(t.Published <= t.ClarifyUntil && t.ClarifyUntil <= t.BidDeadline) {
		d.at(p+".timeline", "want published ≤ clarify_until ≤ bid_deadline")
	}
}

func (d *document) checkMilestones(p string, c Challenge) {
	if len(c.Milestones) == 0 {
		return
	}
	sum, last := 0.0, -1
	for i, m := range c.Milestones {
		sum += m.PaymentPct
		if m.DueMonth <= last {
			d.at(fmt.Sprintf("%s.milestones[%d].due_month", p, i), "must be after month %d", last)
		}
		last = m.DueMonth
	}
	if math.Abs(sum-100) > 1e-6 {
		d.at(p+".milestones", "payments sum to %v, want 100", sum)
	}
	if c.TermMonths > 0 && last != c.TermMonths {
		d.at(p+".milestones", "the last is due in month %d, want term_months %d", last, c.TermMonths)
	}
}

func (d *document) checkTeam(p string, t Team, v vocabulary) {
	d.uscc(t.Institution.USCC, p+".institution.uscc")
	d.tags(v.chains, t.IndustryChains, p+".industry_chains")
	seen := map[string]bool{}
	for i, l := range t.DomainTags {
		q := fmt.Sprintf("%s.domain_tags[%d].tag", p, i)
		d.known(v.domains, l.Tag, q)
		d.once(seen, l.Tag, q)
	}
	seen = map[string]bool{}
	for i, l := range t.CapabilityTags {
		q := fmt.Sprintf("%s.capability_tags[%d].tag", p, i)
		d.known(v.capabilities, l.Tag, q)
		d.once(seen, l.Tag, q)
	}
	if r := t.TRLRange; len(r) > 0 && (len(r) != 2 || r[0] > r[1]) {
		d.at(p+".trl_range", "want [low, high]")
	}
	if r := t.TrackRecord; r != nil {
		if r.OnTime > r.Completed {
			d.at(p+".track_record.on_time", "is above contracts_completed %d", r.Completed)
		}
		if r.AcceptedFirstTime > r.Completed {
			d.at(p+".track_record.accepted_first_time", "is above contracts_completed %d", r.Completed)
		}
		if r.Exempt > r.Terminated {
			d.at(p+".track_record.exempt", "is above terminated %d", r.Terminated)
		}
	}
	for i, a := range t.AffiliatedWith {
		d.uscc(a.OwnerUSCC, fmt.Sprintf("%s.affiliated_with[%d].owner_uscc", p, i))
	}
}

func (d *document) once(seen map[string]bool, code, field string) {
	if code != "" && seen[code] {
		d.at(field, "%q stands twice", code)
	}
	seen[code] = true
}

func (d *document) known(set map[string]bool, word, field string) {
	if set != nil && word != "" && !set[word] {
		d.at(field, "unknown code %q", word)
	}
}

func (d *document) tags(set map[string]bool, list []string, field string) {
	seen := map[string]bool{}
	for i, w := range list {
		p := fmt.Sprintf("%s[%d]", field, i)
		d.known(set, w, p)
		d.once(seen, w, p)
	}
}

var uscc = regexp.MustCompile(`^[0-9A-HJ-NPQRTUWXY]{18}$`)

// uscc looks at length and letters only: some early codes in legal use fail
// the check digit.
func (d *document) uscc(code, field string) {
	if code != "" && !uscc.MatchString(code) {
		d.at(field, "%q is no unified social credit code", code)
	}
}

// document is a file taken apart, with the line of every field.
type document struct {
	file     string
	data     []byte
	roots    []*node
	lines    map[string]int
	problems Problems
}

// node is a JSON value and where it stands. Fields are in the order of the file.
type node struct {
	line  int
	value any // nil, bool, string, json.Number, object or array
	names []string
	items []*node
}

const (
	object = json.Delim('{')
	array  = json.Delim('[')
)

func open(file string, r io.Reader) *document {
	d := &document{file: file, lines: map[string]int{}}
	data, err := io.ReadAll(r)
	if err != nil {
		d.say(0, "", "cannot be read: "+err.Error())
		return d
	}
	d.data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if i := bytes.IndexByte(d.data, 0); i >= 0 {
		d.say(d.line(i), "", "holds a NUL byte")
		return d
	}
	if i := invalid(d.data); i >= 0 {
		d.say(d.line(i), "", "is not UTF-8")
		return d
	}
	dec := json.NewDecoder(bytes.NewReader(d.data))
	dec.UseNumber()
	p := parser{dec: dec, newlines: newlines(d.data)}
	for {
		n, err := p.value(0)
		if errors.Is(err, io.EOF) && n == nil && !p.inside {
			break
		}
		if err != nil {
			d.say(p.line(), "", "is not JSON: "+reason(err))
			return d
		}
		d.roots = append(d.roots, n)
	}
	if len(d.roots) == 0 {
		d.say(1, "", "is empty")
	}
	return d
}

func reason(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func (d *document) line(offset int) int { return 1 + bytes.Count(d.data[:offset], []byte("\n")) }

func newlines(data []byte) []int {
	var out []int
	for i, c := range data {
		if c == '\n' {
			out = append(out, i)
		}
	}
	return out
}

func (d *document) broken() bool { return len(d.problems) > 0 }

func (d *document) say(line int, field, reason string) {
	d.problems = append(d.problems, Problem{d.file, line, strings.TrimPrefix(field, "."), reason})
}

// at reports a problem of a field, at the field's line or that of the nearest
// thing around it.
func (d *document) at(field, format string, args ...any) {
	field = strings.TrimPrefix(field, ".")
	p := field
	for d.lines[p] == 0 && p != "" {
		p = p[:max(0, strings.LastIndexAny(p, ".["))]
	}
	d.say(d.lines[p], field, fmt.Sprintf(format, args...))
}

// parser builds nodes out of tokens, never deeper than maxDepth.
type parser struct {
	dec      *json.Decoder
	newlines []int
	inside   bool
}

const maxDepth = 64

func (p *parser) line() int {
	i, _ := slices.BinarySearch(p.newlines, int(p.dec.InputOffset()))
	return i + 1
}

func (p *parser) value(depth int) (*node, error) {
	t, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	n := &node{line: p.line(), value: t}
	if s, ok := t.(string); ok {
		return n, printable(s)
	}
	open, ok := t.(json.Delim)
	if !ok {
		return n, nil
	}
	if depth == maxDepth {
		return nil, fmt.Errorf("nested deeper than %d", maxDepth)
	}
	p.inside = true
	seen := map[string]bool{}
	for p.dec.More() {
		if open == object {
			name, err := p.dec.Token()
			if err != nil {
				return nil, err
			}
			if seen[name.(string)] {
				return nil, fmt.Errorf("field %q stands twice", name)
			}
			seen[name.(string)] = true
			n.names = append(n.names, name.(string))
		}
		item, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
	_, err = p.dec.Token() // the closing bracket
	p.inside = depth > 0
	return n, err
}

func printable(s string) error {
	if strings.ContainsRune(s, 0) {
		return errors.New("a text holds a NUL")
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return errors.New("a text holds a broken character")
	}
	return nil
}

// list binds every item of the file, whichever of the three forms it has, and
// says by which path each is known to lines.
func list[T any](d *document, name string) ([]T, []string) {
	var out []T
	var paths []string
	add := func(n *node, path string) {
		var item T
		before := len(d.problems)
		d.bind(n, reflect.ValueOf(&item).Elem(), path)
		if len(d.problems) == before {
			out, paths = append(out, item), append(paths, path)
		}
	}
	if d.broken() {
		return nil, nil
	}
	items, path := d.roots, func(i int) string { return fmt.Sprintf("item %d", i+1) }
	if len(d.roots) == 1 {
		n := d.roots[0]
		if i := slices.Index(n.names, name); n.value == object && i >= 0 {
			n = n.items[i]
			if n.value != array {
				d.say(n.line, name, "want a list")
				return nil, nil
			}
		}
		if n.value == array {
			items, path = n.items, func(i int) string { return fmt.Sprintf("%s[%d]", name, i) }
		}
	}
	for i, n := range items {
		add(n, path(i))
	}
	return out, paths
}

// bind fills v from n and reports every field that does not fit.
func (d *document) bind(n *node, v reflect.Value, path string) {
	d.lines[strings.TrimPrefix(path, ".")] = n.line
	d.bindWith(n, v, path, "")
}

func (d *document) bindWith(n *node, v reflect.Value, path string, tag reflect.StructTag) {
	if n.value == nil {
		return // null is absent; need reports it
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.bindWith(n, v.Elem(), path, tag)
	case reflect.Struct:
		d.bindStruct(n, v, path)
	case reflect.Slice:
		if n.value != array {
			d.at(path, "want a list, not %s", kind(n))
			return
		}
		for i, item := range n.items {
			e := reflect.New(v.Type().Elem()).Elem()
			p := fmt.Sprintf("%s[%d]", path, i)
			d.lines[strings.TrimPrefix(p, ".")] = item.line
			if item.value == nil {
				d.at(p, "is null")
				continue
			}
			d.bindWith(item, e, p, tag)
			v.Set(reflect.Append(v, e))
		}
	case reflect.Map: // of texts; what is no text is not for us
		v.Set(reflect.MakeMap(v.Type()))
		for i, name := range n.names {
			if s, ok := n.items[i].value.(string); ok {
				v.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(s))
			}
		}
	default:
		d.bindScalar(n, v, path, tag)
	}
}

func (d *document) bindStruct(n *node, v reflect.Value, path string) {
	if n.value != object {
		d.at(path, "want an object, not %s", kind(n))
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, need := f.Tag.Get("json"), f.Tag.Get("need")
		p := path + "." + name
		j := slices.Index(n.names, name)
		if j < 0 || n.items[j].value == nil {
			if need != "" {
				d.at(p, "is missing")
			}
			continue
		}
		d.lines[strings.TrimPrefix(p, ".")] = n.items[j].line
		before := len(d.problems)
		d.bindWith(n.items[j], v.Field(i), p, f.Tag)
		if need == "yes" && len(d.problems) == before && empty(v.Field(i)) {
			d.at(p, "is empty")
		}
	}
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.TrimSpace(v.String()) == ""
	case reflect.Slice:
		return v.Len() == 0
	}
	return false
}

func (d *document) bindScalar(n *node, v reflect.Value, path string, tag reflect.StructTag) {
	switch v.Kind() {
	case reflect.String:
		s, ok := n.value.(string)
		if !ok {
			d.at(path, "want a text, not %s", kind(n))
			return
		}
		if of := tag.Get("of"); of != "" && !slices.Contains(strings.Fields(of), s) {
			d.at(path, "%q is none of %s", s, strings.Join(strings.Fields(of), ", "))
			return
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := n.value.(bool)
		if !ok {
			d.at(path, "want true or false, not %s", kind(n))
			return
		}
		v.SetBool(b)
	default:
		d.bindNumber(n, v, path, tag)
	}
}

func (d *document) bindNumber(n *node, v reflect.Value, path string, tag reflect.StructTag) {
	num, ok := n.value.(json.Number)
	if !ok {
		d.at(path, "want a number, not %s", kind(n))
		return
	}
	f, err := num.Float64()
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		d.at(path, "%s is too large", num)
		return
	}
	low, high := bound(tag.Get("min"), 0), bound(tag.Get("max"), math.Inf(1))
	if f < low {
		d.at(path, "%s is below %v", num, low)
		return
	}
	if f > high {
		d.at(path, "%s is above %v", num, high)
		return
	}
	if v.Kind() == reflect.Float64 {
		v.SetFloat(f)
		return
	}
	if f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		d.at(path, "%s is no whole number", num)
		return
	}
	v.SetInt(int64(f))
}

func bound(s string, otherwise float64) float64 {
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return f
	}
	return otherwise
}

func kind(n *node) string {
	switch n.value.(type) {
	case string:
		return "a text"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	}
	switch n.value {
	case object:
		return "an object"
	case array:
		return "a list"
	}
	return "null"
}
