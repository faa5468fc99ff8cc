import { describe, expect, test } from 'vitest'
import { allow, clusterRole, role } from '../../samples/rbac.ts'
import { readRole } from './kinds.ts'
import { describeRights, grantedRights, type Right } from './right.ts'

const secrets: Right = { group: '', resource: 'secrets', verbs: ['get', 'list'] }
const proxy: Right = { group: '', resource: 'nodes/proxy', verbs: ['get'], clusterWide: true }
const awsAuth: Right = {
  group: '',
  resource: 'configmaps',
  verbs: ['update'],
  only: { namespace: 'kube-system', names: ['aws-auth'] },
}
const plain = { named: false, ineffective: false }
type Options = Parameters<typeof grantedRights>[3]

function granted(resource: Parameters<typeof readRole>[0], right: Right, options: Options = plain) {
  const own = readRole(resource)
  return grantedRights(own, own.rules ?? [], [right], options).map(({ rule, verbs, names }) =>
    [rule, verbs.join(' '), ...(names ?? [])].join(' '),
  )
}

describe('rights granted', () => {
  test('are those of the verbs and the resource, in each rule', () => {
    const rules = [allow('get', 'pods'), allow(['get', 'create'], ['secrets']), allow('*', '*')]
    expect(granted(role(rules), secrets)).toEqual(['1 get', '2 get list'])
  })

  test('are none in another group', () => {
    expect(granted(role([allow('get', 'secrets', 'vault.example.com')]), secrets)).toEqual([])
    expect(granted(role([allow('get', 'secrets', ['apps', '*'])]), secrets)).toEqual(['0 get'])
  })

  test('limited to names count where that is asked, for all names or for some', () => {
    const own = role([allow('get', 'secrets', '', ['a', 'b'])])
    expect(granted(own, secrets)).toEqual([])
    expect(granted(own, secrets, { ...plain, named: true })).toEqual(['0 get a b'])
    expect(granted(own, secrets, { ...plain, named: names => names.includes('b') })).toEqual(['0 get a b'])
    expect(granted(own, secrets, { ...plain, named: names => names.includes('c') })).toEqual([])
  })

  test('to what lives in no namespace are not in a Role', () => {
    const rules = [allow('get', '*/proxy')]
    expect(granted(clusterRole(rules), proxy)).toEqual(['0 get'])
    expect(granted(role(rules), proxy)).toEqual([])
    expect(granted(role(rules), proxy, { ...plain, ineffective: true })).toEqual(['0 get'])
  })

  test('to single objects are by their names, or to all of their namespace', () => {
    const all = [allow('update', 'configmaps')]
    const one = [allow('update', 'configmaps', '', 'aws-auth'), allow('update', 'configmaps', '', 'other')]
    const metadata = { namespace: 'kube-system' }
    expect(granted(clusterRole(all), awsAuth)).toEqual(['0 update'])
    expect(granted(role(one, metadata), awsAuth)).toEqual(['0 update aws-auth'])
    expect(granted(role(all, metadata), awsAuth)).toEqual(['0 update'])
    expect(granted(role(all), awsAuth)).toEqual([])
  })

  test('are none in rules for URLs', () => {
    expect(granted(clusterRole([{ verbs: ['*'], nonResourceURLs: ['*'] }]), secrets)).toEqual([])
  })
})

test('rights are told by verbs, then by groups', () => {
  const right = (verb: string, resource: string, group = '') => ({
    rule: 0,
    right: { group, resource, verbs: [] },
    verbs: [verb],
  })
  expect(
    describeRights([
      { ...right('get', 'secrets'), verbs: ['get', 'list'] },
      right('create', 'pods/exec'),
      right('create', 'jobs', 'batch'),
      right('create', 'pods'),
      right('create', 'cronjobs', 'batch'),
      { rule: 1, right: awsAuth, verbs: ['update'] },
    ]),
  ).toBe(
    'get, list on secrets; create on pods/exec, pods; on jobs, cronjobs of batch; update on configmaps aws-auth in kube-system',
  )
})
