// Tests of sinks: no faster than the reader, quiet when the reader goes, loud when the disk is full.

import { expect, test } from 'vitest'
import { streamSink, type TextStream, writeChunks } from './sink.ts'

/** A stream that takes texts one after the other, and fails from the nth on. */
function slowStream(failFrom = Number.POSITIVE_INFINITY, code = 'EPIPE') {
  const taken: string[] = []
  let underWay = 0
  let most = 0
  const stream: TextStream = {
    write(text, done) {
      underWay++
      most = Math.max(most, underWay)
      setImmediate(() => {
        underWay--
        if (taken.length >= failFrom) return done(Object.assign(new Error(code), { code, syscall: 'write' }))
        taken.push(text)
        done()
      })
      return false
    },
    on: () => stream,
  }
  return { stream, taken, most: () => most }
}

function* chunks(count: number, onDrawn: () => void = () => {}) {
  for (let i = 0; i < count; i++) {
    onDrawn()
    yield 'x'.repeat(1000)
  }
}

test('writes all in pieces, one at a time', async () => {
  const { stream, taken, most } = slowStream()
  expect(await writeChunks(streamSink(stream), chunks(200))).toBe(true)
  expect(taken.join('')).toHaveLength(200_000)
  expect(taken.length).toBeLessThan(10)
  expect(most()).toBe(1)
})

test('draws to the end when the reader is gone, since only then the outcome is known', async () => {
  const { stream, taken } = slowStream(1)
  let drawn = 0
  expect(
    await writeChunks(
      streamSink(stream),
      chunks(300, () => drawn++),
    ),
  ).toBe(false)
  expect(drawn).toBe(300)
  expect(taken).toHaveLength(1)
})

test('rejects when writing fails for another reason', async () => {
  const { stream } = slowStream(0, 'ENOSPC')
  await expect(writeChunks(streamSink(stream), chunks(100))).rejects.toMatchObject({ code: 'ENOSPC' })
})
