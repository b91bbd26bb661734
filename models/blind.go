package models

import "crypto/sha256"

// Ways of judging blind, as a batch fixes them. Without one the experts see whose bids they read.
const (
	BlindTeams = "names" // experts do not see whose bids they read
	BlindBoth  = "both"  // nor does anybody but the office learn who judged
)

// HidesTeams reports whether the experts of a challenge must not learn whose bids they read.
func (c *Challenge) HidesTeams() bool {
	return c.Rules.V.Blind == BlindTeams || c.Rules.V.Blind == BlindBoth
}

// HidesExperts reports whether nobody but the office may learn who judges a challenge.
func (c *Challenge) HidesExperts() bool { return c.Rules.V.Blind == BlindBoth }

// Blinded reports whether the actor reads an assignment as the expert who must not learn whose
// bid it is. An officer who judges is that expert where it is his own assignment.
func (tx *Tx) Blinded(c *Challenge, a *Assignment) bool {
	return c.HidesTeams() && tx.Actor.Expert != "" && tx.Actor.Expert == a.Expert
}

// aliasLetters leaves out vowels and what is easily taken for something else.
const aliasLetters = "23456789BCDFGHJKMNPQRSTVWXZ"

// BidAlias is what the bid is called towards this one expert, where he judges blind. It follows
// from the assignment's random id alone: it is always the same for him, another for every other
// expert, and says nothing of the bid, its code or its id.
func (a *Assignment) BidAlias() string {
	sum := sha256.Sum256([]byte("jiebang bid alias v1\n" + string(a.ID)))
	out := make([]byte, 6)
	for i := range out {
		out[i] = aliasLetters[(int(sum[2*i])<<8|int(sum[2*i+1]))%len(aliasLetters)]
	}
	return string(out)
}

// TiedUnseen is TiedToBid towards an expert who must not learn whose bid it is: the chain of
// facts would tell him.
func TiedUnseen() error {
	return tied("The records show a tie between you and this bid. Please step aside (recuse); you are not told more, since you judge blind.")
}
