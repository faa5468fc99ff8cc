// Pod readings: the pod templates by which an asset is judged: its own, and those of its running pods that are more than it says.

import { assetKind, nameOf } from '../kube/asset-key.ts'
import { isPassingKind } from '../kube/owners.ts'
import { findAdditions, podFingerprint } from '../kube/pod-difference.ts'
import { makesPods, type PodTemplateReading, readPodTemplate } from '../kube/pod-template.ts'
import type { Gap } from '../model/gap.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource, SourcedResource } from '../model/resource.ts'
import { isRecord } from '../model/shape.ts'
import type { Asset } from './assets.ts'
import type { GapIndex } from './gap-index.ts'

export interface PodReading {
  readonly resource: Resource
  readonly reading: PodTemplateReading
  // Always there, undefined or not, so that all readings have one form in memory.
  /** Where it was read, when not in the asset's own object: `in pod web-5d4f-x2x7p`. */
  readonly note: string | undefined
  /** Tells what the cluster adds to every pod: no finding is made of it. */
  readonly isAddition: ((path: string) => boolean) | undefined
}

/**
 * The readings of an asset, each different from the others in something that counts. Where the object itself is absent or of a foreign
 * kind, what it made stands in: what runs, or (unless a gap hides the object) the newest of what once ran.
 */
export function readPods(asset: Asset, hidden: Gap | undefined): PodReading[] {
  const { object, members } = asset
  if (object && makesPods(object)) {
    const own = { resource: object, reading: readPodTemplate(object), note: undefined, isAddition: undefined }
    if (members.length === 0) return [own]
    const running = members.filter(({ resource }) => resource.kind === 'Pod' && isLive(resource))
    return [own, ...distinct(running, own.reading)]
  }
  const live = members.filter(({ resource }) => isLive(resource))
  if (live.length > 0) return distinct(templatesFirst(live))
  const newest = hidden ? undefined : newestOf(members)
  return newest ? distinct([newest]) : []
}

/**
 * The gap that may hide something by which the asset's pods are judged, so that they cannot pass: the object itself, or what runs of it.
 * In files, what runs is no part of the scope.
 */
export function podGap(asset: Asset, gaps: GapIndex, inCluster: boolean): Gap | undefined {
  const { object, entry } = asset
  if (object?.kind === 'Pod' || object?.kind === 'PodTemplate') return undefined
  const itself = object ? undefined : gaps.touching(kindOf(asset), entry.namespace)
  if (itself || !inCluster) return itself
  return (
    gaps.touching('Pod', entry.namespace) ??
    (entry.kind === 'CronJob' ? gaps.touching('Job', entry.namespace) : undefined)
  )
}

/**
 * True where what was made cannot be placed: its maker is itself made by something else, and a gap may hide both. What is found in such
 * a pod is another asset's, nobody can tell which.
 */
export function isUnplaced(asset: Asset, gaps: GapIndex): boolean {
  const { object, entry } = asset
  return (
    object === undefined &&
    isPassingKind(entry.apiVersion, entry.kind) &&
    gaps.touching(kindOf(asset), entry.namespace) !== undefined
  )
}

const kindOf = ({ entry }: Asset) => assetKind(entry.apiVersion, entry.kind)

/** The readings of members, without those equal to an earlier one or to the reading given. */
function distinct(members: readonly SourcedResource[], own?: PodTemplateReading): PodReading[] {
  const seen = new Set(own?.ok ? [fingerprintOf(own.template)] : [])
  const readings: PodReading[] = []
  for (const { resource } of members) {
    const isPod = resource.kind === 'Pod'
    // A pod equal to one already read need not be read itself: most of a cluster's pods are.
    const early =
      isPod && (own || members.length > 1) ? podFingerprint(resource.spec, resource.metadata) : undefined
    if (early !== undefined && seen.has(early)) continue
    const reading = readPodTemplate(resource)
    const fingerprint = early ?? (reading.ok && !isPod ? fingerprintOf(reading.template) : undefined)
    if (fingerprint !== undefined) {
      if (seen.has(fingerprint)) continue
      seen.add(fingerprint)
    }
    const note = `in ${isPod ? 'pod' : resource.kind} ${nameOf(resource)}`
    const isAddition = isPod && reading.ok ? findAdditions(reading.template) : undefined
    readings.push({ resource, reading, note, isAddition })
  }
  return readings
}

const fingerprintOf = ({ spec, metadata }: PodTemplate) => podFingerprint(spec, metadata)

const templatesFirst = (members: readonly SourcedResource[]) =>
  members.length === 1
    ? members
    : members.toSorted((a, b) => Number(a.resource.kind === 'Pod') - Number(b.resource.kind === 'Pod'))

/** True for a pod that has not ended and for a controller that has pods; without a status, for what is meant to run. */
function isLive({ kind, spec, status }: Resource): boolean {
  const has = (field: string) => isRecord(status) && status[field] !== undefined && status[field] !== 0
  if (kind === 'Pod') return !isRecord(status) || (status.phase !== 'Succeeded' && status.phase !== 'Failed')
  if (kind === 'Job') return !isRecord(status) || has('active')
  return isRecord(status) ? has('replicas') : !isRecord(spec) || spec.replicas !== 0
}

/** The member that best says what its controller last made: of the highest revision, else the youngest. */
function newestOf(members: readonly SourcedResource[]): SourcedResource | undefined {
  let newest: SourcedResource | undefined
  for (const member of members) if (!newest || isNewer(member.resource, newest.resource)) newest = member
  return newest
}

function isNewer(a: Resource, b: Resource): boolean {
  const byRevision = revisionOf(a) - revisionOf(b)
  return byRevision !== 0 ? byRevision > 0 : createdAt(a) > createdAt(b)
}

function revisionOf({ metadata }: Resource): number {
  const notes = metadata.annotations ?? {}
  return Number(notes['deployment.kubernetes.io/revision'] ?? notes['rollout.argoproj.io/revision'] ?? 0) || 0
}

function createdAt({ metadata }: Resource): string {
  const { creationTimestamp } = metadata as { readonly creationTimestamp?: unknown }
  return typeof creationTimestamp === 'string' ? creationTimestamp : ''
}
