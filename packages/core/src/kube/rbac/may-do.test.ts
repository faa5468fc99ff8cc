import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import {
  account,
  aggregatedRole,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  user,
} from '../../samples/rbac.ts'
import type { Action } from './action.ts'
import {
  anonymousIdentity,
  type Identity,
  identityOf,
  serviceAccountIdentity,
  userIdentity,
} from './identity.ts'
import { type Binding, readBinding, readRole } from './kinds.ts'
import { isAllowed, mayDo, type Proof, rulesFor } from './may-do.ts'
import { ruleAllows } from './policy-rule.ts'
import { keyOf, type Rbac, resolveRbac } from './resolve.ts'
import { whoMay, whoMayAnywhere } from './who-may.ts'

const jane = userIdentity('jane', ['dev'])
const web = serviceAccountIdentity('shop', 'web')
const readPods = (namespace?: string): Action => ({
  verb: 'get',
  group: '',
  resource: 'pods',
  ...(namespace !== undefined && { namespace }),
})
const reader = clusterRole([allow('get', 'nodes'), allow('get', 'pods')], { name: 'reader' })
const resolve = (...resources: Resource[]) => resolveRbac(resources, { aggregation: 'written' })
const told = (proof: Proof) =>
  proof.by === 'group'
    ? proof.group
    : `${proof.binding.metadata.name}[${proof.subject}] ${proof.role.metadata.name}[${proof.rule}]`
const proofs = (rbac: Rbac, who: Identity, action: Action) => mayDo(rbac, who, action).map(told)

describe('who may do something', () => {
  test('is proven by binding, subject, role and rule', () => {
    const rbac = resolve(
      reader,
      clusterRoleBinding('reader', [user('joe'), group('dev')], { name: 'everywhere' }),
      roleBinding('reader', [user('jane'), group('dev')], { name: 'here' }, 'ClusterRole'),
      roleBinding('reader', [user('jane')], { name: 'there', namespace: 'other' }, 'ClusterRole'),
    )
    expect(proofs(rbac, jane, readPods('shop'))).toEqual(['everywhere[1] reader[1]', 'here[0] reader[1]'])
    expect(proofs(rbac, jane, readPods())).toEqual(['everywhere[1] reader[1]'])
    expect(proofs(rbac, userIdentity('eve'), readPods('shop'))).toEqual([])
    expect(isAllowed(rbac, jane, readPods('shop'))).toBe(true)
    expect(isAllowed(rbac, userIdentity('eve'), readPods('shop'))).toBe(false)
    expect(
      whoMay(rbac, readPods('other')).map(({ subject, namespace }) => [subject.name, namespace]),
    ).toEqual([
      ['system:masters', undefined],
      ['joe', undefined],
      ['dev', undefined],
      ['jane', 'other'],
    ])
    expect(whoMayAnywhere(rbac, readPods()).map(({ namespace }) => namespace)).toEqual([
      undefined,
      undefined,
      undefined,
      'shop',
      'shop',
      'other',
    ])
  })

  test('a RoleBinding gives nothing outside its namespace, nor of what lives in none', () => {
    const rbac = resolve(reader, roleBinding('reader', [user('jane')], {}, 'ClusterRole'))
    const nodes: Action = { verb: 'get', group: '', resource: 'nodes' }
    expect(proofs(rbac, jane, readPods('other'))).toEqual([])
    expect(proofs(rbac, jane, readPods(''))).toEqual([])
    expect(proofs(rbac, jane, nodes)).toEqual([])
    expect(whoMay(rbac, nodes)).toHaveLength(1)
  })

  test('a ServiceAccount by its name, its groups and its user name', () => {
    const own = role([allow('get', 'pods')], { name: 'own' })
    for (const subject of [
      account('web'),
      { kind: 'ServiceAccount', name: 'web' },
      user('system:serviceaccount:shop:web'),
      group('system:serviceaccounts'),
      group('system:serviceaccounts:shop'),
      group('system:authenticated'),
    ]) {
      const rbac = resolve(own, roleBinding('own', [subject]))
      expect(proofs(rbac, web, readPods('shop'))).toEqual(['web[0] own[0]'])
      expect(isAllowed(rbac, anonymousIdentity, readPods('shop'))).toBe(false)
    }
    const others = [account('web', 'other'), group('system:serviceaccounts:other'), user('web'), group('web')]
    expect(proofs(resolve(own, roleBinding('own', others)), web, readPods('shop'))).toEqual([])
  })

  test('system:masters may do everything', () => {
    const who = userIdentity('root', ['system:masters'])
    expect(proofs(resolve(), who, readPods('shop'))).toEqual(['system:masters'])
    expect(isAllowed(resolve(), who, { verb: 'delete', url: '/' })).toBe(true)
    expect(isAllowed(resolve(), userIdentity('system:masters'), readPods())).toBe(false)
  })

  test('a binding to a role that is not there gives nothing, as one to a Role for the whole cluster', () => {
    const toRole = {
      ...clusterRoleBinding('own', [user('jane')]),
      roleRef: { kind: 'Role', name: 'own' },
    }
    const rbac = resolve(
      role([allow('get', 'pods')], { name: 'own' }),
      clusterRoleBinding('gone', [user('jane')], { name: 'dangling' }),
      toRole,
    )
    expect(proofs(rbac, jane, readPods('shop'))).toEqual([])
    expect(rbac.bindings.map(bound => bound.role)).toEqual([undefined, undefined])
  })

  test('URLs are given by ClusterRoleBindings alone', () => {
    const metrics = clusterRole([{ verbs: ['get'], nonResourceURLs: ['/metrics'] }], { name: 'metrics' })
    const action: Action = { verb: 'get', url: '/metrics' }
    expect(
      isAllowed(resolve(metrics, roleBinding('metrics', [user('jane')], {}, 'ClusterRole')), jane, action),
    ).toBe(false)
    const rbac = resolve(metrics, clusterRoleBinding('metrics', [user('jane')]))
    expect(isAllowed(rbac, jane, action)).toBe(true)
    expect(whoMayAnywhere(rbac, action)).toHaveLength(2)
  })

  test('the rules of somebody come with where they are from', () => {
    const rbac = resolve(
      reader,
      clusterRoleBinding('reader', [group('dev')], { name: 'everywhere' }),
      role([allow('*', 'pods')], { name: 'own' }),
      roleBinding('own', [user('jane')], { name: 'here' }),
    )
    expect(rulesFor(rbac, jane, 'shop').map(({ proof }) => told(proof))).toEqual([
      'everywhere[0] reader[0]',
      'everywhere[0] reader[1]',
      'here[0] own[0]',
    ])
    expect(rulesFor(rbac, jane, undefined)).toHaveLength(2)
  })
})

