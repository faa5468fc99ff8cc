// Migration 10: what clusters were called and where they stood in the past, who said so, and tokens that are replaced before they are used.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 10,
  name: 'clusters through time',
  sql: `
-- What is known of a cluster holds since then; what it was before stands in cluster_past.
alter table cluster add column facts_since timestamptz not null default '-infinity';
-- What its enrolment, its agent and people say of its name, environment and labels: see store/cluster-words.ts for whose word counts.
alter table cluster add column words jsonb not null default '{}';

-- What was known of a cluster before what its row says: intervals [valid_from, valid_to) without overlap, all of them ended.
-- Small: a reference table where the database is distributed.
create table cluster_past (
  cluster_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  name text not null,
  account text not null,
  provider text not null,
  region text not null,
  distribution text not null,
  kubernetes_version text not null,
  environment text not null,
  labels jsonb not null,
  primary key (cluster_id, valid_from)
);
-- Each cluster with all that it was: one row of it holds at any instant.
create view cluster_state as
  select cluster_id, facts_since as valid_from, timestamptz 'infinity' as valid_to, name, account, provider, region, distribution,
    kubernetes_version, environment, labels
  from cluster
  union all
  select cluster_id, valid_from, valid_to, name, account, provider, region, distribution, kubernetes_version, environment, labels
  from cluster_past;

-- Since when the token that an enrolment has now is in use; null: nobody came with it yet, so the one before it may be the one in use.
alter table enrolment add column token_used_at timestamptz;
update enrolment set token_used_at = last_contact_at;
-- What is removed goes after a time.
create index cluster_removed on cluster (removed_at) where removed_at is not null;
`,
}
