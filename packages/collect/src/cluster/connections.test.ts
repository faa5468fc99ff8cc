import { createServer as createHttp } from 'node:http'
import { createServer } from 'node:net'
import type { Attempt } from '@plimsoll/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { ApiClient } from './api-client.ts'
import { collectCluster } from './collect-cluster.ts'
import type { Answer } from './exchange.ts'
import { readObject } from './read-object.ts'
import type { Target } from './target.ts'
import { selfSigned } from './testing/certificate.ts'
import { collector, fakeServer, pods, quickWorld, requestFor } from './testing/collection.ts'
import type { FakeServerOptions } from './testing/fake-api-server.ts'
import { httpProxy, socksProxy } from './testing/proxies.ts'

const certificate = selfSigned({ names: ['127.0.0.1', 'k8s.example.com'] })
const authority = Buffer.from(certificate.certificate).toString('base64')

type Collected = Awaited<ReturnType<typeof collectCluster>>

const podsOf = (result: Collected): number => {
  if (!result.ok) throw new Error(result.problems[0]?.message)
  expect(result.value.snapshot.gaps).toEqual([])
  return result.value.snapshot.resources.length
}

const problemOf = (result: Attempt<unknown>): string => {
  if (result.ok) throw new Error('it was collected')
  return result.problems.map(({ code, message }) => `${code}: ${message}`).join('\n')
}

const secure = (options: FakeServerOptions = {}) =>
  fakeServer({ tls: certificate, objects: { pods: pods(3) }, ...options })

describe('a certificate', () => {
  test('of the authority that the kubeconfig names is taken', async () => {
    const { url } = await secure()
    const request = requestFor({ server: url, 'certificate-authority-data': authority }, ['Pod'])
    expect(podsOf(await collectCluster(request))).toBe(3)
  })

  test('that nobody vouches for is refused, unless the kubeconfig says otherwise', async () => {
    const { url, seen } = await secure()
    expect(problemOf(await collectCluster(requestFor({ server: url }, ['Pod'])))).toMatch(
      /^cluster-unreachable: the API server of the context test at https:.* its certificate is refused \(DEPTH_ZERO_SELF_SIGNED_CERT\): the certificate is self-signed; give its authority/,
    )
    expect(seen).toEqual([])
    const request = requestFor({ server: url, 'insecure-skip-tls-verify': true }, ['Pod'])
    expect(podsOf(await collectCluster(request))).toBe(3)
  })

  test('for another name is refused, unless tls-server-name is that', async () => {
    const tls = selfSigned({ names: ['other.example.com'] })
    const { url } = await secure({ tls })
    const cluster = {
      server: url,
      'certificate-authority-data': Buffer.from(tls.certificate).toString('base64'),
    }
    expect(problemOf(await collectCluster(requestFor(cluster, ['Pod'])))).toMatch(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
    const named = requestFor({ ...cluster, 'tls-server-name': 'other.example.com' }, ['Pod'])
    expect(podsOf(await collectCluster(named))).toBe(3)
  })

  test('that has expired is refused', async () => {
    const tls = selfSigned({ names: ['127.0.0.1'], notAfter: new Date('2021-01-01') })
    const { url } = await secure({ tls })
    const cluster = {
      server: url,
      'certificate-authority-data': Buffer.from(tls.certificate).toString('base64'),
    }
    expect(problemOf(await collectCluster(requestFor(cluster, ['Pod'])))).toMatch(
      'the certificate has expired',
    )
  })

  test('that is none is an invalid kubeconfig', async () => {
    const cluster = { server: 'https://127.0.0.1:1', 'certificate-authority-data': 'AAAA' }
    const user = { 'client-certificate-data': 'AAAA', 'client-key-data': 'AAAA' }
    expect(problemOf(await collectCluster(requestFor(cluster, ['Pod'], { user })))).toMatch(
      /^invalid-kubeconfig: the certificates of the context test cannot be used/,
    )
  })
})

describe('a server that is not there', () => {
  const freePort = async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise(resolve => server.close(resolve))
    return port
  }

  test('is a problem, after some attempts', async () => {
    const world = quickWorld()
    const request = requestFor({ server: `https://127.0.0.1:${await freePort()}` }, ['Pod'], { world })
    expect(problemOf(await collectCluster(request))).toMatch(
      /^cluster-unreachable: .*nothing listens there; check that the cluster runs, and the port \(ECONNREFUSED\)/,
    )
    expect(world.waits.length).toBe(2)
  })

  test('has a name that nobody knows', async () => {
    const world = quickWorld()
    const request = requestFor({ server: 'https://k8s.plimsoll.invalid' }, ['Pod'], { world })
    expect(problemOf(await collectCluster(request))).toMatch(/^cluster-unreachable: .*DNS/)
  })

  test('is something else', async () => {
    const { url } = await fakeServer({ fault: () => ({ contentType: 'text/html', body: '<html>' }) })
    expect(problemOf(await collectCluster(requestFor({ server: url }, ['Pod'])))).toMatch(
      'text/html instead of JSON',
    )
    const json = await fakeServer({ fault: () => ({ contentType: 'application/json', body: '{}' }) })
    expect(problemOf(await collectCluster(requestFor({ server: json.url }, ['Pod'])))).toMatch(
      'no Kubernetes API server',
    )
    const moved = await fakeServer({
      fault: () => ({ status: 302, headers: { Location: 'https://login.example.com' } }),
    })
    expect(problemOf(await collectCluster(requestFor({ server: moved.url }, ['Pod'])))).toMatch(
      'it sends us on to https://login.example.com (302)',
    )
    const other = createServer(socket => socket.on('error', () => {}).end('220 mail\r\n'))
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const server = `http://127.0.0.1:${(other.address() as { port: number }).port}`
    expect(problemOf(await collectCluster(requestFor({ server }, ['Pod'])))).toMatch(
      'it does not answer in HTTP',
    )
  })

  test('is not asked anything where the context is not there', async () => {
    const { url, seen } = await secure()
    const request = requestFor({ server: url }, ['Pod'], { context: 'tset' })
    expect(problemOf(await collectCluster(request))).toBe(
      'invalid-kubeconfig: unknown context "tset"; did you mean test? (known: test)',
    )
    expect(seen).toEqual([])
  })
})

