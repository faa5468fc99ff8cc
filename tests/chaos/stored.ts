// Stored: holds what a database has against what collectors were told, and its findings against a cold assessment.

import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultProfile } from '@plimsoll/core'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { editions, rules } from '../../packages/core/src/catalogue/index.ts'
import { collectorOfToken } from '../../packages/server/src/services/access/enrolments.ts'
import { assessCluster } from '../../packages/server/src/services/assess/assess-cluster.ts'
import { warmClusters } from '../../packages/server/src/services/assess/warm.ts'
import { Ingest } from '../../packages/server/src/services/ingest/ingest.ts'
import {
  type Content,
  headOf,
  linesOf,
  sent,
} from '../../packages/server/src/services/ingest/testing/wire.ts'
import { currentResources } from '../../packages/server/src/store/resource-versions.ts'
import type { Client } from '../../packages/server/src/store/schema.ts'
import { freshDatabase } from '../../packages/server/src/testing/database.ts'
import { type Collector, enrolled } from './collector.ts'
import { seeded } from './scale.ts'

/** Waits until the connections of a killed server are gone: what it had sent off comes to its end. */
export async function untilAlone(db: Client): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
      db,
    )
    if (rows.length === 0) return
    await sleep(5)
  }
}

/** Waits until every cluster is assessed. Throws where an assessment was given up. */
export async function untilAssessed(db: Client): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ state: string; error: string | null }>`
      select state, error from job where queue = 'assess'`.execute(db)
    const dead = rows.find(({ state }) => state === 'dead')
    if (dead) throw new Error(`an assessment was given up: ${dead.error}`)
    if (rows.length === 0) return
    await sleep(20)
  }
}

