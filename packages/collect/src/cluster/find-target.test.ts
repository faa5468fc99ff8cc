import { join } from 'node:path'
import type { Attempt } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { findTarget } from './find-target.ts'
import { inClusterTarget } from './in-cluster.ts'
import type { Target } from './target.ts'

const two = `
apiVersion: v1
kind: Config
current-context: shop-test
clusters:
- name: test
  cluster: {server: "https://test:6443/", certificate-authority: ca.crt, tls-server-name: api, proxy-url: "http://proxy:3128"}
- name: prod
  cluster: {server: "https://prod/k8s/clusters/c-1", certificate-authority-data: Q0E=, insecure-skip-tls-verify: yes}
users:
- name: me
  user: {client-certificate: me.crt, client-key: /keys/me.key, tokenFile: t/token, exec: {command: ./bin/login}}
contexts:
- {name: shop-test, context: {cluster: test, user: me}}
- {name: shop-prod, context: {cluster: prod}}
- {name: lost, context: {cluster: gone, user: me}}
- {name: nobody, context: {cluster: test, user: gone}}
`

const unwrap = (attempt: Attempt<Target>): Target => {
  if (!attempt.ok) throw new Error(attempt.problems[0]?.message)
  return attempt.value
}

const messageOf = (attempt: Attempt<Target>): string => {
  if (attempt.ok) throw new Error('it was found')
  expect(attempt.problems.map(({ code }) => code)).toEqual(['invalid-kubeconfig'])
  return attempt.problems[0]?.message ?? ''
}

const withTwo = () => {
  const folder = scratchFolder({ 'ca.crt': 'PEM' })
  return { ...folder, file: folder.write('config', two) }
}

describe('a target', () => {
  test('is that of the current context, with paths that count from the file', () => {
    const { path, file } = withTwo()
    expect(unwrap(findTarget({ kubeconfig: file }, {}))).toMatchObject({
      context: 'shop-test',
      certificateAuthority: 'PEM',
      insecure: false,
      tlsServerName: 'api',
      proxyUrl: 'http://proxy:3128',
      userName: 'me',
      user: {
        'client-certificate': join(path, 'me.crt'),
        'client-key': '/keys/me.key',
        tokenFile: join(path, 't/token'),
        exec: { command: join(path, 'bin/login') },
      },
    })
  })

  test('is that of the context named, without a user where it has none', () => {
    const { file } = withTwo()
    const target = unwrap(findTarget({ kubeconfig: file, context: 'shop-prod' }, {}))
    expect(target.server.href).toBe('https://prod/k8s/clusters/c-1')
    // kubectl reads `yes` as true.
    expect(target).toMatchObject({ certificateAuthority: 'CA', insecure: true, userName: '', user: {} })
  })

  test('is looked up in KUBECONFIG, where the first file to say something counts, and files may be missing', () => {
    const { path, write } = scratchFolder()
    const one = write('1', 'current-context: a\nclusters: [{name: c, cluster: {server: "https://one"}}]')
    const other = write(
      '2',
      'current-context: b\nclusters: [{name: c, cluster: {server: "https://two"}}]\ncontexts: [{name: a, context: {cluster: c}}]',
    )
    const environment = { KUBECONFIG: `${join(path, 'gone')}:${one}::${other}` }
    expect(unwrap(findTarget({}, environment)).server.href).toBe('https://one/')
  })

  test('is looked up in the home folder', () => {
    const { path, write } = scratchFolder()
    write('.kube/config', two.replace('certificate-authority: ca.crt, ', ''))
    expect(unwrap(findTarget({}, { HOME: path })).context).toBe('shop-test')
  })

  test('of a server without a scheme is plain HTTP, as for kubectl', () => {
    const { write } = scratchFolder()
    const file = write(
      'c',
      'current-context: a\nclusters: [{name: c, cluster: {server: "localhost:8001"}}]\ncontexts: [{name: a, context: {cluster: c}}]',
    )
    expect(unwrap(findTarget({ kubeconfig: file }, {})).server.href).toBe('http://localhost:8001/')
  })

  test('is the service account of the pod, where there is no kubeconfig', () => {
    const { path } = scratchFolder({ 'ca.crt': 'PEM', token: 'secret' })
    const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
    const target = inClusterTarget(environment, path)
    expect(target && unwrap(target)).toMatchObject({
      certificateAuthority: 'PEM',
      user: { tokenFile: join(path, 'token') },
    })
    expect(target && unwrap(target).server.href).toBe('https://[fd00::1]/')
    expect(inClusterTarget({}, path)).toBeUndefined()
    expect(inClusterTarget(environment, join(path, 'gone'))).toBeUndefined()
  })
})

describe('a problem', () => {
  test('names a context that is not there, and the nearest one', () => {
    const { file } = withTwo()
    expect(messageOf(findTarget({ kubeconfig: file, context: 'shop-tets' }, {}))).toBe(
      'unknown context "shop-tets"; did you mean shop-test? (known: shop-test, shop-prod, lost, nobody)',
    )
  })

  test.each([
    ['lost', 'the context lost names the cluster gone, which the kubeconfig lacks'],
    ['nobody', 'the context nobody names the user gone, which the kubeconfig lacks'],
  ])('names what the context %s lacks', (context, message) => {
    expect(messageOf(findTarget({ kubeconfig: withTwo().file, context }, {}))).toBe(message)
  })

  test.each([
    ['clusters: 5', /clusters is not a list/],
    ['users: [{user: {}}]', /users\[0\] has no name/],
    ['contexts: [{name: a, context: [1]}]', /contexts\[0\]\.context is not a mapping/],
    ['[1, 2]', /holds no mapping/],
    ['a: [', /is not valid YAML/],
    ['', /names no current context; it has none/],
    ['contexts: [{name: a}, {name: b}]', /names no current context; choose one with --context: a, b/],
    [
      'current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "ftp://x"}}]',
      /has no usable server address: ftp/,
    ],
    [
      'current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "https://x", certificate-authority: /gone/ca}}]',
      /certificate-authority cannot be read/,
    ],
  ])('names what is wrong with %s', (text, message) => {
    const { write } = scratchFolder()
    expect(messageOf(findTarget({ kubeconfig: write('config', text) }, {}))).toMatch(message)
  })

  test('names the files that are not there', () => {
    expect(messageOf(findTarget({ kubeconfig: '/gone/config' }, {}))).toBe(
      'there is no kubeconfig file /gone/config',
    )
    expect(messageOf(findTarget({}, { KUBECONFIG: '/gone/a:/gone/b' }))).toMatch(
      'no kubeconfig was found at /gone/a, /gone/b',
    )
    expect(messageOf(findTarget({}, { HOME: '/gone' }))).toMatch(
      'no kubeconfig was found at /gone/.kube/config',
    )
    expect(messageOf(findTarget({ kubeconfig: '/' }, {}))).toMatch('cannot be read')
  })
})
