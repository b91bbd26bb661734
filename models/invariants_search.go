package models

func init() {
	Invariants = append(Invariants,
		Invariant{"every listed challenge can be ranked, or is to be made anew", "a search leaves nothing out",
			"select c.id from challenges c where c.search_no > 0 and not exists (select 1 from challenge_heads h where h.search_no = c.search_no) and not exists (select 1 from challenge_stale s where s.search_no = c.search_no)"},
	)
}