describe('aggregated roles', () => {
  const resources = [
    aggregatedRole('all', 'to-all', [allow('get', 'nodes')]),
    clusterRole([allow('get', 'services'), allow('get', 'pods')], {
      name: 'part',
      labels: { 'to-all': 'true' },
    }),
    clusterRoleBinding('all', [user('jane')]),
  ]

  test('have the rules written into them, or those that they gather, with their source', () => {
    const nodes: Action = { verb: 'get', group: '', resource: 'nodes' }
    const written = resolveRbac(resources, { aggregation: 'written' })
    expect([isAllowed(written, jane, nodes), isAllowed(written, jane, readPods())]).toEqual([true, false])
    const gathered = resolveRbac(resources, { aggregation: 'gathered' })
    expect(isAllowed(gathered, jane, nodes)).toBe(false)
    expect(mayDo(gathered, jane, readPods())).toMatchObject([
      {
        role: { metadata: { name: 'all' } },
        rule: 1,
        source: { role: { metadata: { name: 'part' } }, index: 1 },
      },
    ])
  })

  test('of the server are supposed to be there where that is asked', () => {
    const bound = [
      roleBinding('edit', [user('jane')], {}, 'ClusterRole'),
      clusterRole([allow('get', 'widgets', 'example.com')], {
        name: 'widgets',
        labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' },
      }),
    ]
    const secrets: Action = { verb: 'get', group: '', resource: 'secrets', namespace: 'shop' }
    const widgets: Action = { verb: 'get', group: 'example.com', resource: 'widgets', namespace: 'shop' }
    const assumed = resolveRbac(bound, { aggregation: 'gathered', assumeDefaults: true })
    expect([secrets, widgets].map(action => isAllowed(assumed, jane, action))).toEqual([true, true])
    const bare = resolveRbac(bound, { aggregation: 'gathered' })
    expect(isAllowed(bare, jane, secrets)).toBe(false)
    const narrowed = resolveRbac([...bound, clusterRole([], { name: 'edit' })], {
      aggregation: 'gathered',
      assumeDefaults: true,
    })
    expect(isAllowed(narrowed, jane, secrets)).toBe(false)
  })
})

describe('what is resolved', () => {
  test('leaves out what the server could not decode, and says so', () => {
    const broken = { ...role([]), rules: 'all' }
    const rbac = resolve(broken, roleBinding('web', [user('jane')]))
    expect(rbac.undecodable).toMatchObject([{ resource: broken, problem: { path: ['rules'] } }])
    expect(rbac.roles).toEqual([])
  })

  test('takes the first of several objects of one name, and nothing of foreign groups', () => {
    const rbac = resolve(
      reader,
      clusterRole([allow('*', '*', '*')], { name: 'reader' }),
      clusterRoleBinding('reader', [user('jane')]),
      clusterRoleBinding('reader', [user('joe')]),
      { ...clusterRoleBinding('reader', [user('eve')], { name: 'eve' }), apiVersion: 'iam.example.com/v1' },
    )
    expect(rbac.roles).toHaveLength(1)
    expect(rbac.bindings).toHaveLength(1)
    expect(rbac.findRole('ClusterRole', '', 'reader')?.rules).toHaveLength(2)
    expect(rbac.findRole('Role', 'shop', 'reader')).toBeUndefined()
  })
})

