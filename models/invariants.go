package models

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Invariant is something that must hold of the whole database at every instant. Query
// returns the rows that break it; SQL is plain enough for both dialects.
type Invariant struct {
	Name  string
	Why   string
	Query string
}

// openedStates and afterOpening write the lists of the table into SQL.
var (
	openedStates  = quoted(bidOpened)
	beforeOpening = quoted(from(ChallengeDrafted, ChallengeSubmitted, ChallengeReturned, ChallengeApproved, ChallengePublished, ChallengeClosed))
	afterOpening  = quoted(challengeOpened)
	publicStates  = quoted(challengePublic)
)

func quoted(states []string) string { return "'" + strings.Join(states, "', '") + "'" }

// Invariants are checked by tests after every story, and by `jiebang doctor`. It grows with
// each bug.
var Invariants = []Invariant{
	{"published challenges have a code", "the code is given at publication",
		"select id from challenges where state in (" + publicStates + ") and code = ''"},
	{"published challenges have a deadline and an opening not before it", "bids are opened after the deadline",
		"select id from challenges where state in (" + publicStates + ") and (bid_deadline is null or open_at is null or open_at < bid_deadline)"},
	{"published challenges keep their rules", "criteria and weights are public before the first bid",
		"select id from challenges where state in (" + publicStates + ") and (criteria in ('', '[]') or weights in ('', '{}') or panel_rules in ('', '{}'))"},
	{"published challenges have indicators", "an indicator is what everything hangs on",
		"select c.id from challenges c where c.state in (" + publicStates + ") and (select count(*) from indicators i where i.challenge_id = c.id) < 3"},
	{"indicator weights of published challenges sum to 100", "weights are shares",
		"select c.id from challenges c where c.state in (" + publicStates + ") and (select sum(weight) from indicators i where i.challenge_id = c.id) <> 100"},
	{"published challenges are indexed", "the public list finds them",
		"select c.id from challenges c where c.state in (" + publicStates + ") and not exists (select 1 from challenge_facets t where t.search_no = c.search_no)"},
	{"drafts are not indexed", "a search must not find what is not public",
		"select id from challenges where state in ('draft', 'submitted', 'returned', 'approved') and search_no > 0"},
	{"the kept counts of the public list are right", "they move with every change",
		"select axis, value from (select 'state' as axis, state as value, 1 as n from challenges where search_no > 0 and state in (" + publicStates + ")" +
			" union all select f.axis, f.value, 1 from challenge_facets f join challenges c on c.search_no = f.search_no where c.search_no > 0 and f.value <> '' and c.state in (" + publicStates + ")" +
			" union all select axis, value, -n from challenge_counts) counted group by axis, value having sum(n) <> 0"},
	{"a merged term has a successor in its version", "matching and search go on to it",
		"select t.id from terms t where t.merged_into <> '' and not exists (select 1 from terms u where u.catalogue_id = t.catalogue_id and u.code = t.merged_into and u.code <> t.code and u.merged_into = '')"},
	{"codes of challenges are told apart", "one challenge, one code",
		"select code from challenges where code <> '' group by code having count(*) > 1"},
	{"a bounty is within the total", "the bounty is part of the investment",
		"select id from challenges where state in (" + publicStates + ") and bounty_fen > total_fen"},
	{"no bid is open before its challenge", "opening makes all visible at once",
		"select b.id from bids b join challenges c on c.id = b.challenge_id where b.state in (" + openedStates + ") and c.state in (" + beforeOpening + ")"},
	{"no bid stays sealed after opening", "opening makes all visible at once",
		"select b.id from bids b join challenges c on c.id = b.challenge_id where b.state = 'submitted' and c.state in (" + afterOpening + ", 'no_bid')"},
	{"a challenge without bids is not evaluated", "there is nothing to evaluate",
		"select c.id from challenges c where c.state in ('evaluating', 'shortlisted', 'publicity', 'awarded') and not exists (select 1 from bids b where b.challenge_id = c.id and b.state in (" + openedStates + "))"},
	{"an unfilled challenge has no bids", "no_bid means nobody bid",
		"select c.id from challenges c join bids b on b.challenge_id = c.id where c.state = 'no_bid' and b.state in (" + openedStates + ", 'submitted')"},
	{"submitted bids have a live envelope", "every acknowledged submission is kept",
		"select b.id from bids b where b.state = 'submitted' and not exists (select 1 from envelopes e where e.bid_id = b.id and e.ended_at is null)"},
	{"opened bids have a live envelope", "what is judged is what was sealed",
		"select b.id from bids b where b.state in (" + openedStates + ") and not exists (select 1 from envelopes e where e.bid_id = b.id and e.ended_at is null)"},
	{"withdrawn bids have no live envelope", "withdrawn is withdrawn",
		"select b.id from bids b join envelopes e on e.bid_id = b.id and e.ended_at is null where b.state = 'withdrawn'"},
	{"drafts never submitted have no envelope", "only a submission seals",
		"select b.id from bids b join envelopes e on e.bid_id = b.id and e.ended_at is null where b.state in ('draft', 'institution_pending', 'endorsed') and b.sealed_version = 0"},
	{"envelopes hold what was saved", "the sealed version is one of the drafts, to the byte",
		"select e.id from envelopes e left join bid_drafts d on d.bid_id = e.bid_id and d.version = e.version where d.id is null or d.digest <> e.digest or d.content <> e.content"},
	{"envelopes were sealed before the deadline", "a deadline instant is already too late",
		"select e.id from envelopes e join bids b on b.id = e.bid_id join challenges c on c.id = b.challenge_id where c.bid_deadline is not null and e.sealed_at >= c.bid_deadline"},
	{"the live envelope is the bid's", "the receipt speaks of the newest submission",
		"select b.id from bids b join envelopes e on e.bid_id = b.id and e.ended_at is null where b.sealed_version <> e.version"},
	{"submissions were endorsed", "the unit stands behind exactly this content",
		"select e.id from envelopes e join bids b on b.id = e.bid_id where e.ended_at is null and b.state in ('submitted', " + openedStates + ") and b.endorsed_version < e.version"},
	{"draft versions have no gaps", "nothing saved is lost",
		"select b.id from bids b where b.draft_version <> (select count(*) from bid_drafts d where d.bid_id = b.id)"},
	{"promises belong to opened bids", "before opening nobody reads a promise",
		"select p.id from promises p join bids b on b.id = p.bid_id where b.state not in (" + openedStates + ")"},
	{"opened bids answer every indicator", "the chain has no missing link",
		"select b.id from bids b where b.state in (" + openedStates + ") and (select count(*) from promises p where p.bid_id = b.id) <> (select count(*) from indicators i where i.challenge_id = b.challenge_id)"},
	{"promises answer indicators of their own challenge", "the chain is one chain",
		"select p.id from promises p join bids b on b.id = p.bid_id join indicators i on i.id = p.indicator_id where i.challenge_id <> b.challenge_id"},
	{"bid codes appear at opening", "a code before opening would count the bids",
		"select id from bids where (code <> '') <> (state in (" + openedStates + "))"},
	{"quotes are within the bounty", "quote at most the bounty",
		"select b.id from bids b join challenges c on c.id = b.challenge_id where b.state in (" + openedStates + ") and b.quote_fen > c.bounty_fen"},
	{"nobody bids for his own unit", "same unit is barred",
		"select b.id from bids b join challenges c on c.id = b.challenge_id where b.org_id = c.owner_org_id and b.state in ('submitted', " + openedStates + ")"},
	{"bids stand under their team's unit", "the unit that endorses is the team's",
		"select b.id from bids b join teams t on t.id = b.team_id where t.org_id <> b.org_id"},
	{"assignments are of opened bids that passed", "experts read what passed the check",
		"select a.id from assignments a join bids b on b.id = a.bid_id where a.state in ('invited', 'accepted') and b.state not in ('in_review', 'scored', 'not_awarded', 'shortlisted', 'not_shortlisted', 'awarded', 'reserve')"},
	{"assignments name their challenge", "an assignment is within one challenge",
		"select a.id from assignments a join bids b on b.id = a.bid_id where a.challenge_id <> b.challenge_id"},
	{"assigned experts do not bid there", "nobody judges his own challenge",
		"select a.id from assignments a join bids b on b.challenge_id = a.challenge_id join team_members m on m.team_id = b.team_id and m.left_at is null where m.user_id = a.user_id and a.state in ('invited', 'accepted', 'submitted') and b.state in (" + openedStates + ")"},
	{"assigned experts do not belong to the owner", "nobody judges for his own unit",
		"select a.id from assignments a join challenges c on c.id = a.challenge_id join memberships m on m.org_id = c.owner_org_id and m.user_id = a.user_id and m.ended_at is null where a.state in ('invited', 'accepted', 'submitted')"},
	{"accepted assignments were declared", "content is shown after the declaration",
		"select id from assignments where state in ('accepted', 'submitted') and declared_at is null"},
	{"submitted assignments have a submitted sheet", "a score has its reasons",
		"select a.id from assignments a left join reviews r on r.assignment_id = a.id where a.state = 'submitted' and (r.id is null or r.state <> 'submitted')"},
	{"recused experts have no live score", "a recusal takes the score with it",
		"select r.id from reviews r join assignments a on a.id = r.assignment_id where a.state in ('declined', 'recused') and r.state = 'submitted'"},
	{"scored bids have all their sheets", "scored means every live sheet is in",
		"select b.id from bids b join assignments a on a.bid_id = b.id where b.state in ('scored', 'shortlisted', 'awarded', 'reserve') and a.state in ('invited', 'accepted')"},
	{"rankings count from one", "no ranking is lost",
		"select challenge_id from rankings group by challenge_id having max(seq) <> count(*)"},
	{"one award per challenge and lane", "an award is given exactly once",
		"select challenge_id from awards where kind = 'award' and state <> 'dropped' group by challenge_id, lane having count(*) > 1"},
	{"single awards have one lane", "择优单独立项",
		"select a.id from awards a join challenges c on c.id = a.challenge_id where a.kind = 'award' and a.state <> 'dropped' and a.lane > case when c.competition_mode = 'horse_race' then c.max_lanes else 1 end"},
	{"awards belong to bids of their challenge", "the winner bid here",
		"select a.id from awards a join bids b on b.id = a.bid_id where a.challenge_id <> b.challenge_id"},
	{"decided awards and awarded bids agree", "the bid knows that it won",
		"select a.id from awards a join bids b on b.id = a.bid_id where a.state = 'decided' and b.state <> case a.kind when 'award' then 'awarded' else 'reserve' end"},
	{"awarded bids have a decided award", "a win has its award",
		"select b.id from bids b where b.state = 'awarded' and not exists (select 1 from awards a where a.bid_id = b.id and a.kind = 'award' and a.state = 'decided')"},
	{"awards are decided only where the challenge is", "decided together",
		"select a.id from awards a join challenges c on c.id = a.challenge_id where a.state = 'decided' and c.state <> 'awarded'"},
	{"awarded challenges have an award", "an award went to somebody",
		"select c.id from challenges c where c.state = 'awarded' and not exists (select 1 from awards a where a.challenge_id = c.id and a.state = 'decided' and a.kind = 'award')"},
	{"no award is proposed while evaluating", "a retracted proposal is dropped",
		"select a.id from awards a join challenges c on c.id = a.challenge_id where a.state = 'proposed' and c.state not in ('shortlisted', 'publicity')"},
	{"awarded challenges have no open objection", "objections are decided first",
		"select o.id from objections o join challenges c on c.id = o.challenge_id where c.state = 'awarded' and (o.state = 'filed' or (o.state = 'upheld' and o.created_at >= c.publicity_from))"},
	{"publicity has an end after its start", "the period is a period",
		"select id from challenges where state in ('publicity', 'awarded') and (publicity_from is null or publicity_until is null or publicity_until <= publicity_from)"},
	{"every challenge's state is its newest event's", "the trail tells the truth",
		"select c.id from challenges c join events e on e.kind = 'challenge' and e.thing = c.id where e.seq = (select max(seq) from events x where x.kind = 'challenge' and x.thing = c.id) and e.after_state <> c.state"},
	{"every bid's state is its newest event's", "the trail tells the truth",
		"select b.id from bids b join events e on e.kind = 'bid' and e.thing = b.id where e.seq = (select max(seq) from events x where x.kind = 'bid' and x.thing = b.id) and e.after_state <> b.state"},
	{"every challenge has its first event", "nothing appears from nowhere",
		"select c.id from challenges c where not exists (select 1 from events e where e.kind = 'challenge' and e.thing = c.id and e.before_state = '')"},
	{"events stand in the order of time", "the trail is in order, within the two seconds that clocks of nodes may differ",
		"select e.id from events e join events f on f.kind = e.kind and f.thing = e.thing and f.seq = (select min(seq) from events x where x.kind = e.kind and x.thing = e.thing and x.seq > e.seq) where f.before_state <> e.after_state and f.before_state <> ''"},
	{"events of bids name their challenge", "a challenge's trail is whole",
		"select id from events where kind in ('bid', 'assignment', 'objection') and challenge = ''"},
	{"sessions of disabled accounts are ended", "a ban takes effect at once",
		"select s.id from sessions s join users u on u.id = s.user_id where u.state = 'disabled' and s.ended_at is null"},
	{"every team has a lead", "one accountable lead",
		"select t.id from teams t where not exists (select 1 from team_members m where m.team_id = t.id and m.role = 'lead' and m.left_at is null)"},
	{"every unit with people has an administrator", "a unit manages itself",
		"select m.org_id from memberships m where m.ended_at is null group by m.org_id having sum(case when m.role = 'admin' then 1 else 0 end) = 0"},
	{"alliances are led by firms", "盟主 is an enterprise",
		"select a.id from alliances a join orgs o on o.id = a.leader_org_id where o.kind <> 'enterprise'"},
	{"recognised alliances have an academic member", "industry and science together",
		"select a.id from alliances a where a.state = 'recognised' and not exists (select 1 from alliance_members m where m.alliance_id = a.id and m.role = 'academic' and m.until is null)"},
	{"documents lie under a digest", "a file is found by its content",
		"select id from documents where length(sha256) <> 64"},
	{"documents of bids were uploaded by the team", "nobody else puts papers into a bid",
		"select d.id from documents d join bids b on b.id = d.owner_id where d.owner_kind = 'bid' and not exists (select 1 from team_members m where m.team_id = b.team_id and m.user_id = d.uploaded_by)"},
	{"deliveries are of events", "nothing is sent that did not happen",
		"select d.id from deliveries d left join events e on e.seq = d.event_seq where e.seq is null"},
	{"nobody has more subscriptions than he may", "a publication looks at every one of them",
		"select user_id from subscriptions where state = 'active' group by user_id having count(*) > " + strconv.Itoa(SubscriptionsPerPerson)},
	{"nobody has more mutes than he may", "a list looks at every one of them",
		"select user_id from mutes where state = 'active' group by user_id having count(*) > " + strconv.Itoa(MutesPerPerson)},
	{"subscriptions to a team name a team", "what is suggested is suggested to a team",
		"select s.id from subscriptions s left join teams t on t.id = s.value where s.topic = 'team' and t.id is null"},
	{"invitations are to listed challenges", "only what is public can be bid for",
		"select i.id from invitations i join challenges c on c.id = i.challenge_id where c.code = ''"},
	{"a challenge sends no more invitations than it may", "the list is open; an invitation is an extra",
		"select challenge_id from invitations group by challenge_id having count(*) > " + strconv.Itoa(InvitationsPerChallenge)},
	{"no team has more unanswered invitations than it may", "strong teams are not the only ones seen",
		"select i.team_id from invitations i join challenges c on c.id = i.challenge_id where i.state = 'invited' and c.state = 'published' group by i.team_id having count(*) > " + strconv.Itoa(InvitationsPerTeam)},
	{"nobody invites his own unit", "an invitation opens no gate",
		"select i.id from invitations i join teams t on t.id = i.team_id join challenges c on c.id = i.challenge_id where t.org_id = c.owner_org_id"},
	{"invitations are accepted before the deadline", "afterwards there is nothing to accept",
		"select i.id from invitations i join challenges c on c.id = i.challenge_id where i.state = 'accepted' and i.answered_at >= c.bid_deadline"},
	{"notices are of events", "nobody is told what did not happen",
		"select n.id from notices n left join events e on e.id = n.event_id where e.id is null"},
}

// Broken is an invariant that does not hold, with some of the rows that break it.
type Broken struct {
	Invariant
	Rows []string
}

// Examine checks every invariant on one snapshot and lists those that are broken.
func (s *Store) Examine(ctx context.Context) ([]Broken, error) {
	broken := []Broken{}
	err := s.Read(ctx, System, func(tx *Tx) error {
		for _, i := range Invariants {
			rows := []string{}
			if err := tx.db.Raw("select * from (" + i.Query + ") x limit 5").Scan(&rows).Error; err != nil {
				return fmt.Errorf("check that %s: %w", i.Name, err)
			}
			if len(rows) > 0 {
				broken = append(broken, Broken{i, rows})
			}
		}
		return nil
	})
	return broken, err
}
