-- +goose Up
create table match_models (
  id text primary key, version text not null, texts integer not null check (texts >= 0), trained_at datetime not null, bytes blob not null);
create unique index ux_match_models_version on match_models (version);
create index ix_match_models_trained on match_models (trained_at);

create table team_entries (no integer primary key autoincrement, team_id text not null references teams (id), team_version integer not null, key text not null, vector blob not null);
create unique index ux_team_entries_team on team_entries (team_id);
create virtual table team_search using fts5 (labels, said, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");