/** Lets the time pass for which a job is its worker's, though that was killed; gives how many were under way. */
export async function endLeases(db: Client): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update job set leased_until = clock_timestamp() where state = 'running'`.execute(db)
  return Number(numAffectedRows)
}

/**
 * What was acknowledged is there; what is there was sent; each of the newest `depth` snapshots holds what was sent with it; nothing stands
 * half. Gives how many snapshots are there of which nobody was told.
 */
export async function expectKept(db: Client, { uid, sent: all }: Collector, depth = 3): Promise<number> {
  const { rows } = await sql<{
    sequence: number
    digest: string
    at: string
    revision: number
    resources: number
  }>`
    select sequence::int, encode(digest, 'hex') as digest, received_at::text as at, revision::int, resources
    from snapshot where cluster_id = ${uid} order by sequence desc`.execute(db)
  const there = new Map(rows.map(row => [row.sequence, row]))
  for (const [sequence, { digest, isAcknowledged }] of all) {
    const row = there.get(sequence)
    if (isAcknowledged || row) expect(row?.digest, `snapshot ${sequence} of ${uid}`).toBe(digest)
  }
  for (const { sequence, at, resources } of rows.slice(0, depth)) {
    const { hashes } = all.get(sequence) ?? {}
    expect(await hashesAt(db, uid, at), `snapshot ${sequence} of ${uid}`).toEqual(hashes)
    expect(resources).toBe(hashes?.size)
  }
  expect(await hashesAt(db, uid, undefined)).toEqual(all.get(rows[0]?.sequence ?? -1)?.hashes ?? new Map())
  const { rows: odd } = await sql<{ what: string }>`
    select 'a revision without a snapshot' as what from cluster
      where cluster_id = ${uid} and revision <> ${rows[0]?.revision ?? 0}
    union all select 'a version without its object' from resource_version v
      where cluster_id = ${uid} and not exists (
        select from object_body b where b.cluster_id = v.cluster_id and b.hash = v.hash)
    union all select 'versions that overlap' from resource_version a
      join resource_version b using (cluster_id, resource_key)
      where cluster_id = ${uid} and a.valid_from < b.valid_from and a.valid_to > b.valid_from
    union all select 'a finding of an assessment that is not there' from finding f
      left join assessment a using (cluster_id)
      where f.cluster_id = ${uid} and (a.assessed_at is null or f.changed_at > a.assessed_at)
    union all select 'a finding that was two things at a time' from finding_state a
      join finding_state b using (cluster_id, finding_id)
      where cluster_id = ${uid} and a.valid_from < b.valid_from and a.valid_to > b.valid_from
    union all select 'an assessment of a revision that is not there' from assessment a
      join cluster c using (cluster_id) where cluster_id = ${uid} and a.revision > c.revision
    union all select 'no one who would assess it' from cluster c
      left join assessment a using (cluster_id)
      where cluster_id = ${uid} and a.revision is distinct from c.revision and c.revision > 0
        and not exists (select from job j where j.queue = 'assess' and j.key = c.cluster_id)`.execute(db)
  expect(odd).toEqual([])
  return rows.filter(({ sequence }) => !all.get(sequence)?.isAcknowledged).length
}

async function hashesAt(db: Client, uid: string, at: string | undefined): Promise<Map<string, string>> {
  const when =
    at === undefined
      ? sql`valid_to = 'infinity'`
      : sql`valid_from <= ${at}::timestamptz and valid_to > ${at}::timestamptz`
  const { rows } = await sql<{ key: string; hash: string }>`
    select resource_key as key, encode(hash, 'hex') as hash from resource_version
    where cluster_id = ${uid} and ${when}`.execute(db)
  return new Map(rows.map(({ key, hash }) => [key, hash]))
}

/** All that is derived of a cluster is what a cold assessment of its stored resources derives, in a database of its own. */
export async function expectAssessedAsCold(db: Client, { uid }: Collector): Promise<void> {
  const stored = new Map<string, Content>()
  for await (const batch of currentResources(db, uid))
    for (const { key, json } of batch) stored.set(key, JSON.parse(json) as Content)
  await using fresh = await freshDatabase()
  const deps = { db: fresh.db, now: () => new Date(), randomBytes }
  const [other] = await enrolled(deps, 1, seeded(0))
  const collector = other && (await collectorOfToken(deps, other.token))
  if (!collector) throw new Error('the collector is not known')
  const ingest = new Ingest({ deps, onAccepted: async () => {} })
  const { rows } = await sql<{ name: string }>`select name from cluster where cluster_id = ${uid}`.execute(db)
  await ingest.receive(collector, sent(linesOf(headOf({ sequence: 1, uid, gaps: [] }), stored)))
  await sql`update cluster set name = ${rows[0]?.name}`.execute(fresh.db)
  await assessCluster(
    {
      ...deps,
      pack: { rules, editions, version: 'cold' },
      basisOf: async () => ({ profile: defaultProfile, exceptions: [], digest: 'none' }),
      warm: warmClusters(0),
    },
    uid,
  )
  expect(await derived(db, uid)).toEqual(await derived(fresh.db, uid))
}

/** What assessments derive of a cluster, without instants and without what is over. */
async function derived(db: Client, uid: string): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ part: string; row: Record<string, unknown> }>`
    select 'finding' as part, jsonb_build_object('id', finding_id, 'rule', rule, 'asset', asset_key, 'at', discriminator,
      'severity', severity, 'outcome', outcome, 'state', state, 'reason', reason, 'root', root_key) as row
      from finding where cluster_id = ${uid} and state <> 'resolved'
    union all select 'asset', jsonb_build_object('key', asset_key, 'high', high, 'critical', critical, 'medium', medium,
      'low', low, 'passed', passed, 'not', not_evaluated, 'root', root_key, 'labels', labels)
      from asset where cluster_id = ${uid} and gone_at = 'infinity'
    union all select 'score', jsonb_build_object('scope', scope_key, 'of', benchmark, 'section', section, 'value', value,
      'low', low, 'high', high) from score
      where cluster_id = ${uid} and valid_to = 'infinity' and value is not null
    union all select 'rule', jsonb_build_object('namespace', namespace, 'rule', rule, 'open', open, 'not', not_evaluated)
      from rule_count where cluster_id = ${uid} and open + excepted + not_evaluated > 0
    union all select 'of a rule', to_jsonb(n) from finding_rule_count n
      where cluster_id = ${uid} and state <> 'resolved' and count <> 0
    union all select 'of a kind', to_jsonb(n) from finding_kind_count n
      where cluster_id = ${uid} and state <> 'resolved' and count <> 0
    union all select 'of a namespace', to_jsonb(n) from finding_namespace_count n
      where cluster_id = ${uid} and state <> 'resolved' and count <> 0
    union all select 'of a root cause', to_jsonb(n) from root_count n
      where cluster_id = ${uid} and failed <> 0`.execute(db)
  const parts: Record<string, string[]> = {}
  for (const { part, row } of rows) {
    parts[part] ??= []
    parts[part].push(JSON.stringify(row))
  }
  return Object.fromEntries(
    Object.entries(parts).map(([part, all]) => [part, [all.length, digestOf(all), ...all.sort()]]),
  )
}

const digestOf = (lines: readonly string[]) =>
  createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex')
