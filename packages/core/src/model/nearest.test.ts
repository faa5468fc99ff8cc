import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest, unknownId } from './nearest.ts'

const known = ['privileged-container', 'host-network', 'host-pid', 'pss-baseline', 'pss-restricted']

describe('nearest', () => {
  it.each([
    ['privleged-container', ['privileged-container']],
    ['privileged-contianer', ['privileged-container']],
    ['Host-Network', ['host-network']],
    ['host-ipd', ['host-pid']],
    ['pss', ['pss-baseline', 'pss-restricted']],
    ['zzz', []],
  ])('%s', (given, expected) => {
    expect(nearest(known, given)).toEqual(expected)
  })

  it('finds an id again after one mistyped character', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), fc.constantFrom('', 'x'), (id, place, typed) => {
        const at = place % id.length
        expect(nearest(known, id.slice(0, at) + typed + id.slice(at + 1))).toContain(id)
      }),
    )
  })

  it('names the nearest in its sentence, and only where there is one', () => {
    expect(unknownId('rule', 'host-nework', known)).toBe(
      'unknown rule "host-nework"; did you mean host-network?',
    )
    expect(unknownId('rule', 'zzz', known)).toBe('unknown rule "zzz"')
  })
})
