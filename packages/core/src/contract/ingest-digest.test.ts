import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SnapshotDigest } from './ingest-digest.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest()
type Item = readonly [string, string | null]

function digestOf(head: unknown, items: readonly Item[]): string {
  const digest = new SnapshotDigest(head, sha256)
  for (const [key, hash] of items) digest.add(key, hash)
  expect(digest.items).toBe(items.length)
  return digest.value()
}

describe('the digest of a snapshot', () => {
  it('is the sum of the hashes of its lines, modulo 2^256', () => {
    const sum =
      (BigInt(`0x${sha256('{"a":1,"b":2}').toString('hex')}`) +
        BigInt(`0x${sha256('ff x').toString('hex')}`)) %
      2n ** 256n
    expect(digestOf({ b: 2, a: 1 }, [['x', 'ff']])).toBe(sum.toString(16).padStart(64, '0'))
  })

  it('does not depend on order, and on all else', () => {
    const item = fc.tuple(fc.string(), fc.option(fc.string()))
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), items => {
        const whole = digestOf({}, items)
        expect(digestOf({}, items.toReversed())).toBe(whole)
        expect(digestOf({}, items.slice(1))).not.toBe(whole)
        expect(digestOf({ sequence: 1 }, items)).not.toBe(whole)
      }),
      { seed: 2, numRuns: 100 },
    )
  })
})
