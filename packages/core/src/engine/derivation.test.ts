import { describe, expect, test } from 'vitest'
import type { Gap } from '../model/gap.ts'
import type { Resource } from '../model/resource.ts'
import type { Derivation, Violation } from '../model/rule.ts'
import { object, serviceAccount } from '../samples/objects.ts'
import { pod } from '../samples/pods.ts'
import type { Reading } from './dependencies.ts'
import { clusterWith, forbidden, ruleThat, run } from './testing/assessing.ts'

let made = 0
const names: Derivation<string[]> = {
  kinds: [{ kind: 'ServiceAccount', namespace: 'shop' }, 'Node'],
  from: resources => {
    made++
    return resources.map(({ metadata }) => metadata.name ?? '')
  },
}
const derives = (id: string, reads: readonly string[] = ['ServiceAccount', 'Node']) =>
  ruleThat(
    id,
    function* (_, { lookup }): Generator<Violation> {
      yield { path: 'metadata.name', actual: 'web', expected: lookup.derive(names).join(' ') }
    },
    { reads },
  )

function judged(resources: readonly Resource[], gaps: readonly Gap[] = [], reads?: readonly string[]) {
  made = 0
  const readings: Reading[] = []
  const { results } = run({
    snapshot: clusterWith([pod(), pod({ metadata: { name: 'api' } }), ...resources], gaps),
    rules: [derives('one', reads), derives('two', reads)],
    onReads: reading => readings.push(reading),
  })
  return { results: results.filter(({ resource }) => resource?.includes('/Pod/')), readings }
}

const others = [
  object('v1', 'Node', { name: 'node-1' }),
  serviceAccount({ name: 'elsewhere', namespace: 'other' }),
  serviceAccount({ name: 'here' }),
]

describe('what rules derive from other resources', () => {
  test('is made of the kinds and namespaces asked for, once for all subjects and rules', () => {
    const { results } = judged(others)
    expect(results.map(({ evidence }) => evidence[0]?.expected)).toEqual(results.map(() => 'here node-1'))
    expect(results).toHaveLength(4)
    expect(made).toBe(1)
  })

  test('is read by each subject', () => {
    expect(judged(others).readings.filter(({ rule }) => rule === 'two')).toMatchObject(
      ['web', 'api'].map(() => ({
        reads: [{ kind: 'ServiceAccount', namespace: 'shop' }, { kind: 'Node' }],
      })),
    )
  })

  test.each([
    ['a kind', forbidden('Node')],
    ['the namespace', forbidden('ServiceAccount', 'shop')],
    ['a kind in all namespaces', forbidden('ServiceAccount')],
  ])('is not believed where %s was hidden', (_, gap) => {
    const { results } = judged(others, [gap])
    expect(results.map(({ outcome, gap: own }) => [outcome, own])).toEqual(
      results.map(() => ['not-evaluated', gap]),
    )
  })

  test('is believed where another namespace was hidden', () => {
    const { results } = judged(others, [forbidden('ServiceAccount', 'other')])
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'fail'))
  })

  test('is not believed where one of the resources cannot be decoded', () => {
    const broken = serviceAccount({}, { automountServiceAccountToken: 'no' })
    const { results } = judged([...others, broken])
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'not-evaluated'))
  })

  test('may only be of kinds that the rule declares', () => {
    const { results } = judged(others, [], ['Node'])
    expect(results.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual(
      results.map(({ rule }) =>
        expect.stringContaining(`rule ${rule} looks up ServiceAccount but does not declare it`),
      ),
    )
  })
})
