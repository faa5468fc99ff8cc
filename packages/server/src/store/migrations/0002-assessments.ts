// Migration 2: what assessments found: assets with their verdicts, findings and their history, tallies and scores over time.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 2,
  name: 'assessments',
  sql: `
-- The newest assessment of each cluster.
create table assessment (
  cluster_id text primary key,
  revision bigint not null,
  -- The rule pack, profile and exceptions that it was judged by, as a digest; another digest asks for a new assessment.
  basis text not null,
  assessed_at timestamptz not null,
  gaps jsonb not null default '[]',
  counts jsonb not null default '{}',
  is_sound boolean not null default true,
  -- The plans that the assets' verdicts speak of, in their order: [[rule, parameters or null], …].
  plans jsonb not null default '[]',
  -- The editions judged by: [[benchmark, edition], …].
  editions jsonb not null default '[]',
  -- Since when what it rests on is older than it should be: it is told as it was last seen, and no score is claimed from it.
  stale_since timestamptz
);

-- The lasting things of a cluster. verdicts: one byte per plan of the assessment's basis (see core/engine status).
create table asset (
  cluster_id text not null,
  asset_key text not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  labels jsonb not null default '{}',
  -- What one would edit to mend it: the Helm release, operator's object or the asset itself.
  root_kind text not null,
  root_key text not null,
  verdicts bytea not null,
  critical integer not null default 0,
  high integer not null default 0,
  medium integer not null default 0,
  low integer not null default 0,
  excepted integer not null default 0,
  passed integer not null default 0,
  not_evaluated integer not null default 0,
  first_seen timestamptz not null,
  gone_at timestamptz not null default 'infinity',
  primary key (cluster_id, asset_key)
);
create index asset_kind on asset (cluster_id, kind, namespace);
create index asset_labels on asset using gin (labels jsonb_path_ops);

-- A lasting record of what is not met: rule, asset and discriminator. State is what it is now.
create table finding (
  cluster_id text not null,
  -- Hex digest of rule, asset key, discriminator and parameters.
  finding_id text not null,
  rule text not null,
  asset_key text not null,
  discriminator text,
  parameters jsonb,
  -- 4 critical, 3 high, 2 medium, 1 low
  severity smallint not null,
  -- fail, not-evaluated, error, manual
  outcome text not null,
  -- open, excepted, resolved
  state text not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  labels jsonb not null default '{}',
  root_kind text not null,
  root_key text not null,
  reason text,
  evidence jsonb not null default '[]',
  evidence_digest text not null,
  exception_id text,
  first_seen timestamptz not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  resolved_at timestamptz,
  resolution text,
  reopened integer not null default 0,
  triage text not null default 'new',
  assignee uuid,
  primary key (cluster_id, finding_id)
);
create index finding_worst on finding (severity desc, opened_at desc, cluster_id, finding_id) where state = 'open';
create index finding_opened on finding (opened_at desc, cluster_id, finding_id);
create index finding_rule on finding (rule, state);
create index finding_cluster on finding (cluster_id, state, severity desc);
create index finding_asset on finding (cluster_id, asset_key);
create index finding_namespace on finding (cluster_id, namespace);
create index finding_root on finding (cluster_id, root_key) where state = 'open';
create index finding_labels on finding using gin (labels jsonb_path_ops);

-- What a finding was before it became what its row in finding says: intervals [valid_from, valid_to) without overlap, all of them ended.
-- What it is now holds since finding.changed_at and stands in its row only, so that a first assessment writes each finding once; the view
-- finding_state has both. Resolved times lie between, and are not kept as states.
create table finding_interval (
  cluster_id text not null,
  finding_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  rule text not null,
  asset_key text not null,
  discriminator text,
  outcome text not null,
  state text not null,
  severity smallint not null,
  reason text,
  evidence jsonb not null,
  exception_id text,
  primary key (cluster_id, finding_id, valid_from)
);
create index finding_interval_ended on finding_interval (cluster_id, valid_to) where valid_to < 'infinity';

-- Every state of every finding with the time in which it held: what was so at an instant has valid_from <= instant < valid_to.
create view finding_state as
  select cluster_id, finding_id, changed_at as valid_from, timestamptz 'infinity' as valid_to, rule, asset_key, discriminator, outcome, state,
    severity, reason, evidence, exception_id
  from finding where state <> 'resolved'
  union all
  select cluster_id, finding_id, valid_from, valid_to, rule, asset_key, discriminator, outcome, state,
    severity, reason, evidence, exception_id
  from finding_interval;

-- The rollups of findings per cluster and rule, for fleet screens.
create table rule_count (
  cluster_id text not null,
  namespace text not null,
  rule text not null,
  severity smallint not null,
  open integer not null,
  excepted integer not null,
  not_evaluated integer not null,
  primary key (cluster_id, namespace, rule)
);

-- Subjects of each control of an edition by what became of them; scope_key: '' the cluster, 'namespace/<name>', 'zone/<id>'.
-- counts: [[passed, failed, excepted, notEvaluated, notApplicable, unbounded, outcome, part, reason?], …] in the edition's order of controls.
create table tally (
  cluster_id text not null,
  scope_key text not null,
  benchmark text not null,
  edition text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  counts jsonb not null,
  primary key (cluster_id, scope_key, benchmark, edition, valid_from)
);
create index tally_current on tally (benchmark, edition, scope_key) where valid_to = 'infinity';

-- Scores over time; section '' is the whole edition.
create table score (
  cluster_id text not null,
  scope_key text not null,
  benchmark text not null,
  edition text not null,
  section text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  value double precision,
  low double precision,
  high double precision,
  evaluated integer not null,
  not_evaluated integer not null,
  primary key (cluster_id, scope_key, benchmark, edition, section, valid_from)
);
create index score_current on score (benchmark, edition, scope_key, section) where valid_to = 'infinity';

-- Why a cluster's score moved at an instant: parts sum to the move.
create table score_move (
  cluster_id text not null,
  at timestamptz not null,
  benchmark text not null,
  edition text not null,
  before double precision,
  after double precision,
  parts jsonb not null,
  primary key (cluster_id, at, benchmark, edition)
);
`,
}
