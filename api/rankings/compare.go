package rankings

import (
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/explain"
	"jiebang/matching/rank"
	"jiebang/models"
)

// CompareInput names two bids of a ranking by their codes.
type CompareInput struct {
	ID models.ChallengeID `path:"id"`
	A  string             `query:"a" required:"true" minLength:"1" maxLength:"80" doc:"Code of a bid"`
	B  string             `query:"b" required:"true" minLength:"1" maxLength:"80" doc:"Code of the other"`
}

// RankingComparison says why a stands before or behind b: the difference of their totals,
// part by part.
type RankingComparison struct {
	A          RankingPlace `json:"a"`
	B          RankingPlace `json:"b"`
	Difference explain.Sum  `json:"difference" doc:"Adds up to the total of a less that of b"`
	Tie        string       `json:"tie,omitempty" enum:"indicator,capability,chair" doc:"What parts them where the totals are equal"`
}

// Compare reads the kept ranking and computes nothing anew but the difference.
func Compare(tx *models.Tx, in *CompareInput) (*RankingComparison, error) {
	c, row, err := newest(tx, in.ID)
	if err != nil {
		return nil, err
	}
	out, err := question.Kept(row)
	if err != nil {
		return nil, err
	}
	at := func(code string) int {
		return slices.IndexFunc(out.Places, func(p rank.Place) bool { return p.Bid == code })
	}
	a, b := at(in.A), at(in.B)
	var f problem.Fields
	f.Require(a >= 0, "query.a", "ranking.unknown_bid", "is no bid of this ranking")
	f.Require(b >= 0, "query.b", "ranking.unknown_bid", "is no bid of this ranking")
	f.Require(a < 0 || a != b, "query.b", "ranking.same_bid", "must be another bid than a")
	if err := f.Problem("ranking.cannot_compare", "Name two bids of the ranking by their codes."); err != nil {
		return nil, err
	}
	who, err := readerOf(tx, c)
	if err != nil {
		return nil, err
	}
	beside, err := firmness(row, out)
	if err != nil {
		return nil, err
	}
	list, err := places(tx, c, out, who, firm(beside))
	if err != nil {
		return nil, err
	}
	v := &RankingComparison{A: list[a], B: list[b], Difference: rank.Compare(out.Places[a], out.Places[b])}
	if out.Places[a].Total == out.Places[b].Total {
		v.Tie = out.Places[max(a, b)].Tie
	}
	return v, nil
}
