// Read object: reads an answer that is one JSON object.

import { isRecord } from '@plimsoll/core'
import { BodyError } from './api-failure.ts'

/** The object that an answer holds. Throws BodyError for anything else. */
export async function readObject(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<Record<string, unknown>> {
  requireJson(contentType)
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  let value: unknown
  try {
    value = JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw new BodyError('truncated', 'the answer is no whole JSON text')
  }
  if (!isRecord(value)) throw new BodyError('malformed', 'the answer is no JSON object')
  return value
}

/** Throws BodyError for an answer that is not JSON: a login page, or a proxy's complaint. */
export function requireJson(contentType: string): void {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    throw new BodyError(
      'malformed',
      `it answered with ${type || 'no content type'} instead of JSON; does a proxy or a login page stand between?`,
    )
}
