// Fragment: what is packed comes back as it was; what is none of ours, or unfolds too far, is nothing.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostPacked, packText, unpackText } from './fragment.ts'

test('any text comes back, by letters that need no escaping', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async text => {
      const fragment = await packText(text)
      expect(fragment).toMatch(/^[\w-]+$/)
      expect(await unpackText(fragment)).toBe(text)
    }),
    { seed: 11, numRuns: 100 },
  )
})

test('an object takes less room than its text', async () => {
  const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n'.repeat(20)
  expect((await packText(text)).length).toBeLessThan(text.length / 5)
})

test('nothing, and what is too long, is not packed', async () => {
  expect(await packText('')).toBe('')
  expect(await packText('a'.repeat(mostPacked + 1))).toBe('')
})

test.each(['', '%20', 'content', 'AAAA', '!!'])('%j is no text of ours', async fragment => {
  expect(await unpackText(fragment)).toBeUndefined()
})

test('what unfolds too far is not unfolded', async () => {
  const packed = new Blob(['a'.repeat(2_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
  const letters = btoa(String.fromCharCode(...bytes))
  expect(
    await unpackText(letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')),
  ).toBeUndefined()
})
