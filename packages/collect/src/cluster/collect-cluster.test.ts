import { describe, expect, test } from 'vitest'
import { collectCluster } from './collect-cluster.ts'
import { collectFrom, fakeServer, pod, pods, quickWorld, requestFor } from './testing/collection.ts'
import { continueAt, type Fault } from './testing/fake-api-server.ts'

const names = (resources: readonly { resource: { metadata: { name?: string } } }[]) =>
  resources.map(({ resource }) => resource.metadata.name)

const allPods = (count: number) =>
  pods(count).map(one => (one as { metadata: { name: string } }).metadata.name)

const isPodList = (seen: { path: string }) => seen.path === '/api/v1/pods'

describe('what is collected', { timeout: 30_000 }, () => {
  test('every object of every page, slimmed, with its kind and apiVersion', async () => {
    const { snapshot, server, cost } = await collectFrom({ objects: { pods: pods(1_234) } }, ['Pod'])
    expect(names(snapshot.resources)).toEqual(allPods(1_234))
    expect(snapshot.gaps).toEqual([])
    expect(snapshot.resources[0]).toEqual({
      resource: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-00000', namespace: 'shop', uid: 'uid-web-00000' },
        spec: { containers: [{ name: 'web', image: 'web:1' }] },
      },
      source: { file: server.url, document: 0 },
    })
    expect(server.seen.filter(isPodList).map(({ query }) => query.get('limit'))).toEqual([
      '500',
      '500',
      '500',
    ])
    expect(cost.requests).toBe(server.seen.length)
    expect(cost.bytes).toBeGreaterThan(0)
  })

  test('50,000 items come whole', async () => {
    const { snapshot } = await collectFrom({ objects: { pods: pods(50_000) } }, ['Pod'])
    expect(snapshot.resources.length).toBe(50_000)
    expect(snapshot.gaps).toEqual([])
  })

  test('large answers come compressed, and one that breaks off is asked for again', async () => {
    const large = pods(600).map(one => ({ ...one, status: { message: 'x'.repeat(1_000) } }))
    const fault: Fault = (seen, attempt) => (isPodList(seen) && attempt === 1 ? 'cut' : undefined)
    const { snapshot, cost } = await collectFrom({ objects: { pods: large }, fault }, ['Pod'])
    expect(names(snapshot.resources)).toEqual(allPods(600))
    expect(snapshot.gaps).toEqual([])
    expect(cost.bytes).toBeLessThan(300_000)
  })

  test('all kinds that make pods, for the subject PodTemplate, and nothing else', async () => {
    const { server } = await collectFrom({}, ['PodTemplate'])
    const listed = server.seen.filter(({ query }) => query.get('limit') === '500').map(({ path }) => path)
    expect(listed.sort()).toEqual(
      [
        '/api/v1/pods',
        '/api/v1/podtemplates',
        '/api/v1/replicationcontrollers',
        '/apis/apps/v1/daemonsets',
        '/apis/apps/v1/deployments',
        '/apis/apps/v1/replicasets',
        '/apis/apps/v1/statefulsets',
        '/apis/batch/v1/cronjobs',
        '/apis/batch/v1/jobs',
      ].sort(),
    )
  })

  test('only by GET, with a name that says who asks', async () => {
    const { server } = await collectFrom({ objects: { pods: pods(3) } }, ['PodTemplate', 'Namespace', '*'])
    expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(['GET']))
    expect(new Set(server.seen.map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['plimsoll/0.0.0']),
    )
  })

  test('the version, the platform and the identity of the cluster', async () => {
    const { snapshot, server } = await collectFrom(
      { gitVersion: 'v1.33.5-eks-113cf36', kubeSystemUid: 'abc' },
      ['Pod'],
    )
    expect(snapshot.scope).toEqual({
      type: 'cluster',
      id: 'abc',
      name: `test (${server.url})`,
      kubernetesVersion: '1.33.5-eks-113cf36',
      provider: 'eks',
      distribution: 'eks',
    })
    expect(snapshot.takenAt).toBe('2026-01-02T03:04:05.000Z')
  })

  test('the platform by a label of a node, of which one is asked for', async () => {
    const node = { metadata: { name: 'n', labels: { 'kubernetes.azure.com/cluster': 'c' } }, spec: {} }
    const { snapshot } = await collectFrom({ objects: { nodes: [node] } }, ['Pod'])
    expect(snapshot.scope.provider).toBe('aks')
    expect(snapshot.resources).toEqual([])
  })

  test('progress is told', async () => {
    const told: string[] = []
    await collectFrom({ objects: { pods: pods(600) } }, ['Pod'], {
      progress: ({ what, done }) => told.push(`${what} ${done}`),
    })
    expect(told).toEqual(['pods 500', 'pods 600'])
  })
})

