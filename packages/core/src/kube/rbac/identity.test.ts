import { describe, expect, test } from 'vitest'
import { account, clusterRoleBinding, group, roleBinding, user } from '../../samples/rbac.ts'
import {
  anonymousIdentity,
  describeSubject,
  identityOf,
  parseAccountName,
  serviceAccountIdentity,
  subjectsOf,
  userIdentity,
} from './identity.ts'

const web = { kind: 'ServiceAccount', namespace: 'shop', name: 'web' } as const

describe('an identity', () => {
  test('of a user has the groups of its credentials and the one of all who log in', () => {
    expect(userIdentity('jane', ['dev'])).toEqual({ user: 'jane', groups: ['dev', 'system:authenticated'] })
  })

  test('of a ServiceAccount has the groups that its token says, by whatever name', () => {
    const own = {
      user: 'system:serviceaccount:shop:web',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
    }
    expect(serviceAccountIdentity('shop', 'web')).toEqual(own)
    expect(userIdentity('system:serviceaccount:shop:web')).toEqual(own)
    expect(identityOf(web)).toEqual(own)
  })

  test('of a group is anybody in it, and what that implies', () => {
    const groupsOf = (name: string) => identityOf({ kind: 'Group', name })
    expect(groupsOf('dev')).toEqual({ groups: ['dev', 'system:authenticated'] })
    expect(groupsOf('system:authenticated')).toEqual({ groups: ['system:authenticated'] })
    expect(groupsOf('system:unauthenticated')).toEqual({ groups: ['system:unauthenticated'] })
    expect(groupsOf('system:serviceaccounts:shop').groups).toEqual([
      'system:serviceaccounts:shop',
      'system:serviceaccounts',
      'system:authenticated',
    ])
  })

  test('of nobody in particular has not logged in', () => {
    expect(identityOf({ kind: 'User', name: 'system:anonymous' })).toEqual(anonymousIdentity)
    expect(anonymousIdentity.groups).toEqual(['system:unauthenticated'])
  })
})

test.each([
  ['system:serviceaccount:shop:web', { namespace: 'shop', name: 'web' }],
  ['system:serviceaccount:shop', undefined],
  ['system:serviceaccount::web', undefined],
  ['system:serviceaccount:shop:web:1', undefined],
  ['system:serviceaccounts:shop:web', undefined],
  ['jane', undefined],
])('the user name %s', (name, parsed) => {
  expect(parseAccountName(name)).toEqual(parsed)
})

describe('the subjects of a binding', () => {
  test('keep their places; a ServiceAccount by its user name is one', () => {
    const bound = subjectsOf(
      clusterRoleBinding('web', [
        user('jane'),
        { kind: 'Robot', name: 'r2' },
        group('dev'),
        account('web'),
        user('system:serviceaccount:shop:web'),
      ]),
    )
    expect(bound).toEqual([
      { kind: 'User', name: 'jane', index: 0 },
      { kind: 'Group', name: 'dev', index: 2 },
      { ...web, index: 3 },
      { ...web, index: 4 },
    ])
    expect(bound.map(describeSubject)).toEqual([
      'User jane',
      'Group dev',
      'ServiceAccount shop/web',
      'ServiceAccount shop/web',
    ])
  })

  test('a ServiceAccount without a namespace is of the RoleBinding’s own, and nobody elsewhere', () => {
    const nameless = { kind: 'ServiceAccount', name: 'web' }
    expect(subjectsOf(roleBinding('web', [nameless]))).toEqual([{ ...web, index: 0 }])
    expect(subjectsOf(roleBinding('web', [nameless], { namespace: '' }))[0]?.namespace).toBe('default')
    expect(subjectsOf(clusterRoleBinding('web', [nameless]))).toEqual([])
  })

  test('there may be none', () => {
    expect(subjectsOf({ ...roleBinding('web', []), subjects: undefined })).toEqual([])
  })
})
