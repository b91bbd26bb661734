package models

func init() {
	Invariants = append(Invariants,
		Invariant{"units that have people have an administrator", "somebody must be able to speak for it",
			"select o.id from orgs o where exists (select 1 from memberships m where m.org_id = o.id) and not exists (select 1 from memberships m where m.org_id = o.id and m.role = 'admin' and m.ended_at is null)"},
		Invariant{"recognised alliances are led by a firm", "盟主 is an enterprise",
			"select a.id from alliances a join orgs o on o.id = a.leader_org_id where a.state = 'recognised' and o.kind <> 'enterprise'"},
		Invariant{"recognised alliances have an academic member who confirmed", "a name on paper is no member",
			"select a.id from alliances a where a.state = 'recognised' and not exists (select 1 from alliance_members m where m.alliance_id = a.id and m.role = 'academic' and m.until is null and m.confirmed_at is not null)"},
		Invariant{"shares of an alliance are at most the whole", "shares are parts",
			"select alliance_id from alliance_members where until is null group by alliance_id having sum(share_bp) > 10000"},
		Invariant{"an integrity record names one subject", "whom it concerns must be plain",
			"select id from integrity_records where (case when org_id <> '' then 1 else 0 end) + (case when team_id <> '' then 1 else 0 end) + (case when user_id <> '' then 1 else 0 end) + (case when expert_id <> '' then 1 else 0 end) <> 1"},
		Invariant{"appeals against integrity records have a text", "an appeal says why",
			"select id from integrity_records where state = 'appealed' and (appeal = '' or appealed_at is null)"},
		Invariant{"what is recommended was recommended by somebody", "an opinion has an author",
			"select id from challenges where recommended_at is not null and recommended_by = ''"},
	)
}
