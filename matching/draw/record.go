package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Format names the shape of a Record.
const Format = "jiebang-draw/1"

// commitmentVersion begins what a commitment is the digest of.
const commitmentVersion = "jiebang draw seed v1"

// leastSecret is how many bytes a secret has at least: a shorter one could be guessed from its
// commitment.
const leastSecret = 16

// Record is a draw as it is published, so that anybody can make it again: first
// the announcement, which binds list, rules and seed; after the draw, the seed and what was
// drawn; then every replacement. The parts may lie in several files.
type Record struct {
	Format       string        `json:"format"`
	Announced    *Terms        `json:"announced,omitempty"`
	Revealed     *Reveal       `json:"revealed,omitempty"`
	Drawn        *Drawn        `json:"drawn,omitempty"`
	Replacements []Replacement `json:"replacements,omitempty"`
}

// Terms are what is announced before the seed is known to anybody but who keeps it. Beacon says, if a
// public number is mixed in, where it will be read and when; it must not be known yet.
type Terms struct {
	At         time.Time `json:"at"`
	Subject    string    `json:"subject"` // what the panel is for
	Rules      Rules     `json:"rules"`
	Eligible   []Expert  `json:"eligible"`
	Digest     string    `json:"eligible_digest"`
	Commitment string    `json:"seed_commitment"`
	Beacon     string    `json:"beacon,omitempty"`
}

// Rules are those of a Question.
type Rules struct {
	Size               int     `json:"size"`
	Reserves           int     `json:"reserves"`
	PerUnit            int     `json:"per_unit"`
	MinShareTechnology float64 `json:"min_share_technology"`
	NeedIndustry       int     `json:"need_industry"`
	NeedFinance        int     `json:"need_finance"`
}

// Reveal is the secret, and what the beacon said, if there was one.
type Reveal struct {
	At     time.Time `json:"at"`
	Secret string    `json:"secret"`
	Beacon string    `json:"beacon,omitempty"`
}

// Seat is a place in the order of the draw.
type Seat struct {
	Place  int    `json:"place"`
	Expert string `json:"expert"`
	Hash   string `json:"hash"`
}

// Drawn is the result, members and reserves in the order of the draw.
type Drawn struct {
	Version  string `json:"version"`
	Members  []Seat `json:"members"`
	Reserves []Seat `json:"reserves"`
}

// Replacement takes members or reserves out, and says who is in after it.
type Replacement struct {
	At       time.Time `json:"at"`
	Dropped  []string  `json:"dropped"`
	Reason   string    `json:"reason"`
	Members  []string  `json:"members"`
	Reserves []string  `json:"reserves"`
}

// Commit is the commitment to a secret: SHA-256 in hex of two lines,
//
//	printf 'jiebang draw seed v1\n%s' "$SECRET" | sha256sum
//
// It says nothing of a secret that nobody can guess, and fits no other.
func Commit(secret string) string {
	h := sha256.Sum256([]byte(commitmentVersion + "\n" + secret))
	return hex.EncodeToString(h[:])
}

// Seed is what the tickets are made with: the secret, and after a newline what the
// beacon said, if there is one. A beacon keeps whoever chose the secret from
// having tried many before he announced one.
func Seed(secret, beacon string) string {
	if beacon == "" {
		return secret
	}
	return secret + "\n" + beacon
}

// Announce makes the terms of a draw. The question's Seed is not used.
func Announce(at time.Time, subject string, q Question, secret, beacon string) (Terms, error) {
	if len(secret) < leastSecret {
		return Terms{}, fmt.Errorf("secret: has %d bytes; at least %d are needed, or it could be guessed", len(secret), leastSecret)
	}
	q.Seed = secret
	if err := check(q); err != nil {
		return Terms{}, err
	}
	list := slices.Clone(q.Eligible)
	slices.SortFunc(list, func(a, b Expert) int { return strings.Compare(a.ID, b.ID) })
	return Terms{At: at, Subject: subject, Eligible: list, Digest: Digest(list), Commitment: Commit(secret), Beacon: beacon,
		Rules: Rules{q.Size, q.Reserves, q.PerUnit, q.MinShareTechnology, q.NeedIndustry, q.NeedFinance}}, nil
}

