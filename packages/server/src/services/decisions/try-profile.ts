// Try profile: judges a cluster as it is now by a profile that is not saved, and tells what that would change.

import {
  type Basis,
  canonicalJson,
  openStanding,
  type Posture,
  type Resource,
  type Result,
  type Severity,
  type Standing,
  scoresOf,
} from '@plimsoll/core'
import { inSnapshot } from '../../store/audit.ts'
import { scopesOf } from '../../store/clusters.ts'
import { sightOf } from '../../store/profiles.ts'
import { currentResources } from '../../store/resource-versions.ts'
import { basisFor } from '../assess/basis-for.ts'
import { findingId, severityRank } from '../assess/finding-rows.ts'
import type { BasisOf } from '../assess/ports.ts'
import type { Caller } from '../caller.ts'
import { Fault } from '../fault.ts'
import { storedProfileOf } from './profile-of.ts'
import { noCluster, type ProfileBody, type ProfileDeps, readBody } from './profiles.ts'

export interface TrialDeps extends ProfileDeps {
  readonly basisOf: BasisOf
}

interface BothWays<T> {
  readonly before: T
  readonly after: T
}

export interface TriedFinding {
  readonly id: string
  readonly rule: string
  readonly severity: Severity
  /** Asset key, without the cluster. */
  readonly resource: string
  readonly discriminator: string | null
}

/** The worst first, as many as a screen shows. */
export interface TriedFindings {
  readonly count: number
  readonly first: readonly TriedFinding[]
}

export interface ProfileEffect {
  readonly cluster: string
  /** What holds now. */
  readonly compared: { readonly name: string; readonly source: string }
  /** Rules of which another number of resources would fail, by id. */
  readonly rules: readonly (BothWays<number> & { readonly rule: string })[]
  readonly gone: TriedFindings
  readonly come: TriedFindings
  readonly controls: readonly (BothWays<string> & {
    readonly benchmark: string
    readonly edition: string
    readonly control: string
    readonly title: string
  })[]
  readonly scores: readonly (BothWays<Points> & { readonly benchmark: string; readonly edition: string })[]
}

