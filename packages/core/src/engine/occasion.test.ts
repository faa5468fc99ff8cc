// A rule learns when and of what it judges; what depends on the day or on a running cluster says so.

import { describe, expect, it } from 'vitest'
import { pod } from '../samples/pods.ts'
import { clusterWith, control, edition, filesWith, ruleThat, run } from './testing/assessing.ts'

const seen: unknown[] = []
const watching = (id: string, parts: Parameters<typeof ruleThat>[2] = {}) =>
  ruleThat(
    id,
    (_, { occasion }) => {
      seen.push(
        parts.dated ? { ...occasion } : { scope: occasion.scope, version: occasion.kubernetesVersion },
      )
      return []
    },
    parts,
  )

describe('the occasion of an assessment', () => {
  it('is its day and what the scope tells of the cluster', () => {
    seen.length = 0
    run({ snapshot: clusterWith([pod()]), rules: [watching('a', { dated: true }), watching('b')] })
    expect(seen).toEqual([
      { day: '2026-03-01', scope: 'cluster', kubernetesVersion: '1.34.4' },
      { scope: 'cluster', version: '1.34.4' },
    ])
  })

  it('has no version for files', () => {
    seen.length = 0
    run({ snapshot: filesWith([pod()]), rules: [watching('a', { dated: true })] })
    expect(seen).toEqual([{ day: '2026-03-01', scope: 'files' }])
  })

  it('does not tell the day to a rule that is not dated', () => {
    const reading = ruleThat('hasty', (_, { occasion }) =>
      occasion.day > '2020' ? [] : [{ path: 'spec', actual: undefined, expected: 'x' }],
    )
    const { results } = run({ snapshot: clusterWith([pod()]), rules: [reading] })
    expect(results).toMatchObject([
      { outcome: 'error', reason: expect.stringContaining('does not declare that it is dated') },
    ])
  })
})

it('a rule for running clusters does not apply to files', () => {
  const rules = [watching('live', { appliesTo: { clusters: true } })]
  expect(run({ snapshot: clusterWith([pod()]), rules }).results).toMatchObject([{ outcome: 'pass' }])
  expect(run({ snapshot: filesWith([pod()]), rules }).results).toMatchObject([
    { outcome: 'not-applicable', reason: 'the rule is for running clusters, these are files' },
  ])
})

describe('a control whose rule needs what only the house can give', () => {
  const listed = ruleThat('listed', () => [{ path: 'spec', actual: undefined, expected: 'x' }], {
    defaultEnabled: false,
    parameters: { allowed: { type: 'string[]', default: [], description: 'What is allowed.' } },
  })
  const editions = [
    edition(
      control('c', [], {
        rules: [{ rule: 'listed', needs: 'allowed' }],
        undecided: { manual: 'attest what is allowed' },
      }),
    ),
  ]
  const rolled = (parameters: Record<string, unknown>) =>
    run({
      snapshot: clusterWith([pod()]),
      rules: [listed],
      asked: [],
      editions,
      profile: { name: 'p', rules: { listed: { parameters } }, controls: {} },
    })

  it.each([{}, { allowed: [] }])('is for a person without it: %j', parameters => {
    const { results, summary } = rolled(parameters)
    expect(results).toEqual([])
    expect(summary.controls).toMatchObject([{ outcome: 'manual', reason: 'attest what is allowed' }])
    expect(summary.scores).toMatchObject([{ value: null }])
  })

  it('is decided by the rule with it', () => {
    const { results, summary } = rolled({ allowed: ['registry.example.com'] })
    expect(results).toMatchObject([{ rule: 'listed', outcome: 'fail' }])
    expect(summary.controls).toMatchObject([{ outcome: 'fail', failed: 1 }])
  })
})