describe('a login', () => {
  test('that is refused is a problem', async () => {
    const { url } = await fakeServer({ tokens: ['good'] })
    expect(
      problemOf(await collectCluster(requestFor({ server: url }, ['Pod'], { user: { token: 'bad' } }))),
    ).toMatch(/^cluster-auth: .*the credentials of the user u are not accepted \(401\); log in again/)
  })

  test('that fails before anything is sent is a problem', async () => {
    const { url, seen } = await fakeServer({})
    const user = { exec: { command: '/gone/login' } }
    expect(problemOf(await collectCluster(requestFor({ server: url }, ['Pod'], { user })))).toMatch(
      /^cluster-auth: the user u of the kubeconfig: its exec plugin \/gone\/login could not be run/,
    )
    expect(seen).toEqual([])
  })

  test('that runs out on the way is renewed once, for all lists that wait', async () => {
    let issued = 0
    const tokens = ['token-1']
    const script =
      'const f = process.env.COUNT; const fs = require("fs"); fs.appendFileSync(f, "x"); console.log(JSON.stringify({ kind: "ExecCredential", status: { token: "token-" + fs.readFileSync(f, "utf8").length } }))'
    const { url, seen } = await fakeServer({
      objects: { pods: pods(2), services: pods(2), configmaps: pods(2) },
      tokens,
      fault: ({ path }) => {
        if (path === '/apis' && issued++ === 0) tokens[0] = 'token-2'
        return undefined
      },
    })
    const env = [{ name: 'COUNT', value: scratchFolder().write('count', '') }]
    const user = { exec: { command: process.execPath, args: ['-e', script], env } }
    const result = await collectCluster(
      requestFor({ server: url }, ['Pod', 'Service', 'ConfigMap'], { user }),
    )
    expect(podsOf(result)).toBe(6)
    expect(new Set(seen.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer token-1', 'Bearer token-2']),
    )
  })

  test('that is refused on the way leaves gaps, and is not tried again for each list', async () => {
    const tokens = ['t']
    const { url, seen } = await fakeServer({
      tokens,
      fault: ({ path }) => {
        if (path === '/apis') tokens[0] = 'gone'
        return undefined
      },
    })
    const result = await collectCluster(
      requestFor({ server: url }, ['Pod', 'Service', 'Secret'], { user: { token: 't' } }),
    )
    expect(result.ok && result.value.snapshot.gaps.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'Pod forbidden',
      'Secret forbidden',
      'Service forbidden',
    ])
    expect(seen.filter(({ path }) => path === '/api/v1/pods').length).toBeLessThanOrEqual(2)
  })

  test('as somebody else is sent with all its groups', async () => {
    const { url, seen } = await fakeServer({})
    const user = { token: 't', as: 'jane', 'as-groups': ['a', 'b'] }
    expect(podsOf(await collectCluster(requestFor({ server: url }, ['Pod'], { user })))).toBe(0)
    expect(seen[0]?.headers).toMatchObject({ 'impersonate-user': 'jane', 'impersonate-group': 'a, b' })
  })
})

