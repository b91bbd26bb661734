-- +goose Up
alter table batches add column conflict_rules text not null default '[]';
alter table challenges add column conflict_rules text not null default '[]';
alter table evidence add column parties text not null default '[]';

create table ties (
  id text primary key,
  kind text not null check (kind in ('employment', 'project', 'patent', 'paper', 'co_bid', 'collaboration', 'supervision', 'kinship', 'shareholding', 'advice')),
  what text not null default '', since text not null default '', until text not null default '', basis text not null,
  recorded_by text not null references users (id), strike_reason text not null default '',
  state text not null check (state in ('on_record', 'struck')), version integer not null, created_at datetime not null, updated_at datetime not null,
  check (until = '' or since <= until));
create index ix_ties_created on ties (created_at, id);

-- Who a tie is between: a person, a unit or a team that is registered, or a name as written.
create table tie_parties (
  tie_id text not null references ties (id), no integer not null check (no >= 1),
  user_id text references users (id), org_id text references orgs (id), team_id text references teams (id),
  name text not null default '', unit text not null default '', primary key (tie_id, no),
  check (user_id is not null or org_id is not null or team_id is not null or name <> '' or unit <> ''));
create index ix_tie_parties_user on tie_parties (user_id) where user_id is not null;
create index ix_tie_parties_org on tie_parties (org_id) where org_id is not null;

-- Two people let a soft conflict pass: one asks, another approves.
create table waivers (
  id text primary key, challenge_id text not null references challenges (id), bid_id text not null default '', expert_id text not null references experts (id),
  conflict_key text not null, rule text not null, words_zh text not null, words_en text not null, reason text not null,
  asked_by text not null references users (id), answered_by text not null default '', answered_at datetime, answer_reason text not null default '',
  state text not null check (state in ('asked', 'approved', 'refused')), version integer not null, created_at datetime not null, updated_at datetime not null,
  check (answered_by <> asked_by), check ((state = 'asked') = (answered_at is null)));
create unique index ux_waivers_conflict on waivers (challenge_id, conflict_key) where state <> 'refused';
