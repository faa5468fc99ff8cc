import { describe, expect, test } from 'vitest'
import type { Resource } from '../../model/resource.ts'
import { aggregatedRole, allow, clusterRole, clusterRoleBinding, role, user } from '../../samples/rbac.ts'
import { checkShape } from '../shapes.ts'
import { readBinding, readRole } from './kinds.ts'

const broken: readonly (readonly [string, Resource, readonly (string | number)[]])[] = [
  ['rules that are no list', { ...role([]), rules: { verbs: ['get'] } }, ['rules']],
  [
    'a verb that is a number',
    role([allow('get', 'pods'), { ...allow('get', 'pods'), verbs: [1] as never }]),
    ['rules', 1, 'verbs', 0],
  ],
  [
    'one resource that is no list',
    clusterRole([{ ...allow('get', 'pods'), resources: 'pods' as never }]),
    ['rules', 0, 'resources'],
  ],
  ['subjects that are one', { ...clusterRoleBinding('web', []), subjects: user('jane') }, ['subjects']],
  ['a role that is a name', { ...clusterRoleBinding('web', []), roleRef: 'web' }, ['roleRef']],
  [
    'a selector of numbers',
    { ...aggregatedRole('web', 'x'), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { x: 1 } }] } },
    ['aggregationRule', 'clusterRoleSelectors', 0, 'matchLabels', 'x'],
  ],
]

describe('roles and bindings', () => {
  test.each(broken)('with %s cannot be decoded', (_, resource, path) => {
    expect(checkShape(resource)?.path).toEqual(path)
  })

  test('of foreign groups are none', () => {
    const foreign = { ...role([]), apiVersion: 'iam.example.com/v1', rules: 'free text' }
    expect(checkShape(foreign)).toBeUndefined()
  })

  test('lose nulls, as in the API server', () => {
    const [empty, unbound] = [
      { ...role([]), rules: null },
      { ...clusterRoleBinding('web', []), subjects: null },
    ]
    expect([empty, unbound].map(checkShape)).toEqual([undefined, undefined])
    expect(readRole(empty).rules).toBeUndefined()
    expect(readBinding(unbound).subjects).toBeUndefined()
  })
})
