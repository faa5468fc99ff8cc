/** The server's chart by real helm, of both majors: values → manifests, settings that the server takes, values that are refused in words. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../packages/server/src/config.ts'
import {
  canonical,
  chartFolder,
  hasHelm,
  helms,
  type KubeObject,
  objectsOf,
  template,
  type Values,
} from './helm.ts'

const url = { publicUrl: 'https://plimsoll.example.com' }
const database = { 'database.existingSecret.name': 'postgres' }
const oidc = {
  'oidc.issuer': 'https://login.example.com:9443/realm',
  'oidc.clientId': 'plimsoll',
  'oidc.existingSecret.name': 'login',
}
const setups: Readonly<Record<string, Values>> = {
  embedded: url,
  external: { ...url, ...database, replicas: 3 },
  'all-that-can-be-asked-for': {
    publicUrl: 'https://plimsoll.example.com:8443',
    'database.existingSecret': { name: 'postgres', key: 'uri' },
    'database.connections': 50,
    'networkPolicy.databasePorts': [6432],
    'networkPolicy.from': [{ namespaceSelector: {} }],
    'networkPolicy.extraEgress': [{ ports: [{ port: 3128, protocol: 'TCP' }] }],
    replicas: 2,
    logLevel: 'debug',
    listen: { host: '[::]', port: 9480 },
    graceSeconds: 45,
    'tls.existingSecret': 'certificate',
    'service.annotations': { 'a.example.com/b': 'c' },
    ingress: { enabled: true, className: 'nginx', tlsSecret: 'front', annotations: { d: 'e' } },
    trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
    ...oidc,
    'oidc.groupRoles': { sre: 'admin', developers: 'viewer' },
    'oidc.defaultRole': 'viewer',
    'metrics.existingSecret': { name: 'metrics', key: 'bearer' },
    'metrics.serviceMonitor': { enabled: true, interval: '15s', labels: { release: 'prometheus' } },
    'images.server': { repository: 'registry.example.com/p', digest: `sha256:${'a'.repeat(64)}` },
    'images.pullSecrets': [{ name: 'pull' }],
    podSecurity: { runAsUser: null, runAsGroup: null, fsGroup: null },
    'serviceAccount.annotations': { f: 'g' },
    podLabels: { team: 'security' },
    podAnnotations: { h: 'i' },
    nodeSelector: { disk: 'fast' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClass: 'high',
    fullnameOverride: 'posture',
  },
  'database-of-a-size': {
    publicUrl: 'http://plimsoll.example.com',
    'database.embedded': { size: '100Gi', storageClass: 'fast', sharedMemory: '1Gi' },
    'service.type': 'LoadBalancer',
    'networkPolicy.enabled': false,
  },
}

interface Pod {
  readonly containers: readonly [
    {
      readonly env: readonly { readonly name: string; readonly value: string }[]
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
    },
  ]
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[]
}
const podOf = (objects: readonly KubeObject[]): Pod =>
  (
    objects.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet') as unknown as {
      spec: { template: { spec: Pod } }
    }
  ).spec.template.spec

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-charts-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Settings of the pod's container with files of its Secrets put under the scratch folder, holding what such Secrets hold. */
function environmentOf({ containers: [{ env, volumeMounts }], volumes }: Pod) {
  const isSecret = (name: string) => volumes.some(one => one.name === name && one.secret)
  const contents: Readonly<Record<string, string>> = { database: 'postgresql://u:p@db:5432/plimsoll' }
  return Object.fromEntries(
    env.map(({ name, value }) => {
      const mount = volumeMounts.find(({ mountPath }) => value.startsWith(`${mountPath}/`))
      if (!mount || !isSecret(mount.name)) return [name, value]
      const file = join(scratch, value)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, contents[mount.name] ?? 'content')
      return [name, file]
    }),
  )
}

