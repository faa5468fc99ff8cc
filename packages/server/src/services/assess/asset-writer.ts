// Asset writer: keeps what a step of an assessment yields, in batches: assets, their findings, and what both were before.

import {
  assetKind,
  canonicalJson,
  type Gap,
  indexGaps,
  type JudgedAsset,
  rootOf,
  status,
} from '@plimsoll/core'
import { noteReturned } from '../../store/absences.ts'
import { type AssetRow, assetsByKey, endAssets, keepAssets } from '../../store/assets.ts'
import {
  changeFindings,
  describeFindings,
  type FindingChange,
  findingsOfAssets,
  insertFindings,
  type KnownFinding,
  type NewFinding,
} from '../../store/finding-writes.ts'
import type { Client } from '../../store/schema.ts'
import type { CountMoves } from './count-moves.ts'
import { hide, reconcile, resolve } from './finding-rows.ts'

export interface AssetWriterInput {
  readonly db: Client
  readonly clusterId: string
  /** The instant from which on all of it holds. */
  readonly at: string
  /** Nothing is kept of this cluster yet, so nothing is to be compared. */
  readonly isFirst: boolean
  readonly judges: (rule: string, parameters: unknown) => boolean
  readonly gaps: readonly Gap[]
  /** Is told what becomes of findings. */
  readonly counts: CountMoves
}

export interface AssetWriter {
  judged(asset: JudgedAsset): Promise<void>
  /** An asset is not there: gone, or hidden by a gap. `key` is without the cluster's id. */
  gone(key: string): Promise<void>
  /** Writes what is left. */
  end(): Promise<void>
  /** Namespaces whose findings may have changed. */
  readonly namespaces: ReadonlySet<string>
  /** Assets that are not there, while a gap hides whether they still are. */
  readonly hidden: ReadonlySet<string>
  readonly written: { assets: number; findings: number }
}

/** Assets compared at a time. */
const batchSize = 1000
const mostResults = 5000

export function writeAssets(input: AssetWriterInput): AssetWriter {
  const { db, clusterId, at, isFirst } = input
  const gapIndex = indexGaps(input.gaps)
  let batch: JudgedAsset[] = []
  let results = 0
  let absent: string[] = []
  const namespaces = new Set<string>()
  const hidden = new Set<string>()
  const written = { assets: 0, findings: 0 }

  async function flush(): Promise<void> {
    if (batch.length === 0) return
    const judged = batch
    batch = []
    results = 0
    const keys = judged.map(({ asset }) => bare(asset.entry.key))
    const known = isFirst
      ? new Map<string, KnownFinding[]>()
      : byAsset(await findingsOfAssets(db, clusterId, keys))
    const before = isFirst ? new Map<string, never>() : await assetsByKey(db, clusterId, keys)
    const fresh: NewFinding[] = []
    const changes: FindingChange[] = []
    const rows: AssetRow[] = []
    const described: AssetRow[] = []
    for (const one of judged) {
      const place = placeOf(clusterId, one)
      const own = reconcile({
        place,
        at,
        known: known.get(place.asset_key) ?? [],
        results: one.results,
        rules: one.rules,
        judges: input.judges,
      })
      fresh.push(...own.fresh)
      changes.push(...own.changes)
      for (const finding of own.fresh) input.counts.opened(finding)
      const kept = new Map(known.get(place.asset_key)?.map(finding => [finding.finding_id, finding]))
      for (const change of own.changes)
        input.counts.changed(kept.get(change.finding_id) as KnownFinding, change, place.kind, place.namespace)
      const old = before.get(place.asset_key)
      const row = {
        ...place,
        verdicts: `\\x${Buffer.from(one.vector).toString('hex')}`,
        ...own.counts,
        ...seenBy(one.vector),
      }
      if (old && isSameRow(old, row)) continue
      rows.push({ ...row, first_seen: at, gone_at: 'infinity' })
      if (!old || describes(old) === describes(row)) continue
      input.counts.root(old.root_key)
      input.counts.root(row.root_key)
      described.push({ ...row, first_seen: at, gone_at: 'infinity' })
    }
    for (const { namespace } of fresh) namespaces.add(namespace)
    if (changes.length > 0) for (const { asset } of judged) namespaces.add(asset.entry.namespace)
    const unknown = isFirst ? [] : rows.filter(row => !before.has(row.asset_key)).map(row => row.asset_key)
    await noteReturned(db, clusterId, unknown, at)
    await keepAssets(db, rows)
    await insertFindings(db, fresh)
    await changeFindings(db, clusterId, at, changes)
    await describeFindings(db, clusterId, described)
    written.assets += rows.length
    written.findings += fresh.length + changes.length
  }

  async function flushAbsent(): Promise<void> {
    if (absent.length === 0) return
    const keys = absent
    absent = []
    const changes: FindingChange[] = []
    const gone: string[] = []
    const gapOf = new Map(keys.map(key => [key, gapHiding(key)]))
    for (const [key, gap] of gapOf) {
      if (gap) hidden.add(key)
      else gone.push(key)
      namespaces.add(namespaceOf(key))
    }
    for (const row of await findingsOfAssets(db, clusterId, keys)) {
      if (row.state === 'resolved') continue
      const gap = gapOf.get(row.asset_key)
      const change = gap ? hide(row, gap.detail) : resolve(row, 'resource removed')
      if (!change) continue
      changes.push(change)
      const [kind = '', namespace = ''] = row.asset_key.split('/')
      input.counts.changed(row, change, kind, namespace)
    }
    await changeFindings(db, clusterId, at, changes)
    await endAssets(db, clusterId, gone, at)
    written.findings += changes.length
    written.assets += gone.length
  }

  /** The gap that may hide an asset which is not among what was read: nobody can say that it is gone. */
  const gapHiding = (key: string): Gap | undefined => {
    const [kind = '', namespace = ''] = key.split('/')
    return gapIndex.touching(kind, namespace)
  }
  const bare = (key: string) => key.slice(clusterId.length + 1)

  return {
    async judged(asset) {
      batch.push(asset)
      results += asset.results.length
      if (batch.length >= batchSize || results >= mostResults) await flush()
    },
    async gone(key) {
      absent.push(key)
      if (absent.length >= batchSize) await flushAbsent()
    },
    async end() {
      await flush()
      await flushAbsent()
    },
    namespaces,
    hidden,
    written,
  }
}

