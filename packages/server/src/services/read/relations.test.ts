import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Neighbour, relationsOf, whereToLook } from './relations.ts'

const object = (key: string, more: Readonly<Record<string, unknown>> = {}, metadata = {}): Neighbour => {
  const [kind = '', namespace = '', name = ''] = key.split('/')
  const [own = ''] = kind.split('.')
  return {
    key,
    object: { kind: own, metadata: { name, ...(namespace !== '' && { namespace }), ...metadata }, ...more },
  }
}
const ownedBy = (kind: string, name: string, apiVersion = 'apps/v1') => ({
  ownerReferences: [{ apiVersion, kind, name, controller: true }],
})
const podSpec = (more = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: { serviceAccountName: 'runner', ...more },
})
const web = object('Deployment/shop/web', { spec: { template: podSpec() } })
const set = object('ReplicaSet/shop/web-1', { spec: { template: podSpec() } }, ownedBy('Deployment', 'web'))
const pod = object(
  'Pod/shop/web-1-a',
  { spec: { serviceAccountName: 'runner' } },
  { ...ownedBy('ReplicaSet', 'web-1'), labels: { app: 'web' } },
)
const binding = (key: string, subjects: readonly unknown[], role = 'ClusterRole/view') => {
  const [kind, name] = role.split('/')
  return object(key, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name }, subjects })
}
const runner = { kind: 'ServiceAccount', name: 'runner', namespace: 'shop' }

const found = (own: Neighbour, neighbours: readonly Neighbour[] = []) =>
  relationsOf(own, neighbours)
    .map(({ type, key }) => `${type} ${key}`)
    .sort()

