// Show sample: puts the sample fleet there with its history, through the same doors that a real fleet comes by, at instants that are past.

import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { acceptableKey, canonicalJson, type Gap, type KnownWords, type Resource } from '@plimsoll/core'
import { type SnapshotItem, snapshotLines } from '@plimsoll/core/contract'
import { markScopesStale } from '../../store/assessments.ts'
import {
  claimSample,
  finishSample,
  markSample,
  noteSampleProgress,
  releaseSample,
  sampleProgress,
} from '../../store/sample.ts'
import { recordAudit } from '../access/audit.ts'
import { collectorOfToken, createEnrolment, endEnrolment } from '../access/enrolments.ts'
import { assessCluster } from '../assess/assess-cluster.ts'
import type { RulePack } from '../assess/ports.ts'
import { warmClusters } from '../assess/warm.ts'
import { decidedBasis } from '../decisions/basis.ts'
import type { ProfileOf } from '../decisions/ports.ts'
import { requestException } from '../decisions/request-exception.ts'
import type { Deps } from '../deps.ts'
import { Ingest } from '../ingest/ingest.ts'
import { sha256 } from '../ingest/read-object.ts'
import type { ClusterPlan, HouseException } from './cluster-plan.ts'
import { samplePlans } from './plans.ts'
import { purgeSample, sampleActor } from './remove-sample.ts'
import { gapsOf, resourcesOf } from './resources.ts'

export interface SampleDeps extends Deps {
  readonly pack: RulePack
  readonly known: KnownWords
  readonly profileOf: ProfileOf
}

const day = 24 * 3_600_000
/** Milliseconds for which the loading is a server's that is not heard of, between two times that it is, and between two looks of who waits. */
const lease = 15_000
const beat = 3000
const look = 250

export interface SampleOptions {
  readonly plans?: readonly ClusterPlan[]
  /** Also where a person took it away. */
  readonly again?: boolean
  readonly onProgress?: (progress: { readonly done: number; readonly snapshots: number }) => void
  /** Breaks it off after the snapshot under way. */
  readonly signal?: AbortSignal
}

/** `removed`: a person took it away. `stopped`: the signal broke it off. */
export type SampleOutcome = 'shown' | 'removed' | 'stopped'

/**
 * Puts the fleet there, where it is not yet; its history ends now. Every cluster is marked as a sample, and its enrolment is ended, so that
 * nobody can send in its name. Where that was broken off, what is there of it goes first and all of it is put there anew; where another
 * server is at it, this one waits for it, or takes its place once it is not heard of. So it never stands there twice.
 */
export async function showSample(deps: SampleDeps, options: SampleOptions = {}): Promise<SampleOutcome> {
  const { plans = samplePlans, again = false, onProgress = () => {}, signal } = options
  const snapshots = plans.reduce((sum, { history }) => sum + history.length, 0)
  const holder = randomUUID()
  while (!(await claimSample(deps.db, holder, { lease, snapshots, again }))) {
    const { state, ...progress } = await sampleProgress(deps.db)
    if (state === 'shown' || state === 'removed') return state
    if (signal?.aborted) return 'stopped'
    onProgress(progress)
    await new Promise(resolve => setTimeout(resolve, look))
  }
  const end = deps.now().getTime()
  let done = 0
  const tell = async () => {
    if (!(await noteSampleProgress(deps.db, holder, lease, done))) throw lost()
  }
  // What is not heard of is told by the next step, or not at all where that is no more.
  const heart = setInterval(() => void tell().catch(() => {}), beat)
  const step = async () => {
    done++
    onProgress({ done, snapshots })
    await tell()
    signal?.throwIfAborted()
  }
  try {
    await deps.db.transaction().execute(trx => purgeSample(trx, plans))
    for (const plan of plans) await replay(deps, plan, end, step)
    await deps.db.transaction().execute(async trx => {
      if (!(await finishSample(trx, holder))) throw lost()
      await recordAudit(trx, {
        at: deps.now(),
        actor: sampleActor,
        action: 'sample.shown',
        target: { type: 'sample', id: 'sample' },
        detail: { clusters: plans.map(({ name }) => name) },
      })
    })
  } catch (error) {
    // Where the database is away the lease runs out by itself.
    await releaseSample(deps.db, holder).catch(() => {})
    if (signal?.aborted) return 'stopped'
    throw error
  } finally {
    clearInterval(heart)
  }
  return 'shown'
}

