// Migration 1: clusters, what collectors sent of them, and the objects they hold, each version once, with the time it held.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 1,
  name: 'clusters and objects',
  sql: `
-- A cluster is known by the UID of its kube-system namespace. Small: a reference table where the database is distributed.
create table cluster (
  cluster_id text primary key,
  name text not null,
  account text not null default '',
  provider text not null default '',
  region text not null default '',
  distribution text not null default '',
  kubernetes_version text not null default '',
  environment text not null default '',
  labels jsonb not null default '{}',
  is_sample boolean not null default false,
  -- Grows by one with each accepted snapshot; an assessment names the revision it speaks of.
  revision bigint not null default 0,
  -- The instant of the newest revision: never before an earlier one's, whatever the clock does.
  revised_at timestamptz not null default '-infinity',
  created_at timestamptz not null,
  removed_at timestamptz
);

-- What a collector reports on: the cluster's API ('api'), a node ('node/<name>'), a cloud account ('cloud/<account>'). Its newest snapshot.
create table collector_scope (
  cluster_id text not null,
  scope text not null,
  sequence bigint not null,
  digest bytea not null,
  revision bigint not null,
  collected_at timestamptz not null,
  received_at timestamptz not null,
  collector jsonb not null,
  facts jsonb not null default '{}',
  gaps jsonb not null default '[]',
  resources integer not null,
  stale_since timestamptz,
  primary key (cluster_id, scope)
);

-- Every accepted snapshot, for history and for replays.
create table snapshot (
  cluster_id text not null,
  scope text not null,
  sequence bigint not null,
  digest bytea not null,
  revision bigint not null,
  collected_at timestamptz not null,
  received_at timestamptz not null,
  collector jsonb not null,
  -- Null: as in the scope's snapshot before.
  gaps jsonb,
  resources integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  primary key (cluster_id, scope, sequence)
);
create index snapshot_revision on snapshot (cluster_id, revision);

-- An upload under way: what it names (hashes), and what of it has come. It leaves nothing when it is not finished.
create table upload (
  cluster_id text not null,
  upload_id uuid not null,
  scope text not null,
  sequence bigint not null,
  base_sequence bigint,
  head jsonb not null,
  digest bytea not null,
  items integer not null,
  enrolment_id uuid,
  started_at timestamptz not null,
  touched_at timestamptz not null,
  bytes bigint not null default 0,
  primary key (cluster_id, upload_id)
);
create table upload_item (
  cluster_id text not null,
  upload_id uuid not null,
  resource_key text not null,
  -- Null: the resource is gone (in a delta).
  hash bytea,
  primary key (cluster_id, upload_id, resource_key)
);
create index upload_item_hash on upload_item (cluster_id, hash);

-- A resource's content, once per cluster: its canonical JSON, whose SHA-256 the hash is. What a content is (key, kind) follows from it.
create table object_body (
  cluster_id text not null,
  hash bytea not null,
  resource_key text not null,
  api_version text not null,
  kind text not null,
  -- How the body is packed: see store/packing.ts.
  packing smallint not null,
  body bytea not null,
  -- Of the JSON, before packing.
  bytes integer not null,
  stored_at timestamptz not null,
  primary key (cluster_id, hash)
);

-- When a resource had which content; the current version has valid_to = infinity.
create table resource_version (
  cluster_id text not null,
  -- '<kind or kind.group>/<namespace>/<name>'
  resource_key text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  scope text not null,
  hash bytea not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  -- The revisions that brought it, and that ended it.
  revision bigint not null,
  ended_revision bigint,
  primary key (cluster_id, resource_key, valid_from)
);
create unique index resource_current on resource_version (cluster_id, resource_key) where valid_to = 'infinity';
create index resource_scope on resource_version (cluster_id, scope) where valid_to = 'infinity';
create index resource_hash on resource_version (cluster_id, hash);
create index resource_ended on resource_version (cluster_id, valid_to) where valid_to < 'infinity';
create index resource_revision on resource_version (cluster_id, revision);
create index resource_ended_revision on resource_version (cluster_id, ended_revision) where ended_revision is not null;
create index object_stored on object_body (cluster_id, stored_at);
`,
}
