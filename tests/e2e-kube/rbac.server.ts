/** Puts RBAC objects on a control plane under test, and asks its authorizer what they come to. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../../packages/core/src/kube/rbac/action.ts'
import { gatherRules, ruleKey } from '../../packages/core/src/kube/rbac/aggregation.ts'
import type { Identity } from '../../packages/core/src/kube/rbac/identity.ts'
import { type PolicyRule, readRole } from '../../packages/core/src/kube/rbac/kinds.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import type { ControlPlane } from './harness/control-plane.ts'
import { forEachIndex } from './harness/pool.ts'
import { CORPUS_LABEL, type Corpus, NAMESPACES } from './rbac.corpus.ts'

const API = '/apis/rbac.authorization.k8s.io/v1'
const PLURALS = {
  ClusterRole: 'clusterroles',
  Role: 'roles',
  ClusterRoleBinding: 'clusterrolebindings',
  RoleBinding: 'rolebindings',
} as const
type Kind = keyof typeof PLURALS

/** All roles and bindings of the server. */
export async function listRbac(plane: ControlPlane): Promise<Resource[]> {
  const lists = await Promise.all(
    Object.entries(PLURALS).map(async ([kind, plural]) => {
      const { items } = (await plane.call('GET', `${API}/${plural}`)) as { items: Resource[] }
      return items.map(item => ({ ...item, apiVersion: 'rbac.authorization.k8s.io/v1', kind }))
    }),
  )
  return lists.flat()
}

/** Creates the corpus and waits until controllers have gathered its rules and the authorizer knows all of it. */
export async function install(plane: ControlPlane, corpus: Corpus): Promise<void> {
  const { objects, name } = corpus
  await forEachIndex(objects.length, 16, async index => await create(plane, objects[index] as Resource))
  await waitUntil('the rules of aggregated roles are gathered', async () =>
    areGathered(await listRbac(plane)),
  )
  await waitUntilKnown(plane, name)
}

/** Takes the corpus away; the authorizer knows of it when the next one is installed. */
export async function uninstall(plane: ControlPlane, { name }: Corpus): Promise<void> {
  const chosen = `labelSelector=${encodeURIComponent(`${CORPUS_LABEL}=${name}`)}`
  const folders = [
    'clusterrolebindings',
    'clusterroles',
    ...NAMESPACES.flatMap(namespace => [
      `namespaces/${namespace}/rolebindings`,
      `namespaces/${namespace}/roles`,
    ]),
  ]
  for (const folder of folders) await plane.call('DELETE', `${API}/${folder}?${chosen}`)
}

async function create(plane: ControlPlane, resource: Resource): Promise<void> {
  const { namespace } = resource.metadata
  const plural = PLURALS[resource.kind as Kind]
  await plane.call('POST', `${API}/${namespace ? `namespaces/${namespace}/` : ''}${plural}`, {
    body: resource,
  })
}

/** Whether the controller has written into each aggregated role what we say that it will. */
function areGathered(listed: readonly Resource[]): boolean {
  const roles = listed.filter(({ kind }) => kind === 'ClusterRole').map(readRole)
  return [...gatherRules(roles)].every(([role, gathered]) => {
    const own = new Set((role.rules ?? []).map(ruleKey))
    return own.size === gathered.length && gathered.every(({ rule }) => own.has(ruleKey(rule)))
  })
}

/**
 * The authorizer follows each kind by a watch of its own, in order: when it knows the last object of every kind, it knows those before.
 */
/** Looks again and again until it is so; throws after a minute. */
export async function waitUntilKnown(plane: ControlPlane, corpus: string): Promise<void> {
  const user = `${corpus}-last`
  const [namespace] = NAMESPACES
  const labels = { [CORPUS_LABEL]: corpus }
  const rules = [{ verbs: ['get'], apiGroups: ['example.com'], resources: ['sentinels'] }]
  const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }]
  for (const [kind, bindingKind, where] of [
    ['ClusterRole', 'ClusterRoleBinding', {}],
    ['Role', 'RoleBinding', { namespace }],
  ] as const) {
    const metadata = { name: user, labels, ...where }
    const apiVersion = 'rbac.authorization.k8s.io/v1'
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: user }
    await create(plane, { apiVersion, kind, metadata, rules })
    // One kind after the other, each by its own role alone.
    if (kind === 'Role') await plane.call('DELETE', `${API}/clusterrolebindings/${user}`)
    await create(plane, { apiVersion, kind: bindingKind, metadata, roleRef, subjects })
    const action: Action = { verb: 'get', group: 'example.com', resource: 'sentinels', namespace }
    await waitUntil(`${bindingKind} ${user} is known`, async () => {
      const { allowed, reason } = await review(plane, { user, groups: [] }, action)
      return allowed && reason.includes(`${bindingKind} `)
    })
  }
}

/** Looks again and again until it is so; throws after a minute. */
export async function waitUntil(what: string, look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
    if (await look()) return
    if (Date.now() > deadline) throw new Error(`not within a minute: ${what}`)
  }
}

export interface Review {
  readonly allowed: boolean
  /** `RBAC: allowed by RoleBinding "name/namespace" of Role "name" to User "name"`; errors where it is not allowed. */
  readonly reason: string
}

/** What the server's authorizers say. */
export async function review(plane: ControlPlane, who: Identity, action: Action): Promise<Review> {
  const body = {
    spec: {
      ...(who.user !== undefined && { user: who.user }),
      groups: who.groups,
      ...('url' in action
        ? { nonResourceAttributes: { verb: action.verb, path: action.url } }
        : { resourceAttributes: action }),
    },
  }
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
  const { status } = (await plane.call('POST', path, { body })) as {
    status: { allowed: boolean; reason?: string }
  }
  return { allowed: status.allowed, reason: status.reason ?? '' }
}

/** The rules that the server says somebody has in a namespace; asked as that user, with one group at most. */
export async function reviewRules(
  plane: ControlPlane,
  { user, group }: { readonly user: string; readonly group?: string },
  namespace: string,
): Promise<PolicyRule[]> {
  const { status } = (await plane.call('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    body: { spec: { namespace } },
    headers: { 'impersonate-user': user, ...(group !== undefined && { 'impersonate-group': group }) },
  })) as { status: { resourceRules?: PolicyRule[]; nonResourceRules?: PolicyRule[] } }
  return [...(status.resourceRules ?? []), ...(status.nonResourceRules ?? [])]
}
