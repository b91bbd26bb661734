package question

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"jiebang/matching/gate"
	"jiebang/matching/rank"
	"jiebang/models"
)

// Ranking is what the ranking of a challenge's scored bids is asked: sheets under aliases,
// the owner's word where the mode asks for it, the match of the opening, and the knockout
// indicators whose promise is below what was asked. The same facts give the same bytes.
func Ranking(tx *models.Tx, c *models.Challenge) (rank.Input, error) {
	in := rank.Defaults(mode(c))
	in.Weights, in.Criteria, in.Bids = Weights(c), criteria(c), []rank.Bid{}
	if c.Panel.V.Aggregate == rank.Calibrated {
		in.Aggregate = rank.Calibrated
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return in, err
	}
	sheets, err := sheets(tx, c)
	if err != nil {
		return in, err
	}
	owner, err := ownersWord(tx, c)
	if err != nil {
		return in, err
	}
	failing, err := failing(tx, c, bids)
	if err != nil {
		return in, err
	}
	for _, b := range bids {
		if b.State == models.BidScored {
			in.Bids = append(in.Bids, rank.Bid{ID: BidCode(&b), Reviews: sheets[b.ID], Owner: owner[b.ID], Match: b.Match, Failing: failing[b.ID]})
		}
	}
	return in, nil
}

// BidCode is how a bid is called in rankings and awards: its code, which tells neither team
// nor time.
func BidCode(b *models.Bid) string { return cmp.Or(b.Code, string(b.ID)) }

func mode(c *models.Challenge) string { return cmp.Or(c.Selection, rank.PanelPlusOwner) }

// Weights are those published with the challenge. Where the mode does not ask for the
// owner's satisfaction, its share is the panel's: an owner who negotiates has his choice instead.
func Weights(c *models.Challenge) rank.Weights {
	w := rank.Weights{Panel: float64(c.Weights.V.Panel), Owner: float64(c.Weights.V.Owner), Match: float64(c.Weights.V.Match)}
	if mode(c) != rank.PanelPlusOwner {
		w.Panel, w.Owner = w.Panel+w.Owner, 0
	}
	return w
}

// AsksOwner reports whether the ranking needs the owner's satisfaction with each bid.
func AsksOwner(c *models.Challenge) bool { return Weights(c).Owner > 0 }

// criteria are those of the challenge. The two that part equal totals bear the codes of the
// default form; a form without them parts no tie.
func criteria(c *models.Challenge) []rank.Criterion {
	list := make([]rank.Criterion, 0, len(c.Criteria.V))
	for _, k := range c.Criteria.V {
		one := rank.Criterion{Code: k.Code, Name: k.NameZh, Weight: float64(k.Weight), Max: float64(k.Weight)}
		switch k.Code {
		case "indicators":
			one.Role = rank.Indicator
		case "team":
			one.Role = rank.Capability
		}
		list = append(list, one)
	}
	return list
}

func sheets(tx *models.Tx, c *models.Challenge) (map[models.BidID][]rank.Review, error) {
	reviews, err := tx.ReviewsOf(c.ID)
	if err != nil {
		return nil, err
	}
	alias := Aliases(c, reviews)
	out := map[models.BidID][]rank.Review{}
	for _, r := range reviews {
		one := rank.Review{Expert: alias[r.Expert], Scores: map[string]float64{}}
		for _, s := range r.Scores.V {
			one.Scores[s.Criterion] = s.Points
		}
		for _, k := range r.Knockouts.V {
			one.Failed = append(one.Failed, string(k))
		}
		out[r.Bid] = append(out[r.Bid], one)
	}
	for id := range out {
		slices.SortFunc(out[id], func(a, b rank.Review) int { return cmp.Compare(a.Expert, b.Expert) })
	}
	return out, nil
}

// Aliases are the experts' names in a ranking, E01 and on, in an order that tells nothing of
// them and is always the same.
func Aliases(c *models.Challenge, reviews []models.Review) map[models.ExpertID]string {
	ids := []models.ExpertID{}
	for _, r := range reviews {
		if !slices.Contains(ids, r.Expert) {
			ids = append(ids, r.Expert)
		}
	}
	key := func(e models.ExpertID) string {
		sum := sha256.Sum256([]byte("jiebang alias v1\n" + string(c.ID) + "\n" + string(e)))
		return hex.EncodeToString(sum[:])
	}
	slices.SortFunc(ids, func(a, b models.ExpertID) int { return cmp.Compare(key(a), key(b)) })
	out := map[models.ExpertID]string{}
	for i, id := range ids {
		out[id] = fmt.Sprintf("E%02d", i+1)
	}
	return out
}

func ownersWord(tx *models.Tx, c *models.Challenge) (map[models.BidID]*rank.Owner, error) {
	out := map[models.BidID]*rank.Owner{}
	if !AsksOwner(c) {
		return out, nil
	}
	list, err := tx.SatisfactionOf(c.ID)
	for _, s := range list {
		out[s.Bid] = &rank.Owner{Score: s.Points, Veto: s.Veto, Reason: s.Reason}
	}
	return out, err
}

func failing(tx *models.Tx, c *models.Challenge, bids []models.Bid) (map[models.BidID][]string, error) {
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]models.BidID, len(bids))
	for i, b := range bids {
		ids[i] = b.ID
	}
	out := map[models.BidID][]string{}
	if len(ids) == 0 {
		return out, nil
	}
	promises, err := tx.PromisesOf(ids...)
	met := map[models.BidID]map[models.IndicatorID]bool{}
	for _, p := range promises {
		if met[p.Bid] == nil {
			met[p.Bid] = map[models.IndicatorID]bool{}
		}
		met[p.Bid][p.Indicator] = p.Met
	}
	for _, id := range ids {
		for _, i := range indicators {
			if i.Knockout && !met[id][i.ID] { // no promise at all fails it too
				out[id] = append(out[id], string(i.ID))
			}
		}
	}
	return out, err
}

// Kept reads the order out of a kept ranking; nothing is computed again.
func Kept(r *models.Ranking) (rank.Output, error) {
	var out rank.Output
	if err := json.Unmarshal([]byte(r.Output), &out); err != nil {
		return out, fmt.Errorf("read ranking %s: %w", r.ID, err)
	}
	return out, nil
}

// Fresh reports whether a kept ranking still answers what would be asked now.
func Fresh(tx *models.Tx, c *models.Challenge, r *models.Ranking) (bool, error) {
	in, err := Ranking(tx, c)
	if err != nil {
		return false, err
	}
	raw, err := json.Marshal(in)
	return string(raw) == r.Input, err
}

// Barred names the hard conditions that an opened bid fails by now: a record that came into
// force, a unit that came under the owner. Marks are left out.
func Barred(tx *models.Tx, c *models.Challenge, b *models.Bid) ([]gate.Reason, error) {
	team, err := tx.Team(b.Team)
	if err != nil {
		return nil, err
	}
	contents, err := Contents(tx, []models.Bid{*b})
	if err != nil {
		return nil, err
	}
	reasons, err := Gate(tx, c, team, contents[b.ID].Partners...)
	return slices.DeleteFunc(reasons, func(r gate.Reason) bool { return !r.Hard }), err
}
