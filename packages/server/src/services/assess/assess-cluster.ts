// Assess cluster: judges a cluster as it is now and keeps what came of it, all in one transaction.

import {
  canonicalJson,
  openStanding,
  type Posture,
  packControls,
  type Resource,
  type Standing,
  scoresOf,
} from '@plimsoll/core'
import type { Transaction } from 'kysely'
import {
  findAssessment,
  instantAfter,
  type KnownAssessment,
  keepAssessment,
} from '../../store/assessments.ts'
import { knownAssets } from '../../store/assets.ts'
import { lockCluster, scopesOf } from '../../store/clusters.ts'
import { moveFindingCounts } from '../../store/finding-count-moves.ts'
import { recountFindings } from '../../store/finding-counts.ts'
import { countFindings, recountRules } from '../../store/finding-writes.ts'
import { changedSince, currentResources, resourcesByKey } from '../../store/resource-versions.ts'
import type { Schema } from '../../store/schema.ts'
import { addMoves, keepPosture, type ScoreRow, scoresAt, type TallyRow } from '../../store/tallies.ts'
import type { Deps } from '../deps.ts'
import { type AssetWriter, writeAssets } from './asset-writer.ts'
import { basisFor, digestOf, staleScope } from './basis-for.ts'
import { countMoves } from './count-moves.ts'
import type { BasisOf, RulePack } from './ports.ts'
import { writeUnlisted } from './unlisted.ts'
import type { WarmCluster, WarmClusters } from './warm.ts'

export interface AssessDeps extends Pick<Deps, 'db' | 'now'> {
  readonly pack: RulePack
  readonly basisOf: BasisOf
  readonly warm: WarmClusters
}

/** What an assessment came to, for logs and for who waits for it. */
export interface Assessed {
  /** `current`: it was assessed already. `absent`: there is no such cluster, or it was removed. */
  readonly outcome: 'assessed' | 'current' | 'absent'
  readonly revision: number
  /** With microseconds; when it was not assessed, undefined. */
  readonly at?: string
  readonly isCold?: boolean
  readonly resources?: number
  readonly written?: { readonly assets: number; readonly findings: number }
}

/**
 * Assesses a cluster at its newest revision. Holds the cluster's lock: what it reads is one picture, and what it writes stands beside it or
 * not at all, so that a process that is killed at any point leaves nothing behind. Where nothing changed since the last assessment it
 * writes nothing.
 */
export async function assessCluster(
  deps: AssessDeps,
  clusterId: string,
  signal?: AbortSignal,
): Promise<Assessed> {
  const warm = deps.warm.take(clusterId)
  const done = await deps.db.transaction().execute(trx => assessLocked(deps, trx, clusterId, warm, signal))
  // Only what was committed is kept: anything else would speak of what never was.
  if (done.keep) deps.warm.keep(clusterId, done.keep)
  return done.assessed
}

interface Done {
  readonly assessed: Assessed
  readonly keep?: WarmCluster
}

