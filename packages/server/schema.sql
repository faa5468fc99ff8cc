-- The schema that all migrations make. Written by `npm run generate:schema`; migrations stand in src/store/migrations.

create table api_token (
  token_id uuid not null,
  hash bytea not null,
  person_id uuid not null,
  name text not null,
  role text not null,
  team_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (token_id),
  constraint api_token_hash_key UNIQUE (hash),
  constraint api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id) ON DELETE CASCADE,
  constraint api_token_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'approver'::text, 'admin'::text]))),
  constraint api_token_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(team_id) ON DELETE CASCADE
);
create index api_token_person on api_token USING btree (person_id);

create table assessment (
  cluster_id text not null,
  revision bigint not null,
  basis text not null,
  assessed_at timestamp with time zone not null,
  gaps jsonb not null default '[]'::jsonb,
  counts jsonb not null default '{}'::jsonb,
  is_sound boolean not null default true,
  plans jsonb not null default '[]'::jsonb,
  editions jsonb not null default '[]'::jsonb,
  stale_since timestamp with time zone,
  constraint assessment_pkey PRIMARY KEY (cluster_id)
);

create table asset (
  cluster_id text not null,
  asset_key text not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  labels jsonb not null default '{}'::jsonb,
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
  first_seen timestamp with time zone not null,
  gone_at timestamp with time zone not null default 'infinity'::timestamp with time zone,
  constraint asset_pkey PRIMARY KEY (cluster_id, asset_key)
);
create index asset_kind on asset USING btree (cluster_id, kind, namespace);
create index asset_labels on asset USING gin (labels jsonb_path_ops);
create index asset_page_key on asset USING btree (asset_key, cluster_id) WHERE (gone_at = 'infinity'::timestamp with time zone);
create index asset_page_worst on asset USING btree (critical, high, medium, low, cluster_id, asset_key) WHERE (gone_at = 'infinity'::timestamp with time zone);

create table asset_absence (
  cluster_id text not null,
  asset_key text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  constraint asset_absence_pkey PRIMARY KEY (cluster_id, asset_key, valid_from)
);

create table attestation (
  cluster_id text not null,
  attestation_id uuid not null,
  benchmark text not null,
  edition text not null,
  control text not null,
  outcome text not null,
  statement text not null,
  evidence text not null default ''::text,
  attested_by text not null,
  attested_by_name text not null,
  attested_at timestamp with time zone not null,
  expires date not null,
  revoked_at timestamp with time zone,
  revoked_by_name text,
  constraint attestation_pkey PRIMARY KEY (cluster_id, attestation_id),
  constraint attestation_outcome_check CHECK ((outcome = ANY (ARRAY['pass'::text, 'fail'::text, 'not-applicable'::text])))
);
create index attestation_control on attestation USING btree (cluster_id, benchmark, edition, control);

create table audit_entry (
  number bigint not null,
  at timestamp with time zone not null,
  actor_type text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  target_type text not null,
  target_id text not null,
  address text not null default ''::text,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_entry_pkey PRIMARY KEY (number)
);
create index audit_entry_actor on audit_entry USING btree (actor_id);
create index audit_entry_at on audit_entry USING btree (at);
create index audit_entry_target on audit_entry USING btree (target_type, target_id);

create table audit_head (
  only_row boolean not null default true,
  number bigint not null,
  hash bytea not null,
  constraint audit_head_pkey PRIMARY KEY (only_row),
  constraint audit_head_only_row_check CHECK (only_row)
);

create table cluster (
  cluster_id text not null,
  name text not null,
  account text not null default ''::text,
  provider text not null default ''::text,
  region text not null default ''::text,
  distribution text not null default ''::text,
  kubernetes_version text not null default ''::text,
  environment text not null default ''::text,
  labels jsonb not null default '{}'::jsonb,
  is_sample boolean not null default false,
  revision bigint not null default 0,
  revised_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  scan_asked_at timestamp with time zone,
  scan_asked_by text,
  facts_since timestamp with time zone not null default '-infinity'::timestamp with time zone,
  words jsonb not null default '{}'::jsonb,
  constraint cluster_pkey PRIMARY KEY (cluster_id)
);
create index cluster_removed on cluster USING btree (removed_at) WHERE (removed_at IS NOT NULL);

