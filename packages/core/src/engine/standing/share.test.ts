import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharer } from './share.ts'

const scalars = [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)]
const json = fc.object({ maxDepth: 4, values: [...scalars, fc.double({ noNaN: true })] })
/** Without fractions, of which two that are almost equal may drive each other out of the memory. */
const plain = fc.object({ maxDepth: 4, values: scalars })

describe('a sharer', () => {
  it('changes no value, whatever it met before', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 20 }), values => {
        const { share } = sharer()
        const before = structuredClone(values)
        for (const value of values) expect(share(value)).toBe(value)
        expect(values).toEqual(before)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('makes equal parts one object, at any depth', () => {
    fc.assert(
      fc.property(plain, part => {
        const { share } = sharer()
        const first = share({ name: 'a', spec: { part, list: [part] } })
        const second = share(structuredClone({ name: 'b', spec: { part, list: [part] } }))
        expect(second.spec).toBe(first.spec)
      }),
      { seed: 8, numRuns: 200 },
    )
  })

  it('tells apart what differs in names, order, form or type alone', () => {
    const { share } = sharer()
    const parts = [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
      { a: '2', b: '1' },
      { ba: '1', bb: '2' },
      ['1', '2'],
      ['2', '1'],
      [1, 2],
      { 0: '1', 1: '2' },
      { a: '1' },
      { a: 1 },
      { a: true },
      { a: null },
      {},
      [],
      { a: `${'x'.repeat(300)}1` },
      { a: `${'y'.repeat(300)}1` },
    ]
    const before = structuredClone(parts)
    share({ parts })
    expect(new Set(parts).size).toBe(parts.length)
    expect(parts.map(part => JSON.stringify(part))).toEqual(before.map(part => JSON.stringify(part)))
  })

  it('knows nothing any more of what it was told to forget', () => {
    const { share, forget } = sharer()
    const first = share({ part: { a: 'b' } })
    forget()
    expect(share({ part: { a: 'b' } }).part).not.toBe(first.part)
  })
})
