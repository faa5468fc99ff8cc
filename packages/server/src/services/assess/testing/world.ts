// World: for tests of assessment: a fresh database, snapshots through the real ingest, small rules, and replicas that assess.

import { randomBytes } from 'node:crypto'
import {
  type Control,
  defaultProfile,
  defineRule,
  type Edition,
  type Gap,
  type Resource,
  type Rule,
} from '@plimsoll/core'
import type { ClusterWord } from '../../../store/cluster-words.ts'
import { type FreshDatabase, freshDatabase } from '../../../testing/database.ts'
import { collectorOfToken, createEnrolment } from '../../access/enrolments.ts'
import { Ingest } from '../../ingest/ingest.ts'
import { linesOf, sent } from '../../ingest/testing/wire.ts'
import { type AssessDeps, type Assessed, assessCluster } from '../assess-cluster.ts'
import type { ClusterBasis, RulePack } from '../ports.ts'
import { warmClusters } from '../warm.ts'

export const clusterId = '5e1fa13c-8f0c-4c6e-9d55-0e3c6f5b8a01'

const about = { rationale: 'r', remediation: 'm', examples: { fail: {}, pass: {} } }

/** One rule on each config map by itself, one that looks beyond, one for containers. */
export const rules: readonly Rule[] = [
  defineRule({
    ...about,
    id: 'no-bad-key',
    title: 'No bad key',
    severity: 'high',
    subject: 'ConfigMap',
    *violations(map: Resource) {
      for (const [key, value] of Object.entries((map.data ?? {}) as Record<string, string>))
        if (key.startsWith('bad'))
          yield { path: `data.${key}`, actual: value, expected: 'nothing', discriminator: key }
    },
  }),
  defineRule({
    ...about,
    id: 'has-account',
    title: 'An account of its name is there',
    severity: 'low',
    subject: 'ConfigMap',
    reads: ['ServiceAccount'],
    *violations(map: Resource, { lookup }) {
      if (!lookup.get('ServiceAccount', map.metadata.namespace, map.metadata.name ?? ''))
        yield { path: 'metadata.name', actual: map.metadata.name, expected: 'an account' }
    },
  }),
  defineRule({
    ...about,
    id: 'has-labels',
    title: 'It has labels',
    severity: 'medium',
    subject: '*',
    *violations({ metadata }: Resource) {
      if (!metadata.labels) yield { path: 'metadata.labels', actual: undefined, expected: 'labels' }
    },
  }),
]

const control = (id: string, section: string, names: readonly string[]): Control => ({
  id,
  section,
  title: id,
  automated: true,
  severity: 'high',
  rules: names.map(rule => ({ rule })),
})
export const editions: readonly Edition[] = [
  {
    benchmark: 'house',
    edition: '1.0',
    title: 'House',
    source: 'test',
    sections: [
      { id: '1', title: 'One' },
      { id: '2', title: 'Two' },
    ],
    controls: [
      control('1.1', '1', ['no-bad-key']),
      control('1.2', '1', ['has-account']),
      control('2.1', '2', ['has-labels']),
    ],
  },
]

/** A control that waits for a person's word, beside rules that are given. */
export const manual = (id: string, rules: Control['rules'] = []): Control => ({
  id,
  section: '2',
  title: id,
  automated: false,
  severity: 'high',
  rules,
  undecided: { manual: 'ask the owner' },
})

/** The house's edition with two controls that wait for a person: one that no rule decides, one that a rule decides in part. */
export const editionWithManual: Edition = {
  ...(editions[0] as Edition),
  controls: [...(editions[0] as Edition).controls, manual('2.2'), manual('2.3', [{ rule: 'no-bad-key' }])],
}

export const pack: RulePack = { rules, editions, version: '1' }
export const nothingDecided: ClusterBasis = { profile: defaultProfile, exceptions: [], digest: 'none' }

export interface World {
  readonly fresh: FreshDatabase
  /** Sends all that a cluster has now, through the door. */
  send(resources: Iterable<Resource>, gaps?: readonly Gap[], said?: ClusterWord): Promise<void>
  /** A replica: it assesses, with what it remembers. */
  replica(limit?: number): (change?: Partial<AssessDeps>) => Promise<Assessed>
  /** What the house decided. */
  decide(basis: Partial<ClusterBasis>): void
  pass(milliseconds: number): void
  readonly now: () => Date
}

export async function assessmentWorld(): Promise<World> {
  const fresh = await freshDatabase()
  let clock = Date.parse('2026-02-03T05:00:00.000Z')
  let sequence = 0
  let house = nothingDecided
  const now = () => new Date(clock)
  const deps = { db: fresh.db, now, randomBytes }
  const { token } = await createEnrolment(
    deps,
    { name: 'shop', environment: 'test', labels: {}, options: {} },
    { type: 'system', id: 'system', name: 'system', address: '' },
  )
  const ingest = new Ingest({ deps, onAccepted: async () => {} })
  return {
    fresh,
    now,
    async send(resources, gaps = [], said) {
      const collector = await collectorOfToken(deps, token)
      if (!collector) throw new Error('the collector is not known')
      sequence++
      const head = {
        format: 'plimsoll-ingest',
        version: 1,
        cluster: { uid: clusterId, name: 'shop', version: '1.34.1', ...(said && { said }) },
        scope: 'api',
        collector: { name: 'plimsoll', version: '0.0.0', id: 'test' },
        collectedAt: now().toISOString(),
        sequence,
        gaps,
      }
      const contents = new Map(
        [...resources].map(one => [`${one.kind}/${one.metadata.namespace ?? ''}/${one.metadata.name}`, one]),
      )
      const answer = await ingest.receive(collector, sent(linesOf(head, contents)))
      if (answer.state !== 'accepted') throw new Error(`the snapshot is ${answer.state}`)
    },
    replica(limit = 1e9) {
      const warm = warmClusters(limit)
      return change =>
        assessCluster({ db: fresh.db, now, pack, basisOf: async () => house, warm, ...change }, clusterId)
    },
    decide(basis) {
      house = { ...house, ...basis, digest: JSON.stringify(basis) }
    },
    pass(milliseconds) {
      clock += milliseconds
    },
  }
}

export const configMap = (
  name: string,
  data: Readonly<Record<string, string>> = {},
  labels?: Readonly<Record<string, string>>,
): Resource => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...(labels && { labels }) },
  data,
})
export const account = (name: string): Resource => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'shop', labels: { a: 'b' } },
})
export const forbidden = (kind: string): Gap => ({
  scope: 'cluster',
  kind,
  reason: 'forbidden',
  detail: `may not list ${kind}`,
})
