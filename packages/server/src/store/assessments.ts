// Assessments: the statements of the newest assessment of each cluster: what it speaks of, and what it was judged by.

import type { Gap } from '@plimsoll/core'
import { sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

export interface KnownAssessment {
  readonly revision: number
  readonly basis: string
  /** With microseconds. */
  readonly assessedAt: string
  readonly gaps: readonly Gap[]
  readonly isStale: boolean
}

const text = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

export async function findAssessment(db: Client, clusterId: string): Promise<KnownAssessment | undefined> {
  const row = await db
    .selectFrom('assessment')
    .select(['revision', 'basis', 'gaps', 'stale_since', text('assessed_at').as('at')])
    .where('cluster_id', '=', clusterId)
    .executeTakeFirst()
  return (
    row && {
      revision: Number(row.revision),
      basis: row.basis,
      assessedAt: row.at,
      gaps: row.gaps as readonly Gap[],
      isStale: row.stale_since !== null,
    }
  )
}

/** The later of an instant and just after the newest assessment: no assessment begins before another of its cluster. */
export async function instantAfter(
  trx: Transaction<Schema>,
  clusterId: string,
  instant: string,
): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select to_char(greatest(${instant}::timestamptz, max(assessed_at) + interval '1 microsecond') at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from assessment where cluster_id = ${clusterId}`.execute(trx)
  return rows[0]?.at ?? instant
}

export interface NewAssessment {
  readonly revision: number
  readonly basis: string
  readonly at: string
  readonly gaps: readonly Gap[]
  readonly counts: Readonly<Record<string, number>>
  /** `[rule, parameters or null]`. */
  readonly plans: readonly (readonly [string, unknown])[]
  /** `[benchmark, edition]`. */
  readonly editions: readonly (readonly [string, string])[]
  readonly staleSince: Date | null
}

export async function keepAssessment(db: Client, clusterId: string, own: NewAssessment): Promise<void> {
  const values = {
    revision: own.revision,
    basis: own.basis,
    assessed_at: own.at,
    gaps: JSON.stringify(own.gaps),
    counts: JSON.stringify(own.counts),
    is_sound: own.gaps.length === 0,
    plans: JSON.stringify(own.plans),
    editions: JSON.stringify(own.editions),
    stale_since: own.staleSince,
  }
  await db
    .insertInto('assessment')
    .values({ cluster_id: clusterId, ...values })
    .onConflict(on => on.column('cluster_id').doUpdateSet(values))
    .execute()
}

/**
 * Marks the scopes that were not heard of since the instant, and gives their clusters. A sample has no collector that could be heard of: it
 * is not asked to be.
 */
export async function markStale(db: Client, heardBefore: Date, now: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ cluster_id: string }>`
    update collector_scope s set stale_since = ${now} from cluster c
    where c.cluster_id = s.cluster_id and not c.is_sample and c.removed_at is null
      and s.stale_since is null and s.received_at < ${heardBefore} returning s.cluster_id`.execute(db)
  return [...new Set(rows.map(row => row.cluster_id))]
}

/** Marks all scopes of one cluster. */
export async function markScopesStale(db: Client, clusterId: string, now: Date): Promise<void> {
  await db
    .updateTable('collector_scope')
    .set({ stale_since: now })
    .where('cluster_id', '=', clusterId)
    .execute()
}
