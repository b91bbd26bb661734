-- +goose Up
create table subscriptions (
  id text primary key, user_id text not null references users (id),
  topic text not null check (topic in ('chain', 'domain', 'capability', 'text', 'team')), value text not null,
  band text not null default '' check (band in ('', 'fair', 'good', 'strong') and (band <> '') = (topic = 'team')),
  state text not null check (state in ('active', 'ended')), version bigint not null, created_at timestamptz not null, updated_at timestamptz not null);
create unique index ux_subscriptions_live on subscriptions (user_id, topic, value) where state = 'active';
create index ix_subscriptions_topic on subscriptions (topic, value) where state = 'active';

create table mutes (
  id text primary key, user_id text not null references users (id),
  topic text not null check (topic in ('challenge', 'org', 'chain', 'domain', 'capability', 'team')), value text not null,
  state text not null check (state in ('active', 'ended')), version bigint not null, created_at timestamptz not null, updated_at timestamptz not null);
create unique index ux_mutes_live on mutes (user_id, topic, value) where state = 'active';
create index ix_mutes_topic on mutes (topic, value) where state = 'active';

create table invitations (
  id text primary key, challenge_id text not null references challenges (id), team_id text not null references teams (id),
  invited_by text not null references users (id), invited_as text not null check (invited_as in ('owner', 'officer')),
  message text not null default '', score double precision not null, band text not null check (band in ('strong', 'good', 'fair', 'weak')),
  parts text not null default '[]', reason text not null default '', answered_by text not null default '', answered_at timestamptz,
  state text not null check (state in ('invited', 'accepted', 'declined', 'lapsed')),
  version bigint not null, created_at timestamptz not null, updated_at timestamptz not null,
  check ((state in ('accepted', 'declined')) = (answered_at is not null)));
create unique index ux_invitations_team on invitations (challenge_id, team_id);
create index ix_invitations_team on invitations (team_id, created_at);
create index ix_invitations_open on invitations (team_id) where state = 'invited';