interface Points {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

const shown = 50

/** Gives what tries profiles, one at a time: each holds a whole cluster in memory and takes as long as two assessments of it. */
export function profileTrials(deps: TrialDeps) {
  let isBusy = false
  /**
   * Throws `unprocessable` for what cannot be read, `not-found` for a cluster out of sight, `forbidden` where not all of it is seen,
   * `too-many-requests` while another profile is tried. Writes nothing.
   */
  return async (
    caller: Caller,
    clusterId: string,
    body: ProfileBody,
    signal?: AbortSignal,
  ): Promise<ProfileEffect> => {
    const profile = readBody(deps.pack, body, '/profile')
    const sight = (await sightOf(deps.db, caller.permitted, [clusterId])).get(clusterId)
    if (!sight) throw noCluster()
    if (!sight.isWhole)
      throw new Fault('forbidden', 'a profile is tried on a whole cluster, and you see a part of it')
    if (isBusy)
      throw new Fault('too-many-requests', 'another profile is being tried; try again shortly', {
        retryAfter: 5,
      })
    isBusy = true
    try {
      // One picture of the cluster; no connection is held while it is judged.
      const { standing, now, source } = await inSnapshot(deps.db, async trx => {
        const house = await deps.basisOf(trx, clusterId)
        const held = await storedProfileOf(deps.pack)(trx, sight.row)
        const scopes = await scopesOf(trx, clusterId)
        const own = openStanding(clusterId)
        for await (const batch of currentResources(trx, clusterId)) {
          signal?.throwIfAborted()
          for (const { json, scope } of batch)
            own.put(JSON.parse(json) as Resource, { file: scope, document: 0 })
        }
        const basis = basisFor(deps.pack, sight.row, scopes, house, deps.now())
        return { standing: own, now: basis, source: held.source }
      })
      const before = await judge(standing, now, signal)
      const after = await judge(standing, { ...now, key: `${now.key} tried`, profile }, signal)
      return {
        cluster: clusterId,
        compared: { name: now.profile.name, source },
        ...difference(clusterId, before, after),
      }
    } finally {
      isBusy = false
    }
  }
}

interface Judged {
  /** Open failures by what tells them apart. */
  readonly failures: ReadonlyMap<string, Result>
  /** Resources that fail, by rule. */
  readonly failing: ReadonlyMap<string, number>
  readonly posture: Posture
}

async function judge(standing: Standing, basis: Basis, signal: AbortSignal | undefined): Promise<Judged> {
  const failures = new Map<string, Result>()
  const failing = new Map<string, number>()
  let steps = 0
  for (const change of standing.step(basis)) {
    if (change.type === 'judged') {
      const open = change.results.filter(({ outcome, exception }) => outcome === 'fail' && !exception)
      for (const result of open) failures.set(nameOf(result), result)
      for (const rule of new Set(open.map(result => result.rule)))
        failing.set(rule, (failing.get(rule) ?? 0) + 1)
    }
    if (++steps % 500 === 0) {
      signal?.throwIfAborted()
      // Others of this process get their turn: judging is all computing.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  return { failures, failing, posture: standing.posture() }
}

const nameOf = ({ rule, resource, discriminator, parameters }: Result): string =>
  canonicalJson([rule, resource, discriminator ?? null, parameters ?? null])

function difference(clusterId: string, before: Judged, after: Judged) {
  const lacking = (from: Judged, other: Judged): TriedFindings => {
    const missing = [...from.failures].filter(([name]) => !other.failures.has(name))
    const worst = missing
      .toSorted(([a, x], [b, y]) => severityRank[y.severity] - severityRank[x.severity] || (a < b ? -1 : 1))
      .slice(0, shown)
    return { count: missing.length, first: worst.map(([, result]) => triedFinding(clusterId, result)) }
  }
  const rules = [...new Set([...before.failing.keys(), ...after.failing.keys()])].toSorted()
  return {
    rules: rules
      .map(rule => ({ rule, before: before.failing.get(rule) ?? 0, after: after.failing.get(rule) ?? 0 }))
      .filter(own => own.before !== own.after),
    gone: lacking(before, after),
    come: lacking(after, before),
    ...postures(before.posture, after.posture),
  }
}

function triedFinding(clusterId: string, result: Result): TriedFinding {
  const { rule, severity, parameters } = result
  const resource = (result.resource ?? '').slice(clusterId.length + 1)
  const discriminator = result.discriminator ?? null
  return { id: findingId(rule, resource, discriminator, parameters), rule, severity, resource, discriminator }
}

/** A profile changes what controls come to, never which there are: both have the same, in the same order. */
function postures(before: Posture, after: Posture): Pick<ProfileEffect, 'controls' | 'scores'> {
  const pairs = before.editions.flatMap((own, index) => {
    const other = after.editions[index]
    return other ? [[own, other] as const] : []
  })
  return {
    controls: pairs.flatMap(([own, other]) =>
      own.controls.flatMap(({ result }, index) => {
        const now = other.controls[index]?.result
        if (!now || now.outcome === result.outcome) return []
        const { benchmark, edition, control } = result
        return [
          {
            benchmark,
            edition,
            control: control.id,
            title: control.title,
            before: result.outcome,
            after: now.outcome,
          },
        ]
      }),
    ),
    scores: pairs.map(([own, other]) => {
      const { benchmark, edition } = own.edition
      return { benchmark, edition, before: wholeScore(own), after: wholeScore(other) }
    }),
  }
}

function wholeScore(posture: Posture['editions'][number]): Points {
  const {
    value = null,
    low = null,
    high = null,
  } = scoresOf(posture).find(({ section }) => section === '') ?? {}
  return { value, low, high }
}
