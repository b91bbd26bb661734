-- +goose Up
-- A single challenge can be followed, too.
alter table subscriptions drop constraint subscriptions_topic_check;
alter table subscriptions add constraint subscriptions_topic_check check (topic in ('challenge', 'chain', 'domain', 'capability', 'text', 'team'));

-- Since when a webhook fails: a receiver that is away for an hour is no reason to give it up.
alter table webhooks add column failing_since timestamptz;
