import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from './packing.ts'

const role =
  '{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader","namespace":"shop"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}]}'

describe('packing', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), text => {
        expect(unpack(pack(Buffer.from(text)))).toBe(text)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('makes a small object smaller than a third', () => {
    expect(pack(Buffer.from(role)).body.length).toBeLessThan(role.length / 3)
  })

  it('refuses a packing that it does not know, and a damaged body', () => {
    expect(() => unpack({ packing: 9, body: Buffer.from('{}') })).toThrow('does not know')
    const { packing, body } = pack(Buffer.from(role.repeat(9)))
    expect(() => unpack({ packing, body: body.subarray(0, 20) })).toThrow()
  })
})
