// Event stream: an answer of server-sent events, which ends with the client, the server or its source.

import { Readable } from 'node:stream'
import { Answer } from './route.ts'

export interface ServerEvent {
  readonly event: string
  /** Sent as JSON. */
  readonly data: unknown
  /** Sent back by the browser as `Last-Event-ID` when it comes again. */
  readonly id?: string
}

export const eventStreamType = 'text/event-stream'

export interface EventStreamOptions {
  /** Of the request; the source is told to end by its iterator's `return`. */
  readonly signal: AbortSignal
  /** Milliseconds of silence after which a comment keeps proxies from closing the connection. */
  readonly heartbeat?: number
  /** Milliseconds after which a browser that lost the connection comes again. */
  readonly retry?: number
}

/** The source is asked for its next event only as fast as the client reads. */
export function eventStream(
  source: AsyncIterable<ServerEvent>,
  { signal, heartbeat = 15_000, retry = 3000 }: EventStreamOptions,
): Answer {
  return new Answer(
    200,
    {
      'content-type': eventStreamType,
      'cache-control': 'no-store',
      // nginx would hold events back.
      'x-accel-buffering': 'no',
    },
    Readable.from(write(source[Symbol.asyncIterator](), { signal, heartbeat, retry })),
  )
}

async function* write(
  source: AsyncIterator<ServerEvent>,
  { signal, heartbeat, retry }: Required<EventStreamOptions>,
): AsyncGenerator<string> {
  const ended = new Promise<'ended'>(resolve => {
    if (signal.aborted) resolve('ended')
    else signal.addEventListener('abort', () => resolve('ended'), { once: true })
  })
  try {
    yield `retry: ${retry}\n\n`
    let next = source.next()
    for (;;) {
      const pause = timer(heartbeat)
      const first = await Promise.race([next, ended, pause.done])
      pause.cancel()
      if (first === 'ended') return
      if (first === 'silence') yield ': still here\n\n'
      else if (first.done) return
      else {
        yield eventText(first.value)
        next = source.next()
      }
    }
  } finally {
    // A source that waits for its next event may never end by itself: nobody waits for it.
    void source.return?.()?.then(undefined, () => {})
  }
}

/** JSON has no raw line breaks, so one `data` line is enough. */
export const eventText = ({ event, data, id }: ServerEvent): string =>
  `${id === undefined ? '' : `id: ${oneLine(id)}\n`}event: ${oneLine(event)}\ndata: ${JSON.stringify(data)}\n\n`

const oneLine = (text: string) => text.replace(/[\r\n\0]/g, ' ')

function timer(milliseconds: number): { done: Promise<'silence'>; cancel: () => void } {
  let handle: NodeJS.Timeout | undefined
  const done = new Promise<'silence'>(resolve => {
    handle = setTimeout(() => resolve('silence'), milliseconds)
  })
  return { done, cancel: () => clearTimeout(handle) }
}
