-- +goose Up
create table text_vectors (
  embedding text not null check (embedding <> ''), digest text not null check (length(digest) = 32), vector blob not null,
  primary key (embedding, digest)) without rowid;
create table embedded_things (
  kind text not null check (kind in ('team', 'challenge')), thing text not null, version integer not null, key text not null,
  primary key (kind, thing)) without rowid;
