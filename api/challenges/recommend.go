package challenges

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// RecommendInput is the opinion of the city.
type RecommendInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Opinion string `json:"opinion" minLength:"4" maxLength:"2000" doc:"Why the province should take it; the owner and the province read it"`
	}
}

// Recommend is the city's word for a challenge that its firm has submitted (初审推荐). The
// province decides; lists that ask for it take no challenge without.
func Recommend(tx *models.Tx, in *RecommendInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeCommend, in.ID)
	if err != nil {
		return nil, err
	}
	if c.RecommendedAt != nil {
		return nil, problem.New(problem.Conflict, "challenge.recommended_already", "The city has recommended this challenge already.")
	}
	opinion := strings.TrimSpace(in.Body.Opinion)
	var f problem.Fields
	f.Require(len([]rune(opinion)) >= 4, "opinion", "field.length", "must have at least 4 characters that are not blanks")
	if err := f.Problem("challenge.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	c.RecommendedAt, c.RecommendedBy, c.Recommendation = &tx.Now, tx.Actor.User, opinion
	if err := tx.Apply(models.ChallengeCommend, c, models.Note{Reason: opinion}); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// unrecommend forgets what the city said of an earlier text.
func unrecommend(c *models.Challenge) {
	c.RecommendedAt, c.RecommendedBy, c.Recommendation = nil, "", ""
}
