import { describe, expect, it } from 'vitest'
import type { PodTemplate } from '../model/pod-template.ts'
import { isRecord } from '../model/shape.ts'
import { deployment, pod } from '../samples/pods.ts'
import { judgeRule } from './judge-rule.ts'
import { clusterWith, forbidden, lines, ruleThat, run } from './testing/assessing.ts'

const inShop = (subject: PodTemplate) => subject.namespace === 'shop'
const elsewhere = pod({ metadata: { name: 'agent', namespace: 'system' } })

describe('a rule that does not speak of every subject', () => {
  const bad = { path: 'spec', actual: {}, expected: 'nothing' }
  const rule = ruleThat('of-shop', subject => (subject.namespace === 'shop' ? [] : [bad]), {
    concerns: inShop,
  })

  it('has no result of the others', () => {
    expect(lines(judgeRule(rule, pod()))).toEqual(['of-shop files/Pod/shop/web pass'])
    expect(judgeRule(rule, elsewhere)).toEqual([])
    expect(lines(run({ snapshot: clusterWith([pod(), elsewhere]), rules: [rule] }).results)).toEqual([
      'of-shop c1/Pod/shop/web pass',
    ])
  })

  it('does not say of them that it is for another version', () => {
    const old = ruleThat('old', () => [], {
      concerns: inShop,
      appliesTo: { kubernetes: { max: '1.20' } },
    })
    expect(judgeRule(old, elsewhere)).toEqual([])
    expect(judgeRule(old, pod())).toMatchObject([{ outcome: 'not-applicable' }])
  })

  it('judges of several pods of one asset those that it speaks of', () => {
    const web = deployment()
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', controller: true }
    const running = (name: string, hostNetwork: boolean) =>
      pod({ hostNetwork, metadata: { name, ownerReferences: [owner], labels: { 'pod-template-hash': '1' } } })
    const onHost = ruleThat('on-host', () => [bad], {
      concerns: ({ spec }) => isRecord(spec) && spec.hostNetwork === true,
    })
    const { results } = run({
      snapshot: clusterWith([web, running('web-1-a', false), running('web-1-b', true)]),
      rules: [onHost],
    })
    expect(lines(results)).toEqual(['on-host c1/Deployment/shop/web fail'])
    expect(results[0]?.reason).toBe('in pod web-1-b')
    const none = run({ snapshot: clusterWith([web, running('web-1-a', false)]), rules: [onHost] })
    expect(none.results).toEqual([])
  })

  it('gives an error where it cannot tell', () => {
    const throws = ruleThat('throws', () => [], {
      concerns() {
        throw new Error('no idea')
      },
    })
    expect(judgeRule(throws, pod())).toMatchObject([
      { outcome: 'error', reason: 'the rule failed: Error: no idea' },
    ])
  })
})

describe('a rule that cannot see what decides', () => {
  const unseen = (because: string | undefined, found: boolean) =>
    ruleThat('unseen', () => (found ? [{ path: 'spec.hostNetwork', actual: true, expected: 'false' }] : []), {
      unseen: () => because,
    })

  it('does not let it pass, and says why', () => {
    expect(judgeRule(unseen('it stands in a file', false), pod())).toEqual([
      {
        rule: 'unseen',
        severity: 'high',
        outcome: 'not-evaluated',
        resource: 'files/Pod/shop/web',
        reason: 'it stands in a file',
        evidence: [],
      },
    ])
    expect(judgeRule(unseen(undefined, false), pod())).toMatchObject([{ outcome: 'pass' }])
  })

  it('still fails on what it sees', () => {
    expect(judgeRule(unseen('it stands in a file', true), pod())).toMatchObject([{ outcome: 'fail' }])
  })

  it('names the gap of what it looks up before its own reason', () => {
    const looks = ruleThat('looks', () => [], {
      reads: ['Secret'],
      unseen: (_, { lookup }) => (lookup.list('Secret').length === 0 ? undefined : 'there are Secrets'),
    })
    const { results } = run({ snapshot: clusterWith([pod()], [forbidden('Secret')]), rules: [looks] })
    expect(results).toMatchObject([{ outcome: 'not-evaluated', gap: { kind: 'Secret' } }])
  })
})
