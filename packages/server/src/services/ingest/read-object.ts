// Read object: checks an object at the door and makes it ready to be kept: hashed, without credentials.

import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import {
  acceptableKey,
  canonicalJson,
  describeObject,
  isCanonical,
  type Resource,
  redact,
} from '@plimsoll/core'
import type { Body } from '../../store/objects.ts'
import { Fault } from '../fault.ts'

/** At once: an object for each hash would be one more for the collector of garbage to follow. */
export const sha256 = (text: string | Buffer): Buffer => hash('sha256', text, 'buffer')

/** The JSON of a line. Throws `invalid-request` for what is no UTF-8 or no JSON. */
export function parseLine(line: Buffer): { readonly text: string; readonly value: unknown } {
  if (!isUtf8(line)) throw new Fault('invalid-request', 'a line is no UTF-8')
  const text = line.toString('utf8')
  try {
    return { text, value: JSON.parse(text) }
  } catch (error) {
    throw new Fault('invalid-request', 'a line is no JSON', { cause: error })
  }
}

/**
 * The body of an object that a collector sent as its canonical JSON. Throws `secret-value`, `object-refused`. What looks like a
 * credential and was left in by an older collector is taken out; the body keeps the hash by which the collector knows it.
 */
export function readObject(line: Buffer, text: string, value: unknown, collector: string): Body {
  const accepted = acceptableKey(value)
  if ('problem' in accepted) throw refusal(accepted.code, accepted.problem, line, value, collector)
  if (!isCanonical(text, value))
    throw refusal('malformed', 'it is not canonical JSON', line, value, collector)
  const resource = value as Resource
  const clean = redact(resource)
  const kept = clean === resource ? line : Buffer.from(canonicalJson(clean))
  return {
    hash: hash('sha256', line, 'hex'),
    key: accepted.key,
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    json: kept,
  }
}

function refusal(
  code: 'secret-value' | 'malformed',
  problem: string,
  line: Buffer,
  value: unknown,
  collector: string,
): Fault {
  const object = hash('sha256', line, 'hex')
  const sent = `collector ${collector} sent ${describeObject(value)}: ${problem}`
  return code === 'secret-value'
    ? new Fault(
        'secret-value',
        `${sent}; values of Secrets are never accepted, and nothing of this was stored`,
        { object },
      )
    : new Fault('object-refused', sent, { object })
}
