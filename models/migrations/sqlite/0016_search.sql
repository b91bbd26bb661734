-- +goose Up
-- What the order by relevance is computed from: the words of the title and of the labels, and
-- those that come again and again in the text.
create table challenge_heads (
  search_no integer primary key, title text not null, labels text not null, often text not null default '');
create virtual table heads_search using fts5 (title, labels, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");
-- Entries of the public list that are to be made anew.
create table challenge_stale (search_no integer primary key);
insert into challenge_stale (search_no) select search_no from challenges where search_no > 0;
-- Latin words of the public texts, for "did you mean".
create table latin_words (word text primary key);

create table searches (
  id text primary key, user_id text not null references users (id), name text not null, query text not null,
  told boolean not null default false, ran_at datetime,
  state text not null check (state in ('saved', 'ended')), version integer not null, created_at datetime not null, updated_at datetime not null);
create unique index ux_searches_name on searches (user_id, name) where state = 'saved';
create unique index ux_searches_query on searches (user_id, query) where state = 'saved';
create index ix_searches_told on searches (query) where state = 'saved' and told;

create table suggestions (
  id text primary key, user_id text not null references users (id),
  kind text not null check (kind in ('chain', 'domain', 'capability')), what text not null check (what in ('synonym', 'label', 'term')),
  code text not null, value text not null, value_en text not null default '', reason text not null,
  answer text not null default '', answered_by text not null default '', answered_at datetime, catalogue_id text references catalogues (id),
  state text not null check (state in ('suggested', 'accepted', 'refused', 'withdrawn')),
  version integer not null, created_at datetime not null, updated_at datetime not null,
  check ((state in ('accepted', 'refused')) = (answered_at is not null)), check ((state = 'accepted') = (catalogue_id is not null)));
create unique index ux_suggestions_open on suggestions (user_id, kind, what, code, value) where state = 'suggested';
create index ix_suggestions_state on suggestions (state, created_at, id);
create index ix_suggestions_user on suggestions (user_id, created_at, id);
