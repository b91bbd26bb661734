package challenges

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jiebang/api/question"
	"jiebang/matching/gate"
	"jiebang/matching/text"
	"jiebang/models"
)

// ChallengeDiagnosis is why a challenge stayed unfilled: in numbers, and naming no team.
type ChallengeDiagnosis struct {
	Challenge  models.ChallengeID   `json:"challenge_id"`
	State      string               `json:"state" enum:"no_bid,failed"`
	At         time.Time            `json:"at" doc:"When it was found out"`
	Teams      int                  `json:"teams" doc:"Teams there were"`
	Able       int                  `json:"able" doc:"Teams that could have bid alone"`
	Conditions []DiagnosisCondition `json:"conditions" doc:"By how many teams they excluded; what is nobody else's business is for those inside"`
	Bounty     DiagnosisMeasure     `json:"bounty" doc:"In fen, among similar challenges"`
	Window     DiagnosisMeasure     `json:"window" doc:"In days, among similar challenges"`
	Similar    int                  `json:"similar" doc:"How many similar challenges it was compared with"`
	Inside     *DiagnosisInside     `json:"inside,omitempty" doc:"For the owner, officers of the region and auditors"`
	Actions    []models.Action      `json:"actions"`
}

// DiagnosisCondition is how many teams a condition excluded.
type DiagnosisCondition struct {
	Code     string `json:"code" doc:"As the gates name it; a lacking capability carries its tag"`
	Name     string `json:"name" doc:"Of the capability"`
	NameEn   string `json:"name_en"`
	Excluded int    `json:"excluded"`
	Alone    int    `json:"alone" doc:"Teams excluded by nothing else"`
}

// DiagnosisMeasure puts a number among those of similar challenges.
type DiagnosisMeasure struct {
	Value      int64 `json:"value"`
	Low        int64 `json:"low" doc:"A quarter of the similar ones lie below"`
	Median     int64 `json:"median"`
	High       int64 `json:"high"`
	Percentile int   `json:"percentile" minimum:"0" maximum:"100" doc:"Share of the similar ones that lie below, in per cent"`
}

// DiagnosisInside is what only those with a part in it read.
type DiagnosisInside struct {
	Conditions []DiagnosisCondition `json:"conditions" doc:"Those that are not public: integrity, kinship, capacity"`
	Bands      []DiagnosisBand      `json:"bands" doc:"The able teams by how well they suit"`
	Told       int                  `json:"told" doc:"People who were told when it was published"`
	Read       int                  `json:"read" doc:"Of them, how many read it"`
	Invited    int                  `json:"invited"`
	Accepted   int                  `json:"accepted"`
	Questions  int                  `json:"questions"`
	Bids       int                  `json:"bids" doc:"Bids that were opened; 0 where nobody bid"`
	Rejected   int                  `json:"rejected" doc:"Bids that failed the formal check"`
	Proposals  []RepostChange       `json:"proposals" doc:"What could be changed in a new post"`
}

// DiagnosisBand is how many teams stand in a band.
type DiagnosisBand struct {
	Band  string `json:"band" enum:"strong,good,fair,weak"`
	Count int    `json:"count"`
}

// RepostChange is one change a new post could begin with.
type RepostChange struct {
	Code   string        `json:"code" doc:"Names it when posting again"`
	Change models.Change `json:"change"`
	Gains  int           `json:"gains" doc:"Teams that could bid with this change alone"`
}

// DiagnoseInput names an unfilled challenge.
type DiagnoseInput struct {
	ID models.ChallengeID `path:"id"`
}

// Diagnose says why a challenge stayed unfilled, as it was found out when it ended.
func Diagnose(tx *models.Tx, in *DiagnoseInput) (*ChallengeDiagnosis, error) {
	c, err := tx.ChallengeFor(models.ChallengeDiagnose, in.ID)
	if err != nil {
		return nil, err
	}
	d, err := diagnosis(tx, c)
	if err != nil {
		return nil, err
	}
	inside, err := tx.Sees(models.TrailShow, c)
	if err != nil {
		return nil, err
	}
	if !inside {
		d.Inside = nil
	}
	d.Actions = []models.Action{}
	all, err := tx.Allowed(c)
	if slices.Contains(all, models.ChallengeRepost) {
		d.Actions = append(d.Actions, models.ChallengeRepost)
	}
	return d, err
}

// KeepDiagnosis finds out why when a challenge ends unfilled, once.
func KeepDiagnosis(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	d, err := find(tx, c)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return tx.KeepDiagnosis(c.ID, string(raw))
}

// diagnosis is the kept one, or a fresh one in the moments before it is kept.
func diagnosis(tx *models.Tx, c *models.Challenge) (*ChallengeDiagnosis, error) {
	kept, err := tx.DiagnosisOf(c.ID)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return find(tx, c)
	}
	d := &ChallengeDiagnosis{}
	return d, json.Unmarshal([]byte(kept.Body), d)
}

// private are the conditions whose counts tell of teams what is not everybody's to know.
var private = []string{gate.Integrity, gate.SameOrg, gate.Subordinate, gate.Capacity}

