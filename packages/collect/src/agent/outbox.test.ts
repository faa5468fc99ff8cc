import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Batch, Outbox } from './outbox.ts'
import { Spool } from './spool.ts'

const spoolOf = () => new Spool(join(scratchFolder().path, 'spool'), { memoryBytes: 1000 })
const newOutbox = (spool = spoolOf()) => new Outbox(spool, () => {})
const put = (outbox: Outbox, key: string, text: string) => outbox.put('Pod', key, `hash of ${text}`, text)

test('what is the same is no news; what changed is sent once, as it is now', () => {
  const outbox = newOutbox()
  expect(put(outbox, 'a', '1')).toBe(true)
  expect(put(outbox, 'a', '1')).toBe(false)
  put(outbox, 'a', '2')
  put(outbox, 'b', '1')
  outbox.remove('Pod', 'b')
  const batch = outbox.take(false) as Batch
  expect(batch.items).toEqual([
    ['a', 'hash of 2'],
    ['b', null],
  ])
  expect(outbox.textOf(batch, 'a')).toBe('2')
  expect(outbox.take(false)).toBeUndefined()
})

test('the whole names all that is there, and holds the texts of what is new', () => {
  const outbox = newOutbox()
  put(outbox, 'a', '1')
  outbox.confirm(outbox.take(false) as Batch)
  put(outbox, 'b', '2')
  const whole = outbox.take(true) as Batch
  expect(whole.items.map(([key]) => key)).toEqual(['a', 'b'])
  expect([outbox.textOf(whole, 'a'), outbox.textOf(whole, 'b')]).toEqual([undefined, '2'])
})

test('what is given back waits on, but for what changed since', () => {
  const spool = spoolOf()
  const outbox = newOutbox(spool)
  put(outbox, 'a', '1')
  put(outbox, 'b', '1')
  const batch = outbox.take(false) as Batch
  put(outbox, 'a', '2')
  outbox.giveBack(batch)
  const again = outbox.take(false) as Batch
  expect(new Map(again.items)).toEqual(
    new Map([
      ['a', 'hash of 2'],
      ['b', 'hash of 1'],
    ]),
  )
  expect(outbox.textOf(again, 'a')).toBe('2')
  outbox.confirm(again)
  expect(spool.size).toEqual({ disk: 0, memory: 0 })
})

test('whatever happens, whoever applies the batches has what is there', () => {
  const deed = fc.record({
    deed: fc.nat(9),
    key: fc.constantFrom('a', 'b', 'c'),
    text: fc.constantFrom('1', '2', '3'),
  })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), deeds => {
      const spool = spoolOf()
      const outbox = newOutbox(spool)
      const truth = new Map<string, string>()
      let server = new Map<string, string>()
      const send = (isWhole: boolean, arrives: boolean) => {
        const batch = outbox.take(isWhole)
        if (!batch) return
        if (!arrives) return outbox.giveBack(batch)
        const next = isWhole ? new Map<string, string>() : new Map(server)
        for (const [key, hash] of batch.items) {
          if (hash === null) next.delete(key)
          else next.set(key, outbox.textOf(batch, key) ?? (server.get(key) as string))
        }
        server = next
        outbox.confirm(batch)
      }
      for (const { deed: kind, key, text } of deeds) {
        if (kind < 5) {
          put(outbox, key, text)
          truth.set(key, text)
        } else if (kind < 7) {
          outbox.remove('Pod', key)
          truth.delete(key)
        } else send(kind === 9, kind !== 7)
      }
      send(false, true)
      expect(server).toEqual(truth)
      expect(spool.size).toEqual({ disk: 0, memory: 0 })
    }),
    { seed: 5, numRuns: 100 },
  )
})
