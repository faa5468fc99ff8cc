// Prepare snapshot: what a snapshot says to a server: its head, and each resource by key and hash, without credentials.

import { createHash } from 'node:crypto'
import {
  acceptableKey,
  canonicalJson,
  describeObject,
  type Gap,
  type Resource,
  redact,
  type Snapshot,
} from '@plimsoll/core'
import type { IngestHead } from '@plimsoll/core/contract'

export interface PreparedSnapshot {
  readonly head: IngestHead
  /** By key; the text is made when it is sent, and let go of after. */
  readonly objects: ReadonlyMap<string, PreparedObject>
}

export interface PreparedObject {
  readonly hash: string
  /** Its canonical JSON. */
  readonly text: () => string
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Prepares a snapshot of a live cluster. What no server would take (values of Secrets in places that are not slimmed, objects larger than
 * `objectBytes`) is left out, and a gap says so: one odd object must not keep a cluster from being seen.
 */
export function prepareSnapshot(
  snapshot: Snapshot,
  collectorId: string,
  objectBytes: number,
): PreparedSnapshot {
  const gaps: Gap[] = [...snapshot.gaps]
  const objects = new Map<string, PreparedObject>()
  for (const { resource } of snapshot.resources) {
    const clean = redact(resource)
    const accepted = acceptableKey(clean)
    if ('problem' in accepted) {
      const reason = accepted.code === 'secret-value' ? 'redacted' : 'unparsable'
      gaps.push(leftOut(clean, reason, accepted.problem))
      continue
    }
    // Lists that are read on after an interruption may show an object twice.
    if (objects.has(accepted.key)) continue
    const text = () => canonicalJson(clean)
    const own = text()
    if (Buffer.byteLength(own) > objectBytes) {
      gaps.push(leftOut(clean, 'truncated', `it has more than ${objectBytes} bytes`))
      continue
    }
    objects.set(accepted.key, { hash: sha256(own).toString('hex'), text })
  }
  return { head: headOf(snapshot, collectorId, gaps), objects }
}

function headOf(
  { scope, collector, takenAt }: Snapshot,
  collectorId: string,
  gaps: readonly Gap[],
): IngestHead {
  const { provider, distribution, kubernetesVersion } = scope
  return {
    format: 'plimsoll-ingest',
    version: 1,
    cluster: {
      uid: scope.id,
      name: line(scope.name, 200) || scope.id,
      ...(provider !== undefined && { provider }),
      ...(distribution !== undefined && { distribution: line(distribution, 60) }),
      ...(kubernetesVersion !== undefined && { version: line(kubernetesVersion, 60) }),
    },
    scope: 'api',
    collector: { name: line(collector.name, 100), version: line(collector.version, 100), id: collectorId },
    collectedAt: takenAt,
    sequence: Date.parse(takenAt),
    gaps: bounded(gaps),
  }
}

const mostGaps = 10_000

/** As many gaps as a server takes; where there are more, the last says that anything may be incomplete. */
export function bounded(gaps: readonly Gap[]): IngestHead['gaps'] {
  const kept = gaps.length > mostGaps ? [...gaps.slice(0, mostGaps - 1), tooMany(gaps.length)] : gaps
  return kept.map(({ scope, kind, namespace, detail, ...rest }) => ({
    ...rest,
    scope: line(scope, 500),
    detail: line(detail, 2000),
    ...(kind !== undefined && { kind: line(kind, 200) }),
    ...(namespace !== undefined && { namespace: line(namespace, 100) }),
  }))
}

const tooMany = (count: number): Gap => ({
  scope: 'cluster',
  reason: 'truncated',
  detail: `${count} gaps are more than can be told`,
})

/** The gap of an object that is not sent; it names the object and none of its values. */
export function leftOut(resource: Resource, reason: Gap['reason'], problem: string): Gap {
  const { namespace } = resource.metadata
  return {
    scope: 'cluster',
    ...(typeof resource.kind === 'string' && { kind: resource.kind }),
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    reason,
    detail: `${describeObject(resource)} was not sent: ${problem}`,
  }
}

/** Text of one line, as servers take it. */
export const line = (text: string, most: number): string =>
  text
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
