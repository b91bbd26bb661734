package models

func init() {
	Invariants = append(Invariants,
		Invariant{"supplements have no gaps", "a bid refers to the text by the number of the newest one",
			"select c.id from challenges c where c.text_no <> (select count(*) from supplements s where s.challenge_id = c.id) or c.text_no <> (select coalesce(max(s.no), 0) from supplements s where s.challenge_id = c.id)"},
		Invariant{"the newest amendment is one of the supplements", "earlier envelopes are held against it",
			"select c.id from challenges c where c.amended_no > 0 and not exists (select 1 from supplements s where s.challenge_id = c.id and s.no = c.amended_no and s.kind = 'amendment')"},
		Invariant{"an answered question is a supplement, with the very words", "all are told the same, for good",
			"select q.id from questions q left join supplements s on s.challenge_id = q.challenge_id and s.no = q.supplement_no and s.question_id = q.id where q.state = 'answered' and (s.id is null or s.asked <> q.public or s.answer <> q.answer)"},
		Invariant{"no question is answered twice", "one answer, one supplement",
			"select question_id from supplements where question_id <> '' group by question_id having count(*) > 1"},
		Invariant{"an extension moves a deadline that had not passed", "what is closed stays closed",
			"select id from supplements where kind = 'extension' and (deadline_before is null or deadline_after is null or deadline_after <= deadline_before or at >= deadline_before)"},
		Invariant{"no bid refers to a text that does not exist", "numbers come from the challenge",
			"select b.id from bids b join challenges c on c.id = b.challenge_id where b.read_no > c.text_no or b.sealed_no > c.text_no"},
		Invariant{"promises to keep a detail are of the team's unit", "who signs answers for it",
			"select n.id from ndas n join teams t on t.id = n.team_id where t.org_id <> n.org_id"},
		Invariant{"a re-post comes from an unfilled challenge of the same owner", "a list entry lives once",
			"select c.id from challenges c join challenges o on o.id = c.repost_of where o.state not in ('no_bid', 'failed') or o.owner_org_id <> c.owner_org_id"},
	)
}
