package models

func init() {
	Invariants = append(Invariants,
		Invariant{"a waiver has two people", "one alone may not let a conflict pass",
			"select id from waivers where state = 'approved' and (answered_by = '' or answered_by = asked_by)"},
		Invariant{"a waiver of a bid is of its own challenge", "what is waived for one is not for another",
			"select w.id from waivers w join bids b on b.id = w.bid_id where b.challenge_id <> w.challenge_id"},
		Invariant{"a tie is between at least two", "one alone ties nobody",
			"select t.id from ties t where (select count(*) from tie_parties p where p.tie_id = t.id) < 2"})
}