describe('credentials in open sight', () => {
  test('are taken out on arrival, and leave a note of what they were', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`
    const found = {
      metadata: {
        name: 'web',
        namespace: 'shop',
        annotations: { hook: `https://robot:hunter2@ci/?x=${token}` },
      },
      spec: {
        containers: [{ name: 'web', args: ['--password', 'hunter2'], env: [{ name: 'KEY', value: token }] }],
      },
      status: { message: `denied to ${token}` },
    }
    const { snapshot } = await collectFrom({ objects: { pods: [found] } }, ['Pod'])
    const text = JSON.stringify(snapshot)
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain(token)
    expect(snapshot.resources[0]?.resource.spec).toEqual({
      containers: [
        {
          name: 'web',
          args: ['--password', 'PLIMSOLL-REDACTED.name.token.7.password_.'],
          env: [{ name: 'KEY', value: 'PLIMSOLL-REDACTED.form.token.40.GitHub_20_token_.' }],
        },
      ],
    })
  })
})

describe('Secrets', () => {
  const secret = {
    metadata: {
      name: 's',
      namespace: 'shop',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"a":"c2VjcmV0"}}' },
    },
    data: { a: 'c2VjcmV0' },
  }

  test('are asked for as metadata only, and come without values', async () => {
    const { snapshot, server } = await collectFrom({ objects: { secrets: [secret] } }, ['Secret'])
    expect(snapshot.resources.map(({ resource }) => resource)).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop', annotations: {} } },
    ])
    const accepts = server.seen.filter(({ path }) => path.includes('/secrets')).map(({ accept }) => accept)
    expect(accepts).toEqual(['application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'])
  })

  test('that a server sends whole all the same are not kept, and are a gap', async () => {
    const body = JSON.stringify({ kind: 'SecretList', apiVersion: 'v1', metadata: {}, items: [secret] })
    const { snapshot } = await collectFrom(
      {
        fault: seen =>
          seen.path === '/api/v1/secrets' ? { contentType: 'application/json', body } : undefined,
      },
      ['Secret'],
    )
    expect(snapshot.resources).toEqual([])
    expect(snapshot.gaps).toMatchObject([{ kind: 'Secret', reason: 'unparsable' }])
    expect(JSON.stringify(snapshot)).not.toContain('c2VjcmV0')
  })

  test('are not asked for where that is switched off, and are a gap', async () => {
    const { snapshot, server } = await collectFrom({}, ['Secret'], { secretsAllowed: false })
    expect(server.seen.filter(({ path }) => path.includes('secrets'))).toEqual([])
    expect(snapshot.gaps).toMatchObject([{ kind: 'Secret', reason: 'not-collected' }])
  })

  test('that cannot be had as metadata are a gap, and are not asked for again', async () => {
    const { snapshot, server } = await collectFrom(
      {
        fault: seen =>
          seen.path === '/api/v1/secrets' ? { status: 406, reason: 'NotAcceptable' } : undefined,
      },
      ['Secret'],
    )
    expect(snapshot.gaps).toMatchObject([{ kind: 'Secret', reason: 'not-collected' }])
    expect(server.seen.filter(({ path }) => path.includes('secrets')).length).toBe(1)
  })
})

