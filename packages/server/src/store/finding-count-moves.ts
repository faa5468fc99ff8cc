// Finding count moves: keeps counts of findings in step with a few changes, at the cost of these and not of all findings of the cluster.

import { sql } from 'kysely'
import { stampCounts } from './finding-counts.ts'
import { type FindingWord, keepWords } from './finding-words.ts'
import type { Client } from './schema.ts'

/** So many more, or fewer, findings of that value, state, outcome and severity. */
export interface CountMove {
  readonly field: 'rule' | 'kind' | 'namespace'
  readonly value: string
  readonly state: string
  readonly outcome: string
  readonly severity: number
  readonly count: number
}

/**
 * Adds moves to the counts; those of roots, which count distinct things, are counted anew for the roots named: all under which a finding
 * opened or changed. Call it last in the transaction that moved them.
 */
export async function moveFindingCounts(
  db: Client,
  clusterId: string,
  moves: readonly CountMove[],
  roots: readonly string[],
): Promise<void> {
  const words: FindingWord[] = []
  for (const field of ['rule', 'kind', 'namespace'] as const) {
    const own = moves.filter(move => move.field === field && move.count !== 0)
    if (own.length === 0) continue
    words.push(...[...new Set(own.map(move => move.value))].map(word => ({ field, word })))
    const table = sql.table(`finding_${field}_count`)
    await sql`insert into ${table} as t (cluster_id, ${sql.ref(field)}, state, outcome, severity, count)
      select ${clusterId}, m.value, m.state, m.outcome, m.severity, m.count
      from json_to_recordset(${JSON.stringify(own)}::json)
        as m(value text, state text, outcome text, severity smallint, count integer)
      on conflict (cluster_id, ${sql.ref(field)}, state, outcome, severity) do update
        set count = t.count + excluded.count`.execute(db)
    await sql`delete from ${table} where cluster_id = ${clusterId} and count = 0`.execute(db)
  }
  await stampCounts(db, clusterId)
  if (roots.length === 0) return await keepWords(db, words)
  await sql`delete from root_count where cluster_id = ${clusterId} and root_key = any(${roots})`.execute(db)
  await sql`insert into root_count (cluster_id, root_kind, root_key, failed, critical, high, medium, low, resources, rules)
    select cluster_id, min(root_kind), root_key, count(*),
      count(*) filter (where severity = 4), count(*) filter (where severity = 3),
      count(*) filter (where severity = 2), count(*) filter (where severity = 1),
      count(distinct asset_key), count(distinct rule)
    from finding where cluster_id = ${clusterId} and root_key = any(${roots}) and state = 'open' and outcome = 'fail'
    group by cluster_id, root_key`.execute(db)
  const names = await sql<{ word: string }>`select distinct name as word from finding
    where cluster_id = ${clusterId} and root_key = any(${roots}) and state <> 'resolved'`.execute(db)
  await keepWords(db, [...words, ...names.rows.map(({ word }) => ({ field: 'name' as const, word }))])
}
