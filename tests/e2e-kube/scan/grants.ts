/** Gives users of a control plane the rights that a scan asks for, and no others. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PermissionCheck } from '../../../packages/collect/src/index.ts'
import type { ControlPlane } from '../harness/control-plane.ts'

export type Permission = PermissionCheck['permission']

const rbac = '/apis/rbac.authorization.k8s.io/v1'

/**
 * Binds a user to a role of its own with exactly these permissions: cluster-wide, or in one namespace. Resolves when the server
 * lets it do them.
 */
export async function grant(
  plane: ControlPlane,
  user: string,
  permissions: readonly Permission[],
  namespace?: string,
): Promise<void> {
  const [kind, binding] =
    namespace === undefined ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding']
  const folder = namespace === undefined ? rbac : `${rbac}/namespaces/${namespace}`
  const rules = permissions.map(({ verb, group, resource, name }) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: [verb],
    ...(name === undefined ? {} : { resourceNames: [name] }),
  }))
  await plane.call('POST', `${folder}/${kind.toLowerCase()}s`, { body: { metadata: { name: user }, rules } })
  await plane.call('POST', `${folder}/${binding.toLowerCase()}s`, {
    body: {
      metadata: { name: user },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: user },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    },
  })
  // The authorizer learns of a role through a watch, a moment later, and of all of it at once.
  const last = permissions.at(-1)
  if (last) await waitUntilAllowed(plane, user, last, namespace)
}

async function waitUntilAllowed(
  plane: ControlPlane,
  user: string,
  { verb, group, resource, name }: Permission,
  namespace: string | undefined,
): Promise<void> {
  const spec = { user, resourceAttributes: { verb, group, resource, name, namespace } }
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) {
    const review = (await plane.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec },
    })) as { status: { allowed: boolean } }
    if (review.status.allowed) return
  }
  throw new Error(`${user} may not ${verb} ${resource} 10 s after it was granted`)
}
