// Packed object: turns what the API server gives into what may be sent: quiet, without credentials, under its key and hash.

import { createHash } from 'node:crypto'
import { acceptableKey, canonicalJson, type Gap, type Resource, redact } from '@plimsoll/core'
import { leftOut } from '../upload/prepare-snapshot.ts'
import { quiet } from './quiet-object.ts'

export interface ReadyObject {
  readonly key: string
  /** SHA-256 of the text, as 32 characters of Latin-1: half of what hex takes. */
  readonly hash: string
  /** Its canonical JSON. */
  readonly text: string
}

/** What must not be sent, as the gap that it leaves. */
export interface LeftOut {
  readonly gap: Gap
}

/** Takes a slimmed object, and changes it. An object that no server would take becomes a gap, which names it and none of its values. */
export function readyObject(resource: Resource, mostBytes: number): ReadyObject | LeftOut {
  const clean = redact(quiet(resource))
  const accepted = acceptableKey(clean)
  if ('problem' in accepted)
    return {
      gap: leftOut(clean, accepted.code === 'secret-value' ? 'redacted' : 'unparsable', accepted.problem),
    }
  const text = canonicalJson(clean)
  if (Buffer.byteLength(text) > mostBytes)
    return { gap: leftOut(clean, 'truncated', `it has more than ${mostBytes} bytes`) }
  return { key: accepted.key, hash: createHash('sha256').update(text).digest().toString('latin1'), text }
}

export const hexOf = (hash: string): string => Buffer.from(hash, 'latin1').toString('hex')

/** The key of an object of which nothing else matters; undefined where it can have none. */
export function keyOfObject({
  apiVersion,
  kind,
  metadata: { name, namespace },
}: Resource): string | undefined {
  const metadata = { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) }
  const accepted = acceptableKey({ apiVersion, kind, metadata })
  return 'key' in accepted ? accepted.key : undefined
}
