-- +goose Up
alter table terms add column ipc text not null default '[]';
alter table terms add column gbt4754 text not null default '[]';
alter table terms add column merged_into text not null default '';

create table challenge_terms (
  challenge_id text not null references challenges (id), kind text not null check (kind in ('chain', 'domain', 'capability')), code text not null,
  term_id text not null references terms (id), primary key (challenge_id, kind, code));

create table suggestions (
  id text primary key, user_id text not null references users (id),
  kind text not null check (kind in ('chain', 'domain', 'capability', 'trl')), form text not null check (form in ('term', 'synonym')),
  of_code text not null default '', name_zh text not null, name_en text not null default '', why text not null,
  answer text not null default '', answered_by text not null default '', answered_at datetime,
  catalogue_id text references catalogues (id), code text not null default '',
  state text not null check (state in ('proposed', 'accepted', 'declined')), version integer not null, created_at datetime not null, updated_at datetime not null,
  check ((state = 'proposed') = (answered_at is null)), check ((state = 'accepted') = (catalogue_id is not null)));
create unique index ux_suggestions_live on suggestions (kind, form, of_code, name_zh) where state = 'proposed';
create index ix_suggestions_user on suggestions (user_id, created_at);
create index ix_suggestions_state on suggestions (state, created_at);
