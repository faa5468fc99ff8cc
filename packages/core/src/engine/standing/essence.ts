// Essence: what is kept in memory of a resource so that any rule can still judge it as it would the whole.

import { assetKind } from '../../kube/asset-key.ts'
import { makesPods } from '../../kube/pod-template.ts'
import { kindShapes } from '../../kube/shapes.ts'
import type { Resource } from '../../model/resource.ts'
import { isRecord, type Shape } from '../../model/shape.ts'

/** The fields of a status by which the engine tells what still runs (see pod-readings). */
const livingFields = ['phase', 'active', 'replicas'] as const

/**
 * The resource without what no rule can read: the status, but for what the kind's shape names and what tells whether it still runs, and
 * the parts of its metadata that change by themselves. A copy of its top, since `delete` would leave each object in V8's slow and large form.
 */
export function essenceOf(resource: Resource): Resource {
  const { status, metadata, ...rest } = resource
  const kept = { ...rest, metadata: isRecord(metadata) ? metadataOf(metadata) : metadata } as Resource
  if (status === undefined) return kept
  const own = isRecord(status) ? statusOf(resource, status) : status
  return own === undefined ? kept : { ...kept, status: own }
}

/** What changes by itself and no rule reads. */
const passing: ReadonlySet<string> = new Set(['generation', 'resourceVersion', 'selfLink'])

function metadataOf(metadata: Resource['metadata']): Resource['metadata'] {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(metadata)) if (!passing.has(name)) kept[name] = value
  return kept
}

function statusOf(resource: Resource, status: Record<string, unknown>): unknown {
  const shape = fieldsOf(kindShapes.get(assetKind(resource.apiVersion, resource.kind)))?.get('status')
  if (!makesPods(resource)) return shape && only(shape, status)
  const kept: Record<string, unknown> = shape ? { ...(only(shape, status) as object) } : {}
  for (const field of livingFields) if (status[field] !== undefined) kept[field] = status[field]
  return kept
}

/** The parts of a value that a shape names; what does not fit it is kept as it is, to be found out. */
function only(shape: Shape<unknown>, value: unknown): unknown {
  const { form } = shape
  if (typeof form === 'string') return value
  if ('items' in form) return Array.isArray(value) ? value.map(item => only(form.items, item)) : value
  if (!isRecord(value) || 'entries' in form) return value
  const kept: Record<string, unknown> = {}
  for (const [name, field] of form.fields)
    if (value[name] !== undefined) kept[name] = only(field, value[name])
  return kept
}

function fieldsOf(shape: Shape<unknown> | undefined): ReadonlyMap<string, Shape<unknown>> | undefined {
  const form = shape?.form
  return form !== undefined && typeof form === 'object' && 'fields' in form ? form.fields : undefined
}
