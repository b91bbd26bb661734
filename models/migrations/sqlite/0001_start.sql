-- +goose Up
create table users (
  id text primary key, login text not null, name text not null, email text not null default '', mobile text not null default '',
  password_hash text not null, locale text not null default 'zh-CN',
  state text not null check (state in ('active', 'disabled')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_users_login on users (login);

create table sessions (
  id text primary key, user_id text not null references users (id), refresh_hash text not null, previous_hash text not null default '',
  agent text not null default '', created_at datetime not null, rotated_at datetime not null, expires_at datetime not null,
  ended_at datetime, end_reason text not null default '');
create index ix_sessions_user on sessions (user_id);
create index ix_sessions_refresh on sessions (refresh_hash);
create index ix_sessions_previous on sessions (previous_hash);

create table grants (
  id text primary key, user_id text not null references users (id), role text not null check (role in ('officer', 'operator', 'auditor')),
  region text not null default '', granted_by text not null default '', created_at datetime not null, revoked_at datetime);
create unique index ux_grants_live on grants (user_id, role, region) where revoked_at is null;

create table orgs (
  id text primary key, name text not null, kind text not null, uscc text not null, uscc_manual boolean not null default false,
  region text not null, city text not null default '', founded text not null default '', homepage text not null default '',
  summary text not null default '', credentials text not null default '[]',
  state text not null check (state in ('pending', 'verified')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_orgs_uscc on orgs (uscc);
create index ix_orgs_name on orgs (name, id);

create table memberships (
  id text primary key, user_id text not null references users (id), org_id text not null references orgs (id),
  role text not null check (role in ('admin', 'poster', 'member')), since datetime not null, ended_at datetime);
create unique index ux_memberships_live on memberships (user_id, org_id) where ended_at is null;
create index ix_memberships_org on memberships (org_id);

create table org_relations (
  id text primary key, child_id text not null references orgs (id), parent_id text not null references orgs (id),
  kind text not null check (kind in ('parent', 'control')), since datetime not null, until datetime, check (child_id <> parent_id));
create index ix_org_relations_child on org_relations (child_id);
create index ix_org_relations_parent on org_relations (parent_id);

create table integrity_records (
  id text primary key, org_id text not null default '', team_id text not null default '', user_id text not null default '',
  act text not null, basis text not null default '', since datetime not null, until datetime not null, created_at datetime not null);
create index ix_integrity_until on integrity_records (until);

create table alliances (
  id text primary key, code text not null, name text not null, level text not null, tier text not null, chain text not null default '',
  leader_org_id text not null references orgs (id), region text not null, market_goal text not null default '',
  benefit_sharing text not null default '', signed_on text not null default '', valid_until text not null default '',
  state text not null check (state in ('pending', 'recognised')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_alliances_code on alliances (code);
create index ix_alliances_name on alliances (name, id);
create index ix_alliances_leader on alliances (leader_org_id);

create table alliance_members (
  id text primary key, alliance_id text not null references alliances (id), org_id text not null references orgs (id),
  role text not null, share_bp integer not null default 0 check (share_bp between 0 and 10000), since datetime not null, until datetime);
create unique index ux_alliance_members_live on alliance_members (alliance_id, org_id) where until is null;
create index ix_alliance_members_org on alliance_members (org_id);

create table teams (
  id text primary key, code text not null, name text not null, org_id text not null references orgs (id), summary text not null default '',
  trl_min integer not null check (trl_min between 1 and 9), trl_max integer not null check (trl_max between trl_min and 9),
  max_concurrent integer not null check (max_concurrent >= 1), ongoing integer not null default 0 check (ongoing >= 0),
  chains text not null default '[]', disciplines text not null default '[]', ipc text not null default '[]', domains text not null default '[]',
  capabilities text not null default '[]', equipment text not null default '[]', pilot_lines text not null default '[]',
  staff text not null default '{}', track text not null default '{}', evidence_counts text not null default '{}',
  state text not null check (state in ('active')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_teams_code on teams (code);
create index ix_teams_name on teams (name, id);
create index ix_teams_org on teams (org_id);

create table team_members (
  id text primary key, team_id text not null references teams (id), user_id text not null references users (id),
  role text not null check (role in ('lead', 'member')), joined_at datetime not null, left_at datetime);
create unique index ux_team_members_live on team_members (team_id, user_id) where left_at is null;
create unique index ux_team_members_lead on team_members (team_id) where left_at is null and role = 'lead';
create index ix_team_members_user on team_members (user_id);

create table evidence (
  id text primary key, team_id text not null references teams (id), kind text not null, title text not null, number text not null default '',
  year integer not null, role text not null default '', abstract text not null default '', tags text not null default '[]',
  verify_state text not null check (verify_state in ('self_declared', 'pending', 'verified', 'rejected')), verifier text not null default '',
  document_id text not null default '', created_at datetime not null, updated_at datetime not null);
create index ix_evidence_team on evidence (team_id, year);

create table experts (
  id text primary key, code text not null, user_id text not null references users (id), name text not null, kind text not null,
  unit text not null, org_id text not null default '', rank text not null default '', discipline text not null default '',
  domains text not null default '[]', yearly_cap integer not null check (yearly_cap between 1 and 100), other_count integer not null default 0,
  away text not null default '[]', conflicts text not null default '[]', promised_at datetime,
  state text not null check (state in ('pending', 'active', 'suspended')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_experts_user on experts (user_id);
create unique index ux_experts_code on experts (code);

create table catalogues (
  id text primary key, kind text not null check (kind in ('chain', 'domain', 'capability', 'trl')), code text not null, name_zh text not null,
  name_en text not null default '', valid_from text not null, valid_to text not null default '', source text not null default '',
  state text not null check (state in ('draft', 'published')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_catalogues_code on catalogues (kind, code);

create table terms (
  id text primary key, catalogue_id text not null references catalogues (id), kind text not null, code text not null, name_zh text not null,
  name_en text not null default '', note_zh text not null default '', parent text not null default '', group_zh text not null default '',
  position integer not null, synonyms text not null default '[]', maps_to text not null default '[]');
create unique index ux_terms_code on terms (catalogue_id, code);

create table batches (
  id text primary key, region text not null, region_code text not null, year integer not null, no integer not null, programme text not null default '',
  title text not null, criteria text not null, weights text not null, panel_rules text not null,
  publicity_days integer not null check (publicity_days between 3 and 15), in_province_only boolean not null default false,
  state text not null check (state in ('open')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_batches_no on batches (region, year, no);
create unique index ux_batches_code on batches (region_code, year, no);

create table challenges (
  id text primary key, code text not null default '', batch_id text not null default '', title text not null default '',
  type text not null default '', nature text not null default '', competition_mode text not null default '', max_lanes integer not null default 1,
  eliminate_at integer not null default 0, selection_mode text not null default '', alliance_id text not null default '',
  owner_org_id text not null references orgs (id), region text not null default '', city text not null default '', chain text not null default '',
  chain_node text not null default '', codes text not null default '{}', trl_now integer not null default 0, trl_target integer not null default 0,
  background text not null default '', need text not null default '', detail text not null default '', deliverables text not null default '[]',
  bounty_fen integer not null default 0 check (bounty_fen >= 0), honor_only boolean not null default false,
  total_fen integer not null default 0 check (total_fen >= 0), funding text not null default '{}', fund_proof_id text not null default '',
  term_months integer not null default 0, plan text not null default '[]', ip_terms text not null default '{}',
  bidder_conditions text not null default '{}', procurement_promise text not null default '', commitment_required boolean not null default false,
  confidentiality text not null default '', anonymous_owner boolean not null default false, contact text not null default '{}',
  tags text not null default '[]', capabilities text not null default '[]', clarify_until datetime, bid_deadline datetime, open_at datetime,
  short_window_reason text not null default '', criteria text not null default '[]', weights text not null default '{}',
  panel_rules text not null default '{}', in_province_only boolean not null default false, publicity_days integer not null default 0,
  published_at datetime, opened_at datetime, publicity_from datetime, publicity_until datetime, state_reason text not null default '',
  created_by text not null default '', search_no integer not null default 0,
  state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'published', 'bidding_closed', 'evaluating', 'shortlisted',
    'publicity', 'awarded', 'no_bid', 'failed', 'withdrawn')),
  version integer not null, created_at datetime not null, updated_at datetime not null,
  check (state in ('draft', 'submitted', 'returned', 'approved', 'withdrawn') or (code <> '' and bid_deadline is not null and open_at >= bid_deadline)));
create unique index ux_challenges_code on challenges (code) where code <> '';
create unique index ux_challenges_search on challenges (search_no) where search_no > 0;
create index ix_challenges_owner on challenges (owner_org_id, updated_at);
create index ix_challenges_state_deadline on challenges (state, bid_deadline, id);
-- The public list walks these in its orders without touching the wide rows.
create index ix_challenges_newest on challenges (search_no, state, chain, city, type, competition_mode, batch_id, bounty_fen, bid_deadline, id)
  where search_no > 0;
create index ix_challenges_deadline on challenges (bid_deadline, id, search_no, state, chain, city, type, competition_mode, batch_id, bounty_fen)
  where search_no > 0;
create index ix_challenges_bounty on challenges (bounty_fen, id, search_no, state, chain, city, type, competition_mode, batch_id, bid_deadline)
  where search_no > 0;
create index ix_challenges_region on challenges (region, updated_at);
create index ix_challenges_batch on challenges (batch_id);

-- What the public list is narrowed by, and how many there are of each.
create table challenge_facets (
  axis text not null, value text not null, search_no integer not null, primary key (axis, value, search_no));
create index ix_challenge_facets_no on challenge_facets (search_no, axis, value);
create table challenge_counts (axis text not null, value text not null, n integer not null, primary key (axis, value));

create table indicators (
  id text primary key, challenge_id text not null references challenges (id), no integer not null, name text not null,
  op text not null check (op in ('>=', '<=', '=', 'range', 'meets')), value real, value_min real, value_max real, value_text text not null default '',
  unit text not null default '', baseline text not null default '', weight integer not null check (weight between 0 and 100),
  knockout boolean not null default false, test_method text not null default '', tested_by text not null default '');
create unique index ux_indicators_no on indicators (challenge_id, no);

create table bids (
  id text primary key, code text not null default '', challenge_id text not null references challenges (id), team_id text not null references teams (id),
  org_id text not null references orgs (id), draft_version integer not null default 0, requested_version integer not null default 0,
  endorsed_version integer not null default 0, endorsed_digest text not null default '', endorsed_by text not null default '', endorsed_at datetime,
  sealed_version integer not null default 0, submitted_at datetime, quote_fen integer not null default 0, match_score real not null default 0,
  check_items text not null default '[]', state_reason text not null default '',
  state text not null check (state in ('draft', 'institution_pending', 'endorsed', 'submitted', 'withdrawn', 'opened', 'formal_passed',
    'formal_rejected', 'in_review', 'scored', 'shortlisted', 'not_shortlisted', 'awarded', 'reserve', 'not_awarded')),
  version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_bids_team on bids (challenge_id, team_id);
create index ix_bids_team on bids (team_id, created_at);
create index ix_bids_org on bids (org_id, created_at);
create index ix_bids_awarded on bids (team_id) where state = 'awarded';

create table bid_drafts (
  id text primary key, bid_id text not null references bids (id), version integer not null, content text not null, digest text not null,
  saved_by text not null, saved_at datetime not null);
create unique index ux_bid_drafts_version on bid_drafts (bid_id, version);

create table envelopes (
  id text primary key, bid_id text not null references bids (id), version integer not null, content text not null, digest text not null,
  sealed_at datetime not null, sealed_by text not null, ended_at datetime, end_reason text not null default '');
create unique index ux_envelopes_live on envelopes (bid_id) where ended_at is null;

create table promises (
  id text primary key, bid_id text not null references bids (id), indicator_id text not null references indicators (id), row text not null,
  met boolean not null);
create unique index ux_promises_indicator on promises (bid_id, indicator_id);

create table panels (
  id text primary key, challenge_id text not null references challenges (id), seq integer not null, seed text not null, question text not null,
  result text not null, digest text not null, engine text not null, excluded text not null default '[]', reason text not null default '', drawn_by text not null, drawn_at datetime not null);
create unique index ux_panels_seq on panels (challenge_id, seq);

create table assignments (
  id text primary key, challenge_id text not null references challenges (id), bid_id text not null references bids (id),
  expert_id text not null references experts (id), user_id text not null references users (id), fit real not null, position integer not null,
  declared_at datetime, state_reason text not null default '', instead_of text not null default '',
  state text not null check (state in ('invited', 'accepted', 'declined', 'recused', 'submitted')),
  version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_assignments_live on assignments (bid_id, expert_id) where state in ('invited', 'accepted', 'submitted');
create index ix_assignments_challenge on assignments (challenge_id);
create index ix_assignments_expert on assignments (expert_id, state);

create table reviews (
  id text primary key, assignment_id text not null references assignments (id), challenge_id text not null, bid_id text not null, expert_id text not null,
  scores text not null, knockouts text not null, confidence integer not null, recommend boolean not null, comment text not null, total real not null,
  state text not null check (state in ('draft', 'submitted')), saved_at datetime not null, submitted_at datetime);
create unique index ux_reviews_assignment on reviews (assignment_id);
create index ix_reviews_challenge on reviews (challenge_id);

create table satisfactions (
  id text primary key, challenge_id text not null references challenges (id), bid_id text not null references bids (id), points real not null,
  veto boolean not null, choice boolean not null default false, reason text not null, given_by text not null, given_at datetime not null);
create unique index ux_satisfactions_bid on satisfactions (bid_id);

create table rankings (
  id text primary key, challenge_id text not null references challenges (id), seq integer not null, engine text not null, input text not null,
  output text not null, digest text not null, computed_by text not null, computed_at datetime not null);
create unique index ux_rankings_seq on rankings (challenge_id, seq);

create table awards (
  id text primary key, challenge_id text not null references challenges (id), bid_id text not null references bids (id),
  kind text not null check (kind in ('award', 'reserve')), lane integer not null check (lane >= 1),
  state text not null check (state in ('proposed', 'decided', 'dropped')), reason text not null default '', created_at datetime not null, decided_at datetime);
create unique index ux_awards_lane on awards (challenge_id, lane) where kind = 'award' and state <> 'dropped';
create unique index ux_awards_bid on awards (bid_id) where state <> 'dropped';

create table objections (
  id text primary key, code text not null, challenge_id text not null references challenges (id), user_id text not null references users (id),
  name text not null, contact text not null, text text not null, documents text not null default '[]', due_at datetime not null,
  decision text not null default '', decided_by text not null default '', decided_at datetime,
  state text not null check (state in ('filed', 'upheld', 'dismissed')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_objections_code on objections (code);
create index ix_objections_challenge on objections (challenge_id);

create table documents (
  id text primary key, owner_kind text not null, owner_id text not null, purpose text not null default '', name text not null, media_type text not null,
  size integer not null check (size >= 0), sha256 text not null, audience text not null check (audience in ('readers', 'parties')),
  uploaded_by text not null, state text not null check (state in ('stored', 'removed')),
  version integer not null, created_at datetime not null, updated_at datetime not null);
create index ix_documents_owner on documents (owner_kind, owner_id);
create index ix_documents_sha256 on documents (sha256);

create table notices (
  id text primary key, user_id text not null references users (id), kind text not null, thing_kind text not null, thing text not null,
  params text not null, event_id text not null, created_at datetime not null, read_at datetime);
create unique index ux_notices_event on notices (user_id, event_id);
create index ix_notices_user on notices (user_id, created_at, id);

create table answers (
  user_id text not null, key text not null, call text not null, status integer not null, body text not null, at datetime not null,
  primary key (user_id, key));
create index ix_answers_at on answers (at);

create table sequences (name text primary key, value integer not null);

create table events (
  seq integer primary key autoincrement, id text not null, at datetime not null, actor text not null, acted_as text not null, action text not null,
  kind text not null, thing text not null, challenge text not null, before_state text not null, after_state text not null,
  reason text not null, data text not null);
create unique index ux_events_id on events (id);
create index ix_events_thing on events (kind, thing, seq);
create index ix_events_challenge on events (challenge, seq);

create table deliveries (
  id integer primary key autoincrement, event_seq integer not null references events (seq), follower text not null,
  state text not null check (state in ('ready', 'running', 'done', 'dead')), attempt integer not null, run_at datetime not null,
  lease_to datetime not null, error text not null default '');
create unique index ux_deliveries_once on deliveries (event_seq, follower);
create index ix_deliveries_due on deliveries (state, run_at);

-- +goose StatementBegin
create trigger events_keep_update before update on events begin select raise(abort, 'events are never changed'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger events_keep_delete before delete on events begin select raise(abort, 'events are never deleted'); end;
-- +goose StatementEnd

-- The index holds tokens cut in Go, so that both databases find the same.
create virtual table challenge_search using fts5 (tokens, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");
