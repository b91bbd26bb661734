-- +goose Up
-- A letter of invitation goes to somebody who has no account yet; empty is the person's own address.
alter table letters add column address text not null default '';
