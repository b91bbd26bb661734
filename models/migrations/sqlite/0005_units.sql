-- +goose Up
-- SQLite changes no check in place: the rows are set aside, the table is made anew with the
-- wider list of states and the rows put back before the references are looked at.
pragma defer_foreign_keys = on;
create table orgs_aside as select * from orgs;
drop table orgs;
create table orgs (
  id text primary key, name text not null, kind text not null, uscc text not null, uscc_manual boolean not null default false,
  region text not null, city text not null default '', founded text not null default '', homepage text not null default '',
  summary text not null default '', credentials text not null default '[]',
  state text not null check (state in ('pending', 'returned', 'verified')), version integer not null, created_at datetime not null, updated_at datetime not null,
  state_reason text not null default '');
insert into orgs select *, '' from orgs_aside;
drop table orgs_aside;
create unique index ux_orgs_uscc on orgs (uscc);
create index ix_orgs_name on orgs (name, id);
create index ix_orgs_state on orgs (state, updated_at);

create table alliances_aside as select * from alliances;
drop table alliances;
create table alliances (
  id text primary key, code text not null, name text not null, level text not null, tier text not null, chain text not null default '',
  leader_org_id text not null references orgs (id), region text not null, market_goal text not null default '',
  benefit_sharing text not null default '', signed_on text not null default '', valid_until text not null default '',
  state text not null check (state in ('pending', 'recognised', 'suspended', 'dissolved')), version integer not null, created_at datetime not null, updated_at datetime not null,
  state_reason text not null default '');
insert into alliances select *, '' from alliances_aside;
drop table alliances_aside;
create unique index ux_alliances_code on alliances (code);
create index ix_alliances_name on alliances (name, id);
create index ix_alliances_leader on alliances (leader_org_id);

create table org_reviews (
  id text primary key, org_id text not null references orgs (id), verdict text not null check (verdict in ('verified', 'returned')),
  checks text not null default '[]', reason text not null default '', by_user text not null references users (id), created_at datetime not null);
create index ix_org_reviews_org on org_reviews (org_id, created_at);

alter table org_relations add column state text not null default 'confirmed' check (state in ('declared', 'confirmed', 'refused'));
alter table org_relations add column declared_by text not null default '';
alter table org_relations add column decided_by text not null default '';
alter table org_relations add column decided_at datetime;
create index ix_org_relations_declared on org_relations (state) where state = 'declared';

alter table alliance_members add column confirmed_at datetime;
alter table alliance_members add column confirmed_by text not null default '';
alter table alliance_members add column ended_as text not null default '' check (ended_as in ('', 'refused', 'left', 'removed', 'leads'));
update alliance_members set confirmed_at = since;
update alliance_members set ended_as = 'removed' where until is not null;

create table alliance_transfers (
  id text primary key, alliance_id text not null references alliances (id), from_org_id text not null references orgs (id),
  to_org_id text not null references orgs (id), reason text not null default '',
  state text not null check (state in ('proposed', 'accepted', 'confirmed', 'declined', 'withdrawn')),
  proposed_by text not null default '', proposed_at datetime not null, accepted_by text not null default '', accepted_at datetime,
  decided_by text not null default '', decided_at datetime, check (from_org_id <> to_org_id));
create unique index ux_alliance_transfers_open on alliance_transfers (alliance_id) where state in ('proposed', 'accepted');
create index ix_alliance_transfers_alliance on alliance_transfers (alliance_id, proposed_at);

create table alliance_assessments (
  id text primary key, alliance_id text not null references alliances (id), year integer not null,
  score integer not null check (score between 0 and 100), grade text not null check (grade in ('excellent', 'good', 'pass', 'fail')),
  opinion text not null, by_user text not null default '', created_at datetime not null);
create unique index ux_alliance_assessments_year on alliance_assessments (alliance_id, year);

alter table batches add column needs_recommendation boolean not null default false;
alter table challenges add column recommended_at datetime;
alter table challenges add column recommended_by text not null default '';
alter table challenges add column recommendation text not null default '';

alter table integrity_records add column expert_id text not null default '';
alter table integrity_records add column body text not null default '';
alter table integrity_records add column recorded_by text not null default '';
alter table integrity_records add column appeal text not null default '';
alter table integrity_records add column appealed_by text not null default '';
alter table integrity_records add column appealed_at datetime;
alter table integrity_records add column answer text not null default '';
alter table integrity_records add column answered_by text not null default '';
alter table integrity_records add column answered_at datetime;
alter table integrity_records add column state text not null default 'in_force' check (state in ('in_force', 'appealed', 'revoked', 'expired'));
alter table integrity_records add column version integer not null default 1;
alter table integrity_records add column updated_at datetime not null default '2026-01-01 00:00:00+00:00';
create index ix_integrity_org on integrity_records (org_id) where org_id <> '';
create index ix_integrity_user on integrity_records (user_id) where user_id <> '';
create index ix_integrity_team on integrity_records (team_id) where team_id <> '';
