import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import type { Violation } from '../model/rule.ts'
import { object } from '../samples/objects.ts'
import { judgeRule } from './judge-rule.ts'
import { clusterWith, forbidden, lines, ruleThat, run } from './testing/assessing.ts'

const route = object('gateway.networking.k8s.io/v1', 'HTTPRoute', { name: 'web', namespace: 'shop' })
const calico = object('crd.projectcalico.org/v1', 'NetworkPolicy', { name: 'web', namespace: 'shop' })
const policy = object('networking.k8s.io/v1', 'NetworkPolicy', { name: 'web', namespace: 'shop' })
const kind = 'HTTPRoute.gateway.networking.k8s.io'

describe('kinds of foreign groups, named with their group', () => {
  const always = ruleThat<Resource>('always', () => [{ path: 'metadata', actual: {}, expected: 'x' }], {
    subject: kind,
  })
  it('are judged, and no other kind of that name', () => {
    expect(lines(judgeRule(always, route))).toEqual([`always files/${kind}/shop/web fail`])
    expect(judgeRule(always, { ...route, apiVersion: 'example.com/v1' })).toEqual([])
  })

  it('are hidden by a gap on them, with or without the group', () => {
    for (const gap of [forbidden(kind), forbidden('HTTPRoute')])
      expect(run({ snapshot: clusterWith([policy], [gap]), rules: [always] }).results).toMatchObject([
        { outcome: 'not-evaluated', resource: null },
      ])
    expect(
      run({ snapshot: clusterWith([policy], [forbidden('HTTPRoute.example.com')]), rules: [always] }).results,
    ).toEqual([])
  })

  it('are found beside a built-in kind of the same name', () => {
    const counts: number[] = []
    const reads = ['NetworkPolicy', 'NetworkPolicy.crd.projectcalico.org', kind]
    const counting = ruleThat(
      'counting',
      (_, { lookup }): Violation[] => {
        counts.push(...reads.map(one => lookup.list(one, 'shop').length))
        return []
      },
      { subject: 'Namespace', reads },
    )
    judgeRule(counting, object('v1', 'Namespace', { name: 'shop' }), {
      with: [policy, calico, calico, route],
    })
    expect(counts).toEqual([1, 2, 1])
  })

  it('leave a look at them unseen where a gap hides them', () => {
    const looks = ruleThat(
      'looks',
      (_, { lookup }): Violation[] => {
        lookup.list(kind)
        return []
      },
      { subject: 'Namespace', reads: [kind] },
    )
    for (const gap of [forbidden(kind), forbidden('HTTPRoute')])
      expect(judgeRule(looks, object('v1', 'Namespace'), { gaps: [gap] })).toMatchObject([
        { outcome: 'not-evaluated' },
      ])
    expect(judgeRule(looks, object('v1', 'Namespace'), { gaps: [forbidden('GRPCRoute')] })).toMatchObject([
      { outcome: 'pass' },
    ])
  })
})
