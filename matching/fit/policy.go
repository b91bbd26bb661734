package fit

import (
	"fmt"
	"math"
)

// Weights are the policy of the score: nothing here was measured, all of it is
// printed with a result by its Version. The eight first sum to 1.
type Weights struct {
	Version    string  `json:"version"`
	Capability float64 `json:"capability"`
	Domain     float64 `json:"domain"`
	Text       float64 `json:"text"`     // likeness of all the evidence to the challenge's words
	Evidence   float64 `json:"evidence"` // strength of the pieces that bear on the challenge
	TRL        float64 `json:"trl_fit"`
	Track      float64 `json:"track"`
	Chain      float64 `json:"chain"`
	Codes      float64 `json:"codes"` // IPC and disciplines

	Neutral float64 `json:"neutral"` // share of a part of which nothing is asked

	Primary  float64 `json:"primary"`  // weight of the first domain tag, others 1
	Sharpen  float64 `json:"sharpen"`  // power of the nearness of tags: relatives count for less than the same
	Guessed  float64 `json:"guessed"`  // of the domain part goes by tags the challenge's words suggest
	Shown    float64 `json:"shown"`    // of what a team does not state of a domain can be shown by evidence
	Must     float64 `json:"must"`     // weight of a must-capability, others 1
	Declared float64 `json:"declared"` // what an unverified capability or piece of evidence is worth

	TextHalf  float64 `json:"text_half"`  // likeness, in standard deviations, that is worth one half
	WordsHalf float64 `json:"words_half"` // cosine of one piece of evidence that makes it half relevant
	Few       float64 `json:"few"`        // worth of the evidence that a team is taken to have about nothing
	TagTrust  float64 `json:"tag_trust"`  // relevance of a piece of evidence that carries a tag asked for

	Kinds       map[string]Kind `json:"kinds"`       // of evidence; others count for nothing
	Participant float64         `json:"participant"` // of evidence in another role than the lead's

	Prior     float64 `json:"prior"`      // contracts the prior counts for
	PriorRate float64 `json:"prior_rate"` // and their rate of success
	Mapped    float64 `json:"mapped"`     // a chain that a catalogue maps to the one asked for
	SameClass float64 `json:"same_class"` // an IPC class without the subclass

	Alpha float64 `json:"alpha"` // Score = 100·σ(Alpha + Beta·logit(percentile)); 0 and 1
	Beta  float64 `json:"beta"`  // until outcomes calibrate them
}

// Kind is what a kind of evidence is worth, 0 to 1, and the years in which that
// halves; HalfLife 0 is never.
type Kind struct {
	Worth    float64 `json:"worth"`
	HalfLife float64 `json:"half_life"`
}

// Defaults are the weights of jiebang-fit/2.
func Defaults() Weights {
	return Weights{
		Version:    "jiebang-fit/2",
		Capability: 0.24, Domain: 0.36, Text: 0.12, Evidence: 0.08, TRL: 0.06, Track: 0.06, Chain: 0.04, Codes: 0.04,
		Neutral: 0.3,
		Primary: 2, Guessed: 0.35, Sharpen: 2, Shown: 0.25, Must: 2, Declared: 0.5,
		TextHalf: 4, WordsHalf: 0.15, TagTrust: 0.6, Few: 0.1,
		Kinds: map[string]Kind{
			"product": {1, 5}, "project": {1, 5}, "contract": {0.9, 5}, "pilot_line": {0.8, 8}, "standard": {0.8, 8},
			"award": {0.7, 5}, "patent": {0.7, 8}, "equipment": {0.5, 8}, "software": {0.5, 4}, "paper": {0.5, 5},
			"certificate": {0.5, 4},
		},
		Participant: 0.7,
		Prior:       5, PriorRate: 0.75, Mapped: 0.6, SameClass: 0.5,
		Alpha: 0, Beta: 1,
	}
}

// The parts, in the order of the sum.
const (
	capability = iota
	domain
	words
	evidence
	trl
	track
	chain
	codes
	parts
)

var partNames = [parts]string{"capability", "domain", "text", "evidence", "trl_fit", "track", "chain", "codes"}

func (w *Weights) of() [parts]float64 {
	return [parts]float64{w.Capability, w.Domain, w.Text, w.Evidence, w.TRL, w.Track, w.Chain, w.Codes}
}

// check refuses weights that would break a promise of the score.
func (w *Weights) check() error {
	sum := 0.0
	for i, v := range w.of() {
		if !(v >= 0) {
			return fmt.Errorf("weights: %s is %v; it must be 0 or more", partNames[i], v)
		}
		sum += v
	}
	if !(math.Abs(sum-1) <= 1e-9) {
		return fmt.Errorf("weights: the eight parts add up to %v; make it 1", sum)
	}
	for name, v := range map[string]float64{"neutral": w.Neutral, "guessed": w.Guessed, "shown": w.Shown, "declared": w.Declared,
		"tag_trust": w.TagTrust, "participant": w.Participant, "prior_rate": w.PriorRate, "mapped": w.Mapped, "same_class": w.SameClass} {
		if !(v >= 0 && v <= 1) {
			return fmt.Errorf("weights: %s is %v; it must lie between 0 and 1", name, v)
		}
	}
	for name, v := range map[string]float64{"primary": w.Primary, "must": w.Must, "text_half": w.TextHalf, "words_half": w.WordsHalf,
		"prior": w.Prior, "few": w.Few, "beta": w.Beta, "sharpen": w.Sharpen} {
		if !(v > 0) || math.IsInf(v, 0) {
			return fmt.Errorf("weights: %s is %v; it must be more than 0", name, v)
		}
	}
	if math.IsNaN(w.Alpha) || math.IsInf(w.Alpha, 0) {
		return fmt.Errorf("weights: alpha is %v; it must be a number", w.Alpha)
	}
	for name, k := range w.Kinds {
		if !(k.Worth >= 0 && k.Worth <= 1 && k.HalfLife >= 0) {
			return fmt.Errorf("weights: kind %s is worth %v with a half-life of %v years; want 0 to 1 and 0 or more", name, k.Worth, k.HalfLife)
		}
	}
	return nil
}
