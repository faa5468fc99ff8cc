// Assets: the statements by which assessments keep the lasting things of a cluster with their verdicts.

import { sql } from 'kysely'
import { insertRecords, upsertRecords } from './records.ts'
import type { Client } from './schema.ts'

/** An asset as it is to be kept; `verdicts` is `\x` and hex. */
export interface AssetRow {
  readonly cluster_id: string
  readonly asset_key: string
  readonly api_version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly root_kind: string
  readonly root_key: string
  readonly verdicts: string
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
  readonly passed: number
  readonly not_evaluated: number
  readonly first_seen: string
  readonly gone_at: string
}

/** What an asset was last known by. */
export interface KnownAsset {
  readonly asset_key: string
  readonly kind: string
  readonly api_version: string
  readonly namespace: string
  readonly verdicts: Buffer
}

const pageSize = 10_000

/** All assets of a cluster that are not gone, by key, in pages. */
export async function* knownAssets(db: Client, clusterId: string): AsyncGenerator<readonly KnownAsset[]> {
  let after = ''
  while (true) {
    const { rows } = await sql<KnownAsset>`
      select asset_key, kind, api_version, namespace, verdicts from asset
      where cluster_id = ${clusterId} and asset_key > ${after} and gone_at = 'infinity'
      order by asset_key limit ${pageSize}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    if (rows.length < pageSize) return
    after = last.asset_key
  }
}

/** Assets as they are kept, by key: one that is not told is not there, or is gone. */
export async function assetsByKey(
  db: Client,
  clusterId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Omit<AssetRow, 'first_seen' | 'gone_at'>>> {
  const { rows } = await sql<Omit<AssetRow, 'first_seen' | 'gone_at'>>`
    select cluster_id, asset_key, api_version, kind, namespace, name, labels, root_kind, root_key,
      '\\x' || encode(verdicts, 'hex') as verdicts, critical, high, medium, low, excepted, passed, not_evaluated
    from asset where cluster_id = ${clusterId} and asset_key = any(${keys}) and gone_at = 'infinity'`.execute(
    db,
  )
  return new Map(rows.map(row => [row.asset_key, row]))
}

/** Keeps assets of a cluster that had none: nothing is looked for. */
export const addAssets = (db: Client, rows: readonly AssetRow[]): Promise<void> =>
  insertRecords(db, 'asset', rows as unknown as readonly Record<string, unknown>[])

/** Keeps assets; one that was gone is here again, since when it was first seen. */
export const keepAssets = (db: Client, rows: readonly AssetRow[]): Promise<void> =>
  upsertRecords(
    db,
    'asset',
    rows as unknown as readonly Record<string, unknown>[],
    ['cluster_id', 'asset_key'],
    ['first_seen'],
  )

/** Notes that assets are gone since an instant. */
export async function endAssets(
  db: Client,
  clusterId: string,
  keys: readonly string[],
  at: string,
): Promise<void> {
  if (keys.length === 0) return
  await sql`update asset set gone_at = ${at}, critical = 0, high = 0, medium = 0, low = 0, excepted = 0, not_evaluated = 0
    where cluster_id = ${clusterId} and asset_key = any(${keys}) and gone_at = 'infinity'`.execute(db)
}
