// Migration 5: jobs that wait for a worker, and the schedules that make some of them.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 5,
  name: 'jobs',
  sql: `
-- Work that is to be done: one row for each thing (queue and key) that needs doing, until it is done. A local table where the database is
-- distributed: it is the only one whose rows are taken by SKIP LOCKED.
create table job (
  queue text not null,
  -- What the work is about, such as a cluster: asked for twice, it is done once.
  key text not null,
  payload jsonb not null default '{}',
  -- waiting, running, dead
  state text not null default 'waiting' check (state in ('waiting', 'running', 'dead')),
  run_at timestamptz not null,
  -- Grows with each asking: where it has grown while the work was done, the work is done again.
  wanted bigint not null default 1,
  attempts integer not null default 0,
  -- Who does it, until when it is theirs, and the number of asking that they took it up with.
  lease uuid,
  leased_until timestamptz,
  taken bigint,
  created_at timestamptz not null,
  failed_at timestamptz,
  error text,
  primary key (queue, key)
);
create index job_waiting on job (queue, run_at) where state = 'waiting';
create index job_leased on job (leased_until) where state = 'running';

-- What is asked for again and again; whoever moves next_at asks.
create table schedule (
  name text primary key,
  queue text not null,
  every interval not null,
  next_at timestamptz not null
);
`,
}
