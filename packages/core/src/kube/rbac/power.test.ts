import { describe, expect, test } from 'vitest'
import { allow, clusterRole, role } from '../../samples/rbac.ts'
import { defaultClusterRoleRules } from './defaults.ts'
import { readRole } from './kinds.ts'
import { findFullControl, findTakeover } from './power.ts'
import { describeRights } from './right.ts'

const reading = ['get', 'list', 'watch']
const writing = ['create', 'update', 'patch', 'delete']

describe('full control', () => {
  test.each([
    ['of everything', [allow('*', '*', '*')], [0], [0]],
    ['of the core group', [allow('get', 'pods'), allow('*', '*')], [1], undefined],
    ['by all verbs', [allow([...reading, ...writing], '*', '*')], [0], [0]],
    ['by two rules', [allow(reading, ['*'], '*'), allow(writing, ['pods', '*'], '*')], [0, 1], [0, 1]],
    ['less one verb', [allow([...reading, 'create', 'update', 'patch'], '*', '*')], undefined, undefined],
    ['of the objects of one name', [allow('*', '*', '*', 'web')], undefined, undefined],
    ['of another group', [allow('*', '*', 'apps')], undefined, undefined],
    ['of one resource', [allow('*', 'pods', '*')], undefined, undefined],
    ['of nothing', [], undefined, undefined],
  ])('%s', (_, rules, some, every) => {
    expect(findFullControl(rules, { everyGroup: false })).toEqual(some)
    expect(findFullControl(rules, { everyGroup: true })).toEqual(every)
  })
})

describe('rights that lead to all others', () => {
  const told = (
    rules: Parameters<typeof clusterRole>[0],
    make: typeof clusterRole | typeof role = clusterRole,
  ) => {
    const own = readRole(make(rules))
    return describeRights(findTakeover(own, own.rules ?? []))
  }

  test.each([
    [allow('list', 'secrets'), 'list on secrets'],
    [allow('create', 'cronjobs', 'batch'), 'create on cronjobs of batch'],
    [
      allow('bind', 'clusterroles', 'rbac.authorization.k8s.io'),
      'bind on clusterroles of rbac.authorization.k8s.io',
    ],
    [allow('get', 'nodes/proxy'), 'get on nodes/proxy'],
    [allow('create', 'persistentvolumes'), 'create on persistentvolumes'],
    [allow('get', 'pods'), ''],
    [allow(['update', 'patch'], 'nodes'), ''],
    [allow('get', 'secrets', '', 'one'), ''],
  ])('%j', (rule, words) => {
    expect(told([rule])).toBe(words)
  })

  test('a Role cannot give those to what lives in no namespace', () => {
    expect(told([allow('get', ['nodes/proxy', 'secrets'])], role)).toBe('get on secrets')
  })

  test.each([
    ['view', false],
    ['system:auth-delegator', false],
    ['edit', true],
    ['admin', true],
    ['system:kube-controller-manager', true],
  ])('%s has some: %s', (name, has) => {
    const rules = defaultClusterRoleRules(name) ?? []
    expect(findTakeover(readRole(clusterRole([])), rules).length > 0).toBe(has)
  })
})