create table cluster_absence (
  cluster_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  constraint cluster_absence_pkey PRIMARY KEY (cluster_id, valid_from)
);

create table cluster_past (
  cluster_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  name text not null,
  account text not null,
  provider text not null,
  region text not null,
  distribution text not null,
  kubernetes_version text not null,
  environment text not null,
  labels jsonb not null,
  constraint cluster_past_pkey PRIMARY KEY (cluster_id, valid_from)
);

create table collector_scope (
  cluster_id text not null,
  scope text not null,
  sequence bigint not null,
  digest bytea not null,
  revision bigint not null,
  collected_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  collector jsonb not null,
  facts jsonb not null default '{}'::jsonb,
  gaps jsonb not null default '[]'::jsonb,
  resources integer not null,
  stale_since timestamp with time zone,
  constraint collector_scope_pkey PRIMARY KEY (cluster_id, scope)
);

create table enrolment (
  enrolment_id uuid not null,
  hash bytea not null,
  previous_hash bytea,
  previous_until timestamp with time zone,
  name text not null,
  cluster_id text,
  environment text not null default ''::text,
  labels jsonb not null default '{}'::jsonb,
  options jsonb not null default '{}'::jsonb,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  first_contact_at timestamp with time zone,
  last_contact_at timestamp with time zone,
  revoked_at timestamp with time zone,
  token_used_at timestamp with time zone,
  constraint enrolment_pkey PRIMARY KEY (enrolment_id),
  constraint enrolment_hash_key UNIQUE (hash),
  constraint enrolment_previous_hash_key UNIQUE (previous_hash)
);
create index enrolment_cluster on enrolment USING btree (cluster_id);

create table exception (
  exception_id text not null,
  state text not null,
  rules jsonb not null,
  scope jsonb not null,
  query text,
  findings jsonb,
  reach jsonb,
  owner text not null,
  reason text not null,
  comment text not null default ''::text,
  expires date not null,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamp with time zone not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamp with time zone,
  decision_comment text,
  version integer not null default 1,
  constraint exception_pkey PRIMARY KEY (exception_id),
  constraint exception_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'revoked'::text])))
);
create index exception_state on exception USING btree (state, expires);

create table finding (
  cluster_id text not null,
  finding_id text not null,
  rule text not null,
  asset_key text not null,
  discriminator text,
  parameters jsonb,
  severity smallint not null,
  outcome text not null,
  state text not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  labels jsonb not null default '{}'::jsonb,
  root_kind text not null,
  root_key text not null,
  reason text,
  evidence jsonb not null default '[]'::jsonb,
  evidence_digest text not null,
  exception_id text,
  first_seen timestamp with time zone not null,
  opened_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolution text,
  reopened integer not null default 0,
  triage text not null default 'new'::text,
  assignee uuid,
  constraint finding_pkey PRIMARY KEY (cluster_id, finding_id)
);
create index finding_asset on finding USING btree (cluster_id, asset_key);
create index finding_exception on finding USING btree (exception_id, state) WHERE (exception_id IS NOT NULL);
create index finding_labels on finding USING gin (labels jsonb_path_ops);
create index finding_name on finding USING btree (name);
create index finding_namespace on finding USING btree (cluster_id, namespace);
create index finding_page_changed on finding USING btree (changed_at, cluster_id, finding_id);
create index finding_page_cluster on finding USING btree (cluster_id, severity, opened_at, finding_id);
create index finding_page_namespace on finding USING btree (namespace, severity, opened_at) INCLUDE (cluster_id, state, outcome, rule, kind);
create index finding_page_opened on finding USING btree (opened_at, cluster_id, finding_id) INCLUDE (outcome, reopened);
create index finding_page_rule on finding USING btree (rule, state, severity, opened_at);
create index finding_page_worst on finding USING btree (severity, opened_at, cluster_id, finding_id) WHERE (state = 'open'::text);
create index finding_resolved on finding USING btree (resolved_at, cluster_id) INCLUDE (resolution) WHERE (resolved_at IS NOT NULL);
create index finding_root on finding USING btree (cluster_id, root_key) WHERE (state <> 'resolved'::text);
create index finding_touched on finding USING btree (cluster_id, state, outcome) INCLUDE (triage, assignee, severity, rule, kind, namespace) WHERE ((triage <> 'new'::text) OR (assignee IS NOT NULL));

