package models

func init() {
	Invariants = append(Invariants,
		Invariant{"a need does not lead in circles", "the owner must find where it went",
			"select a.id from needs a join needs b on a.merged_into = b.id where b.merged_into = a.id"},
		Invariant{"approved needs were argued", "an approval rests on sheets",
			"select n.id from needs n where n.state in ('approved', 'turned') and not exists (select 1 from need_experts e where e.need_id = n.id and e.scored_at is not null)"},
		Invariant{"approved needs await no sheet", "an office concludes from all it asked for",
			"select n.id from needs n join need_experts e on e.need_id = n.id where n.state in ('approved', 'turned') and e.scored_at is null and e.released_at is null"},
		Invariant{"who argues a need is not of its owner", "nobody judges his own unit",
			"select x.id from need_experts x join needs n on n.id = x.need_id join experts e on e.id = x.expert_id where e.org_id <> '' and e.org_id = n.owner_org_id"},
	)
}
