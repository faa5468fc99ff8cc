// Owners: which lasting object a pod, ReplicaSet or Job belongs to, also where the objects between are not at hand.

import type { Resource } from '../model/resource.ts'
import { isBuiltInGroup } from './asset-key.ts'
import { groupOf } from './pod-template.ts'

/** An object named by another in the same namespace. */
export interface Owner {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** Finds the object that an owner reference names; undefined where it is not at hand. */
export type FindOwner = (owner: Owner) => Resource | undefined

/** The built-in kinds that others make, use up and replace; what lasts is their controller. */
const passing = new Set(['Pod', 'ReplicaSet', 'ReplicationController', 'Job'])

/**
 * The controller of a resource, by its owner reference with `controller: true` (as the garbage collector and all controllers read it).
 * A mirror pod has none: its owner is the Node it runs on, but the kubelet made it from a file there, so it stands for itself.
 */
export function controllerOf(resource: Resource): Owner | undefined {
  const references: unknown = resource.metadata.ownerReferences
  if (!Array.isArray(references)) return undefined
  for (const reference of references) {
    if (typeof reference !== 'object' || reference === null || reference.controller !== true) continue
    const { apiVersion, kind, name } = reference
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') continue
    return kind === 'Node' && groupOf(apiVersion) === '' ? undefined : { apiVersion, kind, name }
  }
  return undefined
}

/** True for a mirror pod: the API's image of a static pod, which the kubelet runs from a file on its node. */
export function isStaticPod(resource: Resource): boolean {
  if (resource.kind !== 'Pod' || groupOf(resource.apiVersion) !== '') return false
  const { annotations, ownerReferences } = resource.metadata
  if (annotations?.['kubernetes.io/config.mirror'] !== undefined) return true
  const references: unknown = ownerReferences
  return (
    Array.isArray(references) &&
    references.some(owner => owner?.kind === 'Node' && owner.controller === true && owner.apiVersion === 'v1')
  )
}

/** True for the built-in kinds whose objects a controller may have made. */
export function isPassingKind(apiVersion: string, kind: string): boolean {
  return passing.has(kind) && isBuiltInGroup(groupOf(apiVersion))
}

/** True for a resource that counts to its controller rather than to itself. */
export function isPassing(resource: Resource): boolean {
  return isPassingKind(resource.apiVersion, resource.kind) && controllerOf(resource) !== undefined
}

/**
 * The top controller of a pod, ReplicaSet, ReplicationController or Job: Deployment rather than ReplicaSet, CronJob rather than Job;
 * a controller of a foreign kind (Rollout, an operator's own) ends the chain. Undefined where the resource counts to itself: it has no
 * controller, it is of a kind that lasts, or its owners name each other in a circle.
 */
export function topController(resource: Resource, find: FindOwner): Owner | undefined {
  if (!isPassing(resource)) return undefined
  let current = resource
  let met: Set<Resource> | undefined
  for (;;) {
    const owner = controllerOf(current) as Owner
    const next = find(owner)
    if (!next) return guessController(owner, current) ?? owner
    if (!isPassing(next)) return owner
    met ??= new Set([resource])
    if (met.has(next)) return undefined
    met.add(next)
    current = next
  }
}

/** The kinds of controllers that may be known without any object naming them. */
export const guessedKinds: readonly string[] = ['Deployment', 'Rollout', 'DeploymentConfig', 'CronJob']

/** The controller of an owner that is not at hand, by the marks that controllers leave on what they make. */
function guessController(owner: Owner, owned: Resource): Owner | undefined {
  if (!isBuiltInGroup(groupOf(owner.apiVersion))) return undefined
  switch (owner.kind) {
    case 'ReplicaSet':
      return (
        withoutHash(owner, owned, 'pod-template-hash', 'apps/v1', 'Deployment') ??
        withoutHash(owner, owned, 'rollouts-pod-template-hash', 'argoproj.io/v1alpha1', 'Rollout')
      )
    case 'ReplicationController': {
      const name: unknown = owned.metadata.annotations?.['openshift.io/deployment-config.name']
      return typeof name === 'string'
        ? { apiVersion: 'apps.openshift.io/v1', kind: 'DeploymentConfig', name }
        : undefined
    }
    case 'Job': {
      const found = /^(.+)-(\d+)$/.exec(owner.name)
      return found && isScheduleStamp(found[2] as string)
        ? { apiVersion: 'batch/v1', kind: 'CronJob', name: found[1] as string }
        : undefined
    }
    default:
      return undefined
  }
}

/** A ReplicaSet is named `<controller>-<hash>`, and its pods carry the hash as a label. */
function withoutHash(
  owner: Owner,
  owned: Resource,
  label: string,
  apiVersion: string,
  kind: string,
): Owner | undefined {
  const hash: unknown = owned.metadata.labels?.[label]
  if (typeof hash !== 'string' || hash === '' || !owner.name.endsWith(`-${hash}`)) return undefined
  const name = owner.name.slice(0, -hash.length - 1)
  return name === '' ? undefined : { apiVersion, kind, name }
}

/**
 * True for the number that the CronJob controller appends to its Jobs' names: the scheduled time in minutes since 1970 (8 digits; from
 * 24,000,000 = August 2015, so that a date such as 20260131 is none) or, before Kubernetes 1.22, in seconds (until August 2027).
 */
function isScheduleStamp(digits: string): boolean {
  const number = Number(digits)
  if (digits.length === 8) return number >= 24_000_000
  return digits.length === 10 && number >= 1_400_000_000 && number < 1_820_000_000
}
