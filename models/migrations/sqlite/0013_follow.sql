-- +goose Up
-- A single challenge can be followed, too. SQLite cannot change a check: the table is made anew.
create table subscriptions_new (
  id text primary key, user_id text not null references users (id),
  topic text not null check (topic in ('challenge', 'chain', 'domain', 'capability', 'text', 'team')), value text not null,
  band text not null default '' check (band in ('', 'fair', 'good', 'strong') and (band <> '') = (topic = 'team')),
  state text not null check (state in ('active', 'ended')), version integer not null, created_at datetime not null, updated_at datetime not null);
insert into subscriptions_new (id, user_id, topic, value, band, state, version, created_at, updated_at)
  select id, user_id, topic, value, band, state, version, created_at, updated_at from subscriptions;
drop table subscriptions;
alter table subscriptions_new rename to subscriptions;
create unique index ux_subscriptions_live on subscriptions (user_id, topic, value) where state = 'active';
create index ix_subscriptions_topic on subscriptions (topic, value) where state = 'active';

-- Since when a webhook fails: a receiver that is away for an hour is no reason to give it up.
alter table webhooks add column failing_since datetime;
