// Migration 4: what people decide: exceptions, triage and comments, attestations, profiles, and the views they save.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 4,
  name: 'decisions',
  sql: `
create table exception (
  exception_id text primary key,
  -- requested, approved, rejected, revoked; whether it is expired is told by the day.
  state text not null check (state in ('requested', 'approved', 'rejected', 'revoked')),
  -- Globs of rules, a structured scope, a query, accepted findings: all that are given must hold.
  rules jsonb not null,
  scope jsonb not null,
  query text,
  findings jsonb,
  -- ZoneTerm[], or null for the whole fleet: it reaches no further than its requester saw.
  reach jsonb,
  owner text not null,
  reason text not null,
  comment text not null default '',
  expires date not null,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  decision_comment text,
  version integer not null default 1
);
create index exception_state on exception (state, expires);

-- What people said and did about a finding.
create table finding_note (
  cluster_id text not null,
  note_id uuid not null,
  finding_id text not null,
  at timestamptz not null,
  author_id text not null,
  author_name text not null,
  -- comment, triage, assignment
  type text not null check (type in ('comment', 'triage', 'assignment')),
  body text not null,
  primary key (cluster_id, note_id)
);
create index finding_note_of on finding_note (cluster_id, finding_id, at);

-- A person's word on a control that no rule decides, in one cluster.
create table attestation (
  cluster_id text not null,
  attestation_id uuid not null,
  benchmark text not null,
  edition text not null,
  control text not null,
  outcome text not null check (outcome in ('pass', 'fail', 'not-applicable')),
  statement text not null,
  evidence text not null default '',
  attested_by text not null,
  attested_by_name text not null,
  attested_at timestamptz not null,
  expires date not null,
  revoked_at timestamptz,
  revoked_by_name text,
  primary key (cluster_id, attestation_id)
);
create index attestation_control on attestation (cluster_id, benchmark, edition, control);

create table profile (
  profile_id uuid primary key,
  name text not null unique,
  description text not null default '',
  -- The profile of the engine, as it is read from a file.
  body jsonb not null,
  -- Where it applies: the whole fleet, zones, clusters. The narrowest counts.
  is_default boolean not null default false,
  zones jsonb not null default '[]',
  clusters jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1
);
create unique index profile_default on profile (is_default) where is_default;

create table saved_view (
  view_id uuid primary key,
  person_id uuid not null references person on delete cascade,
  list text not null,
  name text not null,
  state jsonb not null,
  is_shared boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (person_id, list, name)
);
`,
}