describe('a list that expires', () => {
  test('is read on where the server offers it, and nothing is missed or doubled', async () => {
    const { snapshot, server } = await collectFrom(
      {
        objects: { pods: pods(1_200) },
        fault: (seen, attempt) =>
          isPodList(seen) && seen.query.get('continue') === continueAt(500) && attempt === 1
            ? { status: 410, reason: 'Expired', continue: continueAt(500) }
            : undefined,
      },
      ['Pod'],
    )
    expect(names(snapshot.resources)).toEqual(allPods(1_200))
    expect(snapshot.gaps).toEqual([])
    expect(server.seen.filter(isPodList).length).toBe(4)
  })

  test('is begun anew where it does not, and nothing is doubled', async () => {
    const { snapshot, server } = await collectFrom(
      {
        objects: { pods: pods(1_200) },
        fault: (seen, attempt) =>
          isPodList(seen) && seen.query.get('continue') === continueAt(1_000) && attempt === 1
            ? { status: 410, reason: 'Expired', message: 'The provided continue parameter is too old' }
            : undefined,
      },
      ['Pod'],
    )
    expect(names(snapshot.resources)).toEqual(allPods(1_200))
    expect(snapshot.gaps).toEqual([])
    expect(server.seen.filter(isPodList).length).toBe(6)
  })

  test('again and again is a gap beside what was read', async () => {
    const { snapshot, server } = await collectFrom(
      {
        objects: { pods: pods(1_200) },
        fault: seen =>
          isPodList(seen) && seen.query.has('continue') ? { status: 410, reason: 'Expired' } : undefined,
      },
      ['Pod'],
    )
    expect(snapshot.resources.length).toBe(500)
    expect(snapshot.gaps).toMatchObject([{ scope: 'cluster', kind: 'Pod', reason: 'truncated' }])
    expect(server.seen.filter(isPodList).length).toBe(8)
  })

  test('that never ends is stopped', async () => {
    const page = (token: string) => ({
      contentType: 'application/json',
      body: JSON.stringify({
        kind: 'PodList',
        apiVersion: 'v1',
        metadata: { continue: token },
        items: [pod('a')],
      }),
    })
    const { snapshot } = await collectFrom({ fault: seen => (isPodList(seen) ? page('x') : undefined) }, [
      'Pod',
    ])
    expect(snapshot.gaps).toMatchObject([{ kind: 'Pod', reason: 'truncated' }])
  })
})

describe('what is denied', () => {
  test('is a gap that names the permission, and everything else is collected', async () => {
    const { snapshot } = await collectFrom(
      {
        objects: { pods: pods(2), deployments: [pod('d')] },
        fault: seen =>
          seen.path === '/apis/apps/v1/deployments' ? { status: 403, reason: 'Forbidden' } : undefined,
      },
      ['Pod', 'Deployment'],
    )
    expect(snapshot.resources.length).toBe(2)
    expect(snapshot.gaps).toEqual([
      {
        scope: 'cluster',
        kind: 'Deployment',
        reason: 'forbidden',
        detail:
          'deployments may not be listed: grant verb list on deployments in API group "apps", cluster-wide',
      },
    ])
  })

  test('kube-system: the server stands in for the identity, and a gap says so', async () => {
    const fault = (seen: { path: string }) =>
      seen.path.startsWith('/api/v1/namespaces') ? { status: 403, reason: 'Forbidden' } : undefined
    const { snapshot } = await collectFrom({ fault }, ['Pod'])
    expect(snapshot.scope.id).toMatch(/^server-[0-9a-f]{32}$/)
    expect(snapshot.gaps).toMatchObject([
      { kind: 'Namespace', namespace: 'kube-system', reason: 'forbidden' },
    ])
  })

  test('kube-system alone: its UID is taken from the list of namespaces', async () => {
    const { snapshot } = await collectFrom(
      {
        objects: { namespaces: [{ metadata: { name: 'kube-system', uid: 'listed' } }] },
        fault: seen => (seen.path === '/api/v1/namespaces/kube-system' ? { status: 403 } : undefined),
      },
      ['Namespace'],
    )
    expect(snapshot.scope.id).toBe('listed')
    expect(snapshot.gaps).toEqual([])
  })

  test('discovery and version: kinds are tried under their versions, and a gap says that the version is unknown', async () => {
    const { snapshot } = await collectFrom(
      {
        objects: { cronjobs: [pod('c')] },
        served: ({ kind }, version) => kind !== 'CronJob' || version === 'v1beta1',
        fault: seen => (['/version', '/apis'].includes(seen.path) ? { status: 403 } : undefined),
      },
      ['CronJob'],
    )
    expect(names(snapshot.resources)).toEqual(['c'])
    expect(snapshot.scope.kubernetesVersion).toBeUndefined()
    expect(snapshot.gaps).toMatchObject([{ kind: 'Version', reason: 'forbidden' }])
  })

  test('everything: every kind is a gap', async () => {
    const { snapshot } = await collectFrom({ fault: () => ({ status: 403 }) }, ['Pod', 'Role'])
    expect(snapshot.resources).toEqual([])
    expect(snapshot.gaps.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['Version', 'forbidden'],
      ['Namespace', 'forbidden'],
      ['Pod', 'forbidden'],
      ['Role', 'forbidden'],
    ])
  })
})

