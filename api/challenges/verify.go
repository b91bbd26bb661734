package challenges

import (
	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// ChallengeCheck is what a challenge lacks, live while it is written.
type ChallengeCheck struct {
	Ready    bool             `json:"ready" doc:"Nothing is lacking: it can be submitted"`
	Faults   []problem.Field  `json:"faults" doc:"What must be mended"`
	Warnings []problem.Field  `json:"warnings" doc:"What an officer would ask about; it stops nothing"`
	Quality  question.Quality `json:"quality" doc:"How fit it is to be put before teams, part by part"`
}

// Verify answers what submitting would say, without submitting.
func Verify(tx *models.Tx, in *ShowInput) (*ChallengeCheck, error) {
	c, err := tx.ChallengeFor(models.ChallengeVerify, in.ID)
	if err != nil {
		return nil, err
	}
	faults, warnings, err := examine(tx, c)
	if err != nil {
		return nil, err
	}
	score, err := question.ChallengeQuality(tx, c)
	if err != nil {
		return nil, err
	}
	return &ChallengeCheck{Quality: *score, Ready: len(faults) == 0, Faults: faults, Warnings: warnings}, nil
}
