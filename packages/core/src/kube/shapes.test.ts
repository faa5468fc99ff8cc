import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { checkShape, isBuiltIn } from './shapes.ts'

const broken: readonly (readonly [string, Resource, readonly (string | number)[]])[] = [
  ['a name', object('v1', 'ConfigMap', { name: 7 as never }), ['metadata', 'name']],
  ['a label', object('example.com/v1', 'Widget', { labels: { a: 1 as never } }), ['metadata', 'labels', 'a']],
  [
    'an annotation',
    object('v1', 'Namespace', { annotations: { 'a/b': true as never } }),
    ['metadata', 'annotations', 'a/b'],
  ],
  [
    'an owner',
    object('v1', 'Pod', { ownerReferences: [{ kind: {} as never }] }),
    ['metadata', 'ownerReferences', 0, 'kind'],
  ],
  [
    'a port',
    object('v1', 'Service', {}, { spec: { ports: [{ port: 80 }, { port: '80' }] } }),
    ['spec', 'ports', 1, 'port'],
  ],
  [
    'a host',
    object('extensions/v1beta1', 'Ingress', {}, { spec: { rules: [{ host: 1 }] } }),
    ['spec', 'rules', 0, 'host'],
  ],
  [
    'a number of replicas',
    object('apps/v1', 'Deployment', {}, { spec: { replicas: '2' } }),
    ['spec', 'replicas'],
  ],
  [
    'a selector of a CronJob',
    object('batch/v1', 'CronJob', {}, { spec: { jobTemplate: { spec: { selector: [] } } } }),
    ['spec', 'jobTemplate', 'spec', 'selector'],
  ],
  [
    'a switch',
    object('v1', 'ServiceAccount', {}, { automountServiceAccountToken: 'false' }),
    ['automountServiceAccountToken'],
  ],
  ['a type', object('v1', 'Secret', {}, { type: 1 }), ['type']],
  [
    'a path on the host',
    object('v1', 'PersistentVolume', {}, { spec: { hostPath: { path: ['/data'] } } }),
    ['spec', 'hostPath', 'path'],
  ],
  ['a setting', object('v1', 'ConfigMap', {}, { data: { port: 80 } }), ['data', 'port']],
]

const controller = (selector: unknown) => object('v1', 'ReplicationController', {}, { spec: { selector } })

describe('the shape check', () => {
  it.each(broken)('names the place of %s of the wrong type', (_, resource, path) => {
    expect(checkShape(resource)?.path).toEqual(path)
  })

  it('lets sound objects be, whatever else they hold', () => {
    const service = object(
      'v1',
      'Service',
      { labels: { a: 'b' } },
      { spec: { ports: [{ port: 80, targetPort: 'web' }], trafficDistribution: { x: 1 } }, data: [1] },
    )
    expect(checkShape(service)).toBeUndefined()
    expect(checkShape({ apiVersion: 'v1', kind: 'Service', metadata: {} })).toBeUndefined()
  })

  it('asks nothing beyond metadata of a foreign kind that shares its name', () => {
    const knative = object('serving.knative.dev/v1', 'Service', {}, { spec: { ports: 'many' } })
    expect(checkShape(knative)).toBeUndefined()
    expect(checkShape({ ...knative, metadata: { labels: [] as never } })?.path).toEqual([
      'metadata',
      'labels',
    ])
  })

  it('takes null for absent, as the API does', () => {
    const service = object(
      'v1',
      'Service',
      { labels: null as never },
      { spec: { ports: null, type: 'NodePort' } },
    )
    expect(checkShape(service)).toBeUndefined()
    expect(service.spec).toEqual({ type: 'NodePort' })
    expect('labels' in service.metadata).toBe(false)
  })

  it('reads the selector of a ReplicationController as the plain map that it is', () => {
    expect(checkShape(controller({ app: 'web' }))).toBeUndefined()
    expect(checkShape(controller({ matchLabels: { app: 'web' } }))?.path).toEqual([
      'spec',
      'selector',
      'matchLabels',
    ])
  })
})

describe('a built-in kind', () => {
  it.each([
    ['v1', 'Service', true],
    ['serving.knative.dev/v1', 'Service', false],
    ['apps/v1', 'Service', true],
    ['networking.k8s.io/v1', 'NetworkPolicy', true],
    ['extensions/v1beta1', 'NetworkPolicy', true],
    ['crd.projectcalico.org/v1', 'NetworkPolicy', false],
    ['extensions/v1beta1', 'Deployment', true],
    ['storage.k8s.io/v1', 'StorageClass', true],
    ['example.com/v1', 'StorageClass', false],
    ['v1', 'Ingress', true],
    ['v1', 'constructor', true],
  ])('%s %s: %s', (apiVersion, kind, expected) => {
    expect(isBuiltIn(object(apiVersion, kind), kind)).toBe(expected)
  })

  it('is asked for by its name', () => {
    expect(isBuiltIn(object('v1', 'Service'), 'Ingress')).toBe(false)
  })
})
