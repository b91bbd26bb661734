-- +goose Up
alter table orgs drop constraint orgs_state_check;
alter table orgs add constraint orgs_state_check check (state in ('pending', 'returned', 'verified'));
alter table orgs add column state_reason text not null default '';
create index ix_orgs_state on orgs (state, updated_at);

alter table alliances drop constraint alliances_state_check;
alter table alliances add constraint alliances_state_check check (state in ('pending', 'recognised', 'suspended', 'dissolved'));
alter table alliances add column state_reason text not null default '';

create table org_reviews (
  id text primary key, org_id text not null references orgs (id), verdict text not null check (verdict in ('verified', 'returned')),
  checks text not null default '[]', reason text not null default '', by_user text not null references users (id), created_at timestamptz not null);
create index ix_org_reviews_org on org_reviews (org_id, created_at);

alter table org_relations add column state text not null default 'confirmed' check (state in ('declared', 'confirmed', 'refused'));
alter table org_relations add column declared_by text not null default '';
alter table org_relations add column decided_by text not null default '';
alter table org_relations add column decided_at timestamptz;
create index ix_org_relations_declared on org_relations (state) where state = 'declared';

alter table alliance_members add column confirmed_at timestamptz;
alter table alliance_members add column confirmed_by text not null default '';
alter table alliance_members add column ended_as text not null default '' check (ended_as in ('', 'refused', 'left', 'removed', 'leads'));
update alliance_members set confirmed_at = since;
update alliance_members set ended_as = 'removed' where until is not null;

create table alliance_transfers (
  id text primary key, alliance_id text not null references alliances (id), from_org_id text not null references orgs (id),
  to_org_id text not null references orgs (id), reason text not null default '',
  state text not null check (state in ('proposed', 'accepted', 'confirmed', 'declined', 'withdrawn')),
  proposed_by text not null default '', proposed_at timestamptz not null, accepted_by text not null default '', accepted_at timestamptz,
  decided_by text not null default '', decided_at timestamptz, check (from_org_id <> to_org_id));
create unique index ux_alliance_transfers_open on alliance_transfers (alliance_id) where state in ('proposed', 'accepted');
create index ix_alliance_transfers_alliance on alliance_transfers (alliance_id, proposed_at);

create table alliance_assessments (
  id text primary key, alliance_id text not null references alliances (id), year bigint not null,
  score bigint not null check (score between 0 and 100), grade text not null check (grade in ('excellent', 'good', 'pass', 'fail')),
  opinion text not null, by_user text not null default '', created_at timestamptz not null);
create unique index ux_alliance_assessments_year on alliance_assessments (alliance_id, year);

alter table batches add column needs_recommendation boolean not null default false;
alter table challenges add column recommended_at timestamptz;
alter table challenges add column recommended_by text not null default '';
alter table challenges add column recommendation text not null default '';

alter table integrity_records add column expert_id text not null default '';
alter table integrity_records add column body text not null default '';
alter table integrity_records add column recorded_by text not null default '';
alter table integrity_records add column appeal text not null default '';
alter table integrity_records add column appealed_by text not null default '';
alter table integrity_records add column appealed_at timestamptz;
alter table integrity_records add column answer text not null default '';
alter table integrity_records add column answered_by text not null default '';
alter table integrity_records add column answered_at timestamptz;
alter table integrity_records add column state text not null default 'in_force' check (state in ('in_force', 'appealed', 'revoked', 'expired'));
alter table integrity_records add column version bigint not null default 1;
alter table integrity_records add column updated_at timestamptz not null default now();
create index ix_integrity_org on integrity_records (org_id) where org_id <> '';
create index ix_integrity_user on integrity_records (user_id) where user_id <> '';
create index ix_integrity_team on integrity_records (team_id) where team_id <> '';