create table finding_count_stamp (
  cluster_id text not null,
  stamp uuid not null,
  constraint finding_count_stamp_pkey PRIMARY KEY (cluster_id)
);

create table finding_interval (
  cluster_id text not null,
  finding_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  rule text not null,
  asset_key text not null,
  discriminator text,
  outcome text not null,
  state text not null,
  severity smallint not null,
  reason text,
  evidence jsonb not null,
  exception_id text,
  constraint finding_interval_pkey PRIMARY KEY (cluster_id, finding_id, valid_from)
);
create index finding_interval_asset on finding_interval USING btree (cluster_id, asset_key, valid_to);
create index finding_interval_ended on finding_interval USING btree (cluster_id, valid_to) WHERE (valid_to < 'infinity'::timestamp with time zone);

create table finding_kind_count (
  cluster_id text not null,
  kind text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  constraint finding_kind_count_pkey PRIMARY KEY (cluster_id, kind, state, outcome, severity)
);

create table finding_namespace_count (
  cluster_id text not null,
  namespace text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  constraint finding_namespace_count_pkey PRIMARY KEY (cluster_id, namespace, state, outcome, severity)
);

create table finding_note (
  cluster_id text not null,
  note_id uuid not null,
  finding_id text not null,
  at timestamp with time zone not null,
  author_id text not null,
  author_name text not null,
  type text not null,
  body text not null,
  constraint finding_note_pkey PRIMARY KEY (cluster_id, note_id),
  constraint finding_note_type_check CHECK ((type = ANY (ARRAY['comment'::text, 'triage'::text, 'assignment'::text])))
);
create index finding_note_of on finding_note USING btree (cluster_id, finding_id, at);

create table finding_rule_count (
  cluster_id text not null,
  rule text not null,
  state text not null,
  outcome text not null,
  severity smallint not null,
  count integer not null,
  constraint finding_rule_count_pkey PRIMARY KEY (cluster_id, rule, state, outcome, severity)
);

create table finding_word (
  field text not null,
  word text not null,
  constraint finding_word_pkey PRIMARY KEY (field, word)
);

create table job (
  queue text not null,
  key text not null,
  payload jsonb not null default '{}'::jsonb,
  state text not null default 'waiting'::text,
  run_at timestamp with time zone not null,
  wanted bigint not null default 1,
  attempts integer not null default 0,
  lease uuid,
  leased_until timestamp with time zone,
  taken bigint,
  created_at timestamp with time zone not null,
  failed_at timestamp with time zone,
  error text,
  constraint job_pkey PRIMARY KEY (queue, key),
  constraint job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'dead'::text])))
);
create index job_leased on job USING btree (leased_until) WHERE (state = 'running'::text);
create index job_waiting on job USING btree (queue, run_at) WHERE (state = 'waiting'::text);

create table object_body (
  cluster_id text not null,
  hash bytea not null,
  resource_key text not null,
  api_version text not null,
  kind text not null,
  packing smallint not null,
  body bytea,
  bytes integer not null,
  stored_at timestamp with time zone not null,
  pack_id uuid,
  start integer not null default 0,
  constraint object_body_pkey PRIMARY KEY (cluster_id, hash)
);
create index object_alone on object_body USING btree (cluster_id, hash) WHERE (pack_id IS NULL);
create index object_packed on object_body USING btree (cluster_id, pack_id) WHERE (pack_id IS NOT NULL);

