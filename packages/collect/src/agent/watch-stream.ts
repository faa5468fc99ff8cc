// Watch stream: reads the events of a watch from bytes, one line at a time.

import { isRecord } from '@plimsoll/core'
import { BodyError, type StatusFailure, statusFailure } from '../cluster/api-failure.ts'
import { requireJson } from '../cluster/read-object.ts'

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly object: Record<string, unknown>
}

/** Thrown for the event by which a server ends a watch: history that is gone (410), above all. */
export class WatchEnded extends Error {
  readonly failure: StatusFailure
  constructor(failure: StatusFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** No object of etcd is larger; aggregated APIs may have some that are. */
const mostLineBytes = 64 * 1024 * 1024
const lineFeed = 10
const types: ReadonlySet<unknown> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])

/** Hands each event on as it comes. Throws BodyError for what is no watch, and WatchEnded. */
export async function readWatch(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  requireJson(contentType)
  let parts: Buffer[] = []
  let held = 0
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed)) {
      parts.push(rest.subarray(0, end))
      readEvent(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), onEvent)
      parts = []
      held = 0
      rest = rest.subarray(end + 1)
    }
    if (rest.length === 0) continue
    parts.push(rest)
    held += rest.length
    if (held > mostLineBytes)
      throw new BodyError('malformed', `an event has more than ${mostLineBytes} bytes`)
  }
  if (held > 0) throw new BodyError('truncated', 'the last event was cut off')
}

function readEvent(line: Buffer, onEvent: (event: WatchEvent) => void): void {
  if (line.length === 0) return
  let event: unknown
  try {
    event = JSON.parse(line.toString('utf8'))
  } catch {
    throw new BodyError('malformed', 'an event is no JSON')
  }
  const { type, object } = isRecord(event) ? event : {}
  if (!isRecord(object)) throw new BodyError('malformed', 'an event has no object')
  if (type === 'ERROR')
    throw new WatchEnded(statusFailure(Number(object.code) || 500, JSON.stringify(object), undefined))
  if (!types.has(type)) throw new BodyError('malformed', 'an event is of no type that is known')
  onEvent({ type, object } as WatchEvent)
}
