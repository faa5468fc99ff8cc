// Migration 7: when things were away and came back, scans that people ask for, and how far the sample fleet is.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 7,
  name: 'absences and the sample',
  sql: `
-- Times in which an asset was gone, of those that came back: with first_seen and gone_at they tell what was there at any instant.
create table asset_absence (
  cluster_id text not null,
  asset_key text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  primary key (cluster_id, asset_key, valid_from)
);
-- Times in which a cluster was removed, of those that came back. Small: a reference table where the database is distributed.
create table cluster_absence (
  cluster_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  primary key (cluster_id, valid_from)
);
-- What an asset failed at an instant.
create index finding_interval_asset on finding_interval (cluster_id, asset_key, valid_to);

-- The newest scan that a person asked for; its collector is told until it has sent one.
alter table cluster add column scan_asked_at timestamptz, add column scan_asked_by text;

-- How far the sample fleet is: being put there by who holds the lease, shown, or taken away by a person.
create table sample_fleet (
  only_row boolean primary key default true check (only_row),
  state text not null check (state in ('loading', 'shown', 'removed')),
  lease uuid not null,
  leased_until timestamptz not null,
  snapshots integer not null,
  done integer not null
);
`,
}
