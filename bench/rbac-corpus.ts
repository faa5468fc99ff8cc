// RBAC corpus: makes the roles, bindings and ServiceAccounts of a very large cluster, the same for the same seed.

import type { Resource } from '../packages/core/src/model/resource.ts'
import { random } from './random.ts'

const apiVersion = 'rbac.authorization.k8s.io/v1'
const apiGroup = 'rbac.authorization.k8s.io'
const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']
const resources = [
  ['', ['pods', 'configmaps', 'services', 'secrets', 'events', 'pods/log']],
  ['apps', ['deployments', 'statefulsets', 'daemonsets', 'deployments/scale']],
  ['batch', ['jobs', 'cronjobs']],
  ['example.com', ['widgets', 'gadgets', 'widgets/status']],
] as const

export interface RbacSize {
  readonly namespaces: number
  readonly roles: number
  readonly bindings: number
  readonly accounts: number
}

/** One in ten roles and bindings is cluster-wide; a ServiceAccount is bound about once, some by their groups. */
export function* rbacCorpus(size: RbacSize, seed = 5): Generator<Resource> {
  const source = random(seed)
  const namespaceOf = (index: number) => `team-${index % size.namespaces}`
  const rule = () => {
    const [group, names] = source.pick(resources)
    return {
      apiGroups: [group],
      resources: Array.from({ length: 1 + source.below(3) }, () => source.pick<string>(names)),
      verbs: verbs.filter(() => source.chance(0.4)).concat(source.chance(0.02) ? ['*'] : ['get']),
      ...(source.chance(0.1) && { resourceNames: [`object-${source.below(50)}`] }),
    }
  }
  const rules = () => Array.from({ length: 2 + source.below(5) }, rule)
  const labels = (name: string) => ({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/managed-by': 'Helm',
  })
  for (let i = 0; i < size.accounts; i++) {
    const name = `app-${i}`
    yield {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: namespaceOf(i), labels: labels(name) },
    }
  }
  for (let i = 0; i < size.roles; i++) {
    const name = `role-${i}`
    const isWide = i % 10 === 0
    yield {
      apiVersion,
      kind: isWide ? 'ClusterRole' : 'Role',
      metadata: { name, labels: labels(name), ...(!isWide && { namespace: namespaceOf(i) }) },
      rules: rules(),
    }
  }
  for (let i = 0; i < size.bindings; i++) {
    const isWide = i % 10 === 0
    const account = source.below(size.accounts)
    const name = `binding-${i}`
    yield {
      apiVersion,
      kind: isWide ? 'ClusterRoleBinding' : 'RoleBinding',
      metadata: { name, labels: labels(name), ...(!isWide && { namespace: namespaceOf(i) }) },
      roleRef: { apiGroup, kind: isWide ? 'ClusterRole' : 'Role', name: `role-${i % size.roles}` },
      subjects: [
        { kind: 'ServiceAccount', name: `app-${account}`, namespace: namespaceOf(account) },
        ...(source.chance(0.1)
          ? [
              {
                kind: 'Group',
                apiGroup,
                name: `system:serviceaccounts:${namespaceOf(source.below(size.namespaces))}`,
              },
            ]
          : []),
        ...(source.chance(0.1) ? [{ kind: 'User', apiGroup, name: `person-${source.below(5000)}` }] : []),
      ],
    }
  }
}