create table object_pack (
  cluster_id text not null,
  pack_id uuid not null,
  packing smallint not null,
  body bytea not null,
  stored_at timestamp with time zone not null,
  constraint object_pack_pkey PRIMARY KEY (cluster_id, pack_id)
);

create table oidc_login (
  state_hash bytea not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  created_at timestamp with time zone not null,
  constraint oidc_login_pkey PRIMARY KEY (state_hash)
);

create table person (
  person_id uuid not null,
  login text not null,
  name text not null,
  email text,
  role text not null,
  password_hash text,
  must_change_password boolean not null default false,
  oidc_issuer text,
  oidc_subject text,
  is_active boolean not null default true,
  failed_logins integer not null default 0,
  locked_until timestamp with time zone,
  created_at timestamp with time zone not null,
  last_login_at timestamp with time zone,
  version integer not null default 1,
  constraint person_pkey PRIMARY KEY (person_id),
  constraint person_login_key UNIQUE (login),
  constraint person_oidc_issuer_oidc_subject_key UNIQUE (oidc_issuer, oidc_subject),
  constraint person_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'approver'::text, 'admin'::text])))
);

create table profile (
  profile_id uuid not null,
  name text not null,
  description text not null default ''::text,
  body jsonb not null,
  is_default boolean not null default false,
  zones jsonb not null default '[]'::jsonb,
  clusters jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint profile_pkey PRIMARY KEY (profile_id),
  constraint profile_name_key UNIQUE (name)
);
create unique index profile_default on profile USING btree (is_default) WHERE is_default;

create table resource_version (
  cluster_id text not null,
  resource_key text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  scope text not null,
  hash bytea not null,
  api_version text not null,
  kind text not null,
  namespace text not null,
  name text not null,
  revision bigint not null,
  ended_revision bigint,
  constraint resource_version_pkey PRIMARY KEY (cluster_id, resource_key, valid_from)
);
create unique index resource_current on resource_version USING btree (cluster_id, resource_key) WHERE (valid_to = 'infinity'::timestamp with time zone);
create index resource_ended on resource_version USING btree (cluster_id, valid_to) WHERE (valid_to < 'infinity'::timestamp with time zone);
create index resource_ended_revision on resource_version USING btree (cluster_id, ended_revision) WHERE (ended_revision IS NOT NULL);
create index resource_revision on resource_version USING btree (cluster_id, revision);
create index resource_scope on resource_version USING btree (cluster_id, scope) WHERE ((valid_to = 'infinity'::timestamp with time zone) AND (scope <> 'api'::text));

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
  constraint root_count_pkey PRIMARY KEY (cluster_id, root_key)
);
create index root_count_most on root_count USING btree (failed DESC, cluster_id, root_key);

create table rule_count (
  cluster_id text not null,
  namespace text not null,
  rule text not null,
  severity smallint not null,
  open integer not null,
  excepted integer not null,
  not_evaluated integer not null,
  constraint rule_count_pkey PRIMARY KEY (cluster_id, namespace, rule)
);

create table sample_fleet (
  only_row boolean not null default true,
  state text not null,
  lease uuid not null,
  leased_until timestamp with time zone not null,
  snapshots integer not null,
  done integer not null,
  constraint sample_fleet_pkey PRIMARY KEY (only_row),
  constraint sample_fleet_only_row_check CHECK (only_row),
  constraint sample_fleet_state_check CHECK ((state = ANY (ARRAY['loading'::text, 'shown'::text, 'removed'::text])))
);

create table saved_view (
  view_id uuid not null,
  person_id uuid not null,
  list text not null,
  name text not null,
  state jsonb not null,
  is_shared boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (view_id),
  constraint saved_view_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id) ON DELETE CASCADE,
  constraint saved_view_person_id_list_name_key UNIQUE (person_id, list, name)
);

create table schedule (
  name text not null,
  queue text not null,
  every interval not null,
  next_at timestamp with time zone not null,
  constraint schedule_pkey PRIMARY KEY (name)
);