func find(tx *models.Tx, c *models.Challenge) (*ChallengeDiagnosis, error) {
	b, err := question.CountBarred(tx, c)
	if err != nil {
		return nil, err
	}
	w, err := vocabulary(tx)
	if err != nil {
		return nil, err
	}
	d := &ChallengeDiagnosis{Challenge: c.ID, State: c.State, At: tx.Now, Teams: b.Teams, Able: b.Able, Conditions: []DiagnosisCondition{},
		Inside: &DiagnosisInside{Conditions: []DiagnosisCondition{}, Bands: []DiagnosisBand{}, Proposals: []RepostChange{}}}
	for code, n := range b.Excluded {
		line := DiagnosisCondition{Code: code, Excluded: n, Alone: b.Alone[code]}
		if tag, ok := strings.CutPrefix(code, gate.Capability+":"); ok {
			l := label(w.capabilities, tag)
			line.Name, line.NameEn = l.Name, l.NameEn
		}
		to := &d.Conditions
		if slices.Contains(private, code) {
			to = &d.Inside.Conditions
		}
		*to = append(*to, line)
	}
	for _, list := range [][]DiagnosisCondition{d.Conditions, d.Inside.Conditions} {
		slices.SortFunc(list, func(a, b DiagnosisCondition) int {
			return cmp.Or(b.Excluded-a.Excluded, strings.Compare(a.Code, b.Code))
		})
	}
	for _, band := range slices.Backward(question.Bands) {
		d.Inside.Bands = append(d.Inside.Bands, DiagnosisBand{band, b.Bands[band]})
	}
	if err := d.compare(tx, c); err != nil {
		return nil, err
	}
	if err := d.reach(tx, c); err != nil {
		return nil, err
	}
	d.propose(c, b)
	return d, nil
}

// nearest is how many similar challenges it is compared with, out of the newest comparable.
const nearest, comparable = 30, 300

// compare puts bounty and window among those of the challenges most like it: by shared tags,
// the chain, and the words of title and need.
func (d *ChallengeDiagnosis) compare(tx *models.Tx, c *models.Challenge) error {
	list, err := tx.Comparables(c, comparable)
	if err != nil {
		return err
	}
	mine := wordsOf(c)
	like := func(o *models.Challenge) float64 {
		s := 0.5*overlap(c.Tags.V, o.Tags.V) + 0.2*overlap(mine, wordsOf(o))
		if o.Chain == c.Chain && c.Chain != "" {
			s += 0.3
		}
		return s
	}
	near := map[models.ChallengeID]float64{}
	for i := range list {
		near[list[i].ID] = like(&list[i])
	}
	slices.SortStableFunc(list, func(a, b models.Challenge) int { return cmp.Compare(near[b.ID], near[a.ID]) })
	list = list[:min(nearest, len(list))]
	d.Similar = len(list)
	bounties, windows := []int64{}, []int64{}
	for i := range list {
		if !list[i].HonorOnly {
			bounties = append(bounties, int64(list[i].BountyFen))
		}
		windows = append(windows, window(&list[i]))
	}
	d.Bounty, d.Window = measure(int64(c.BountyFen), bounties), measure(window(c), windows)
	return nil
}

func window(c *models.Challenge) int64 {
	if c.PublishedAt == nil || c.Deadline == nil {
		return 0
	}
	return int64(c.Deadline.Sub(*c.PublishedAt) / day)
}

func wordsOf(c *models.Challenge) []string {
	list := text.SearchTokens(c.Title + " " + c.Need)
	slices.Sort(list)
	return slices.Compact(list)
}

// overlap is the share of two sets that is in both.
func overlap(a, b []string) float64 {
	both := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

func measure(value int64, others []int64) DiagnosisMeasure {
	m := DiagnosisMeasure{Value: value}
	if len(others) == 0 {
		return m
	}
	slices.Sort(others)
	at := func(q int) int64 { return others[(len(others)-1)*q/4] }
	m.Low, m.Median, m.High = at(1), at(2), at(3)
	below := 0
	for _, o := range others {
		if o < value {
			below++
		}
	}
	m.Percentile = 100 * below / len(others)
	return m
}

// reach counts whom it reached, and what came of it.
func (d *ChallengeDiagnosis) reach(tx *models.Tx, c *models.Challenge) error {
	in := d.Inside
	published, err := tx.Published(c)
	if err != nil {
		return err
	}
	if published != nil {
		told, err := tx.NoticesOf(published.ID)
		if err != nil {
			return err
		}
		for _, n := range told {
			if as := n.Params.V["as"]; as == "team" || as == "subscriber" {
				in.Told++
				if n.ReadAt != nil {
					in.Read++
				}
			}
		}
	}
	invited, err := tx.InvitationsOf(c.ID)
	if err != nil {
		return err
	}
	in.Invited = len(invited)
	for _, i := range invited {
		if i.State == models.InvitationAccepted {
			in.Accepted++
		}
	}
	asked, err := tx.QuestionsOf(c.ID, true)
	if err != nil {
		return err
	}
	bids, err := tx.OpenedBids(c.ID)
	in.Questions, in.Bids = len(asked), len(bids)
	for _, b := range bids {
		if len(b.Check.V) > 0 && slices.ContainsFunc(b.Check.V, func(k models.CheckItem) bool { return !k.OK }) {
			in.Rejected++
		}
	}
	return err
}
