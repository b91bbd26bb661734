-- +goose Up
alter table challenges add column text_no integer not null default 0 check (text_no >= 0);
alter table challenges add column amended_no integer not null default 0 check (amended_no >= 0);
alter table challenges add column repost_of text not null default '';
alter table challenges add column repost_changes text not null default '[]';
alter table challenges add column rules text not null default '{}';
create unique index ux_challenges_repost on challenges (repost_of) where repost_of <> '' and state <> 'withdrawn';
alter table bids add column read_no integer not null default 0;
alter table bids add column sealed_no integer not null default 0;
alter table batches add column rules text not null default '{}';
alter table batches add column dates text not null default '{}';
alter table batches add column cloned_from text not null default '';
alter table batches add column announced_at datetime;
alter table batches add column notice text not null default '';

create table questions (
  id text primary key, challenge_id text not null references challenges (id), asked_by text not null references users (id),
  text text not null, public text not null, answer text not null default '', answered_at datetime, supplement_no integer not null default 0,
  reason text not null default '', state text not null check (state in ('asked', 'answered', 'set_aside')),
  version integer not null, created_at datetime not null, updated_at datetime not null,
  check ((state = 'answered') = (answered_at is not null)), check ((state = 'answered') = (supplement_no > 0)));
create index ix_questions_challenge on questions (challenge_id, created_at);

create table supplements (
  id text primary key, challenge_id text not null references challenges (id), no integer not null check (no >= 1),
  kind text not null check (kind in ('answer', 'amendment', 'extension')), question_id text not null default '', amendment_id text not null default '',
  asked text not null default '', answer text not null default '', changes text not null default '[]', reason text not null default '',
  deadline_before datetime, deadline_after datetime, at datetime not null);
create unique index ux_supplements_no on supplements (challenge_id, no);
create unique index ux_supplements_question on supplements (question_id) where question_id <> '';
create unique index ux_supplements_amendment on supplements (amendment_id) where amendment_id <> '';

create table amendments (
  id text primary key, challenge_id text not null references challenges (id), proposed_by text not null references users (id),
  text text not null, changes text not null default '[]', reason text not null, bid_deadline datetime, supplement_no integer not null default 0,
  decision text not null default '', state text not null check (state in ('proposed', 'published', 'refused', 'withdrawn')),
  version integer not null, created_at datetime not null, updated_at datetime not null, check ((state = 'published') = (supplement_no > 0)));
create unique index ux_amendments_open on amendments (challenge_id) where state = 'proposed';
create index ix_amendments_challenge on amendments (challenge_id, created_at);

create table ndas (
  id text primary key, challenge_id text not null references challenges (id), team_id text not null references teams (id),
  org_id text not null references orgs (id), signed_by text not null references users (id), digest text not null, text text not null,
  state text not null check (state in ('signed')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_ndas_team on ndas (challenge_id, team_id);

create table diagnoses (challenge_id text primary key references challenges (id), body text not null, at datetime not null);
