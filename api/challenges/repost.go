package challenges

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/gate"
	"jiebang/models"
)

// The codes of the proposals beside those for a capability, which carry its tag.
const (
	proposeWindow     = "window"
	proposeBounty     = "bounty"
	proposeProvince   = "in_province_only"
	proposeEnterprise = "enterprise_only"
	proposePartners   = "min_partners"
)

// betterWindow is the least window that is proposed for a second try.
const betterWindow = 30

// propose says what could be changed: only what is the owner's to change, and only where the
// numbers speak for it.
func (d *ChallengeDiagnosis) propose(c *models.Challenge, b *question.Barring) {
	add := func(code, path, name, before, after string, gains int) {
		d.Inside.Proposals = append(d.Inside.Proposals, RepostChange{code, models.Change{Path: path, Name: name, Before: before, After: after}, gains})
	}
	if longer := max(betterWindow, d.Window.Median, d.Window.Value+10); longer > d.Window.Value {
		add(proposeWindow, "window_days", "", strconv.FormatInt(d.Window.Value, 10), strconv.FormatInt(longer, 10), 0)
	}
	if m := d.Bounty; !c.HonorOnly && d.Similar > 0 && m.Value < m.Median {
		if to := min(models.Fen(m.Median), c.TotalFen); to > c.BountyFen {
			add(proposeBounty, "bounty_fen", "", c.BountyFen.String(), to.String(), 0)
		}
	}
	if c.Conditions.V.InProvinceOnly && c.Type != conversion && b.Excluded[gate.Region] > 0 {
		add(proposeProvince, "bidder_conditions.in_province_only", "", "true", "false", b.Alone[gate.Region])
	}
	if c.Conditions.V.EnterpriseOnly && c.Type != conversion && b.Excluded[gate.Kind] > 0 {
		add(proposeEnterprise, "bidder_conditions.enterprise_only", "", "true", "false", b.Alone[gate.Kind])
	}
	if n := c.Conditions.V.MinPartners; n > 1 {
		add(proposePartners, "bidder_conditions.min_partners", "", strconv.Itoa(n), "1", 0)
	}
	for i, n := range c.Capabilities.V {
		code := gate.Capability + ":" + n.Tag
		if n.Must && b.Excluded[code] > 0 {
			at := slices.IndexFunc(d.Conditions, func(x DiagnosisCondition) bool { return x.Code == code })
			add(code, fmt.Sprintf("capabilities[%d].must", i), d.Conditions[at].Name, "true", "false", b.Alone[code])
		}
	}
}

// RepostInput takes some of the proposed changes.
type RepostInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Accept []string `json:"accept" maxItems:"30" doc:"Codes of the proposals that the new draft begins with"`
	}
}

// Repost makes a new draft out of an unfilled challenge in one step, with the accepted changes
// made and listed. From there it goes the way of every other.
func Repost(tx *models.Tx, in *RepostInput) (*Challenge, error) {
	old, err := tx.ChallengeFor(models.ChallengeRepost, in.ID)
	if err != nil {
		return nil, err
	}
	d, err := diagnosis(tx, old)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	chosen := []RepostChange{}
	for i, code := range in.Body.Accept {
		at := slices.IndexFunc(d.Inside.Proposals, func(p RepostChange) bool { return p.Code == code })
		if at < 0 {
			f.Add(fmt.Sprintf("accept[%d]", i), "repost.unknown", "is none of the proposals of the diagnosis")
			continue
		}
		if !slices.ContainsFunc(chosen, func(p RepostChange) bool { return p.Code == code }) {
			chosen = append(chosen, d.Inside.Proposals[at])
		}
	}
	if err := f.Problem("repost.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	c, changes := again(tx, old, chosen, d)
	c.Repost = models.J(changes)
	if err := tx.Make(models.ChallengeRepost, old, c, models.Note{Data: map[string]any{"of": old.ID, "accepted": in.Body.Accept}}); err != nil {
		return nil, err
	}
	list, err := tx.IndicatorsOf(old.ID)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].ID = ""
	}
	if err := tx.SetIndicators(c, list); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// again is the old document under a new id, without what its life has added. The proof of
// funds is a file of the old one, and must be given anew.
func again(tx *models.Tx, old *models.Challenge, chosen []RepostChange, d *ChallengeDiagnosis) (*models.Challenge, []models.Change) {
	fresh := *old
	fresh.ID, fresh.Code, fresh.Batch, fresh.SearchNo, fresh.Life = models.NewChallenge().ID, "", "", 0, models.Life{}
	fresh.PublishedAt, fresh.OpenedAt, fresh.PublicityFrom, fresh.PublicityUntil, fresh.Reason, fresh.ShortWindow = nil, nil, nil, nil, "", ""
	fresh.TextNo, fresh.AmendedNo, fresh.FundProof, fresh.RepostOf, fresh.CreatedBy = 0, 0, "", old.ID, tx.Actor.User
	fresh.ClarifyUntil, fresh.OpenAt, fresh.Deadline = nil, nil, nil
	fresh.Criteria, fresh.Weights, fresh.Panel, fresh.Rules = models.J([]models.Criterion{}), models.J(models.Weights{}), models.J(models.PanelRules{}), models.J(models.BatchRules{})
	fresh.InProvince, fresh.PublicityDays = false, 0
	fresh.RecommendedAt, fresh.RecommendedBy, fresh.Recommendation = nil, "", ""
	fresh.Capabilities = models.J(slices.Clone(old.Capabilities.V))
	days := max(d.Window.Value, int64(usualWindow/day))
	changes := []models.Change{}
	for _, p := range chosen {
		changes = append(changes, p.Change)
		switch p.Code {
		case proposeWindow:
			days, _ = strconv.ParseInt(p.Change.After, 10, 64)
		case proposeBounty:
			fresh.BountyFen = min(models.Fen(d.Bounty.Median), fresh.TotalFen)
		case proposeProvince:
			fresh.Conditions.V.InProvinceOnly = false
		case proposeEnterprise:
			fresh.Conditions.V.EnterpriseOnly = false
		case proposePartners:
			fresh.Conditions.V.MinPartners = 1
		default:
			tag := strings.TrimPrefix(p.Code, gate.Capability+":")
			for i := range fresh.Capabilities.V {
				if fresh.Capabilities.V[i].Tag == tag {
					fresh.Capabilities.V[i].Must = false
				}
			}
		}
	}
	// Two weeks for the office to look at it, then the window.
	deadline := tx.Now.AddDate(0, 0, int(days)+14)
	fresh.Deadline = &deadline
	return &fresh, changes
}
