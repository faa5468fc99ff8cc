// Redact: takes the credentials out of a resource, wherever they stand in it, so that it may leave the place where it was read.

import type { Resource } from '../../model/resource.ts'
import { isRecord } from '../../model/shape.ts'
import { formatPath } from '../path.ts'
import { isSlim, slimResource } from '../slim.ts'
import { readBinaryText, writeBinaryText } from './binary-text.ts'
import { redactText } from './find-credentials.ts'
import { listedFields } from './hidden-fields.ts'
import { type ReadFields, readFieldsOf, readInside } from './read-fields.ts'
import { settingOfWord } from './setting-words.ts'

/**
 * The resource without its credentials: each leaves a note of what it was and how long, by which rules on credentials tell the same of it as
 * before. Where one stood in a field that other rules read as it is, the field is listed under `redacted.fields`, and no such rule passes
 * the resource (hiddenFields). The values of Secrets, copies of the object inside itself and managedFields are taken out too. Gives the
 * same resource back where there is nothing to take, and never changes the one given.
 *
 * What names an object (its name and namespace, its owners) stays, as do the keys of maps.
 */
export function redact(resource: Resource): Resource {
  const slim = isSlim(resource) ? resource : slimResource(copyToSlim(resource))
  const walk: Walk = { path: [], hidden: [] }
  const fields: Record<string, unknown> = {}
  const read = readFieldsOf(slim)
  for (const [name, value] of Object.entries(slim)) {
    if (name === 'apiVersion' || name === 'kind' || name === 'redacted') continue
    const clean =
      name === 'metadata'
        ? cleanMetadata(walk, value)
        : cleanTop(walk, slim, name, value, readInside(read, name))
    if (clean !== value) fields[name] = clean
  }
  if (Object.keys(fields).length === 0) return slim
  if (walk.hidden.length > 0)
    fields.redacted = {
      ...(isRecord(slim.redacted) ? slim.redacted : {}),
      fields: [...new Set([...listedFields(slim), ...walk.hidden])],
    }
  return { ...slim, ...fields }
}

interface Walk {
  /** Where the walk is. */
  readonly path: (string | number)[]
  /** Paths of the fields that rules read and that are not what they were. */
  readonly hidden: string[]
}

/** Slimming changes an object in place, down to its annotations. */
function copyToSlim(resource: Resource): Resource {
  const { metadata } = resource
  if (!isRecord(metadata)) return { ...resource }
  const { annotations } = metadata
  if (!isRecord(annotations)) return { ...resource, metadata: { ...metadata } }
  return { ...resource, metadata: { ...metadata, annotations: { ...annotations } } } as Resource
}

function cleanMetadata(walk: Walk, metadata: unknown): unknown {
  if (!isRecord(metadata)) return metadata
  const { labels, annotations } = metadata
  const [ownLabels, ownAnnotations] = [
    cleanAt(walk, 'labels', labels, undefined),
    cleanAt(walk, 'annotations', annotations, undefined),
  ]
  if (ownLabels === labels && ownAnnotations === annotations) return metadata
  return {
    ...metadata,
    ...(ownLabels !== labels && { labels: ownLabels }),
    ...(ownAnnotations !== annotations && { annotations: ownAnnotations }),
  }
}

function cleanTop(
  walk: Walk,
  { apiVersion, kind }: Resource,
  name: string,
  value: unknown,
  read: ReadFields,
) {
  if (name === 'binaryData' && kind === 'ConfigMap' && apiVersion === 'v1') return cleanBinaries(value)
  return cleanAt(walk, name, value, read)
}

function cleanBinaries(values: unknown): unknown {
  if (!isRecord(values)) return values
  return changed(values, (value, key) => {
    const text = typeof value === 'string' ? readBinaryText(value) : undefined
    const redacted = text === undefined ? undefined : redactText(key, text)
    return redacted === undefined ? value : writeBinaryText(redacted)
  })
}

/** The value of a field of that name; `setting` is what it is the value of, where that is something else. */
function cleanAt(
  walk: Walk,
  name: string | number,
  value: unknown,
  read: ReadFields,
  setting = String(name),
): unknown {
  if (typeof value === 'string') return cleanText(walk, name, value, read, setting)
  if (typeof value !== 'object' || value === null) return value
  walk.path.push(name)
  const clean = Array.isArray(value)
    ? cleanList(walk, value, read, setting)
    : cleanObject(walk, value as Record<string, unknown>, read, name)
  walk.path.pop()
  return clean
}

function cleanText(
  walk: Walk,
  name: string | number,
  text: string,
  read: ReadFields,
  setting: string,
): string {
  // A name can only add to what is taken out: where that is nothing, it need not be asked whether the name is known.
  let redacted = redactText(setting, text)
  if (redacted !== undefined && known.test(setting)) redacted = redactText('', text)
  if (redacted === undefined) return text
  if (read === 'value') walk.hidden.push(formatPath([...walk.path, name]))
  return redacted
}

function cleanList(
  walk: Walk,
  values: readonly unknown[],
  read: ReadFields,
  setting: string,
): readonly unknown[] {
  const each = readInside(read, 0)
  let copy: unknown[] | undefined
  for (let i = 0; i < values.length; i++) {
    const clean = cleanAt(walk, i, values[i], each, settingOfWord(values, i) || setting)
    if (clean === values[i]) continue
    copy ??= [...values]
    copy[i] = clean
  }
  return copy ?? values
}

function cleanObject(
  walk: Walk,
  values: Record<string, unknown>,
  read: ReadFields,
  name: string | number,
): Record<string, unknown> {
  // What selects by a value that is not known may select what it did not.
  const selects = typeof name === 'string' && selector.test(name)
  const label = typeof values.name === 'string' ? values.name : values.key
  return changed(values, (value, key) => {
    const isValue = (key === 'value' || key === 'values') && typeof label === 'string'
    const own = selects ? 'value' : readInside(read, key)
    return cleanAt(walk, key, value, own, isValue ? label : key)
  })
}

const selector = /[sS]elector$|^match(?:Labels|Expressions)$/

/** Names that Kubernetes and the controllers that rules know of give a meaning: their values are words and references, never credentials. */
const known = /(?:^|\.)(?:kubernetes\.io|k8s\.io|openshift\.io|nginx\.org|nginx\.com)\//

/** The same object, or a copy of it with what is changed. */
function changed(
  values: Record<string, unknown>,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined
  for (const key in values) {
    const value = values[key]
    const clean = change(value, key)
    if (clean === value) continue
    copy ??= { ...values }
    copy[key] = clean
  }
  return copy ?? values
}
