// Finding counts: counts a cluster's findings anew, for facets and dashboards that must not read them all.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type FindingWord, keepWords } from './finding-words.ts'
import type { Client } from './schema.ts'

const tables = ['finding_rule_count', 'finding_kind_count', 'finding_namespace_count', 'root_count']

/**
 * Makes a cluster's counts what its findings are. Call it in the transaction that changed findings, after the change: its cost grows with
 * the findings of the cluster, not of the fleet.
 */
export async function recountFindings(db: Client, clusterId: string): Promise<void> {
  for (const table of tables)
    await sql`delete from ${sql.table(table)} where cluster_id = ${clusterId}`.execute(db)
  await countInto(db, sql`cluster_id = ${clusterId}`)
  await stampCounts(db, clusterId)
}

/** Counts the findings of all clusters anew, as after a restore or a bulk load. */
export async function recountAllFindings(db: Client): Promise<void> {
  for (const table of [...tables, 'finding_count_stamp'])
    await sql`delete from ${sql.table(table)}`.execute(db)
  await countInto(db, sql`true`)
  await sql`insert into finding_count_stamp (cluster_id, stamp) select cluster_id, gen_random_uuid() from cluster`.execute(
    db,
  )
}

async function countInto(db: Client, which: ReturnType<typeof sql>): Promise<void> {
  for (const field of ['rule', 'kind', 'namespace'])
    await sql`insert into ${sql.table(`finding_${field}_count`)} (cluster_id, ${sql.ref(field)}, state, outcome, severity, count)
      select cluster_id, ${sql.ref(field)}, state, outcome, severity, count(*) from finding where ${which}
      group by cluster_id, ${sql.ref(field)}, state, outcome, severity`.execute(db)
  await sql`insert into root_count (cluster_id, root_kind, root_key, failed, critical, high, medium, low, resources, rules)
    select cluster_id, min(root_kind), root_key, count(*),
      count(*) filter (where severity = 4), count(*) filter (where severity = 3),
      count(*) filter (where severity = 2), count(*) filter (where severity = 1),
      count(distinct asset_key), count(distinct rule)
    from finding where ${which} and state = 'open' and outcome = 'fail'
    group by cluster_id, root_key`.execute(db)
  const words = await Promise.all(
    (['kind', 'namespace', 'rule'] as const).map(field =>
      wordsIn(db, `finding_${field}_count`, field, which),
    ),
  )
  await keepWords(db, [...words.flat(), ...(await wordsIn(db, 'finding', 'name', which))])
}

async function wordsIn(
  db: Client,
  table: string,
  field: FindingWord['field'],
  which: ReturnType<typeof sql>,
): Promise<FindingWord[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct ${sql.ref(field)} as word from ${sql.table(table)} where ${which}`.execute(db)
  return rows.map(({ word }) => ({ field, word }))
}

/** Says that a cluster's counts are others now, in the transaction that made them so. */
export async function stampCounts(db: Client, clusterId: string): Promise<void> {
  await sql`insert into finding_count_stamp (cluster_id, stamp) values (${clusterId}, ${randomUUID()})
    on conflict (cluster_id) do update set stamp = excluded.stamp`.execute(db)
}
