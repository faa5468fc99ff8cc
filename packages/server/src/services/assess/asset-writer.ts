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
import { type AssetRow, addAssets, assetsByKey, endAssets, keepAssets } from '../../store/assets.ts'
import {
  changeFindings,
  describeFindings,
  type FindingChange,
  findingsOfAssets,
  insertFindings,
  type KnownFinding,
  type NewFindings,
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

/** What becomes of some assets. */
interface Batch {
  /** Keys of assets that may have been here before, and gone. */
  readonly unknown: readonly string[]
  readonly rows: readonly AssetRow[]
  readonly fresh: readonly NewFindings[]
  readonly changes: readonly FindingChange[]
  readonly described: readonly AssetRow[]
}

/** Assets compared at a time. */
const batchSize = 1000
const mostResults = 5000

export function writeAssets(input: AssetWriterInput): AssetWriter {
  const { db, clusterId, at, isFirst } = input
  const gapIndex = indexGaps(input.gaps)
  const seen = describeVectors()
  let batch: JudgedAsset[] = []
  let results = 0
  let absent: string[] = []
  const namespaces = new Set<string>()
  const hidden = new Set<string>()
  const written = { assets: 0, findings: 0 }

  /** What is being written while more is judged; one batch at a time, so that no more is held. */
  let underWay: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    if (batch.length === 0) return
    const judged = batch
    batch = []
    results = 0
    const keys = judged.map(({ asset }) => bare(asset.entry.key))
    if (!isFirst) await underWay
    const known = isFirst
      ? new Map<string, KnownFinding[]>()
      : byAsset(await findingsOfAssets(db, clusterId, keys))
    const before = isFirst ? new Map<string, never>() : await assetsByKey(db, clusterId, keys)
    const fresh: NewFindings[] = []
    const changes: FindingChange[] = []
    const rows: AssetRow[] = []
    const described: AssetRow[] = []
    for (const one of judged) {
      const place = placeOf(clusterId, one)
      const own = reconcile({
        place,
        known: known.get(place.asset_key) ?? [],
        results: one.results,
        rules: one.rules,
        judges: input.judges,
      })
      if (own.fresh.length > 0) {
        fresh.push({ place, findings: own.fresh })
        namespaces.add(place.namespace)
        written.findings += own.fresh.length
      }
      changes.push(...own.changes)
      for (const finding of own.fresh) input.counts.opened(place, finding)
      const kept = new Map(known.get(place.asset_key)?.map(finding => [finding.finding_id, finding]))
      for (const change of own.changes)
        input.counts.changed(kept.get(change.finding_id) as KnownFinding, change, place.kind, place.namespace)
      const old = before.get(place.asset_key)
      const row = { ...place, ...own.counts, ...seen(one.vector) }
      if (old && isSameRow(old, row)) continue
      rows.push({ ...row, first_seen: at, gone_at: 'infinity' })
      if (!old || describes(old) === describes(row)) continue
      input.counts.root(old.root_key)
      input.counts.root(row.root_key)
      described.push({ ...row, first_seen: at, gone_at: 'infinity' })
    }
    if (changes.length > 0) for (const { asset } of judged) namespaces.add(asset.entry.namespace)
    written.assets += rows.length
    written.findings += changes.length
    const unknown = isFirst ? [] : rows.filter(row => !before.has(row.asset_key)).map(row => row.asset_key)
    await underWay
    underWay = write({ unknown, rows, fresh, changes, described })
    // It is awaited before the next batch; until then a failure is nobody's.
    underWay.catch(() => {})
  }

  async function write({ unknown, rows, fresh, changes, described }: Batch): Promise<void> {
    await noteReturned(db, clusterId, unknown, at)
    await (isFirst ? addAssets : keepAssets)(db, rows)
    await insertFindings(db, clusterId, at, fresh)
    await changeFindings(db, clusterId, at, changes)
    await describeFindings(db, clusterId, described)
  }

  async function flushAbsent(): Promise<void> {
    if (absent.length === 0) return
    await underWay
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
    const unseen = await hideAssets(keys.filter(key => gapOf.get(key)))
    written.assets += unseen
    written.findings += changes.length
    written.assets += gone.length
  }

  /** Counts nothing of assets that a gap hides as failed or passed; gives how many that changed. Their verdicts stay what was last seen. */
  async function hideAssets(keys: readonly string[]): Promise<number> {
    if (keys.length === 0) return 0
    const rows = [...(await assetsByKey(db, clusterId, keys)).values()].flatMap(row => {
      const vector = Buffer.from(row.verdicts.slice(2), 'hex')
      const unseen = {
        ...row,
        ...nothingSeen,
        not_evaluated: vector.filter(own => own >= status.pass).length,
      }
      return isSameRow(row, unseen) ? [] : [{ ...unseen, first_seen: at, gone_at: 'infinity' }]
    })
    await keepAssets(db, rows)
    return rows.length
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
      await underWay
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

/** What is kept of a vector. Most assets share theirs with many others. */
function describeVectors(): (vector: Readonly<Uint8Array>) => Seen {
  const known = new Map<Readonly<Uint8Array>, Seen>()
  return vector => {
    let found = known.get(vector)
    if (!found) {
      found = seenBy(vector)
      known.set(vector, found)
    }
    return found
  }
}

type Seen = Pick<AssetRow, 'verdicts' | 'passed' | 'not_evaluated'>

function seenBy(vector: Readonly<Uint8Array>): Seen {
  let passed = 0
  let unseen = 0
  for (const own of vector)
    if (own === status.pass) passed++
    else if (own === status.notEvaluated || own === status.error) unseen++
  return { verdicts: `\\x${Buffer.from(vector).toString('hex')}`, passed, not_evaluated: unseen }
}

const nothingSeen = { critical: 0, high: 0, medium: 0, low: 0, excepted: 0, passed: 0 }

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
