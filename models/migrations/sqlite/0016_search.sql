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
