-- +goose Up
alter table batches add column need_sheets integer not null default 3 check (need_sheets between 1 and 15);
alter table need_experts add column released_at datetime check (released_at is null or scored_at is null);
alter table need_experts add column release_reason text not null default '';
