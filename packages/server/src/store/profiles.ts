// Profiles: the statements of the profiles that people keep, and of the clusters they are given to.

import { type Selectable, sql, type Transaction } from 'kysely'
import type { ClusterRow } from './clusters.ts'
import type { Permitted } from './permitted.ts'
import type { Client, Schema } from './schema.ts'
import type { DecisionTables } from './schema-decisions.ts'
import { seenCluster, seenWholeCluster } from './seen.ts'

export type ProfileRow = Selectable<DecisionTables['profile']>

/** They belong to the house, not to a part of the fleet: what they are given to is shown by whoever knows the caller. */
export const allProfiles = (db: Client): Promise<ProfileRow[]> =>
  db.selectFrom('profile').selectAll().orderBy('name').execute()

export const lockProfile = (trx: Transaction<Schema>, id: string): Promise<ProfileRow | undefined> =>
  trx.selectFrom('profile').selectAll().where('profile_id', '=', id).forUpdate().executeTakeFirst()

export interface ProfileValues {
  readonly name: string
  readonly description: string
  readonly body: object
  readonly isDefault: boolean
  readonly zones: readonly string[]
  readonly clusters: readonly string[]
}

const columnsOf = ({ name, description, body, isDefault, zones, clusters }: ProfileValues) => ({
  name,
  description,
  body: JSON.stringify(body),
  is_default: isDefault,
  zones: JSON.stringify(zones),
  clusters: JSON.stringify(clusters),
})

/** Of a name that is free; while another is the default, it cannot be. */
export async function addProfile(
  trx: Transaction<Schema>,
  id: string,
  values: ProfileValues,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('profile')
    .values({ profile_id: id, ...columnsOf(values), created_at: at, updated_at: at })
    .execute()
}

export async function changeProfile(
  trx: Transaction<Schema>,
  id: string,
  values: ProfileValues,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('profile')
    .set(eb => ({ ...columnsOf(values), updated_at: at, version: eb('version', '+', 1) }))
    .where('profile_id', '=', id)
    .execute()
}

/** Makes the default an ordinary profile, unless it is this one; gives the name of what it was. */
export async function endDefault(
  trx: Transaction<Schema>,
  but: string,
  at: Date,
): Promise<string | undefined> {
  const row = await trx
    .updateTable('profile')
    .set(eb => ({ is_default: false, updated_at: at, version: eb('version', '+', 1) }))
    .where('is_default', '=', true)
    .where('profile_id', '<>', but)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

export async function dropProfile(trx: Transaction<Schema>, id: string): Promise<void> {
  await trx.deleteFrom('profile').where('profile_id', '=', id).execute()
}

/** The names of the profiles that are given to a zone. */
export async function profilesOfZone(db: Client, zone: string): Promise<string[]> {
  const rows = await db
    .selectFrom('profile')
    .select('name')
    .where(sql<boolean>`zones @> ${JSON.stringify([zone])}::jsonb`)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

/** The clusters of which the caller sees any part. */
export const clustersSeen = (db: Client, permitted: Permitted): Promise<ClusterRow[]> =>
  db
    .selectFrom('cluster')
    .selectAll()
    .where('removed_at', 'is', null)
    .where(seenCluster(permitted, 'cluster.cluster_id'))
    .orderBy('cluster_id')
    .execute()

/** Those of these clusters of which the caller sees any part, and whether that is all of it. */
export async function sightOf(
  db: Client,
  permitted: Permitted,
  clusters: readonly string[],
): Promise<ReadonlyMap<string, { readonly row: ClusterRow; readonly isWhole: boolean }>> {
  const rows = await db
    .selectFrom('cluster')
    .selectAll()
    .select(seenWholeCluster(permitted, 'cluster.cluster_id').as('is_whole'))
    .where('cluster_id', 'in', [...clusters])
    .where(seenCluster(permitted, 'cluster.cluster_id'))
    .execute()
  return new Map(rows.map(({ is_whole, ...row }) => [row.cluster_id, { row, isWhole: is_whole === true }]))
}