describe('relations', () => {
  it('follow owners down, and name the one above', () => {
    expect(found(web, [set, pod])).toEqual([
      'namespace Namespace//shop',
      'owned ReplicaSet/shop/web-1',
      'pod Pod/shop/web-1-a',
      'service-account ServiceAccount/shop/runner',
    ])
    expect(found(pod)).toContain('owner ReplicaSet/shop/web-1')
  })

  it('tell what an account is granted from other namespaces, by its name and by its groups', () => {
    const account = object('ServiceAccount/shop/runner')
    const granting = [
      binding('RoleBinding/other/by-name', [runner], 'Role/reader'),
      binding('ClusterRoleBinding//by-user', [{ kind: 'User', name: 'system:serviceaccount:shop:runner' }]),
      binding(
        'ClusterRoleBinding//by-group',
        [{ kind: 'Group', name: 'system:serviceaccounts:shop' }],
        'ClusterRole/edit',
      ),
      binding('ClusterRoleBinding//others', [
        { ...runner, namespace: 'elsewhere' },
        { kind: 'Group', name: 'system:serviceaccounts:x' },
      ]),
    ]
    expect(found(account, [web, set, pod, ...granting])).toEqual([
      'binding ClusterRoleBinding//by-group',
      'binding ClusterRoleBinding//by-user',
      'binding RoleBinding/other/by-name',
      'namespace Namespace//shop',
      'role ClusterRole//edit',
      'role ClusterRole//view',
      'role Role/other/reader',
      'used-by Deployment/shop/web',
    ])
    expect(found(web, granting)).toEqual(
      expect.arrayContaining(['binding RoleBinding/other/by-name', 'role Role/other/reader']),
    )
    expect(found(granting[0] as Neighbour)).toEqual([
      'namespace Namespace//other',
      'role Role/other/reader',
      'service-account ServiceAccount/shop/runner',
    ])
    expect(found(object('ClusterRole//view'), granting)).toEqual([
      'binding ClusterRoleBinding//by-user',
      'binding ClusterRoleBinding//others',
      'used-by ServiceAccount/elsewhere/runner',
      'used-by ServiceAccount/shop/runner',
    ])
  })

  it('lead from a service to what it sends to and what sends to it, and back', () => {
    const service = object('Service/shop/front', { spec: { selector: { app: 'web' } } })
    const route = object('HTTPRoute.gateway.networking.k8s.io/edge/all', {
      spec: {
        parentRefs: [{ name: 'entry', namespace: 'infra' }],
        rules: [
          {
            backendRefs: [
              { name: 'front', namespace: 'shop' },
              { kind: 'Other', name: 'front' },
            ],
          },
        ],
      },
    })
    const ingress = object('Ingress/shop/in', {
      spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'front' } } }] } }] },
    })
    expect(found(service, [web, set, pod, route, ingress])).toEqual([
      'namespace Namespace//shop',
      'route HTTPRoute.gateway.networking.k8s.io/edge/all',
      'route Ingress/shop/in',
      'used-by Deployment/shop/web',
    ])
    expect(found(route)).toEqual([
      'gateway Gateway.gateway.networking.k8s.io/infra/entry',
      'namespace Namespace//edge',
      'service Service/shop/front',
    ])
    expect(found(ingress)).toContain('service Service/shop/front')
    expect(found(object('Gateway.gateway.networking.k8s.io/infra/entry'), [route])).toContain(
      'route HTTPRoute.gateway.networking.k8s.io/edge/all',
    )
    expect(found(object('Service/shop/bare', { spec: {} }), [web])).toEqual(['namespace Namespace//shop'])
    expect(found(web, [service])).toContain('service Service/shop/front')
  })

  it('join claims, volumes and classes', () => {
    const claim = object('PersistentVolumeClaim/shop/data', {
      spec: { volumeName: 'v1', storageClassName: 'fast' },
    })
    const volume = object('PersistentVolume//v1', {
      spec: { claimRef: { namespace: 'shop', name: 'data' }, storageClassName: 'fast' },
    })
    const user = object('StatefulSet/shop/db', {
      spec: { template: podSpec({ volumes: [{ persistentVolumeClaim: { claimName: 'data' } }] }) },
    })
    expect(found(claim, [user])).toEqual([
      'namespace Namespace//shop',
      'storage-class StorageClass//fast',
      'used-by StatefulSet/shop/db',
      'volume PersistentVolume//v1',
    ])
    expect(found(volume)).toEqual([
      'claim PersistentVolumeClaim/shop/data',
      'storage-class StorageClass//fast',
    ])
    expect(found(user)).toContain('claim PersistentVolumeClaim/shop/data')
    expect(found(object('StorageClass//fast'), [claim, volume])).toHaveLength(2)
  })

  it('tell what guards a namespace', () => {
    const namespace = object('Namespace//shop', {}, { labels: { tier: 'front' } })
    const selecting = (labels: Readonly<Record<string, string>>) => ({
      namespaceSelector: { matchLabels: labels },
    })
    const around = [
      object('NetworkPolicy/shop/deny', { spec: { podSelector: {} } }),
      object('ResourceQuota/shop/q'),
      object('ValidatingWebhookConfiguration//all', { webhooks: [{ name: 'x' }] }),
      object('ValidatingWebhookConfiguration//front', { webhooks: [selecting({ tier: 'front' })] }),
      object('MutatingWebhookConfiguration//back', { webhooks: [selecting({ tier: 'back' })] }),
      object('ValidatingAdmissionPolicyBinding//named', {
        spec: { matchResources: selecting({ 'kubernetes.io/metadata.name': 'shop' }) },
      }),
    ]
    expect(found(namespace, around)).toEqual([
      'guard NetworkPolicy/shop/deny',
      'guard ResourceQuota/shop/q',
      'guard ValidatingAdmissionPolicyBinding//named',
      'guard ValidatingWebhookConfiguration//all',
      'guard ValidatingWebhookConfiguration//front',
    ])
    expect(
      found(object('NetworkPolicy/shop/deny', { spec: { podSelector: { matchLabels: { app: 'web' } } } }), [
        web,
        set,
      ]),
    ).toEqual(['namespace Namespace//shop', 'used-by Deployment/shop/web'])
  })

  it('are found whatever objects hold', () => {
    const key = fc.constantFrom(
      'Deployment/shop/web',
      'ServiceAccount/shop/runner',
      'RoleBinding/shop/b',
      'Service/shop/s',
      'Ingress/shop/i',
      'HTTPRoute.gateway.networking.k8s.io/shop/r',
      'Namespace//shop',
      'PersistentVolume//v',
      'NetworkPolicy/shop/n',
      'ValidatingWebhookConfiguration//w',
    )
    const odd = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, 'x', true),
        fc.array(tie('value'), { maxLength: 2 }),
        tie('object'),
      ),
      object: fc.dictionary(
        fc.constantFrom(
          'spec',
          'template',
          'rules',
          'subjects',
          'roleRef',
          'backendRefs',
          'ownerReferences',
          'volumes',
          'selector',
          'webhooks',
          'name',
          'kind',
          'podSelector',
          'matchExpressions',
        ),
        tie('value'),
        { maxKeys: 4 },
      ),
    })).object
    const neighbour = fc.record({ key, object: odd }).map(own => object(own.key, own.object))
    fc.assert(
      fc.property(neighbour, fc.array(neighbour, { maxLength: 4 }), (own, others) => {
        expect(relationsOf(own, others).every(one => one.key.split('/').length >= 3)).toBe(true)
        expect(whereToLook(own).near).toBeInstanceOf(Array)
      }),
      { numRuns: 1000 },
    )
  })
})
