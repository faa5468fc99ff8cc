import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { findAssets } from './assets.ts'
import { sourced } from './testing/assessing.ts'

const owned = (kind: string, name: string, ownerKind: string, ownerName: string, labels = {}): Resource => {
  const apiVersion = (of: string) =>
    of === 'Pod' ? 'v1' : of === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'
  return object(apiVersion(kind), kind, {
    name,
    namespace: 'shop',
    labels,
    ownerReferences: [
      { apiVersion: apiVersion(ownerKind), kind: ownerKind, name: ownerName, controller: true },
    ],
  })
}
const deployment = object('apps/v1', 'Deployment', { name: 'web', namespace: 'shop' })
const replicaSet = owned('ReplicaSet', 'web-1', 'Deployment', 'web')
const podOf = (name: string) => owned('Pod', name, 'ReplicaSet', 'web-1', { 'pod-template-hash': '1' })

const found = (...resources: readonly Resource[]) =>
  findAssets('c1', sourced(resources)).map(({ entry, object: own, members }) => [
    entry.key,
    own ? 'object' : 'absent',
    ...members.map(({ resource }) => resource.metadata.name),
  ])

describe('findAssets', () => {
  it('counts to a Deployment what it made, wherever that stands in the snapshot', () => {
    const expected = [['c1/Deployment/shop/web', 'object', 'web-1-a', 'web-1', 'web-1-b']]
    expect(found(podOf('web-1-a'), replicaSet, deployment, podOf('web-1-b'))).toEqual(expected)
  })

  it('gives what was made an asset though its maker is not in the snapshot', () => {
    const [asset] = findAssets('c1', sourced([podOf('web-1-a')], 'pods.json'))
    expect(asset?.entry).toEqual({
      key: 'c1/Deployment/shop/web',
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      source: { file: 'pods.json', document: 0, line: 1 },
    })
    expect(asset?.object).toBeUndefined()
  })

  it('counts pods to an operator’s own kind, be it cluster-wide', () => {
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', { name: 'web' })
    const pod = owned('Pod', 'web-x', 'Rollout', 'web')
    expect(found(pod, rollout)).toEqual([['c1/Rollout.argoproj.io//web', 'object', 'web-x']])
    expect(found(pod)).toEqual([['c1/Rollout.argoproj.io/shop/web', 'absent', 'web-x']])
  })

  it('tells several objects of one key apart, and gives the first what was made', () => {
    expect(found(deployment, replicaSet, deployment, deployment)).toEqual([
      ['c1/Deployment/shop/web', 'object', 'web-1'],
      ['c1/Deployment/shop/web#2', 'object'],
      ['c1/Deployment/shop/web#3', 'object'],
    ])
    const literal = object('apps/v1', 'Deployment', { name: 'web#2', namespace: 'shop' })
    expect(found(deployment, literal, deployment).map(([key]) => key)).toEqual([
      'c1/Deployment/shop/web',
      'c1/Deployment/shop/web#2',
      'c1/Deployment/shop/web#3',
    ])
  })

  it('notes which objects decided what counts to an asset', () => {
    const [asset] = findAssets('c1', sourced([podOf('web-1-a'), podOf('web-1-b'), replicaSet, deployment]))
    expect(asset?.reads).toEqual([
      { kind: 'ReplicaSet', namespace: 'shop', name: 'web-1' },
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
    ])
    expect(findAssets('c1', sourced([deployment]))[0]?.reads).toEqual([])
  })

  it('gives every resource to exactly one asset, with keys of their own, in any order', () => {
    const pool = [
      deployment,
      replicaSet,
      podOf('web-1-a'),
      podOf('web-1-b'),
      owned('Pod', 'x', 'Rollout', 'r'),
      owned('ReplicaSet', 'a', 'ReplicaSet', 'b'),
      owned('ReplicaSet', 'b', 'ReplicaSet', 'a'),
      object('v1', 'Secret'),
      object('v1', 'Namespace'),
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pool), { maxLength: 20 }), resources => {
        const given = sourced(resources)
        const assets = findAssets('c1', given)
        const placed = assets.flatMap(({ object: own, members }) => [
          ...(own ? [own] : []),
          ...members.map(({ resource }) => resource),
        ])
        expect(new Set(placed)).toEqual(new Set(given.map(({ resource }) => resource)))
        expect(placed).toHaveLength(given.length)
        expect(new Set(assets.map(({ entry }) => entry.key)).size).toBe(assets.length)
      }),
    )
  })
})
