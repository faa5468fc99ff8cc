import type { Attempt } from '@plimsoll/core'
import { describe, expect, test } from 'vitest'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { type Credentials, getCredentials } from './credentials.ts'
import type { Target } from './target.ts'

const now = () => new Date('2026-01-02T03:04:05Z')

const targetOf = (user: object, more: Partial<Target> = {}): Target => ({
  context: 'c',
  server: new URL('https://k8s:6443'),
  insecure: false,
  clusterFields: {},
  userName: 'me',
  user: user as Target['user'],
  ...more,
})

const logIn = (user: object, more: Partial<Target> = {}) =>
  getCredentials(targetOf(user, more), { environment: { PATH: process.env.PATH }, now })

const unwrap = (attempt: Attempt<Credentials>): Credentials => {
  if (!attempt.ok) throw new Error(attempt.problems[0]?.message)
  return attempt.value
}

const messageOf = (attempt: Attempt<Credentials>): string => {
  if (attempt.ok) throw new Error('it logged in')
  expect(attempt.problems.map(({ code }) => code)).toEqual(['cluster-auth'])
  return (attempt.problems[0]?.message ?? '').replace('the user me of the kubeconfig: ', '')
}

describe('fields of the kubeconfig', () => {
  test('nobody, a token, and a token file, which counts more', async () => {
    const { write } = scratchFolder()
    expect(unwrap(await logIn({}))).toEqual({ headers: {} })
    expect(unwrap(await logIn({ token: 'abc' }))).toEqual({ headers: { Authorization: 'Bearer abc' } })
    const tokenFile = write('token', ' fresh\n')
    expect(unwrap(await logIn({ token: 'abc', tokenFile })).headers).toEqual({
      Authorization: 'Bearer fresh',
    })
    expect(messageOf(await logIn({ tokenFile: '/gone' }))).toMatch('its token file cannot be read')
  })

  test('name and password', async () => {
    expect(unwrap(await logIn({ username: 'a', password: 'b' })).headers).toEqual({
      Authorization: 'Basic YTpi',
    })
  })

  test('certificate and key, as data before files', async () => {
    const { write } = scratchFolder()
    const file = write('key', 'KEY')
    const user = { 'client-certificate-data': 'Q0VSVA==', 'client-certificate': '/gone', 'client-key': file }
    expect(unwrap(await logIn(user))).toEqual({ headers: {}, certificate: 'CERT', key: 'KEY' })
    expect(messageOf(await logIn({ 'client-certificate': '/gone' }))).toMatch(
      'the client-certificate cannot be read',
    )
  })

  test('impersonation', async () => {
    const user = {
      token: 't',
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'example.com/x y': ['1'] },
    }
    expect(unwrap(await logIn(user)).headers).toEqual({
      Authorization: 'Bearer t',
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Extra-example.com%2Fx%20y': ['1'],
    })
  })
})

describe('an auth provider', () => {
  const jwt = (exp: number) => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.sig`
  const seconds = now().getTime() / 1000
  const oidc = (config: object) => logIn({ 'auth-provider': { name: 'oidc', config } })

  test('gives its token as long as that is valid', async () => {
    const token = jwt(seconds + 60)
    expect(unwrap(await oidc({ 'id-token': token })).headers).toEqual({ Authorization: `Bearer ${token}` })
  })

  test('whose token has run out asks for a login, and does not use up the refresh token', async () => {
    expect(messageOf(await oidc({ 'id-token': jwt(seconds - 60), 'refresh-token': 'r' }))).toBe(
      'its oidc token expired at 2026-01-02T03:03:05.000Z; run `kubectl get --raw /version` once, which renews it, or log in again',
    )
    expect(messageOf(await oidc({}))).toMatch('its auth provider oidc holds no token')
  })

  test('of a cloud is said to be retired', async () => {
    const config = { 'access-token': 't', expiry: '2020-01-01T00:00:00Z' }
    expect(messageOf(await logIn({ 'auth-provider': { name: 'gcp', config } }))).toMatch(
      'expired at 2020-01-01T00:00:00.000Z; the provider gcp was removed from kubectl in 1.26',
    )
    expect(messageOf(await logIn({ 'auth-provider': { name: 'x' } }))).toMatch(
      'its auth provider "x" is unknown',
    )
  })
})

describe('a plugin', () => {
  const plugin = (script: string, more: object = {}) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
      ...more,
    },
  })
  const printing = (status: unknown) =>
    plugin(
      `console.log(${JSON.stringify(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }))})`,
    )

  test('gives a token, or a certificate', async () => {
    expect(unwrap(await logIn(printing({ token: 'abc' }))).headers).toEqual({ Authorization: 'Bearer abc' })
    const issued = { clientCertificateData: 'CERT', clientKeyData: 'KEY' }
    expect(unwrap(await logIn(printing(issued)))).toEqual({ headers: {}, certificate: 'CERT', key: 'KEY' })
  })

  test('is told what is asked for, and of which cluster', async () => {
    const script = `
      const { spec, apiVersion } = JSON.parse(process.env.KUBERNETES_EXEC_INFO)
      const token = JSON.stringify([apiVersion, spec.interactive, spec.cluster, process.env.PROFILE])
      console.log(JSON.stringify({ kind: 'ExecCredential', status: { token } }))`
    const user = plugin(script, { provideClusterInfo: true, env: [{ name: 'PROFILE', value: 'prod' }] })
    const { headers } = unwrap(
      await logIn(user, {
        certificateAuthority: 'CA',
        clusterFields: {
          extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }],
        },
      }),
    )
    expect(JSON.parse(String(headers.Authorization).slice('Bearer '.length))).toEqual([
      'client.authentication.k8s.io/v1',
      false,
      { server: 'https://k8s:6443/', 'certificate-authority-data': 'Q0E=', config: { audience: 'x' } },
      'prod',
    ])
  })

  test.each([
    [
      'fails',
      plugin('console.error("token has expired: run aws sso login"); process.exit(1)'),
      /failed: token has expired: run aws sso login/,
    ],
    [
      'asks something',
      plugin('process.stdin.on("end", () => { console.error("no answer"); process.exit(1) }).resume()'),
      /failed: no answer/,
    ],
    ['prints something else', plugin('console.log("hello")'), /did not print JSON/],
    ['prints another object', plugin('console.log("{}")'), /printed no ExecCredential with a status/],
    ['gives nothing', printing({}), /gave neither a token nor a certificate/],
    [
      'gives what has expired',
      printing({ token: 't', expirationTimestamp: '2026-01-02T03:04:04Z' }),
      /gave a credential that expired at 2026-01-02T03:04:04Z; log in again/,
    ],
    [
      'is not there',
      { exec: { command: '/gone/login', installHint: 'Install it from example.com.\n' } },
      /could not be run: .*; Install it from example\.com\./,
    ],
    ['has no command', { exec: {} }, /names no command/],
    ['needs a terminal', plugin('', { interactiveMode: 'Always' }), /needs a terminal/],
  ])('that %s is a problem', async (_, user, message) => {
    expect(messageOf(await logIn(user))).toMatch(message)
  })
})
