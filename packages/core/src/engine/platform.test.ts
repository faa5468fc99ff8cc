import { describe, expect, it } from 'vitest'
import type { Control, Edition } from '../model/benchmark.ts'
import type { Scope } from '../model/snapshot.ts'
import { pod } from '../samples/pods.ts'
import { clusterWith, control, edition, filesWith, privileged, ruleThat, run } from './testing/assessing.ts'

const snapshot = clusterWith([pod()])
const on = (own: Partial<Scope>) => ({ ...snapshot, scope: { ...snapshot.scope, ...own } })
const eks = on({ provider: 'eks', distribution: 'eks' })
const autopilot = on({ provider: 'gke', distribution: 'gke-autopilot' })
const k3s = on({ distribution: 'k3s' })

function rolled(given: typeof snapshot, own: Control, parts: Partial<Edition> = {}, rules = [privileged]) {
  const { results, summary } = run({
    snapshot: given,
    rules,
    asked: [],
    editions: [{ ...edition(own), ...parts }],
  })
  const [first] = summary.controls
  return { results, outcome: first?.outcome, reason: first?.reason, score: summary.scores[0] }
}

describe('an edition for some distributions', () => {
  it.each<[string, typeof snapshot, readonly string[], string]>([
    ['its own', eks, ['eks'], 'pass'],
    ['the provider’s', autopilot, ['gke'], 'pass'],
    ['another', k3s, ['eks', 'gke'], 'not-applicable'],
    ['a cluster of which neither is known', snapshot, ['eks'], 'pass'],
    ['files', filesWith([pod()]), ['eks'], 'pass'],
  ])('applied to %s', (_, given, distributions, outcome) => {
    expect(rolled(given, control('c', ['privileged']), { distributions }).outcome).toBe(outcome)
  })

  it('says why, runs nothing and has no score elsewhere', () => {
    const { results, reason, score } = rolled(k3s, control('c', ['privileged']), {
      distributions: ['eks', 'gke'],
    })
    expect(results).toEqual([])
    expect(reason).toBe('the edition is for eks, gke, this is k3s')
    expect(score).toMatchObject({ value: null, low: null, high: null })
  })
})

describe('what a provider runs', () => {
  const part = (of: 'control-plane' | 'node') => control('c', ['privileged'], { part: of })
  it('is not applicable', () => {
    expect(rolled(eks, part('control-plane'))).toMatchObject({
      outcome: 'not-applicable',
      reason: 'provider-managed: AWS runs the control plane',
      results: [],
    })
    expect(rolled(autopilot, part('node')).reason).toBe('provider-managed: Google runs the nodes')
    expect(rolled(eks, part('node')).outcome).toBe('pass')
    expect(rolled(k3s, part('control-plane')).outcome).toBe('pass')
  })

  it('is not applicable where the edition itself says so', () => {
    const own = control('c', [], { undecided: { notApplicable: 'provider-managed', why: 'AWS runs it' } })
    expect(rolled(snapshot, own)).toMatchObject({
      outcome: 'not-applicable',
      reason: 'provider-managed: AWS runs it',
      score: { low: null, high: null },
    })
    const absent = control('c', [], { undecided: { notApplicable: 'absent', why: 'k3s has none' } })
    expect(rolled(snapshot, absent)).toMatchObject({ outcome: 'not-applicable', reason: 'k3s has none' })
    const beside = control('c', ['privileged'], {
      undecided: { notApplicable: 'absent', why: 'k3s has none' },
    })
    expect(rolled(snapshot, beside)).toMatchObject({ outcome: 'pass', score: { value: 100 } })
  })
})

describe('a control whose subject must be there', () => {
  const awaited = ruleThat('awaited', () => [], {
    absent: 'not-collected',
    concerns: ({ namespace }) => namespace === 'kube-system',
  })
  it('is not evaluated where none was read', () => {
    expect(rolled(snapshot, control('c', ['awaited']), {}, [awaited])).toMatchObject({
      outcome: 'not-evaluated',
      reason: 'nothing that was read shows what it speaks of',
    })
    const seen = clusterWith([pod({ metadata: { namespace: 'kube-system' } })])
    expect(rolled(seen, control('c', ['awaited']), {}, [awaited]).outcome).toBe('pass')
  })

  it('leaves the score of the others, with a wider interval', () => {
    const { summary } = run({
      snapshot,
      rules: [awaited, privileged],
      editions: [edition(control('c', ['awaited']), control('d', ['privileged']))],
    })
    expect(summary.scores[0]).toMatchObject({ value: 100, low: 50, high: 100 })
  })
})

describe('a control that a person must attest beside its rules', () => {
  const own = control('c', ['privileged'], { undecided: { manual: 'ask the owner' } })
  it('is manual where the rules find nothing, and scored by them', () => {
    expect(rolled(snapshot, own)).toMatchObject({ outcome: 'manual', score: { value: 100 } })
  })
})
