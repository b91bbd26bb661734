package notices

import (
	"math"

	"jiebang/models"
)

// results are what a letter says became of a bid, by what was done to it.
var results = map[models.Action]string{models.BidAward: "awarded", models.BidReserve: "reserve", models.BidDecline: "not_awarded"}

// Letter is the letter of result, one for each bid: what became of it, and the panel's mean
// by criterion. It names no other bidder and no expert.
func Letter(tx *models.Tx, e models.Event) error {
	b, c, err := bidOf(tx, e)
	if err != nil {
		return err
	}
	list, err := bidders(tx, b)
	if err != nil {
		return err
	}
	reviews, err := tx.ReviewsOf(c.ID)
	if err != nil {
		return err
	}
	p := with(with(params(c, "bidder"), "bid", b.ID), "result", results[e.Action])
	if means := averages(c, b, reviews); len(means) > 0 {
		p["scores"] = means
	}
	return tx.Notify(e, list, p)
}

// averages are the panel's mean points of a bid by criterion, in the order of the form.
func averages(c *models.Challenge, b *models.Bid, reviews []models.Review) []map[string]any {
	sum, n := map[string]float64{}, map[string]int{}
	for _, r := range reviews {
		if r.Bid != b.ID {
			continue
		}
		for _, s := range r.Scores.V {
			sum[s.Criterion], n[s.Criterion] = sum[s.Criterion]+s.Points, n[s.Criterion]+1
		}
	}
	list := []map[string]any{}
	for _, k := range c.Criteria.V {
		if n[k.Code] > 0 {
			list = append(list, map[string]any{"criterion": k.Code, "name_zh": k.NameZh, "name_en": k.NameEn, "weight": k.Weight,
				"mean": math.Round(sum[k.Code]/float64(n[k.Code])*100) / 100})
		}
	}
	return list
}
