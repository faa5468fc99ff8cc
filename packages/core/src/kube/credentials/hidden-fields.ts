// Hidden fields: the fields of a resource that are not what they were, since a credential was taken out of them.

import type { Gap } from '../../model/gap.ts'
import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { nameOf, namespaceOf } from '../asset-key.ts'
import { valueAt } from '../path.ts'
import { readRedactions } from './redaction-note.ts'

/** The paths that stand under `redacted.fields`, whoever wrote them. */
export function listedFields({ redacted }: Resource): readonly string[] {
  if (!isRecord(redacted) || !Array.isArray(redacted.fields)) return none
  return redacted.fields.filter(path => typeof path === 'string')
}

const none: readonly string[] = []

/**
 * The paths of the fields that rules read as they are and out of which a credential was taken. Only those count in which the note of
 * that stands: nobody hides a field by listing it.
 */
export function hiddenFields(resource: Resource): readonly string[] {
  if (resource.redacted === undefined) return none
  return listedFields(resource).filter(path => {
    const value = findValue(resource, path)
    return typeof value === 'string' && readRedactions(value).length > 0
  })
}

function findValue(resource: Resource, path: string): unknown {
  try {
    return valueAt(resource, path)
  } catch {
    // Whoever wrote it was not us.
    return undefined
  }
}

/** The gap that a resource's hidden fields leave; undefined where it has none. */
export function redactionGap(resource: Resource): Gap | undefined {
  const fields = hiddenFields(resource)
  if (fields.length === 0) return undefined
  const namespace = namespaceOf(resource)
  return {
    scope: namespace === '' ? 'cluster' : `namespace/${namespace}`,
    kind: resource.kind,
    ...(namespace !== '' && { namespace }),
    reason: 'redacted',
    detail: `${resource.kind} ${nameOf(resource)} held a credential in ${fields.join(', ')}, which was taken out: what stood there was not judged`,
  }
}