const names = ['a', 'b', 'c']
const namespaces = ['shop', 'other']
const subject = fc.oneof(
  fc.constantFrom(...names).map(user),
  fc.constantFrom(...names, 'system:authenticated', 'system:serviceaccounts:shop').map(group),
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...namespaces))
    .map(([name, namespace]) => account(name, namespace)),
)
const someRules = fc.array(
  fc
    .tuple(
      fc.constantFrom('get', 'list', '*'),
      fc.constantFrom('pods', 'pods/log', '*', '*/log'),
      fc.constantFrom('', 'apps', '*'),
    )
    .map(([verb, resource, apiGroup]) => allow(verb, resource, apiGroup)),
  { maxLength: 2 },
)
const world = fc.record({
  clusterRoles: fc.array(someRules, { minLength: 1, maxLength: 3 }),
  roles: fc.array(fc.tuple(someRules, fc.constantFrom(...namespaces)), { maxLength: 3 }),
  clusterBindings: fc.array(fc.tuple(fc.nat(3), fc.array(subject, { maxLength: 2 })), { maxLength: 3 }),
  bindings: fc.array(
    fc.tuple(fc.boolean(), fc.nat(3), fc.constantFrom(...namespaces), fc.array(subject, { maxLength: 2 })),
    { maxLength: 4 },
  ),
})
const question = fc.record({
  who: fc.oneof(
    fc.constantFrom(...names).map(name => userIdentity(name, ['b'])),
    fc.constantFrom(...names).map(name => serviceAccountIdentity('shop', name)),
    fc.constant(anonymousIdentity),
  ),
  action: fc.record({
    verb: fc.constantFrom('get', 'list'),
    group: fc.constantFrom('', 'apps'),
    resource: fc.constantFrom('pods', 'nodes'),
    subresource: fc.constantFrom('', 'log'),
    namespace: fc.constantFrom('', ...namespaces),
  }),
})

test('the index answers as going through all bindings does', () => {
  fc.assert(
    fc.property(world, fc.array(question, { minLength: 1, maxLength: 8 }), (given, questions) => {
      const resources = [
        ...given.clusterRoles.map((rules, i) => clusterRole(rules, { name: `r${i}` })),
        ...given.roles.map(([rules, namespace], i) => role(rules, { name: `r${i}`, namespace })),
        ...given.clusterBindings.map(([i, subjects], at) =>
          clusterRoleBinding(`r${i}`, subjects, { name: `b${at}` }),
        ),
        ...given.bindings.map(([toCluster, i, namespace, subjects], at) =>
          roleBinding(`r${i}`, subjects, { name: `b${at}`, namespace }, toCluster ? 'ClusterRole' : 'Role'),
        ),
      ]
      const rbac = resolve(...resources)
      for (const { who, action } of questions) {
        const allowed = allowedByAll(resources, who, action)
        expect(mayDo(rbac, who, action).length > 0).toBe(allowed)
        expect(isAllowed(rbac, who, action)).toBe(allowed)
        const keys = [`u:${who.user}`, ...who.groups.map(own => `g:${own}`)]
        expect(whoMay(rbac, action).some(grant => keys.includes(keyOf(grant.subject)))).toBe(allowed)
      }
    }),
    { numRuns: 300, seed: 4 },
  )
})

/** The authorizer's way: every binding, its subjects one by one, its role looked up among all. */
function allowedByAll(
  resources: readonly Resource[],
  who: Identity,
  action: Action & { namespace?: string },
): boolean {
  return resources.some(resource => {
    if (!resource.kind.endsWith('Binding')) return false
    const binding = readBinding(resource)
    const { namespace } = binding.metadata
    if (resource.kind === 'RoleBinding' && namespace !== action.namespace) return false
    if (!binding.subjects?.some(one => means(one, binding, who))) return false
    const bound = resources.find(
      other =>
        other.kind === binding.roleRef?.kind &&
        other.metadata.name === binding.roleRef.name &&
        (other.kind === 'ClusterRole' || other.metadata.namespace === namespace),
    )
    return bound !== undefined && (readRole(bound).rules ?? []).some(rule => ruleAllows(rule, action))
  })
}

function means(
  { kind, name = '', namespace }: NonNullable<Binding['subjects']>[number],
  binding: Binding,
  who: Identity,
): boolean {
  if (kind === 'Group') return who.groups.includes(name)
  if (kind === 'User') return who.user === name
  return who.user === `system:serviceaccount:${namespace ?? binding.metadata.namespace}:${name}`
}

test('an identity made of a subject is the one that the index knows', () => {
  const subjects = [
    { kind: 'User', name: 'jane' },
    { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
  ] as const
  for (const one of subjects) expect(keyOf(one)).toBe(`u:${identityOf(one).user}`)
})
