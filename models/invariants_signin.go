package models

func init() {
	Invariants = append(Invariants,
		Invariant{"nobody holds two offices that watch one another", "who runs the platform does not supervise it",
			"select user_id from grants where revoked_at is null and role in ('operator', 'auditor', 'system_admin', 'security_admin', 'audit_admin') group by user_id having count(*) > 1"},
		Invariant{"an office of two persons was given by two", "nobody gives himself or his friend the keys alone",
			"select id from role_requests where state = 'approved' and (decided_by is null or decided_by = requested_by or decided_by = user_id or requested_by = user_id)"},
		Invariant{"an accepted invitation has its account", "it is used once, by one person",
			"select s.id from signups s left join users u on u.id = s.account_id where s.state = 'accepted' and u.id is null"},
		Invariant{"recovery codes belong to a second factor", "without one there is nothing to recover",
			"select distinct r.user_id from recovery_codes r where not exists (select 1 from totps t where t.user_id = r.user_id and t.confirmed_at is not null) and not exists (select 1 from passkeys p where p.user_id = r.user_id)"},
	)
}