describe('what is not served', () => {
  test.each([true, false])(
    'is no gap where it came or went with a version (aggregated: %s)',
    async aggregatedDiscovery => {
      const { snapshot, server } = await collectFrom(
        { aggregatedDiscovery, served: ({ kind }) => kind !== 'PodSecurityPolicy' },
        ['PodSecurityPolicy'],
      )
      expect(snapshot.gaps).toEqual([])
      expect(server.seen.filter(({ path }) => path.includes('podsecuritypolicies'))).toEqual([])
    },
  )

  test.each([true, false])(
    'is a gap where every server has it (aggregated: %s)',
    async aggregatedDiscovery => {
      const { snapshot } = await collectFrom(
        { aggregatedDiscovery, served: ({ kind }) => kind !== 'Deployment' },
        ['Deployment'],
      )
      expect(snapshot.gaps).toMatchObject([{ kind: 'Deployment', reason: 'not-served' }])
    },
  )

  test('in the core group is seen at the list', async () => {
    const { snapshot } = await collectFrom({ served: ({ kind }) => kind !== 'Pod' }, ['Pod'])
    expect(snapshot.gaps).toMatchObject([{ kind: 'Pod', reason: 'not-served' }])
  })

  test('by us is a gap too', async () => {
    const { snapshot } = await collectFrom({}, ['NodeFacts'])
    expect(snapshot.gaps).toMatchObject([{ kind: 'NodeFacts', reason: 'not-collected' }])
  })

  test('under the wanted version is listed under an older one', async () => {
    const { snapshot } = await collectFrom(
      { objects: { ingresses: [pod('i')] }, served: (_, version) => version === 'v1beta1' },
      ['Ingress'],
    )
    expect(snapshot.resources[0]?.resource.apiVersion).toBe('networking.k8s.io/v1beta1')
  })
})