describe('a proxy', () => {
  const cluster = (server: string, more: object = {}) => ({
    server,
    'certificate-authority-data': authority,
    ...more,
  })

  test.each([
    [
      'HTTP',
      httpProxy,
      'jane:p%40ss@',
      [`k8s.example.com:6443 Basic ${Buffer.from('jane:p@ss').toString('base64')}`],
    ],
    ['HTTP', httpProxy, '', ['k8s.example.com:6443']],
    ['SOCKS', socksProxy, '', ['k8s.example.com:6443']],
  ])('of %s that the kubeconfig names is used', async (_, start, login, asked) => {
    const { port } = await secure()
    const proxy = await start(port, login)
    const request = requestFor(cluster('https://k8s.example.com:6443', { 'proxy-url': proxy.url }), ['Pod'])
    expect(podsOf(await collectCluster(request))).toBe(3)
    expect([...new Set(proxy.asked)]).toEqual(asked)
  })

  test('of SOCKS is logged in to', async () => {
    const { port } = await secure()
    const proxy = await socksProxy(port, 'jane:secret@')
    const request = requestFor(cluster('https://k8s.example.com:6443', { 'proxy-url': proxy.url }), ['Pod'])
    expect(podsOf(await collectCluster(request))).toBe(3)
    expect(new Set(proxy.asked)).toEqual(new Set(['login jane:secret', 'k8s.example.com:6443']))
  })

  test('of the environment is used, for plain HTTP too, but not for loopback', async () => {
    const { port, url, seen } = await fakeServer({ objects: { pods: pods(3) } })
    const proxy = await httpProxy(port)
    const environment = { HTTP_PROXY: proxy.url }
    expect(
      podsOf(
        await collectCluster(requestFor({ server: 'http://k8s.example.com' }, ['Pod'], { environment })),
      ),
    ).toBe(3)
    expect(new Set(proxy.asked)).toEqual(new Set(['k8s.example.com:80']))
    const before = proxy.asked.length
    expect(podsOf(await collectCluster(requestFor({ server: url }, ['Pod'], { environment })))).toBe(3)
    expect(proxy.asked.length).toBe(before)
    expect(seen.length).toBeGreaterThan(6)
  })

  test('that refuses is a problem that says so', async () => {
    const refusing = await httpProxy(1, '', '407 Proxy Authentication Required')
    const server = 'https://k8s.example.com:6443'
    const request = requestFor(cluster(server, { 'proxy-url': refusing.url }), ['Pod'])
    expect(problemOf(await collectCluster(request))).toMatch(
      'does not connect to k8s.example.com:6443: 407 Proxy Authentication Required',
    )
    const socks = await socksProxy(1, '', 2)
    const other = requestFor(cluster(server, { 'proxy-url': socks.url }), ['Pod'])
    expect(problemOf(await collectCluster(other))).toMatch('not allowed by its rules')
    const none = requestFor(cluster(server, { 'proxy-url': 'gopher://x' }), ['Pod'])
    expect(problemOf(await collectCluster(none))).toMatch(
      /^invalid-kubeconfig: the proxy gopher:\/\/x is no address/,
    )
  })
})

describe('time', { timeout: 30_000 }, () => {
  const limits = { idle: 150, total: 400 }
  const ask = async (options: FakeServerOptions): Promise<Answer<unknown>> => {
    const { url } = await fakeServer(options)
    const target: Target = {
      context: 'c',
      server: new URL(url),
      insecure: false,
      clusterFields: {},
      userName: '',
      user: {},
    }
    const client = await ApiClient.open({ target, environment: {}, world: quickWorld(), collector, limits })
    if (!client.ok) throw new Error('no client')
    onTestFinished(() => client.value.close())
    return await client.value.get('/version', 'application/json', readObject)
  }

  test.each(['hang', 'stall'] as const)(
    'runs out for a server that leaves us to %s, and it is asked again',
    async mishap => {
      expect(await ask({ fault: () => mishap })).toEqual({
        ok: false,
        failure: { type: 'timed-out', message: 'it sent nothing for 0.15 s' },
      })
      expect((await ask({ fault: (_, attempt) => (attempt < 3 ? mishap : undefined) })).ok).toBe(true)
    },
  )

  test('runs out for an answer that never comes to its end', async () => {
    const timers = new Set<NodeJS.Timeout>()
    onTestFinished(() => timers.forEach(clearInterval))
    const server = createHttp((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      timers.add(setInterval(() => response.write(' '), 20))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const target: Target = {
      context: 'c',
      server: new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}`),
      insecure: false,
      clusterFields: {},
      userName: '',
      user: {},
    }
    const client = await ApiClient.open({ target, environment: {}, world: quickWorld(), collector, limits })
    if (!client.ok) throw new Error('no client')
    onTestFinished(() => client.value.close())
    expect(await client.value.get('/version', 'application/json', readObject)).toEqual({
      ok: false,
      failure: { type: 'timed-out', message: 'it did not answer whole within 0.4 s' },
    })
  })
})

test('a server behind a path is asked below it', async () => {
  const { url, seen } = await fakeServer({ fault: () => ({ status: 403 }) })
  const result = await collectCluster(requestFor({ server: `${url}/k8s/clusters/c-1/` }, ['Pod']))
  expect(result.ok).toBe(true)
  expect(seen.every(({ path }) => path.startsWith('/k8s/clusters/c-1/'))).toBe(true)
  expect(seen.map(({ path }) => path)).toContain('/k8s/clusters/c-1/api/v1/pods')
})
