import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listener.ts'
import { metricsText } from './metrics.ts'

async function listening(notReady: () => string | undefined) {
  const opened = await listen('127.0.0.1:0', {
    notReady,
    metrics: () =>
      metricsText([
        ['up', 'gauge', 'Whether.', 1, { place: 'disk' }],
        ['none', 'gauge', 'Not.', undefined],
      ]),
  })
  if (!opened.ok) throw new Error('it does not listen')
  onTestFinished(() => opened.value.close())
  return async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${opened.value.port}${path}`, { method })
    return [answer.status, await answer.text()] as const
  }
}

test('tells health, readiness and metrics, and nothing else', async () => {
  let reason: string | undefined = 'it waits'
  const ask = await listening(() => reason)
  expect(await ask('/healthz')).toEqual([200, 'ok\n'])
  expect(await ask('/readyz')).toEqual([503, 'it waits\n'])
  reason = undefined
  expect(await ask('/readyz?verbose')).toEqual([200, 'ok\n'])
  expect(await ask('/metrics')).toEqual([200, '# HELP up Whether.\n# TYPE up gauge\nup{place="disk"} 1\n'])
  expect((await ask('/'))[0]).toBe(404)
  expect((await ask('/metrics', 'POST'))[0]).toBe(405)
})

test.each(['nowhere', '127.0.0.1:99999', '127.0.0.1', '203.0.113.1:8481'])('refuses %s', async address => {
  expect(await listen(address, { notReady: () => undefined, metrics: () => '' })).toMatchObject({
    ok: false,
    problems: [{ code: 'usage' }],
  })
})