describe('a server in trouble', () => {
  test('that is busy is asked again after as long as it says', async () => {
    const world = quickWorld()
    const { snapshot } = await collectFrom(
      {
        objects: { pods: pods(1) },
        fault: (seen, attempt) =>
          isPodList(seen) && attempt === 1 ? { status: 429, headers: { 'Retry-After': '2' } } : undefined,
      },
      ['Pod'],
      { world },
    )
    expect(snapshot.resources.length).toBe(1)
    expect(world.waits).toEqual([2_125])
  })

  test('is asked again with growing waits, and then is a gap', async () => {
    const world = quickWorld()
    const { snapshot, server } = await collectFrom(
      { fault: seen => (isPodList(seen) ? { status: 503, message: 'etcd leader changed' } : undefined) },
      ['Pod', 'Namespace'],
      { world },
    )
    expect(world.waits).toEqual([250, 500, 1000, 2000, 4000])
    expect(server.seen.filter(isPodList).length).toBe(6)
    expect(snapshot.gaps).toEqual([
      {
        scope: 'cluster',
        kind: 'Pod',
        reason: 'unreachable',
        detail: 'pods could not be listed from the API server: it answered 503: etcd leader changed',
      },
    ])
  })

  test.each(['drop', 'cut'] as const)(
    'that fails by %s is asked again, and nothing is doubled',
    async mishap => {
      const { snapshot } = await collectFrom(
        {
          objects: { pods: pods(700) },
          fault: (seen, attempt) => (isPodList(seen) && attempt === 1 ? mishap : undefined),
        },
        ['Pod'],
      )
      expect(names(snapshot.resources)).toEqual(allPods(700))
      expect(snapshot.gaps).toEqual([])
    },
  )

  test('whose pages break off each time leaves what came whole, and a gap', async () => {
    const { snapshot } = await collectFrom(
      {
        objects: { pods: pods(700) },
        fault: seen => (isPodList(seen) && seen.query.has('continue') ? 'cut' : undefined),
      },
      ['Pod'],
    )
    expect(snapshot.resources.length).toBe(500)
    expect(snapshot.gaps).toMatchObject([{ kind: 'Pod', reason: 'truncated' }])
  })

  test.each([
    ['JSON that ends too early', '{"kind":"PodList","items":[{"metadata":{"name":"a"}}', 'truncated'],
    ['nothing', '', 'truncated'],
    ['what is no list', '{"kind":"Pod","metadata":{}}', 'unparsable'],
    ['broken JSON inside an item', '{"kind":"PodList","items":[{"metadata":{"name":a}}]}', 'unparsable'],
    ['items that are no objects', '{"kind":"PodList","items":[5]}', 'unparsable'],
    ['braces that do not fit', '{"kind":"PodList","items":[{]}}', 'unparsable'],
  ])('that answers with %s gives a gap', async (_, body, reason) => {
    const { snapshot } = await collectFrom(
      { fault: seen => (isPodList(seen) ? { contentType: 'application/json', body } : undefined) },
      ['Pod', 'Namespace'],
    )
    expect(snapshot.resources).toEqual([])
    expect(snapshot.gaps).toMatchObject([{ kind: 'Pod', reason }])
  })

  test('behind a login page gives a gap that says so', async () => {
    const { snapshot } = await collectFrom(
      { fault: seen => (isPodList(seen) ? { contentType: 'text/html', body: '<html>' } : undefined) },
      ['Pod'],
    )
    expect(snapshot.gaps[0]?.reason).toBe('unparsable')
    expect(snapshot.gaps[0]?.detail).toContain('text/html')
  })

  test('that goes away is not asked for ever', async () => {
    const { snapshot, server } = await collectFrom(
      {
        fault: seen => (seen.query.get('limit') === '500' ? 'drop' : undefined),
      },
      ['*', 'PodTemplate'],
    )
    const kinds = new Set(snapshot.gaps.map(({ kind }) => kind))
    expect(kinds.size).toBe(snapshot.gaps.length)
    expect(snapshot.gaps.length).toBeGreaterThan(15)
    expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(['unreachable']))
    expect(server.seen.length).toBeLessThan(40)
  })
})

describe('a scan that is stopped', () => {
  test('rejects with the reason', async () => {
    const stop = new AbortController()
    const server = await fakeServer({
      objects: { pods: pods(1_000) },
      fault: seen => {
        if (!seen.query.has('continue')) return undefined
        stop.abort(new Error('stopped'))
        return 'hang'
      },
    })
    const request = requestFor({ server: server.url }, ['Pod'], { signal: stop.signal })
    await expect(collectCluster(request)).rejects.toThrow('stopped')
  })
})
