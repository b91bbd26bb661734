-- +goose Up
alter table grants drop constraint grants_role_check;
alter table grants add constraint grants_role_check check (role in ('officer', 'operator', 'auditor', 'system_admin', 'security_admin', 'audit_admin'));
-- Who runs the platform does not supervise it: an operator loses the auditor's office he held beside.
update grants set revoked_at = now() where role = 'auditor' and revoked_at is null
  and user_id in (select user_id from grants where role = 'operator' and revoked_at is null);

-- Of the offices that watch or undo one another nobody holds two, even where the code is wrong.
create unique index ux_grants_exclusive on grants (user_id)
  where revoked_at is null and role in ('operator', 'auditor', 'system_admin', 'security_admin', 'audit_admin');

alter table sessions add column address text not null default '';
alter table sessions add column confirmed_at timestamptz;

create table sign_in_tries (key text primary key, tries bigint not null, last_at timestamptz not null, locked_until timestamptz);

create table password_resets (
  id text primary key, user_id text not null references users (id), token_hash text not null, made_by text not null default '',
  created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz);
create unique index ux_password_resets_token on password_resets (token_hash);
create index ix_password_resets_user on password_resets (user_id);

create table totps (
  user_id text primary key references users (id), secret text not null, last_step bigint not null default 0,
  created_at timestamptz not null, confirmed_at timestamptz);

create table recovery_codes (
  user_id text not null references users (id), code_hash text not null, created_at timestamptz not null, used_at timestamptz,
  primary key (user_id, code_hash));

create table passkeys (
  id text primary key, user_id text not null references users (id), credential_id text not null, credential text not null,
  name text not null, created_at timestamptz not null, used_at timestamptz);
create unique index ux_passkeys_credential on passkeys (credential_id);
create index ix_passkeys_user on passkeys (user_id);

create table identities (
  id text primary key, user_id text not null references users (id), issuer text not null, subject text not null,
  email text not null default '', linked_by text not null, created_at timestamptz not null);
create unique index ux_identities_subject on identities (issuer, subject);
create index ix_identities_user on identities (user_id);

create table ceremonies (
  token_hash text primary key, purpose text not null, user_id text not null default '', content text not null,
  created_at timestamptz not null, expires_at timestamptz not null);

create table signups (
  id text primary key, org_id text references orgs (id), email text not null,
  role text not null check (role in ('person', 'officer', 'admin', 'poster', 'member')), region text not null default '',
  token_hash text not null, invited_by text not null references users (id), expires_at timestamptz not null, account_id text references users (id),
  state text not null check (state in ('open', 'accepted', 'revoked')), version bigint not null, created_at timestamptz not null, updated_at timestamptz not null,
  check ((role in ('person', 'officer')) = (org_id is null)), check ((state = 'accepted') = (account_id is not null)));
create unique index ux_signups_token on signups (token_hash);
create unique index ux_signups_unit on signups (email, org_id) where state = 'open';
create unique index ux_signups_platform on signups (email) where state = 'open' and org_id is null;
create index ix_signups_org on signups (org_id);

create table role_requests (
  id text primary key, user_id text not null references users (id), role text not null check (role in ('operator', 'auditor', 'system_admin', 'security_admin', 'audit_admin')),
  reason text not null, requested_by text not null references users (id), decided_by text references users (id), finding text not null default '', decided_at timestamptz,
  state text not null check (state in ('open', 'approved', 'refused', 'withdrawn')), version bigint not null, created_at timestamptz not null, updated_at timestamptz not null,
  check (requested_by <> user_id), check (state <> 'approved' or (decided_by is not null and decided_by <> requested_by and decided_by <> user_id)));
create unique index ux_role_requests_open on role_requests (user_id) where state = 'open';
