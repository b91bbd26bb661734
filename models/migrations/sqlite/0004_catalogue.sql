-- +goose Up
alter table terms add column ipc text not null default '[]';
alter table terms add column gbt4754 text not null default '[]';
alter table terms add column merged_into text not null default '';

create table challenge_terms (
  challenge_id text not null references challenges (id), kind text not null check (kind in ('chain', 'domain', 'capability')), code text not null,
  term_id text not null references terms (id), primary key (challenge_id, kind, code));
