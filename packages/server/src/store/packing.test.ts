import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, packTogether, unpack } from './packing.ts'

const whole = { start: 0, bytes: 0 }

const role =
  '{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader","namespace":"shop"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}]}'

describe('packing', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), text => {
        expect(unpack({ ...pack(Buffer.from(text)), ...whole })).toBe(text)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('gives back each of many texts that are packed together, and nothing beyond them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), async texts => {
        const parts = texts.map(text => Buffer.from(text))
        const packed = await packTogether(parts)
        let start = 0
        for (const [index, part] of parts.entries()) {
          expect(unpack({ ...packed, start, bytes: part.length })).toBe(texts[index])
          start += part.length
        }
        expect(() => unpack({ ...packed, start, bytes: 1 })).toThrow('shorter')
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('makes a small object smaller than a third', () => {
    expect(pack(Buffer.from(role)).body.length).toBeLessThan(role.length / 3)
  })

  it('refuses a packing that it does not know, and a damaged body', () => {
    expect(() => unpack({ packing: 9, body: Buffer.from('{}'), ...whole })).toThrow('does not know')
    const { packing, body } = pack(Buffer.from(role.repeat(9)))
    expect(() => unpack({ packing, body: body.subarray(0, 20), ...whole })).toThrow()
  })
})
