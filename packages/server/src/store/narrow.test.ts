import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonGlobs, isGlobbed, narrow } from './narrow.ts'
import type { Permitted, ZoneTerm } from './permitted.ts'
import { isSeen } from './seen.ts'

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 5 })
const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 })
const few = <T>(value: fc.Arbitrary<T>) =>
  fc.option(fc.array(value, { minLength: 1, maxLength: 2 }), { nil: undefined })
const labelMap = fc.option(
  fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2'), { maxKeys: 2 }),
  {
    nil: undefined,
  },
)
const term = fc
  .record({
    accounts: few(fc.constantFrom('p', 'q')),
    clusters: few(fc.constantFrom('c1', 'c2')),
    clusterLabels: labelMap,
    namespaces: few(glob),
    labels: labelMap,
  })
  .map(own => JSON.parse(JSON.stringify(own)) as ZoneTerm)
const permitted: fc.Arbitrary<Permitted> = fc.oneof(
  fc.constant<Permitted>({ all: true }),
  fc.array(term, { maxLength: 3 }).map((terms): Permitted => ({ all: false, terms })),
)
const place = fc.record({
  cluster: fc.record({
    id: fc.constantFrom('c1', 'c2'),
    account: fc.constantFrom('p', 'q'),
    environment: fc.constant(''),
    labels: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2')),
  }),
  kind: fc.constantFrom('Pod', 'Namespace'),
  namespace: fc.oneof(word, fc.constant('')),
  name: word,
  labels: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2')),
})

describe('narrow', () => {
  it('sees what the caller sees and the part holds, and nothing else', () => {
    fc.assert(
      fc.property(permitted, fc.array(term, { maxLength: 3 }), place, (own, terms, at) => {
        expect(isSeen(narrow(own, terms), at)).toBe(isSeen(own, at) && isSeen({ all: false, terms }, at))
      }),
      { numRuns: 3000 },
    )
  })

  it('finds the globs that match what both match', () => {
    expect(commonGlobs('team-*', '*-prod')).toEqual(expect.arrayContaining(['team-*-prod', 'team-prod']))
    expect(commonGlobs('a*', 'b*')).toEqual([])
    expect(commonGlobs('*', 'kube-*')).toEqual(['kube-*'])
    fc.assert(
      fc.property(glob, glob, word, (a, b, text) => {
        expect(commonGlobs(a, b).some(one => isGlobbed(one, text))).toBe(
          isGlobbed(a, text) && isGlobbed(b, text),
        )
      }),
      { numRuns: 5000 },
    )
  })
})
