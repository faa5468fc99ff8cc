// Migration 3: who may do what: people, sessions, tokens, enrolled collectors, teams, zones, and the audit log.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 3,
  name: 'access',
  sql: `
create table person (
  person_id uuid primary key,
  -- Lower case; what one signs in with.
  login text not null unique,
  name text not null,
  email text,
  role text not null check (role in ('viewer', 'editor', 'approver', 'admin')),
  -- argon2id, as a PHC string; null for people who come by OIDC only.
  password_hash text,
  must_change_password boolean not null default false,
  oidc_issuer text,
  oidc_subject text,
  is_active boolean not null default true,
  failed_logins integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  last_login_at timestamptz,
  version integer not null default 1,
  unique (oidc_issuer, oidc_subject)
);

-- Tokens of all sorts are kept as SHA-256 of 256 random bits only.
create table session (
  hash bytea primary key,
  person_id uuid not null references person on delete cascade,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  agent text not null
);
create index session_person on session (person_id);
create index session_expiry on session (expires_at);

create table oidc_login (
  state_hash bytea primary key,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  created_at timestamptz not null
);

create table zone (
  zone_id uuid primary key,
  name text not null unique,
  description text not null default '',
  -- ZoneTerm[]: any of them covers.
  terms jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);

create table team (
  team_id uuid primary key,
  name text not null unique,
  description text not null default '',
  -- Members of this group of the OIDC provider are members.
  oidc_group text unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);
create table team_member (
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references person on delete cascade,
  -- True where the provider's groups made the membership; the next sign-in may end it.
  by_oidc boolean not null default false,
  primary key (team_id, person_id)
);
create index team_member_person on team_member (person_id);
create table team_zone (
  team_id uuid not null references team on delete cascade,
  zone_id uuid not null references zone on delete restrict,
  primary key (team_id, zone_id)
);

create table api_token (
  token_id uuid primary key,
  hash bytea not null unique,
  person_id uuid not null references person on delete cascade,
  name text not null,
  role text not null check (role in ('viewer', 'editor', 'approver', 'admin')),
  -- Narrows what it sees to this team's zones.
  team_id uuid references team on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_person on api_token (person_id);

-- One collector's right to send snapshots of one cluster.
create table enrolment (
  enrolment_id uuid primary key,
  hash bytea not null unique,
  -- While a token is being replaced the one before it works too, until then.
  previous_hash bytea unique,
  previous_until timestamptz,
  name text not null,
  -- Bound at first contact.
  cluster_id text,
  environment text not null default '',
  labels jsonb not null default '{}',
  options jsonb not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  -- First contact must come before; after it the token does not expire by itself.
  expires_at timestamptz not null,
  first_contact_at timestamptz,
  last_contact_at timestamptz,
  revoked_at timestamptz
);
create index enrolment_cluster on enrolment (cluster_id);

-- Each entry's hash covers its content and the hash before it, so that no entry can be changed or taken out unseen.
create table audit_entry (
  number bigint primary key,
  at timestamptz not null,
  actor_type text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  target_type text not null,
  target_id text not null,
  address text not null default '',
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_target on audit_entry (target_type, target_id);
create index audit_entry_actor on audit_entry (actor_id);
-- One row: the end of the chain; locked while an entry is added.
create table audit_head (
  only_row boolean primary key default true check (only_row),
  number bigint not null,
  hash bytea not null
);
insert into audit_head (number, hash) values (0, '\\x0000000000000000000000000000000000000000000000000000000000000000');
`,
}
