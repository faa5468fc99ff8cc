// Config: flags over environment over files over what is initial; everything wrong is named, and nothing is passed over.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Config, type Given, readConfig, settings } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-config-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const read = (environment: Record<string, string> = {}, flags: Given = {}) =>
  readConfig({
    environment: { HOME: '/home/a', XDG_DATA_HOME: '/data', ...environment },
    flags,
    workingDirectory: folder,
  })
function config(environment: Record<string, string> = {}, flags: Given = {}): Config {
  const outcome = read(environment, flags)
  if (!outcome.ok) throw new Error(outcome.problems.join('; '))
  return outcome.config
}
const problems = (environment: Record<string, string>, flags: Given = {}) => {
  const outcome = read(environment, flags)
  return outcome.ok ? [] : outcome.problems
}
const notes = (environment: Record<string, string>) => {
  const outcome = read(environment)
  return outcome.ok ? outcome.notes : []
}

test('with nothing said it listens on loopback, with its own database', () => {
  expect(config()).toMatchObject({
    listen: { host: '127.0.0.1', port: 8480 },
    databaseUrl: undefined,
    dataFolder: '/data/plimsoll',
    publicOrigin: 'http://127.0.0.1:8480',
    logLevel: 'info',
    connections: 20,
    oidc: undefined,
  })
})

test('addresses are read in every usual form', () => {
  const listen = (text: string) => config({ PLIMSOLL_LISTEN: text }).listen
  expect(listen('0.0.0.0:1')).toEqual({ host: '0.0.0.0', port: 1 })
  expect(listen('[::1]:80')).toEqual({ host: '::1', port: 80 })
  expect(listen(':9000')).toEqual({ host: '::', port: 9000 })
  expect(listen('9000')).toEqual({ host: '127.0.0.1', port: 9000 })
  expect(listen('plimsoll.local:0')).toEqual({ host: 'plimsoll.local', port: 0 })
  for (const text of ['::1', 'host', '1.2.3.4:99999', ':x', 'a b:1'])
    expect(problems({ PLIMSOLL_LISTEN: text }), text).toHaveLength(1)
  expect(config({ PLIMSOLL_LISTEN: '[::1]:80' }).publicOrigin).toBe('http://[::1]:80')
})

test('flags stand over the environment, a variable over its file', () => {
  const file = write('token', 'from a file\n')
  expect(config({ PLIMSOLL_METRICS_TOKEN_FILE: file }).metricsToken).toBe('from a file')
  expect(config({ PLIMSOLL_METRICS_TOKEN_FILE: file, PLIMSOLL_METRICS_TOKEN: 'own' }).metricsToken).toBe(
    'own',
  )
  expect(config({ PLIMSOLL_LISTEN: ':1' }, { PLIMSOLL_LISTEN: ':2' }).listen.port).toBe(2)
  expect(config({ PLIMSOLL_DATA: 'here' }).dataFolder).toBe(join(folder, 'here'))
})

test('everything wrong is named at once, and no password with it', () => {
  const found = problems({
    DATABASE_URL: 'mysql://me:hunter2@db/x',
    PLIMSOLL_LOG_LEVEL: 'inof',
    PLIMSOLL_CONNECTIONS: '1',
    PLIMSOLL_TLS_CERT: write('cert', 'c'),
    PLIMSOLL_PUBLIC_URL: 'https://a.example.com/plimsoll',
    PLIMSOLL_TRUSTED_PROXIES: '10.0.0.0/8,10.1.1.1/99',
    PLIMSOLL_METRICS_TOKEN_FILE: join(folder, 'none'),
  })
  expect(found.map(line => line.split(':', 1)[0] ?? '').sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'DATABASE_URL',
    'PLIMSOLL_CONNECTIONS',
    'PLIMSOLL_LOG_LEVEL',
    'PLIMSOLL_METRICS_TOKEN',
    'PLIMSOLL_PUBLIC_URL',
    'PLIMSOLL_TLS_KEY',
    'PLIMSOLL_TRUSTED_PROXIES',
  ])
  expect(found.join()).toContain('did you mean info?')
  expect(found.join()).not.toContain('hunter2')
})

test('a provider of sign-ins is whole or not there', () => {
  const provider = {
    PLIMSOLL_OIDC_ISSUER: 'https://id.example.com',
    PLIMSOLL_OIDC_CLIENT_ID: 'plimsoll',
    PLIMSOLL_OIDC_CLIENT_SECRET: 's',
  }
  expect(
    config({ ...provider, PLIMSOLL_OIDC_GROUP_ROLES: 'cn=sre,dc=example=admin; dev=viewer' }).oidc,
  ).toMatchObject({
    scopes: ['openid', 'profile', 'email'],
    roleOfGroup: { 'cn=sre,dc=example': 'admin', dev: 'viewer' },
    defaultRole: null,
  })
  expect(problems({ PLIMSOLL_OIDC_ISSUER: 'https://id.example.com' })).toEqual([
    'PLIMSOLL_OIDC_CLIENT_ID: is needed with PLIMSOLL_OIDC_ISSUER',
    'PLIMSOLL_OIDC_CLIENT_SECRET: is needed with PLIMSOLL_OIDC_ISSUER',
  ])
  expect(problems({ ...provider, PLIMSOLL_OIDC_GROUP_ROLES: 'sre=root' })[0]).toContain('unknown role')
  expect(problems({ ...provider, PLIMSOLL_OIDC_ISSUER: 'http://id.example.com' })).toHaveLength(1)
  for (const issuer of ['http://127.0.0.1:9000', 'http://[::1]:9000/realm', 'http://localhost'])
    expect(config({ ...provider, PLIMSOLL_OIDC_ISSUER: issuer }).oidc?.issuer).toBe(issuer)
})

test('dangers and mistyped settings are told; what Kubernetes puts there is not', () => {
  expect(notes({})).toEqual([])
  expect(notes({ PLIMSOLL_LISTEN: ':80' })[0]).toContain('unencrypted')
  expect(notes({ PLIMSOLL_LISTEN: ':80', PLIMSOLL_PUBLIC_URL: 'https://a.example.com' })).toEqual([])
  expect(notes({ PLIMSOLL_LISTN: 'x' })[0]).toContain('PLIMSOLL_LISTEN')
  expect(notes({ PLIMSOLL_SERVICE_HOST: '10.0.0.1', PLIMSOLL_PORT_80_TCP: 'tcp://10.0.0.1:80' })).toEqual([])
})

test('docs/server.md lists every setting', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/server.md'), 'utf8')
  for (const { name, describe, ...more } of settings)
    expect(page).toContain(
      `| \`${name}\`${'isSecret' in more ? ' ¹' : ''} | ${'initial' in more ? `\`${more.initial}\`` : ''} | ${describe} |`,
    )
})