create table schema_migration (
  number integer not null,
  name text not null,
  checksum text not null,
  compatible_from integer not null,
  applied_at timestamp with time zone not null,
  constraint schema_migration_pkey PRIMARY KEY (number)
);

create table score (
  cluster_id text not null,
  scope_key text not null,
  benchmark text not null,
  edition text not null,
  section text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  value double precision,
  low double precision,
  high double precision,
  evaluated integer not null,
  not_evaluated integer not null,
  constraint score_pkey PRIMARY KEY (cluster_id, scope_key, benchmark, edition, section, valid_from)
);
create index score_current on score USING btree (benchmark, edition, scope_key, section) WHERE (valid_to = 'infinity'::timestamp with time zone);
create index score_fleet on score USING btree (benchmark, edition, valid_from) WHERE ((scope_key = ''::text) AND (section = ''::text));

create table score_move (
  cluster_id text not null,
  at timestamp with time zone not null,
  benchmark text not null,
  edition text not null,
  before double precision,
  after double precision,
  parts jsonb not null,
  constraint score_move_pkey PRIMARY KEY (cluster_id, at, benchmark, edition)
);
create index score_move_at on score_move USING btree (benchmark, edition, at);

create table secret (
  name text not null,
  value bytea not null,
  created_at timestamp with time zone not null,
  constraint secret_pkey PRIMARY KEY (name)
);

create table session (
  hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  address text not null,
  agent text not null,
  constraint session_pkey PRIMARY KEY (hash),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id) ON DELETE CASCADE
);
create index session_expiry on session USING btree (expires_at);
create index session_person on session USING btree (person_id);

create table snapshot (
  cluster_id text not null,
  scope text not null,
  sequence bigint not null,
  digest bytea not null,
  revision bigint not null,
  collected_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  collector jsonb not null,
  gaps jsonb,
  resources integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  constraint snapshot_pkey PRIMARY KEY (cluster_id, scope, sequence)
);
create index snapshot_revision on snapshot USING btree (cluster_id, revision);

create table tally (
  cluster_id text not null,
  scope_key text not null,
  benchmark text not null,
  edition text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  counts jsonb not null,
  constraint tally_pkey PRIMARY KEY (cluster_id, scope_key, benchmark, edition, valid_from)
);
create index tally_current on tally USING btree (benchmark, edition, scope_key) WHERE (valid_to = 'infinity'::timestamp with time zone);
create index tally_fleet on tally USING btree (benchmark, edition, valid_from) WHERE (scope_key = ''::text);

create table team (
  team_id uuid not null,
  name text not null,
  description text not null default ''::text,
  oidc_group text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint team_pkey PRIMARY KEY (team_id),
  constraint team_name_key UNIQUE (name),
  constraint team_oidc_group_key UNIQUE (oidc_group)
);

create table team_member (
  team_id uuid not null,
  person_id uuid not null,
  by_oidc boolean not null default false,
  constraint team_member_pkey PRIMARY KEY (team_id, person_id),
  constraint team_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id) ON DELETE CASCADE,
  constraint team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(team_id) ON DELETE CASCADE
);
create index team_member_person on team_member USING btree (person_id);

create table team_zone (
  team_id uuid not null,
  zone_id uuid not null,
  constraint team_zone_pkey PRIMARY KEY (team_id, zone_id),
  constraint team_zone_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(team_id) ON DELETE CASCADE,
  constraint team_zone_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id) ON DELETE RESTRICT
);

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
  started_at timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  bytes bigint not null default 0,
  constraint upload_pkey PRIMARY KEY (cluster_id, upload_id)
);

create table upload_item (
  cluster_id text not null,
  upload_id uuid not null,
  resource_key text not null,
  hash bytea,
  constraint upload_item_pkey PRIMARY KEY (cluster_id, upload_id, resource_key)
);

create table zone (
  zone_id uuid not null,
  name text not null,
  description text not null default ''::text,
  terms jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint zone_pkey PRIMARY KEY (zone_id),
  constraint zone_name_key UNIQUE (name)
);
