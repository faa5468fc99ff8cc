// Event streams: what was written arrives, silence is filled, and the end of client or server ends them.

import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { eventStream, eventText, type ServerEvent } from './event-stream.ts'
import { defineRoute } from './route.ts'
import { testApp } from './testing/test-app.ts'

async function* events(...given: ServerEvent[]): AsyncGenerator<ServerEvent> {
  yield* given
}

/** Never gives anything; says when it was told to end. */
function silence(): AsyncIterable<ServerEvent> & { ended: Promise<void> } {
  const { promise: ended, resolve } = deferred()
  return {
    ended,
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>(() => {}),
      return: async () => {
        resolve()
        return { done: true, value: undefined }
      },
    }),
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}

test('an event is one block of lines, whatever it holds', () => {
  expect(eventText({ event: 'a\nb', data: { text: 'one\ntwo' }, id: '7' })).toBe(
    'id: 7\nevent: a b\ndata: {"text":"one\\ntwo"}\n\n',
  )
})

test('a source that ends is the end of the stream', async () => {
  const { body, headers } = eventStream(events({ event: 'one', data: 1 }, { event: 'two', data: null }), {
    signal: new AbortController().signal,
  })
  const chunks = await (body as Readable).toArray()
  expect(headers['content-type']).toBe('text/event-stream')
  expect(chunks.join('')).toBe('retry: 3000\n\nevent: one\ndata: 1\n\nevent: two\ndata: null\n\n')
})

test('silence is filled with comments until the signal ends it', async () => {
  const source = silence()
  const controller = new AbortController()
  const { body } = eventStream(source, { signal: controller.signal, heartbeat: 1 })
  const seen: string[] = []
  for await (const chunk of body as Readable) {
    seen.push(String(chunk))
    if (seen.length === 3) controller.abort()
  }
  expect(seen.slice(0, 3)).toEqual(['retry: 3000\n\n', ': still here\n\n', ': still here\n\n'])
  await source.ended
})

test('streams end when the client goes away, and when the server stops; a request under way is finished', async () => {
  const sources = [silence(), silence()]
  const started: (() => void)[] = []
  const slow = deferred()
  const watch = defineRoute({
    id: 'watch',
    method: 'GET',
    path: '/watch',
    tag: 'events',
    summary: 'Tells of changes.',
    access: 'public',
    produces: ['text/event-stream'],
    handle: async ({ signal }) => eventStream(sources.shift() as AsyncIterable<ServerEvent>, { signal }),
  })
  const work = defineRoute({
    id: 'work',
    method: 'GET',
    path: '/work',
    tag: 'events',
    summary: 'Takes its time.',
    access: 'public',
    handle: async () => {
      for (const tell of started) tell()
      await slow.promise
      return { done: true }
    },
  })
  const [one, two] = [...sources]
  const { fastify, stop } = await testApp([watch, work], { logLevel: 'silent' })
  await fastify.listen({ port: 0, host: '127.0.0.1' })
  const { port } = fastify.server.address() as AddressInfo
  const open = async (path: string) => {
    const asked = request({ port, host: '127.0.0.1', path, agent: false }).end()
    const [response] = (await once(asked, 'response')) as [Readable]
    return { asked, response }
  }
  const first = await open('/api/v1/watch')
  first.asked.destroy()
  await one?.ended
  const second = await open('/api/v1/watch')
  second.response.resume()
  const secondEnd = once(second.response, 'end')
  const working = new Promise<void>(resolve => started.push(resolve))
  const third = open('/api/v1/work')
  await working
  const stopped = stop(30)
  await Promise.all([secondEnd, two?.ended])
  slow.resolve()
  const { response } = await third
  expect((await response.toArray()).join('')).toBe('{"done":true}')
  await stopped
})
