// Fleet: fills a database with a fleet's findings, assets and posture in SQL, in seconds for a million findings.

import { chooseEditions, type Edition, packControls, type Rule } from '@plimsoll/core'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { recountAllFindings } from '../packages/server/src/store/finding-counts.ts'
import type { Schema } from '../packages/server/src/store/schema.ts'

export interface FleetSize {
  readonly clusters: number
  readonly findingsEach: number
  readonly assetsEach: number
  /** Days of history of scores, one change a day. */
  readonly days: number
}

export interface FleetCatalogue {
  readonly rules: readonly Rule[]
  readonly editions: readonly Edition[]
}

const ranks = { low: 1, medium: 2, high: 3, critical: 4 } as const
const namespacesEach = 20

/** Fills an empty, migrated database; `now` is the instant at which the fleet stands. */
export async function fillFleet(
  db: Kysely<Schema>,
  size: FleetSize,
  { rules, editions }: FleetCatalogue,
  now: Date,
): Promise<void> {
  const { clusters, findingsEach, assetsEach } = size
  const ids = rules.map(rule => rule.id)
  const severities = rules.map(rule => ranks[rule.severity])
  await sql`insert into cluster (cluster_id, name, account, provider, region, distribution, kubernetes_version, environment, labels, created_at)
    select 'cluster-' || c, 'prod-' || c, 'account-' || c % 25, (array['aws', 'gcp', 'azure'])[1 + c % 3], 'region-' || c % 12,
      (array['eks', 'gke', 'aks'])[1 + c % 3], 'v1.' || 30 + c % 6 || '.' || c % 4, (array['production', 'staging'])[1 + c % 2],
      jsonb_build_object('team', 'team-' || c % 40), ${now}::timestamptz - interval '90 days'
    from generate_series(1, ${clusters}::int) c`.execute(db)
  await sql`insert into collector_scope (cluster_id, scope, sequence, digest, revision, collected_at, received_at, collector, gaps, resources, stale_since)
    select cluster_id, 'api', 1, '\\x00', 1, ${now}, ${now}, '{"name":"plimsoll","version":"1"}',
      case when random() < 0.1 then '[{"scope":"cluster","kind":"Secret","reason":"forbidden","detail":"secrets cannot be listed"}]'::jsonb else '[]' end,
      ${assetsEach}, case when random() < 0.02 then ${now}::timestamptz end from cluster`.execute(db)
  await sql`insert into asset (cluster_id, asset_key, api_version, kind, namespace, name, labels, root_kind, root_key, verdicts,
      critical, high, medium, low, excepted, passed, not_evaluated, first_seen)
    select 'cluster-' || c, kind || '/' || namespace || '/app-' || a, 'apps/v1', kind, namespace, 'app-' || a,
      jsonb_build_object('app', 'app-' || a, 'tier', (array['front', 'back', 'data'])[1 + a % 3], 'app.kubernetes.io/part-of', 'system-' || a % 60),
      'HelmRelease', 'HelmRelease/' || namespace || '/release-' || a % 60, decode(repeat('02', 100), 'hex'),
      a % 2, a % 3, a % 4, a % 2, a % 7 / 6, 90, a % 9 / 8, ${now}::timestamptz - interval '60 days'
    from generate_series(1, ${clusters}::int) c, generate_series(1, ${assetsEach}::int) a,
      lateral (select (array['Deployment', 'StatefulSet', 'CronJob', 'ServiceAccount', 'RoleBinding'])[1 + a % 5] as kind,
        'space-' || a % ${namespacesEach}::int as namespace) n`.execute(db)
  await sql`insert into finding (cluster_id, finding_id, rule, asset_key, severity, outcome, state, api_version, kind, namespace, name, labels,
      root_kind, root_key, evidence, evidence_digest, first_seen, opened_at, changed_at, resolved_at, resolution, reopened, triage)
    select 'cluster-' || c, md5(c || '/' || f), (${ids}::text[])[1 + rule], kind || '/' || namespace || '/app-' || a,
      (${severities}::int[])[1 + rule], case when f % 20 = 0 then 'not-evaluated' else 'fail' end,
      case when f % 10 = 1 then 'resolved' when f % 20 = 2 then 'excepted' else 'open' end,
      'apps/v1', kind, namespace, 'app-' || a,
      jsonb_build_object('app', 'app-' || a, 'tier', (array['front', 'back', 'data'])[1 + a % 3], 'app.kubernetes.io/part-of', 'system-' || a % 60),
      'HelmRelease', 'HelmRelease/' || namespace || '/release-' || a % 60,
      jsonb_build_array(jsonb_build_object('path', 'spec.template.spec.containers[0].securityContext', 'actual', null, 'expected', 'set for every container')),
      md5('evidence'), opened, opened, opened, case when f % 10 = 1 then opened + interval '1 hour' end,
      case when f % 10 = 1 then 'fixed' end, (f % 50 = 0)::int, (array['new', 'new', 'new', 'acknowledged'])[1 + f % 4]
    from generate_series(1, ${clusters}::int) c, generate_series(1, ${findingsEach}::int) f,
      lateral (select 1 + f % ${assetsEach}::int as a) x,
      lateral (select (a * 13 + f / ${assetsEach}::int * 17 + c) % ${ids.length}::int as rule,
        (array['Deployment', 'StatefulSet', 'CronJob', 'ServiceAccount', 'RoleBinding'])[1 + a % 5] as kind,
        'space-' || a % ${namespacesEach}::int as namespace,
        ${now}::timestamptz - random() * interval '60 days' as opened) n`.execute(db)
  await fillPosture(db, size, chooseEditions(editions, {}), now)
  await recountAllFindings(db)
  await sql`vacuum analyze`.execute(db)
}

