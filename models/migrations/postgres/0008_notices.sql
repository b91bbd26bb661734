-- +goose Up
create table notice_settings (
  user_id text primary key references users (id), mail text not null default 'on' check (mail in ('on', 'off')),
  zone text not null default 'Asia/Shanghai', quiet_from bigint not null default 1320 check (quiet_from between 0 and 1439),
  quiet_until bigint not null default 420 check (quiet_until between 0 and 1439), digest_at bigint not null default 510 check (digest_at between 0 and 1439),
  updated_at timestamptz not null);

create table notice_choices (
  user_id text not null references users (id), kind text not null, mail text not null check (mail in ('on', 'digest', 'off')),
  primary key (user_id, kind));

create table letters (
  id text primary key, event_id text not null, user_id text not null references users (id), channel text not null check (channel in ('mail')),
  kind text not null, thing_kind text not null, thing text not null, challenge text not null default '', params text not null, line text not null default '',
  digest boolean not null default false, sealed boolean not null default false,
  state text not null check (state in ('planned', 'held', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
  reason text not null default '', error text not null default '', attempt bigint not null default 0, claim text not null default '',
  message_id text not null default '', run_at timestamptz not null, lease_to timestamptz not null, created_at timestamptz not null, updated_at timestamptz not null,
  sent_at timestamptz, resent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null)), check (state <> 'cancelled' or reason <> ''), check (state not in ('sending', 'sent', 'unknown') or claim <> ''));
create unique index ux_letters_once on letters (event_id, user_id, channel);
create index ix_letters_due on letters (run_at, id) where state in ('planned', 'held');
create index ix_letters_leased on letters (lease_to) where state = 'sending';
create index ix_letters_line on letters (user_id, thing, line);
create index ix_letters_unsent on letters (thing) where state in ('planned', 'held');
create index ix_letters_list on letters (created_at, id);

create table webhooks (
  id text primary key, scope text not null check (scope in ('org', 'team', 'region')), scope_id text not null, made_by text not null references users (id),
  name text not null, url text not null, format text not null check (format in ('standard', 'feishu', 'dingtalk', 'wecom')), kinds text not null,
  bot_secret text not null default '', locale text not null default 'zh-CN', generation bigint not null default 1, rotated_at timestamptz,
  failures bigint not null default 0, reason text not null default '',
  state text not null check (state in ('active', 'paused', 'ended')), version bigint not null, created_at timestamptz not null, updated_at timestamptz not null);
create index ix_webhooks_scope on webhooks (scope, scope_id);
create index ix_webhooks_live on webhooks (id) where state = 'active';

create table webhook_calls (
  id text primary key, webhook_id text not null references webhooks (id), event_id text not null, kind text not null,
  thing_kind text not null, thing text not null, challenge text not null default '', before_state text not null default '', after_state text not null default '',
  state text not null check (state in ('planned', 'sending', 'delivered', 'failed', 'cancelled')), reason text not null default '',
  status bigint not null default 0, latency_ms bigint not null default 0, error text not null default '', attempt bigint not null default 0,
  claim text not null default '', run_at timestamptz not null, lease_to timestamptz not null, created_at timestamptz not null, updated_at timestamptz not null);
create unique index ux_webhook_calls_once on webhook_calls (webhook_id, event_id);
create index ix_webhook_calls_due on webhook_calls (run_at, id) where state = 'planned';
create index ix_webhook_calls_leased on webhook_calls (webhook_id, lease_to) where state = 'sending';
create index ix_webhook_calls_list on webhook_calls (webhook_id, created_at, id);

create table calendars (
  id text primary key, user_id text not null references users (id), created_at timestamptz not null, ended_at timestamptz, read_at timestamptz);
create unique index ux_calendars_live on calendars (user_id) where ended_at is null;
