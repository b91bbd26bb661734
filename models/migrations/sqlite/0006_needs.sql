-- +goose Up
alter table batches add column min_quality integer not null default 60 check (min_quality between 0 and 100);
create table needs (
  id text primary key, code text not null default '', owner_org_id text not null references orgs (id), region text not null, city text not null default '',
  title text not null default '', chain text not null default '', content text not null default '{}', quality integer not null default 0 check (quality between 0 and 100),
  publish boolean not null default false, state_reason text not null default '', opinion text not null default '',
  merged_into text references needs (id), challenge_id text references challenges (id), created_by text not null default '',
  state text not null check (state in ('draft', 'submitted', 'refining', 'in_argument', 'approved', 'returned', 'parked', 'merged', 'turned')),
  version integer not null, created_at datetime not null, updated_at datetime not null,
  check (merged_into is null or merged_into <> id), check ((state = 'merged') = (merged_into is not null)), check ((state = 'turned') = (challenge_id is not null)));
create unique index ux_needs_code on needs (code) where code <> '';
create unique index ux_needs_challenge on needs (challenge_id) where challenge_id is not null;
create index ix_needs_owner on needs (owner_org_id);
create index ix_needs_quality on needs (quality, id);
create index ix_needs_created on needs (created_at, id);

create table need_comments (
  id text primary key, need_id text not null references needs (id), field text not null default '', body text not null,
  by_user text not null default '', by_office boolean not null default false, created_at datetime not null,
  resolved_at datetime, resolved_by text not null default '');
create index ix_need_comments_need on need_comments (need_id, created_at);

create table need_experts (
  id text primary key, need_id text not null references needs (id), expert_id text not null references experts (id), named_at datetime not null,
  scores text not null default '{}', opinion text not null default '', verdict text not null default '' check (verdict in ('', 'approve', 'revise', 'reject')),
  scored_at datetime, check ((scored_at is null) = (verdict = '')));
create unique index ux_need_experts_pair on need_experts (need_id, expert_id);
create index ix_need_experts_expert on need_experts (expert_id);