// Question is what the announcement and the reveal ask together.
func (a Terms) Question(r Reveal) Question {
	return Question{Seed: Seed(r.Secret, r.Beacon), Size: a.Rules.Size, Reserves: a.Rules.Reserves, Eligible: a.Eligible, PerUnit: a.Rules.PerUnit,
		MinShareTechnology: a.Rules.MinShareTechnology, NeedIndustry: a.Rules.NeedIndustry, NeedFinance: a.Rules.NeedFinance}
}

// Publish is the published result of a panel.
func (p Panel) Publish() Drawn {
	d := Drawn{Version: p.Version, Members: []Seat{}, Reserves: []Seat{}}
	for _, t := range p.Members {
		d.Members = append(d.Members, Seat{t.Place, t.Expert.ID, t.Hash})
	}
	for _, t := range p.Reserves {
		d.Reserves = append(d.Reserves, Seat{t.Place, t.Expert.ID, t.Hash})
	}
	return d
}

// Check makes a published draw again from its record alone, and returns the panel as it is after all
// replacements. Its error lists everything that does not agree, each with the part of the record.
func Check(r Record) (Panel, error) {
	var faults []error
	fault := func(where, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
	}
	if r.Format != Format {
		fault("format", "is %q, not %q", r.Format, Format)
	}
	if r.Announced == nil || r.Revealed == nil || r.Drawn == nil {
		fault("record", "announced, revealed and drawn are needed to make the draw again; at least one is missing")
		return Panel{}, errors.Join(faults...)
	}
	a, s := r.Announced, r.Revealed
	if got := Digest(a.Eligible); got != a.Digest {
		fault("announced.eligible", "the list has the digest %s, announced was %s: it is not the list that was published", got, a.Digest)
	}
	if got := Commit(s.Secret); got != a.Commitment {
		fault("revealed.secret", "its commitment is %s, announced was %s: it is not the seed that was fixed", got, a.Commitment)
	}
	if len(s.Secret) < leastSecret {
		fault("revealed.secret", "has %d bytes; with fewer than %d it could have been guessed", len(s.Secret), leastSecret)
	}
	if !a.At.Before(s.At) {
		fault("revealed.at", "%s is not after the announcement at %s", s.At.Format(time.RFC3339), a.At.Format(time.RFC3339))
	}
	if (a.Beacon == "") != (s.Beacon == "") {
		fault("revealed.beacon", "announced was %q, revealed is %q: a beacon is named before and read after, or there is none", a.Beacon, s.Beacon)
	}
	p, err := Draw(a.Question(*s))
	if err != nil {
		fault("announced", "the draw cannot be made: %v", err)
		return Panel{}, errors.Join(faults...)
	}
	if r.Drawn.Version != p.Version {
		fault("drawn.version", "is %q; this program draws by %q", r.Drawn.Version, p.Version)
	}
	again := p.Publish()
	compareSeats(fault, "drawn.members", r.Drawn.Members, again.Members)
	compareSeats(fault, "drawn.reserves", r.Drawn.Reserves, again.Reserves)
	last := s.At
	for k, x := range r.Replacements {
		where := fmt.Sprintf("replacements[%d]", k)
		if x.At.Before(last) {
			fault(where+".at", "%s is before %s, when the one before it was", x.At.Format(time.RFC3339), last.Format(time.RFC3339))
		}
		last = x.At
		if x.Reason == "" {
			fault(where+".reason", "is empty")
		}
		next, err := Replace(p, x.Dropped...)
		if err != nil {
			fault(where+".dropped", "%v", err)
			break
		}
		p = next
		compareIDs(fault, where+".members", x.Members, p.Members)
		compareIDs(fault, where+".reserves", x.Reserves, p.Reserves)
	}
	return p, errors.Join(faults...)
}

func compareSeats(fault func(where, format string, args ...any), where string, have, want []Seat) {
	if len(have) != len(want) {
		fault(where, "has %d entries, the draw gives %d", len(have), len(want))
	}
	for k := range min(len(have), len(want)) {
		if have[k] != want[k] {
			fault(fmt.Sprintf("%s[%d]", where, k), "is %s at place %d, the draw gives %s at place %d with ticket %s", have[k].Expert, have[k].Place,
				want[k].Expert, want[k].Place, want[k].Hash)
		}
	}
}

func compareIDs(fault func(where, format string, args ...any), where string, have []string, want []Ticket) {
	ids := []string{}
	for _, t := range want {
		ids = append(ids, t.Expert.ID)
	}
	if !slices.Equal(have, ids) {
		fault(where, "are %q, the rules give %q", have, ids)
	}
}
