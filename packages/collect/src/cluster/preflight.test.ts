import { defineRule, entriesOf, kindsReadBy } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import { preflight } from './preflight.ts'
import { collector, fakeServer, quickWorld, requestFor } from './testing/collection.ts'

const ruleOf = (id: string, subject: string, reads: string[] = [], kinds?: string[]) =>
  defineRule({
    id,
    title: id,
    severity: 'low',
    subject,
    ...(kinds ? { kinds } : {}),
    reads,
    rationale: '',
    remediation: '',
    *violations() {},
    examples: { fail: {}, pass: {} },
  })

const rules = [
  ruleOf('pods', 'PodTemplate'),
  ruleOf('accounts', 'ServiceAccount', ['Pod']),
  ruleOf('roles', 'Role', [], ['Role', 'ClusterRole']),
]

describe('the kinds that rules read', () => {
  test('are those of subjects and reads, with pods of every kind', () => {
    const kinds = kindsReadBy(rules)
    expect(kinds.get('Pod')).toEqual(['accounts', 'pods'])
    expect(kinds.get('CronJob')).toEqual(['pods'])
    expect(kinds.get('ClusterRole')).toEqual(['roles'])
    expect(kinds.get('Role')).toEqual(['roles'])
    expect([...kinds.keys()]).toEqual([...kinds.keys()].sort())
    expect(kinds.size).toBe(9 + 1 + 2)
  })

  test('for any kind are those that people put into namespaces', () => {
    const kinds = [...kindsReadBy([ruleOf('any', '*')]).keys()]
    expect(kinds).toContain('Secret')
    expect(kinds).toContain('Deployment')
    expect(kinds).not.toContain('Node')
    expect(kinds).not.toContain('EndpointSlice')
  })

  test('are judged by a rule for any kind too, where other rules have them read', () => {
    const kinds = kindsReadBy([ruleOf('any', '*'), ruleOf('volumes', 'PersistentVolume')])
    expect(kinds.get('PersistentVolume')).toEqual(['any', 'volumes'])
    expect(kinds.get('Deployment')).toEqual(['any'])
  })

  test('that no API has are told', () => {
    expect(entriesOf(['NodeFacts', 'Pod', 'Pod'])).toMatchObject({
      entries: [{ plural: 'pods' }],
      unknown: ['NodeFacts'],
    })
  })
})

describe('preflight', () => {
  const check = async (
    options: Parameters<typeof fakeServer>[0],
    rulesByKind = kindsReadBy(rules.slice(1)),
  ) => {
    const server = await fakeServer(options)
    const { kubeconfig } = requestFor({ server: server.url }, [])
    const result = await preflight({
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      rulesByKind,
      environment: {},
      world: quickWorld(),
      collector,
    })
    return { server, result }
  }

  test('says of each permission whether it is given, and which rules its absence costs', async () => {
    const { result, server } = await check({ denied: ['pods', 'clusterroles'] })
    expect(result.ok && result.value).toEqual([
      {
        permission: { verb: 'get', group: '', resource: 'namespaces', name: 'kube-system' },
        kind: 'Namespace',
        allowed: 'yes',
        rulesLost: [],
      },
      {
        permission: { verb: 'list', group: '', resource: 'pods' },
        kind: 'Pod',
        allowed: 'no',
        rulesLost: ['accounts'],
      },
      {
        permission: { verb: 'list', group: '', resource: 'serviceaccounts' },
        kind: 'ServiceAccount',
        allowed: 'yes',
        rulesLost: ['accounts'],
      },
      {
        permission: { verb: 'list', group: 'rbac.authorization.k8s.io', resource: 'roles' },
        kind: 'Role',
        allowed: 'yes',
        rulesLost: ['roles'],
      },
      {
        permission: { verb: 'list', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
        kind: 'ClusterRole',
        allowed: 'no',
        rulesLost: ['roles'],
      },
    ])
    const posted = server.seen.filter(({ method }) => method !== 'GET').map(({ path }) => path)
    expect(new Set(posted)).toEqual(new Set(['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews']))
  })

  test('asks about kinds of other projects where the server serves them, or does not say', async () => {
    const rulesByKind = new Map([
      ['IngressClass', ['classes']],
      ['Pod', ['pods']],
      ['Rollout.argoproj.io', ['pods']],
    ])
    const asked = async (options: Parameters<typeof fakeServer>[0]) => {
      const { result } = await check(options, rulesByKind)
      return result.ok && result.value.map(({ permission }) => permission.resource)
    }
    expect(await asked({})).toEqual(['namespaces', 'pods', 'ingressclasses'])
    expect(await asked({ served: ({ kind }) => kind !== 'IngressClass' })).toEqual(['namespaces', 'pods'])
    expect(await asked({ fault: ({ path }) => (path === '/apis' ? { status: 403 } : undefined) })).toEqual([
      'namespaces',
      'pods',
      'ingressclasses',
      'rollouts',
    ])
  })

  test('does not know what the server does not say', async () => {
    const { result } = await check({
      fault: ({ method }) => (method === 'POST' ? { status: 403 } : undefined),
    })
    expect(result.ok && new Set(result.value.map(({ allowed }) => allowed))).toEqual(new Set(['unknown']))
  })

  test('is refused where there is no server', async () => {
    const { result } = await check({ fault: () => ({ status: 401 }) })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'cluster-auth' }] })
  })
})
