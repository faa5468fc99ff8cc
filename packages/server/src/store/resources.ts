// Resources: pages of assets, one of them with its verdicts, its versions, and the objects behind it; only what a caller may see.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { assetsFrom } from './assets-as-of.ts'
import { clusterFactsAt } from './cluster-past.ts'
import { isAfter, type Order, orderBy, type Position, positionOf, type SortColumn } from './keyset.ts'
import { type Kept, unpack } from './packing.ts'
import type { Permitted } from './permitted.ts'
import type { Client } from './schema.ts'
import { seen, seenColumns } from './seen.ts'

export interface AssetRow {
  readonly cluster_id: string
  readonly cluster_name: string
  readonly asset_key: string
  readonly api_version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly root_kind: string
  readonly root_key: string
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
  /** Null for an instant of which it is not kept; so is the next. */
  readonly passed: number | null
  readonly not_evaluated: number | null
  readonly first_seen: Date
  readonly gone_at: Date | null
}

const column = (name: string, type: SortColumn['type'] = 'text'): SortColumn => ({
  column: `asset.${name}`,
  type,
})

/** What resources can be sorted by. */
export const assetSorts = {
  worst: [
    column('critical', 'integer'),
    column('high', 'integer'),
    column('medium', 'integer'),
    column('low', 'integer'),
    column('cluster_id'),
    column('asset_key'),
  ],
  key: [column('asset_key'), column('cluster_id')],
} as const satisfies Record<string, readonly SortColumn[]>
const listed = sql`asset.cluster_id, cluster.name as cluster_name, asset.asset_key, asset.api_version, asset.kind, asset.namespace,
  asset.name, asset.labels, asset.root_kind, asset.root_key, asset.critical, asset.high, asset.medium, asset.low, asset.excepted,
  asset.passed, asset.not_evaluated, asset.first_seen, nullif(asset.gone_at, 'infinity') as gone_at`

/** Which assets: those that a compiled query asks for, as they are or as they were at an instant. */
export interface AssetsAsked {
  readonly condition: RawBuilder<SqlBool>
  readonly at: Date | undefined
}

