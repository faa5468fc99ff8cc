import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWatch, WatchEnded, type WatchEvent } from './watch-stream.ts'

async function* chunksOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(text: string, size = 7, type = 'application/json'): Promise<WatchEvent[]> {
  const events: WatchEvent[] = []
  await readWatch(chunksOf(Buffer.from(text), size), type, event => events.push(event))
  return events
}
const event = (type: string, name: string) => ({ type, object: { kind: 'Pod', metadata: { name } } })
const line = (value: unknown) => `${JSON.stringify(value)}\n`

test('gives each event, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 50 }), async (names, size) => {
      const events = names.map(name => event('ADDED', name))
      expect(await read(events.map(line).join(''), size)).toEqual(events)
    }),
    { seed: 3, numRuns: 60 },
  )
})

test('history that is gone ends it with the status that the server gives', async () => {
  const gone = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } }
  const failed = read(line(event('ADDED', 'a')) + line(gone)).catch((error: unknown) => error)
  expect(await failed).toBeInstanceOf(WatchEnded)
  expect(((await failed) as WatchEnded).failure).toMatchObject({ status: 410, reason: 'Expired' })
})

test.each([
  ['an event that is cut off', line(event('ADDED', 'a')).slice(0, -9), 'truncated'],
  ['what is no JSON', '<html>\n', 'malformed'],
  ['an event without an object', line({ type: 'ADDED' }), 'malformed'],
  ['an event of another type', line(event('EXPLODED', 'a')), 'malformed'],
])('refuses %s', async (_what, text, type) => {
  await expect(read(text)).rejects.toMatchObject({ failure: { type } })
})

test('refuses a page of a proxy', async () => {
  await expect(read('<html>', 7, 'text/html')).rejects.toMatchObject({ failure: { type: 'malformed' } })
})
