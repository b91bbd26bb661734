package models

func init() {
	Invariants = append(Invariants, []Invariant{
		{"letters are of notices", "a letter says what stands in the application too",
			"select l.id from letters l left join notices n on n.event_id = l.event_id and n.user_id = l.user_id where n.id is null and l.kind not in ('account.make_reset', 'signup.invite')"},
		{"only invitations go elsewhere", "what is meant for one person is read by him",
			"select id from letters where address <> '' and kind <> 'signup.invite'"},
		{"one message carries one letter or one digest", "a person gets nothing twice",
			"select min(id) from letters where state = 'sent' and not digest group by message_id having count(*) > 1"},
		{"a digest is one person's", "nobody reads another's letter",
			"select min(id) from letters where digest and claim <> '' group by claim having count(distinct user_id) > 1"},
		{"calls are of webhooks that asked", "nobody is called who did not ask",
			"select c.id from webhook_calls c join webhooks w on w.id = c.webhook_id where c.kind = 'webhook.test' and c.attempt = 0"},
		{"webhooks hold no address in clear text but https", "what is sent is for their eyes only",
			"select id from webhooks where url not like 'https://%' and url not like 'http://127.0.0.1:%'"},
		{"webhooks that fail know since when", "one is paused for failing long, not for failing often",
			"select id from webhooks where (failures > 0) <> (failing_since is not null)"},
		{"paused webhooks say why", "somebody must mend it",
			"select id from webhooks where state = 'paused' and reason = ''"},
	}...)
}