describe.skipIf(!hasHelm)('the chart of the server', () => {
  describe.each(helms)('by %s', helm => {
    test.each(Object.entries(setups))('makes the manifests of %s', async (name, values) => {
      const objects = objectsOf(await template(helm, 'plimsoll', values))
      await expect(canonical(objects)).toMatchFileSnapshot(`golden/plimsoll-${name}.yaml`)
    })

    const refused: readonly [string, Values, string][] = [
      ['no URL', {}, 'publicUrl is needed'],
      ['a URL with a path', { publicUrl: 'https://p.example.com/x' }, 'pattern'],
      [
        'replicas of an embedded database',
        { ...url, replicas: 2 },
        'servers share only a PostgreSQL of yours',
      ],
      [
        'an embedded database of a user of its own',
        { ...url, 'podSecurity.runAsUser': 1000 },
        'only as a user that the image knows',
      ],
      [
        'an embedded database of a user that the image lacks',
        { ...url, 'podSecurity.runAsUser': null },
        'only as a user that the image knows',
      ],
      ['TLS at a plain URL', { publicUrl: 'http://p', 'tls.existingSecret': 't' }, 'begins with http://'],
      [
        'a certificate at a plain URL',
        { publicUrl: 'http://p', ingress: { enabled: true, tlsSecret: 't' } },
        'begins with http://',
      ],
      ['a certificate of no ingress', { ...url, 'ingress.tlsSecret': 't' }, 'without ingress.enabled'],
      ['an issuer without client', { ...url, 'oidc.issuer': 'https://i' }, 'without oidc.clientId'],
      ['a client without issuer', { ...url, 'oidc.clientId': 'c' }, 'without oidc.issuer'],
      ['an issuer by which nobody comes in', { ...url, ...oidc }, 'nobody could sign in'],
      ['an issuer without encryption', { ...url, 'oidc.issuer': 'http://i' }, 'pattern'],
      ['a role that is none', { ...url, ...oidc, 'oidc.groupRoles': { sre: 'root' } }, 'viewer'],
      ['a connection too few', { ...url, 'database.connections': 3 }, 'connections'],
      ['an unknown value', { ...url, replica: 2 }, 'replica'],
      ['root', { ...url, 'podSecurity.runAsUser': 0 }, 'runAsUser'],
      ['a size that is none', { ...url, 'database.embedded.size': 'large' }, 'size'],
    ]
    test.each(refused)('refuses %s in words', async (_, values, words) => {
      await expect(template(helm, 'plimsoll', values)).rejects.toThrow(words)
    })
  })

  test.each(Object.entries(setups))(
    'tells the server nothing that it does not take: %s',
    async (_, values) => {
      const [helm = ''] = helms
      const environment = environmentOf(podOf(objectsOf(await template(helm, 'plimsoll', values))))
      const outcome = readConfig({ environment, flags: {}, workingDirectory: '/' })
      const isPlain = String(values.publicUrl).startsWith('http:')
      expect(outcome).toMatchObject({
        ok: true,
        notes: isPlain ? [expect.stringContaining('unencrypted')] : [],
        config: { publicOrigin: values.publicUrl },
      })
      if (!outcome.ok) return
      const isExternal = Object.keys(values).some(path => path.startsWith('database.existingSecret'))
      expect(outcome.config.databaseUrl).toBe(isExternal ? 'postgresql://u:p@db:5432/plimsoll' : undefined)
      expect(outcome.config.tls !== undefined).toBe('tls.existingSecret' in values)
      expect(outcome.config.oidc?.roleOfGroup).toEqual(values['oidc.groupRoles'])
    },
  )
})

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
}

/** Paths of values that a chart has and its schema lacks, and the other way round. */
function differences(schema: Schema, values: unknown, path = ''): string[] {
  const known = Object.keys(schema.properties ?? {})
  if (known.length === 0) return []
  const given = values as Record<string, unknown>
  const open = schema.additionalProperties === false ? [] : [`${path} takes anything`]
  return [
    ...open,
    ...Object.keys(given)
      .filter(key => !known.includes(key))
      .map(key => `${path}.${key} has no schema`),
    ...known
      .filter(key => !(key in given) && `${path}.${key}` !== '.global')
      .map(key => `${path}.${key} has no value`),
    ...known.flatMap(key =>
      key in given ? differences(schema.properties?.[key] as Schema, given[key], `${path}.${key}`) : [],
    ),
  ]
}

test.each(['plimsoll', 'plimsoll-agent'])('%s: each value has a schema, and nothing else is taken', chart => {
  const file = (name: string) => readFileSync(join(chartFolder(chart), name), 'utf8')
  const schema = JSON.parse(file('values.schema.json')) as Schema
  expect(differences(schema, load(file('values.yaml')))).toEqual([])
})

test('both charts have one version', () => {
  const [server, agent] = ['plimsoll', 'plimsoll-agent'].map(chart => {
    const text = readFileSync(join(chartFolder(chart), 'Chart.yaml'), 'utf8')
    const { version, appVersion, kubeVersion } = load(text) as Record<string, string>
    return { version, appVersion, kubeVersion }
  })
  expect(server).toEqual(agent)
})
