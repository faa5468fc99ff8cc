/** Gives a user the rights of an agent, and takes single ones away again. */
import type { ControlPlane } from '../harness/control-plane.ts'

const rbac = '/apis/rbac.authorization.k8s.io/v1'
const everything = { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** All that can be read, and what it needs to tell of itself and to lead. Secrets as far as the test says. */
export async function grantAgent(
  plane: ControlPlane,
  user: string,
  rules: readonly Rule[] = [everything],
): Promise<void> {
  const own = {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['get', 'create', 'update'],
  }
  const events = { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] }
  await plane.call('POST', `${rbac}/clusterroles`, {
    body: { metadata: { name: user }, rules: [...rules, own, events] },
  })
  await plane.call('POST', `${rbac}/clusterrolebindings`, {
    body: {
      metadata: { name: user },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: user },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    },
  })
}

/** Replaces what the agent's role lets it read. Gives what puts it back as it was. */
export async function changeRights(
  plane: ControlPlane,
  user: string,
  rules: readonly Rule[],
): Promise<() => Promise<void>> {
  const path = `${rbac}/clusterroles/${user}`
  const before = (await plane.call('GET', path)) as { rules: Rule[]; metadata: Record<string, unknown> }
  const put = async (own: readonly Rule[]) => {
    const { resourceVersion: _, ...metadata } = before.metadata
    await plane.call('PUT', path, { body: { metadata, rules: own } })
  }
  await put([...rules, ...before.rules.slice(-2)])
  return () => put(before.rules)
}

/** The rights to read all kinds of these groups but the ones named. */
export async function allBut(plane: ControlPlane, unwanted: readonly string[]): Promise<Rule[]> {
  const groups = (await plane.call('GET', '/apis')) as {
    groups: { name: string; preferredVersion: { groupVersion: string } }[]
  }
  const lists = [
    '/api/v1',
    ...groups.groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`),
  ]
  const rules: Rule[] = []
  for (const path of lists) {
    const { resources } = (await plane.call('GET', path)) as {
      resources: { name: string; verbs: string[] }[]
    }
    const names = resources
      .map(({ name }) => name)
      .filter(name => !name.includes('/') && !unwanted.includes(name))
    const group = path === '/api/v1' ? '' : (path.split('/')[2] ?? '')
    if (names.length > 0)
      rules.push({ apiGroups: [group], resources: names, verbs: ['get', 'list', 'watch'] })
  }
  return rules
}