/** A page of assets in an order; `withGone`: also those that are, or were then, no longer there. */
export async function assetPage(
  db: Client,
  permitted: Permitted,
  { condition, at, withGone }: AssetsAsked & { readonly withGone: boolean },
  order: Order,
  after: Position | undefined,
  limit: number,
): Promise<{ readonly rows: readonly AssetRow[]; readonly next: Position | undefined }> {
  const { rows } = await sql<AssetRow & { readonly position: string[] }>`
    select ${listed}, ${positionOf(order)} as position
    from ${assetsFrom(at)} join ${clusterFactsAt(at)} as cluster on cluster.cluster_id = asset.cluster_id
    where ${seen(permitted, seenColumns('asset'))} and ${condition} ${withGone ? sql`` : sql`and asset.gone_at = 'infinity'`}
      ${after ? sql`and ${isAfter(order, after)}` : sql``}
    ${orderBy(order)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? page.at(-1)?.position : undefined }
}

export interface KindStates {
  readonly kind: string
  readonly resources: number
  readonly failing: number
  /** Failing nothing, with a rule that could not be judged; null where that is not kept for the instant. So is the last. */
  readonly notEvaluated: number | null
  readonly excepted: number
  /** Failing nothing, with all judged and something passed. */
  readonly passing: number | null
}

/** Resources counted by kind and by what became of them. */
export async function assetKinds(
  db: Client,
  permitted: Permitted,
  { condition, at }: AssetsAsked,
): Promise<readonly KindStates[]> {
  const failed = sql`asset.critical + asset.high + asset.medium + asset.low`
  const kept = (state: RawBuilder<unknown>) =>
    sql`case when count(asset.passed) = count(*) then (count(*) filter (where ${failed} = 0 and ${state}))::int end`
  const { rows } = await sql<KindStates>`
    select asset.kind, count(*)::int as resources, (count(*) filter (where ${failed} > 0))::int as failing,
      ${kept(sql`asset.not_evaluated > 0`)} as "notEvaluated",
      (count(*) filter (where asset.excepted > 0))::int as excepted,
      ${kept(sql`asset.not_evaluated = 0 and asset.passed > 0`)} as passing
    from ${assetsFrom(at)} where asset.gone_at = 'infinity' and ${seen(permitted, seenColumns('asset'))} and ${condition}
    group by asset.kind order by resources desc, asset.kind`.execute(db)
  return rows
}

export interface WholeAsset extends AssetRow {
  /** One byte per plan. */
  readonly verdicts: Buffer
  /** `[rule, parameters or null]` of each plan. */
  readonly plans: readonly (readonly [string, Readonly<Record<string, unknown>> | null])[]
  readonly editions: readonly (readonly [string, string])[]
  /** Since when the verdicts hold. */
  readonly assessed_at: Date | null
}

/** One asset with its verdicts of now; undefined where there is none (at the instant, gone ones included), or none that the caller may see. */
export async function findAsset(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  assetKey: string,
  at?: Date,
): Promise<WholeAsset | undefined> {
  const { rows } = await sql<WholeAsset>`
    select ${listed}, asset.verdicts, coalesce(assessment.plans, '[]') as plans, coalesce(assessment.editions, '[]') as editions,
      assessment.assessed_at
    from ${assetsFrom(at)} join ${clusterFactsAt(at)} as cluster on cluster.cluster_id = asset.cluster_id
    left join assessment on assessment.cluster_id = asset.cluster_id
    where asset.cluster_id = ${clusterId} and asset.asset_key = ${assetKey} and ${seen(permitted, seenColumns('asset'))}`.execute(
    db,
  )
  return rows[0]
}

export interface VersionRow {
  readonly from: Date
  /** Null: it is so still. */
  readonly to: Date | null
  readonly hash: string
  readonly bytes: number
}

/** What an asset's object was, newest first. Only for an asset that `findAsset` showed. */
export async function assetVersions(
  db: Client,
  shown: WholeAsset,
  limit: number,
): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.valid_from as "from", nullif(v.valid_to, 'infinity') as "to", encode(v.hash, 'hex') as hash, b.bytes
    from resource_version v join object_body b on b.cluster_id = v.cluster_id and b.hash = v.hash
    where v.cluster_id = ${shown.cluster_id} and v.resource_key = ${shown.asset_key}
    order by v.valid_from desc limit ${limit}`.execute(db)
  return rows
}

/** The object of an asset as it was at an instant, or is; undefined where there was none. Only for an asset that `findAsset` showed. */
export async function assetObject(
  db: Client,
  shown: WholeAsset,
  at: Date | undefined,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const when =
    at === undefined ? sql`v.valid_to = 'infinity'` : sql`v.valid_from <= ${at} and v.valid_to > ${at}`
  const { rows } = await sql<Kept>`
    select b.packing, b.body, b.start, b.bytes from resource_version v
    join object_content b on b.cluster_id = v.cluster_id and b.hash = v.hash
    where v.cluster_id = ${shown.cluster_id} and v.resource_key = ${shown.asset_key} and ${when}`.execute(db)
  const [row] = rows
  return row && (JSON.parse(unpack(row)) as Record<string, unknown>)
}

/** The assets with these keys that the caller may see. */
export async function assetsOfKeys(
  db: Client,
  permitted: Permitted,
  clusterId: string,
  keys: readonly string[],
): Promise<readonly AssetRow[]> {
  const { rows } = await sql<AssetRow>`
    select ${listed} from asset join cluster on cluster.cluster_id = asset.cluster_id
    where asset.cluster_id = ${clusterId} and asset.gone_at = 'infinity' and ${seen(permitted, seenColumns('asset'))}
      and asset.asset_key = any(${[...keys]}::text[])
    order by asset.kind, asset.asset_key`.execute(db)
  return rows
}
