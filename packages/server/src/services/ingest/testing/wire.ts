// Wire: for tests: snapshots as the lines of the protocol, and an ingest on a fresh database with an enrolled collector.

import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { canonicalJson } from '@plimsoll/core'
import { type SnapshotItem, snapshotLines } from '@plimsoll/core/contract'
import { type FreshDatabase, freshDatabase } from '../../../testing/database.ts'
import { collectorOfToken, createEnrolment } from '../../access/enrolments.ts'
import type { Collector } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { Ingest } from '../ingest.ts'
import type { Limits } from '../limits.ts'
import { sha256 } from '../read-object.ts'

export type Content = Readonly<Record<string, unknown>>
/** Key → content; null: gone. */
export type Contents = ReadonlyMap<string, Content | null>

export const clusterId = '5e1fa13c-8f0c-4c6e-9d55-0e3c6f5b8a01'
export const hashOf = (content: Content): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex')

export const configMap = (name: string, data: Readonly<Record<string, string>> = {}): Content => ({
  apiVersion: 'v1',
  data,
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
})
export const keyOf = (name: string): string => `ConfigMap/shop/${name}`

export const nodeFacts = (name: string, data: Readonly<Record<string, string>> = {}): Content => ({
  apiVersion: 'facts.plimsoll.dev/v1',
  data,
  kind: 'NodeFacts',
  metadata: { name },
})

export interface HeadOptions {
  readonly sequence: number
  readonly base?: number
  readonly scope?: string
  readonly uid?: string
  readonly gaps?: readonly unknown[]
  readonly version?: string
  readonly more?: Readonly<Record<string, unknown>>
}

export const headOf = ({
  sequence,
  base,
  scope = 'api',
  uid = clusterId,
  gaps,
  version,
  more,
}: HeadOptions) => ({
  format: 'plimsoll-ingest',
  version: 1,
  cluster: { uid, name: 'shop', ...(version !== undefined && { version }) },
  scope,
  collector: { name: 'plimsoll', version: '0.0.0', id: 'test' },
  collectedAt: '2026-02-03T04:05:06.000Z',
  sequence,
  ...(base !== undefined && { base }),
  ...(gaps !== undefined && { gaps }),
  ...more,
})

/** The lines of a snapshot; contents in `byHash` are named by their hash alone. */
export function linesOf(
  head: Content,
  contents: Contents,
  byHash: (key: string) => boolean = () => false,
): string[] {
  const items = [...contents].map(([key, content]): SnapshotItem => {
    if (content === null) return { key, hash: null }
    const hash = hashOf(content)
    return byHash(key) ? { key, hash } : { key, hash, text: canonicalJson(content) }
  })
  return [...snapshotLines(head, items, sha256)].map(line => line.trimEnd())
}

export const sent = (data: string | Buffer | readonly string[], encoding?: string) => {
  const text = typeof data === 'string' || Buffer.isBuffer(data) ? data : data.map(one => `${one}\n`).join('')
  const bytes = Buffer.from(text as string)
  return { body: Readable.from([bytes], { objectMode: false }), encoding, length: undefined }
}

export interface World {
  readonly fresh: FreshDatabase
  readonly deps: Deps
  readonly ingest: Ingest
  /** The collector as the door knows it now. */
  readonly collector: () => Promise<Collector>
  readonly enrol: (name: string) => Promise<() => Promise<Collector>>
  /** The revisions that an assessment was asked for. */
  readonly accepted: number[]
  /** Sets the clock forward, or back. */
  readonly pass: (milliseconds: number) => void
}

export async function ingestWorld(limits: Partial<Limits> = {}): Promise<World> {
  const fresh = await freshDatabase()
  let now = Date.parse('2026-02-03T05:00:00.000Z')
  const deps: Deps = { db: fresh.db, now: () => new Date(now), randomBytes }
  const accepted: number[] = []
  const onAccepted = async (_trx: unknown, _cluster: string, revision: number) => void accepted.push(revision)
  const enrol = async (name: string) => {
    const { token } = await createEnrolment(
      deps,
      { name, environment: 'test', labels: {}, options: {} },
      { type: 'system', id: 'system', name: 'system', address: '' },
    )
    return async () => {
      const found = await collectorOfToken(deps, token)
      if (!found) throw new Error('the collector is not known')
      return found
    }
  }
  return {
    fresh,
    deps,
    ingest: new Ingest({ deps, onAccepted, limits }),
    collector: await enrol('shop'),
    enrol,
    accepted,
    pass: milliseconds => {
      now += milliseconds
    },
  }
}
