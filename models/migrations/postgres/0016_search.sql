-- +goose Up
-- What the order by relevance is computed from: the words of the title and of the labels, and
-- those that come again and again in the text.
create table challenge_heads (
  search_no bigint primary key, title text not null, labels text not null, often text not null default '');
create table heads_search (search_no bigint primary key, title tsvector not null, both_words tsvector not null);
create index ix_heads_search_title on heads_search using gin (title);
create index ix_heads_search_both on heads_search using gin (both_words);
-- Entries of the public list that are to be made anew.
create table challenge_stale (search_no bigint primary key);
insert into challenge_stale (search_no) select search_no from challenges where search_no > 0;
-- Latin words of the public texts, for "did you mean".
create table latin_words (word text primary key);
