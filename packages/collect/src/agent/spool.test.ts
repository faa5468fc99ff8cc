import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Kept, Spool } from './spool.ts'

const noise = (length: number, seed: number): string => {
  let state = seed
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return String.fromCharCode(33 + (state % 90))
  }).join('')
}
const folderOf = () => join(scratchFolder().path, 'spool')

test('gives texts back from memory and from disk, in any order', () => {
  const spool = new Spool(folderOf(), { memoryBytes: 2000 })
  const texts = Array.from({ length: 30 }, (_, i) => `${i} ${noise(300, i)} ä`)
  const kept = texts.map(text => spool.keep(text))
  expect(spool.size.disk).toBeGreaterThan(0)
  expect(spool.size.memory).toBeLessThanOrEqual(2000)
  expect(kept.toReversed().map(one => spool.read(one))).toEqual(texts.toReversed())
})

test('takes files away with the last text that is in them, and only its owner may read them', () => {
  const folder = folderOf()
  const spool = new Spool(folder, { memoryBytes: 500 })
  const kept = Array.from({ length: 10 }, (_, i) => spool.keep(noise(400, i)))
  expect(readdirSync(folder).length).toBeGreaterThan(0)
  for (const one of kept) spool.release(one)
  expect(readdirSync(folder)).toEqual([])
  expect(spool.size).toEqual({ disk: 0, memory: 0 })
})

test('an earlier run leaves nothing', () => {
  const folder = folderOf()
  const first = new Spool(folder, { memoryBytes: 100 })
  for (let i = 0; i < 5; i++) first.keep(noise(200, i))
  expect(readdirSync(folder).length).toBeGreaterThan(0)
  expect(new Spool(folder).size).toEqual({ disk: 0, memory: 0 })
  expect(readdirSync(folder)).toEqual([])
})

test('never holds more than its bound: the oldest are let go of, and that is told', () => {
  const told: string[] = []
  const folder = folderOf()
  const spool = new Spool(folder, { memoryBytes: 500, diskBytes: 3000, onFull: reason => told.push(reason) })
  const kept = Array.from({ length: 40 }, (_, i) => spool.keep(noise(300, i)))
  const onDisk = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0)
  expect(onDisk).toBe(spool.size.disk)
  expect(onDisk).toBeLessThanOrEqual(3000)
  expect(spool.read(kept[0] as Kept)).toBeUndefined()
  expect(spool.read(kept.at(-1) as Kept)).toBe(noise(300, 39))
  expect(kept.filter(one => spool.read(one) === undefined).length).toBe(spool.dropped)
  expect(told[0]).toContain('3000 bytes')
})

test('what collapses makes room before anything is let go of', () => {
  const spool = new Spool(folderOf(), { memoryBytes: 300, diskBytes: 4000 })
  let last: Kept | undefined
  const steady = spool.keep(noise(300, 1))
  for (let i = 0; i < 100; i++) {
    if (last) spool.release(last)
    last = spool.keep(noise(300, 100 + i))
  }
  expect(spool.dropped).toBe(0)
  expect(spool.read(steady)).toBe(noise(300, 1))
})

test('a folder that goes away under it loses texts, and nothing else', () => {
  const folder = folderOf()
  const told: string[] = []
  const spool = new Spool(folder, { memoryBytes: 300, onFull: reason => told.push(reason) })
  const lost = spool.keep(noise(400, 1))
  rmSync(folder, { recursive: true })
  expect(spool.read(lost)).toBeUndefined()
  const unwritten = spool.keep(noise(400, 2))
  expect(spool.read(unwritten)).toBeUndefined()
  expect(told.length).toBe(1)
  spool.release(lost)
  spool.release(unwritten)
  expect(spool.size.memory).toBe(0)
})

test('whatever is kept and released, what is left is read as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 400 }), fc.nat(3))), steps => {
      const spool = new Spool(folderOf(), { memoryBytes: 200 })
      const there = new Map<Kept, string>()
      for (const [text, deed] of steps) {
        const [first] = there.keys()
        if (deed === 0 && first) {
          spool.release(first)
          there.delete(first)
        } else there.set(spool.keep(text), text)
      }
      for (const [kept, text] of there) expect(spool.read(kept)).toBe(text)
    }),
    { seed: 11, numRuns: 30 },
  )
})
