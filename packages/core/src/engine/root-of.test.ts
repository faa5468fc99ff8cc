import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { object } from '../samples/objects.ts'
import { findAssets } from './assets.ts'
import { rootOf } from './root-of.ts'
import { sourced } from './testing/assessing.ts'

const root = (...resources: readonly Resource[]) => {
  const [first] = findAssets('c', sourced(resources))
  if (!first) throw new Error('there is no asset')
  return rootOf(first).key
}
const controlledBy = (apiVersion: string, kind: string, name: string) => ({
  ownerReferences: [{ apiVersion, kind, name, controller: true }],
})
const rbac = 'rbac.authorization.k8s.io'

describe('rootOf', () => {
  it('is the Helm release, by annotations or by labels', () => {
    const annotations = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'apps' }
    expect(root(object('apps/v1', 'Deployment', { name: 'web', namespace: 'x', annotations }))).toBe(
      'HelmRelease/apps/shop',
    )
    const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'shop' }
    expect(root(object('apps/v1', 'Deployment', { name: 'web', namespace: 'x', labels }))).toBe(
      'HelmRelease/x/shop',
    )
    expect(
      root(
        object('apps/v1', 'Deployment', {
          name: 'web',
          namespace: 'x',
          labels: { 'app.kubernetes.io/instance': 'shop' },
        }),
      ),
    ).toBe('Deployment/x/web')
  })

  it('is the owner of what an operator made', () => {
    expect(
      root(
        object('apps/v1', 'StatefulSet', {
          name: 'db-0',
          namespace: 'x',
          ...controlledBy('db.example.com/v1', 'Database', 'db'),
        }),
      ),
    ).toBe('Database.db.example.com/x/db')
  })

  it('is the workload itself for what it made, and a mirror pod itself', () => {
    expect(
      root(
        object('v1', 'Pod', {
          name: 'web-1',
          namespace: 'x',
          ...controlledBy('apps/v1', 'DaemonSet', 'web'),
        }),
      ),
    ).toBe('DaemonSet/x/web')
    expect(
      root(
        object('v1', 'Pod', {
          name: 'etcd-n1',
          namespace: 'kube-system',
          ...controlledBy('v1', 'Node', 'n1'),
        }),
      ),
    ).toBe('Pod/kube-system/etcd-n1')
  })

  it('is the role that a binding grants', () => {
    const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'admin' }
    expect(root(object(`${rbac}/v1`, 'ClusterRoleBinding', { name: 'b' }, { roleRef }))).toBe(
      'ClusterRole//admin',
    )
    expect(
      root(
        object(
          `${rbac}/v1`,
          'RoleBinding',
          { name: 'b', namespace: 'x' },
          { roleRef: { ...roleRef, kind: 'Role' } },
        ),
      ),
    ).toBe('Role/x/admin')
  })

  it('is the namespace of what each namespace has by itself', () => {
    expect(root(object('v1', 'ServiceAccount', { name: 'default', namespace: 'x' }))).toBe('Namespace//x')
    expect(root(object('v1', 'ServiceAccount', { name: 'web', namespace: 'x' }))).toBe('ServiceAccount/x/web')
  })
})
