package models

func init() {
	Invariants = append(Invariants,
		Invariant{"every listed challenge can be ranked, or is to be made anew", "a search leaves nothing out",
			"select c.id from challenges c where c.search_no > 0 and not exists (select 1 from challenge_heads h where h.search_no = c.search_no) and not exists (select 1 from challenge_stale s where s.search_no = c.search_no)"},
		Invariant{"an accepted suggestion stands in a version of its vocabulary", "what was accepted is not lost",
			"select s.id from suggestions s left join catalogues c on c.id = s.catalogue_id where s.state = 'accepted' and (c.id is null or c.kind <> s.kind)"},
		Invariant{"whoever answers a suggestion did not make it", "a vocabulary is kept by others than those who ask",
			"select id from suggestions where answered_by <> '' and answered_by = user_id"},
	)
}
