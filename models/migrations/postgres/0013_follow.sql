-- +goose Up
-- A single challenge can be followed, too.
alter table subscriptions drop constraint subscriptions_topic_check;
alter table subscriptions add constraint subscriptions_topic_check check (topic in ('challenge', 'chain', 'domain', 'capability', 'text', 'team'));