async function fillPosture(
  db: Kysely<Schema>,
  { clusters, days }: FleetSize,
  judged: readonly Edition[],
  now: Date,
) {
  const pairs = JSON.stringify(judged.map(({ benchmark, edition }) => [benchmark, edition]))
  await sql`insert into assessment (cluster_id, revision, basis, assessed_at, counts, plans, editions)
    select finding.cluster_id, 1, 'bench', ${now}, jsonb_build_object(
      'critical', count(*) filter (where severity = 4 and state = 'open' and outcome = 'fail'),
      'high', count(*) filter (where severity = 3 and state = 'open' and outcome = 'fail'),
      'medium', count(*) filter (where severity = 2 and state = 'open' and outcome = 'fail'),
      'low', count(*) filter (where severity = 1 and state = 'open' and outcome = 'fail'),
      'excepted', count(*) filter (where state = 'excepted'),
      'notEvaluated', count(*) filter (where state = 'open' and outcome = 'not-evaluated')), '[]', ${pairs}::jsonb
    from finding group by finding.cluster_id`.execute(db)
  for (const edition of judged) {
    const counts = packControls(
      edition.controls.map((control, index) => ({
        part: 'scored',
        result: {
          benchmark: edition.benchmark,
          edition: edition.edition,
          control,
          outcome: index % 3 === 0 ? 'fail' : 'pass',
          passed: 400 + index,
          failed: index % 3 === 0 ? 20 + index : 0,
          excepted: index % 5,
          notEvaluated: index % 11 === 0 ? 2 : 0,
          notApplicable: 0,
          unbounded: false,
        },
      })),
    )
    await sql`insert into tally (cluster_id, scope_key, benchmark, edition, valid_from, counts)
      select cluster_id, '', ${edition.benchmark}, ${edition.edition}, ${now}::timestamptz - interval '1 hour', ${JSON.stringify(counts)}::jsonb
      from cluster where cluster_id in (select 'cluster-' || c from generate_series(1, ${clusters}::int) c)`.execute(
      db,
    )
    await sql`insert into score (cluster_id, scope_key, benchmark, edition, section, valid_from, valid_to, value, low, high, evaluated, not_evaluated)
      select cluster_id, '', ${edition.benchmark}, ${edition.edition}, '', ${now}::timestamptz - d * interval '1 day',
        case when d = 0 then 'infinity' else ${now}::timestamptz - (d - 1) * interval '1 day' end, value, value - 3, value + 2, 90, 4
      from cluster, generate_series(0, ${days}::int) d, lateral (select round((50 + 40 * random() + d * 0)::numeric, 1)::float8 as value) v`.execute(
      db,
    )
    await sql`insert into score_move (cluster_id, at, benchmark, edition, before, after, parts)
      select cluster_id, ${now}::timestamptz - d * interval '1 day', ${edition.benchmark}, ${edition.edition}, 70, 71, '{"fixed":1}'
      from cluster, generate_series(0, ${days}::int) d`.execute(db)
  }
}