const lost = () => new Error('the loading of the sample fleet was taken up by another server')

async function replay(
  deps: SampleDeps,
  plan: ClusterPlan,
  end: number,
  step: () => Promise<void>,
): Promise<void> {
  let clock = end
  const then: Deps = { ...deps, now: () => new Date(clock) }
  const { id, token } = await createEnrolment(
    deps,
    {
      name: plan.name,
      environment: plan.environment,
      labels: { environment: plan.environment, sample: 'true' },
      options: {},
    },
    sampleActor,
  )
  const ingest = new Ingest({ deps: then, onAccepted: async () => {} })
  const assessing = {
    db: deps.db,
    now: then.now,
    pack: deps.pack,
    basisOf: decidedBasis(then, deps.known, deps.profileOf),
    warm: warmClusters(Number.POSITIVE_INFINITY),
  }
  let state = plan.begin
  let sequence = 0
  for (const { daysAgo, change, exception } of plan.history) {
    // A few hours apart from one another and from midnight, as collectors are.
    clock = end - daysAgo * day - (daysAgo === 0 ? 0 : (plan.nodes * 2 + 1) * 1_000_000)
    if (change) state = change(state)
    const collector = await collectorOfToken(then, token)
    if (!collector) throw new Error(`the enrolment of ${plan.name} does not hold`)
    const lines = linesOf(plan, resourcesOf(plan, state), gapsOf(state), {
      version: state.version,
      at: then.now(),
      sequence: ++sequence,
    })
    const answer = await ingest.receive(collector, {
      body: Readable.from([Buffer.from([...lines].join(''))], { objectMode: false }),
      encoding: undefined,
      length: undefined,
    })
    if (answer.state !== 'accepted') throw new Error(`a snapshot of ${plan.name} is ${answer.state}`)
    if (sequence === 1) await markSample(deps.db, plan.id)
    if (exception) await accept({ ...then, pack: deps.pack, known: deps.known }, exception, end)
    await assessCluster(assessing, plan.id)
    await step()
  }
  if (plan.isSilent) {
    clock += 2 * day
    await markScopesStale(deps.db, plan.id, then.now())
    await assessCluster(assessing, plan.id)
  }
  await endEnrolment(deps, id, sampleActor)
}

/** The sample's clusters are judged in their order, so the one exception is known to those after its own. */
async function accept(
  deps: Deps & Pick<SampleDeps, 'pack' | 'known'>,
  { id, rules, namespaces, owner, reason, comment, holdsFor }: HouseException,
  end: number,
): Promise<void> {
  await requestException(
    { ...deps, onDecided: async () => {} },
    { type: 'system', id: 'system', name: 'sample fleet', role: 'admin', permitted: { all: true } },
    {
      id,
      rules: deps.pack.rules.filter(rule => rules.some(own => matches(own, rule.id))).map(rule => rule.id),
      scope: { namespaces },
      owner,
      reason,
      comment,
      expires: new Date(end + holdsFor * day).toISOString().slice(0, 10),
    },
    sampleActor,
  )
}

const matches = (pattern: string, id: string) =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id

interface Sending {
  readonly version: string
  readonly at: Date
  readonly sequence: number
}

/** A full snapshot as a collector writes it. */
function linesOf(
  plan: ClusterPlan,
  resources: readonly Resource[],
  gaps: readonly Gap[],
  { version, at, sequence }: Sending,
): Generator<string> {
  const { id: uid, name, provider, region, account, distribution } = plan
  const head = {
    format: 'plimsoll-ingest',
    version: 1,
    cluster: {
      uid,
      name,
      region,
      account,
      version,
      ...(provider && { provider }),
      ...(distribution && { distribution }),
    },
    scope: 'api',
    collector: { name: 'plimsoll', version: 'sample', id: 'sample' },
    collectedAt: at.toISOString(),
    sequence,
    gaps,
  }
  const items = resources.map((resource): SnapshotItem => {
    const accepted = acceptableKey(resource)
    if ('problem' in accepted) throw new Error(`an object of the sample is refused: ${accepted.problem}`)
    const text = canonicalJson(resource)
    return { key: accepted.key, hash: sha256(text).toString('hex'), text }
  })
  return snapshotLines(head, items, sha256)
}