async function assessLocked(
  deps: AssessDeps,
  trx: Transaction<Schema>,
  clusterId: string,
  held: WarmCluster | undefined,
  signal: AbortSignal | undefined,
): Promise<Done> {
  const now = deps.now()
  const locked = await lockCluster(trx, clusterId, now)
  if (!locked || locked.row.removed_at !== null) return { assessed: { outcome: 'absent', revision: 0 } }
  const { revision, row } = locked
  const known = await findAssessment(trx, clusterId)
  const scopes = await scopesOf(trx, clusterId)
  const house = await deps.basisOf(trx, clusterId)
  const basis = basisFor(deps.pack, row, scopes, house, now)
  const digest = `${basis.key}.${digestOf([house.digest, basis.now.slice(0, 10), basis.gaps, basis.stale])}`
  if (known?.revision === revision && known.basis === digest) {
    const isHeld = held?.assessedAt === known.assessedAt
    return { assessed: { outcome: 'current', revision }, ...(isHeld && held && { keep: held }) }
  }
  const at = await instantAfter(trx, clusterId, locked.instant)
  // What another replica wrote since makes what is held here a thing of the past.
  const warm = held && held.assessedAt === known?.assessedAt ? held : undefined
  const standing = warm?.standing ?? openStanding(clusterId)
  const loaded = warm
    ? await catchUp(trx, clusterId, warm, standing)
    : await load(trx, clusterId, standing, known, basis.key)
  signal?.throwIfAborted()

  const plans = { current: new Set<string>() }
  const moved = countMoves()
  const writer = writeAssets({
    db: trx,
    clusterId,
    at,
    isFirst: known === undefined,
    judges: (rule, parameters) => plans.current.has(planKey(rule, parameters)),
    gaps: basis.gaps,
    counts: moved,
  })
  let steps = 0
  for (const change of standing.step(basis)) {
    if (steps === 0) plans.current = plansOf(standing)
    if (change.type === 'judged') await writer.judged(change)
    else await writer.gone(change.key.slice(clusterId.length + 1))
    if (++steps % 64 === 0) {
      signal?.throwIfAborted()
      // Others of this process get their turn, the next statement of what is being written first: judging is all computing.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  plans.current = plansOf(standing)
  for (const key of loaded.absent) if (!standing.has(`${clusterId}/${key}`)) await writer.gone(key)
  await writer.end()
  const posture = standing.posture()
  await writeUnlisted(trx, clusterId, at, row.name, posture.unlisted, plans.current, moved)
  await keepRest({ trx, clusterId, at, known, posture, writer })
  // What is counted step by step is counted from scratch where all is judged from scratch.
  if (warm) await moveFindingCounts(trx, clusterId, moved.moves(), [...moved.roots])
  else await recountFindings(trx, clusterId)
  const counts = await countFindings(trx, clusterId)
  await keepAssessment(trx, clusterId, {
    revision,
    basis: digest,
    at,
    gaps: posture.gaps,
    counts: { ...counts, resources: standing.size, assets: standing.assetCount },
    plans: standing.plans().map(({ id, reported }) => [id, reported ?? null]),
    editions: basis.editions.map(({ benchmark, edition }) => [benchmark, edition]),
    staleSince: staleScope(scopes)?.stale_since ?? null,
  })
  return {
    assessed: {
      outcome: 'assessed',
      revision,
      at,
      isCold: warm === undefined,
      resources: standing.size,
      written: writer.written,
    },
    keep: { standing, revision, key: basis.key, assessedAt: at, hidden: writer.hidden, bytes: loaded.bytes },
  }
}

const planKey = (rule: string, parameters: unknown) =>
  parameters == null ? rule : `${rule} ${canonicalJson(parameters)}`
const plansOf = (standing: Standing) =>
  new Set(standing.plans().map(({ id, reported }) => planKey(id, reported)))

interface Loaded {
  /** Keys of assets that are kept and may not be there. */
  readonly absent: readonly string[]
  readonly bytes: number
}

/** Reads all of a cluster into a new standing assessment, and what the last one came to where that was by the same basis. */
async function load(
  trx: Transaction<Schema>,
  clusterId: string,
  standing: Standing,
  known: KnownAssessment | undefined,
  key: string,
): Promise<Loaded> {
  let bytes = 0
  for await (const batch of currentResources(trx, clusterId))
    for (const { json, scope } of batch) {
      bytes += json.length
      standing.put(JSON.parse(json) as Resource, { file: scope, document: 0 })
    }
  if (!known) return { absent: [], bytes }
  const absent: string[] = []
  const isSame = known.basis.startsWith(`${key}.`)
  for await (const page of knownAssets(trx, clusterId))
    for (const { asset_key, namespace, verdicts } of page) {
      absent.push(asset_key)
      if (isSame) standing.seed(`${clusterId}/${asset_key}`, namespace, verdicts)
    }
  if (isSame) {
    const gaps = known.gaps.filter(({ reason }) => reason !== 'stale' && reason !== 'unparsable')
    const stale = known.isStale ? known.gaps.find(({ reason }) => reason === 'stale') : undefined
    standing.seedGaps(gaps, stale)
  }
  return { absent, bytes }
}

/** Reads what changed since a standing assessment was made. */
async function catchUp(
  trx: Transaction<Schema>,
  clusterId: string,
  warm: WarmCluster,
  standing: Standing,
): Promise<Loaded> {
  const changed = await changedSince(trx, clusterId, warm.revision)
  const there = changed.filter(({ hash: own }) => own !== null).map(({ key }) => key)
  for (const { key, hash: own } of changed) if (own === null) standing.remove(key)
  let { bytes } = warm
  for (let from = 0; from < there.length; from += 2000)
    for (const { json, scope } of await resourcesByKey(trx, clusterId, there.slice(from, from + 2000))) {
      bytes += json.length
      standing.put(JSON.parse(json) as Resource, { file: scope, document: 0 })
    }
  return { absent: [...warm.hidden], bytes }
}

interface Rest {
  readonly trx: Transaction<Schema>
  readonly clusterId: string
  readonly at: string
  readonly known: KnownAssessment | undefined
  readonly posture: Posture
  readonly writer: AssetWriter
}

/** Keeps rollups: counts by rule, what controls and scores come to, and why scores moved. */
async function keepRest({ trx, clusterId, at, known, posture, writer }: Rest): Promise<void> {
  const before = known && !posture.moves ? await wholeScores(trx, clusterId) : undefined
  const tallies: TallyRow[] = []
  const scores: ScoreRow[] = []
  const scopes: string[] = ['', ...posture.emptied.map(scopeKey)]
  const add = (scope: string, editions: Posture['editions']) => {
    for (const one of editions) {
      const { benchmark, edition } = one.edition
      tallies.push({ scope_key: scope, benchmark, edition, counts: packControls(one.controls) })
      for (const { section, value, low, high, evaluated, notEvaluated } of scoresOf(one)) {
        // Sections of a namespace are worked out of its tally when they are asked for.
        if (scope !== '' && section !== '') continue
        scores.push({
          scope_key: scope,
          benchmark,
          edition,
          section,
          value,
          low,
          high,
          evaluated,
          not_evaluated: notEvaluated,
        })
      }
    }
  }
  const write = async () => {
    await keepPosture(trx, clusterId, at, scopes, tallies, scores)
    for (const all of [scopes, tallies, scores]) all.length = 0
  }
  add('', posture.editions)
  const moves = posture.moves ?? movedByRules(before, scores)
  await addMoves(
    trx,
    clusterId,
    at,
    moves.filter(move => move.before !== move.after || Object.keys(move.parts).length > 0),
  )
  for (const { namespace, editions } of posture.namespaces()) {
    scopes.push(scopeKey(namespace))
    add(scopeKey(namespace), editions)
    if (scopes.length >= 100) await write()
  }
  await write()
  await recountRules(trx, clusterId, [...new Set([...writer.namespaces, ''])])
}

const scopeKey = (namespace: string) => `namespace/${namespace}`

const wholeScores = async (trx: Transaction<Schema>, clusterId: string) =>
  (await scoresAt(trx, clusterId, undefined)).filter(row => row.scope_key === '' && row.section === '')

/** By another basis no verdict can be compared with an earlier one, so all of the move is the rules'. */
function movedByRules(before: readonly ScoreRow[] | undefined, now: readonly ScoreRow[]) {
  const old = new Map(before?.map(row => [`${row.benchmark}@${row.edition}`, row.value]))
  return now
    .filter(({ section, benchmark, edition }) => section === '' && old.has(`${benchmark}@${edition}`))
    .map(({ benchmark, edition, value }) => {
      const from = old.get(`${benchmark}@${edition}`) ?? null
      const move = from === null || value === null ? 0 : Math.round((value - from) * 10) / 10
      return { benchmark, edition, before: from, after: value, parts: move === 0 ? {} : { rules: move } }
    })
}
