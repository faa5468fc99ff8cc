// Migration 6: what lists and dashboards turn out to need: counts of findings kept beside them, indexes for pages, and the server's secrets.

import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 6,
  name: 'counts and indexes',
  sql: `
-- Pages are read from a row on, in one direction of all columns, backwards for the other.
drop index finding_worst;
drop index finding_opened;
drop index finding_cluster;
drop index finding_rule;
drop index finding_root;
create index finding_page_cluster on finding (cluster_id, severity, opened_at, finding_id);
-- What is included answers facets of a namespace from the index alone.
create index finding_page_namespace on finding (namespace, severity, opened_at) include (cluster_id, state, outcome, rule, kind);
create index finding_page_worst on finding (severity, opened_at, cluster_id, finding_id) where state = 'open';
-- As above, for dashboards.
create index finding_page_opened on finding (opened_at, cluster_id, finding_id) include (outcome, reopened);
create index finding_page_changed on finding (changed_at, cluster_id, finding_id);
create index finding_resolved on finding (resolved_at, cluster_id) include (resolution) where resolved_at is not null;
create index asset_page_worst on asset (critical, high, medium, low, cluster_id, asset_key) where gone_at = 'infinity';
create index asset_page_key on asset (asset_key, cluster_id) where gone_at = 'infinity';
create index score_fleet on score (benchmark, edition, valid_from) where scope_key = '' and section = '';
create index tally_fleet on tally (benchmark, edition, valid_from) where scope_key = '';
create index score_move_at on score_move (benchmark, edition, at);
create index finding_page_rule on finding (rule, state, severity, opened_at);
create index finding_root on finding (cluster_id, root_key) where state <> 'resolved';
create index finding_name on finding (name);
create index finding_exception on finding (exception_id, state) where exception_id is not null;

-- Findings counted by what facets and dashboards ask of them; kept in the transaction that changes the findings of a cluster. One table
-- for each of the fields of many values, since all of them together would be as many rows as there are findings.
create table finding_rule_count (
  cluster_id text not null,
  rule text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  primary key (cluster_id, rule, state, outcome, severity)
);
create table finding_kind_count (
  cluster_id text not null,
  kind text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  primary key (cluster_id, kind, state, outcome, severity)
);
create table finding_namespace_count (
  cluster_id text not null,
  namespace text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  primary key (cluster_id, namespace, state, outcome, severity)
);
-- Which counts of a cluster these are: another stamp with each change of them.
create table finding_count_stamp (
  cluster_id text primary key,
  stamp uuid not null
);
-- What one change would mend: open failures by what one would edit.
create table root_count (
  cluster_id text not null,
  root_kind text not null,
  root_key text not null,
  failed integer not null,
  critical integer not null,
  high integer not null,
  medium integer not null,
  low integer not null,
  resources integer not null,
  rules integer not null,
  primary key (cluster_id, root_key)
);
create index root_count_most on root_count (failed desc, cluster_id, root_key);

-- Every text of the searched columns of findings, once; a text that no finding has any more may stay.
create table finding_word (
  -- kind, namespace, name, rule
  field text not null,
  word text not null,
  primary key (field, word)
);

-- Random keys of this installation, such as the one that cursors are signed with; all replicas share them.
create table secret (
  name text primary key,
  value bytea not null,
  created_at timestamptz not null
);
`,
}