const namespaceOf = (key: string): string => key.split('/')[1] ?? ''

function byAsset(rows: readonly KnownFinding[]): Map<string, KnownFinding[]> {
  const grouped = new Map<string, KnownFinding[]>()
  for (const row of rows) {
    const own = grouped.get(row.asset_key)
    if (own) own.push(row)
    else grouped.set(row.asset_key, [row])
  }
  return grouped
}

function placeOf(clusterId: string, { asset }: JudgedAsset) {
  const { key, apiVersion, kind, namespace, name } = asset.entry
  const { metadata } = asset.object ?? asset.members[0]?.resource ?? {}
  const root = rootOf(asset)
  return {
    cluster_id: clusterId,
    asset_key: key.slice(clusterId.length + 1),
    api_version: apiVersion,
    kind: assetKind(apiVersion, kind),
    namespace,
    name,
    labels: labelsOf(metadata?.labels),
    root_kind: root.kind,
    root_key: root.key,
  }
}

/** Labels that are texts: of an object that cannot be decoded they may be anything. */
function labelsOf(labels: unknown): Readonly<Record<string, string>> {
  if (typeof labels !== 'object' || labels === null) return {}
  const texts = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

function seenBy(vector: Readonly<Uint8Array>) {
  let passed = 0
  let unseen = 0
  for (const own of vector)
    if (own === status.pass) passed++
    else if (own === status.notEvaluated || own === status.error) unseen++
  return { passed, not_evaluated: unseen }
}

type Kept = Omit<AssetRow, 'first_seen' | 'gone_at'>

const describes = (row: Kept) => canonicalJson([row.labels, row.root_kind, row.root_key, row.api_version])

const isSameRow = (a: Kept, b: Kept): boolean =>
  a.verdicts === b.verdicts &&
  a.critical === b.critical &&
  a.high === b.high &&
  a.medium === b.medium &&
  a.low === b.low &&
  a.excepted === b.excepted &&
  a.passed === b.passed &&
  a.not_evaluated === b.not_evaluated &&
  describes(a) === describes(b)
