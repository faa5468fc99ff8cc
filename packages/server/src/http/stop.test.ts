// Stop: connections that nobody asks anything on do not hold up the end, and requests under way get their answer.

import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { defineRoute } from './route.ts'
import { testApp } from './testing/test-app.ts'

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>(given => {
    resolve = given
  })
  return { promise, resolve }
}

/** Longer than a test may take: a stop that waits for its grace fails it. */
const grace = 600

test('stopping waits for requests under way, and for no idle connection', async () => {
  const begun = deferred()
  const go = deferred()
  const route = (id: string, handle: () => Promise<unknown>) =>
    defineRoute({ id, method: 'GET', path: `/${id}`, tag: 'things', summary: 'x', access: 'public', handle })
  const slow = route('slow', async () => {
    begun.resolve()
    await go.promise
    return { done: true }
  })
  const { fastify, stop } = await testApp([slow, route('quick', async () => ({ quick: true }))])
  await fastify.listen({ host: '127.0.0.1', port: 0 })
  const { port } = fastify.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  const ask = async (path: string) => {
    const [answer] = (await once(get({ port, path: `/api/v1/${path}`, agent }), 'response')) as [
      IncomingMessage,
    ]
    return JSON.parse(await text(answer)) as unknown
  }
  expect(await ask('quick')).toEqual({ quick: true })
  // Opened ahead of a request that never comes.
  const ahead = connect(port, '127.0.0.1').on('error', () => {})
  await once(fastify.server, 'connection')
  const answered = ask('slow')
  await begun.promise
  const stopped = stop(grace)
  await once(ahead.resume(), 'close')
  go.resolve()
  expect(await answered).toEqual({ done: true })
  await stopped
  agent.destroy()
})
