import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { pod } from '../samples/pods.ts'
import { assetKey, assetKind, isBuiltInGroup, nameOf, namespaceOf } from './asset-key.ts'
import { groupOf } from './pod-template.ts'

describe('assetKey', () => {
  it.each([
    ['a pod', pod(), 'c1/Pod/shop/web'],
    ['no namespace given', object('apps/v1', 'Deployment', { name: 'web' }), 'c1/Deployment/default/web'],
    ['an empty namespace', object('v1', 'Secret', { name: 'a', namespace: '' }), 'c1/Secret/default/a'],
    ['a cluster-wide kind', object('v1', 'Namespace', { name: 'shop' }), 'c1/Namespace//shop'],
    [
      'a cluster-wide kind that says a namespace all the same',
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: 'admin', namespace: 'shop' }),
      'c1/ClusterRole//admin',
    ],
    [
      'an old API version of a built-in kind is the same asset',
      object('extensions/v1beta1', 'Deployment', { name: 'web', namespace: 'shop' }),
      'c1/Deployment/shop/web',
    ],
    [
      'a foreign kind with the name of a built-in one is another',
      object('serving.knative.dev/v1', 'Service', { name: 'web', namespace: 'shop' }),
      'c1/Service.serving.knative.dev/shop/web',
    ],
    [
      'a foreign kind without a namespace may be cluster-wide',
      object('example.com/v1', 'Fleet', { name: 'a' }),
      'c1/Fleet.example.com//a',
    ],
    [
      'a name that the server will complete',
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'import-' } },
      'c1/Job/default/import-*',
    ],
    ['no name at all', { apiVersion: 'v1', kind: 'Pod', metadata: {} }, 'c1/Pod/default/'],
  ])('%s', (_, resource, key) => {
    expect(assetKey('c1', resource)).toBe(key)
  })

  it('never throws, whatever stands in the metadata', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.record({ name: fc.anything(), namespace: fc.anything(), generateName: fc.anything() }),
        (apiVersion, kind, metadata) => {
          const resource = { apiVersion, kind, metadata } as Resource
          const key = `s/${assetKind(apiVersion, kind)}/${namespaceOf(resource)}/${nameOf(resource)}`
          expect(assetKey('s', resource)).toBe(key)
        },
      ),
    )
  })
})

it.each([
  ['v1', true],
  ['apps/v1', true],
  ['networking.k8s.io/v1', true],
  ['facts.plimsoll.dev/v1', true],
  ['gateway.networking.k8s.io/v1', false],
  ['argoproj.io/v1alpha1', false],
])('the group of %s is built in: %s', (apiVersion, expected) => {
  expect(isBuiltInGroup(groupOf(apiVersion))).toBe(expected)
})
