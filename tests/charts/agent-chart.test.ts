/** The agent's chart by real helm, of both majors: the same objects as the plain manifest, and values that are refused in words. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { load, loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import { agentOptions } from '../../packages/core/src/contract/api/enrolments.ts'
import { agentObjects, agentSetup, installationOf, omit, published } from '../../packages/core/src/index.ts'
import { root } from '../../scripts/modules.ts'
import { chartFolder, hasHelm, helms, type KubeObject, objectsOf } from './helm.ts'

const chart = chartFolder('plimsoll-agent')
const run = promisify(execFile)

/** Labels that only Helm gives. */
const ofHelm = ['helm.sh/chart', 'app.kubernetes.io/managed-by']

/** Objects by kind and name, without what only Helm says. */
const inOrder = (objects: readonly KubeObject[]) =>
  JSON.parse(
    JSON.stringify(
      objects
        .filter(({ kind }) => kind !== 'Namespace')
        .map(object => [`${object.kind}/${object.metadata.name}`, object] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    (key, value) => (key === 'labels' ? omit(value, ...(ofHelm as [])) : value),
  ) as unknown

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const setups = {
  'nothing but what is needed': {},
  'all that can be asked for': {
    namespace: 'security',
    slices: ['cluster', 'workloads', 'secrets'],
    replicas: 3,
    hostNetwork: true,
    resync: '1h30m',
    proxy: 'http://proxy.example.com:3128',
    noProxy: ['10.0.0.0/8', '.cluster.local'],
    extraCa: pem,
    image: { repository: 'registry.example.com/plimsoll', digest: `sha256:${'a'.repeat(64)}` },
    networkPolicy: false,
    priorityClass: 'high',
  },
  'a Secret that is there, on OpenShift': { existingSecret: 'ours', openshift: true, image: { tag: '9.9' } },
}
const setupOf = (options: object, token: string | undefined = 'ple_x') =>
  agentSetup(
    {
      server: 'https://plimsoll.example.com:8443',
      token,
      cluster: { name: `Bob's "shop", eu`, environment: 'prod', labels: { 'a.b/c': 'x,y', tier: '1' } },
      options: agentOptions.parse({ chart, ...options }),
      version: published.version,
    },
    rules,
  )

describe.skipIf(!hasHelm)('the chart of the agent', () => {
  describe.each(helms)('by %s', helm => {
    test.each(Object.entries(setups))('makes what the manifest has: %s', async (_, options) => {
      const setup = setupOf(options)
      const command = installationOf(setup).helm.replace('helm upgrade --install', '"$0" template')
      const { stdout } = await run('sh', ['-c', command, helm])
      expect(inOrder(objectsOf(stdout))).toEqual(inOrder(agentObjects(setup) as readonly KubeObject[]))
    })

    test.each([
      ['no server', ['token=x'], 'server.url is needed'],
      ['no token', ['server.url=https://p.example.com'], 'token or existingSecret.name is needed'],
      ['two tokens', ['server.url=https://p.example.com', 'token=x', 'existingSecret.name=y'], 'both given'],
      ['a server with a path', ['server.url=https://p.example.com/x', 'token=x'], 'pattern'],
      ['a slice that is none', ['server.url=https://p.example.com', 'token=x', 'slices.pods=true'], 'pods'],
      ['an unknown value', ['server.url=https://p.example.com', 'token=x', 'replica=2'], 'replica'],
      [
        'no certificate',
        ['server.url=https://p.example.com', 'token=x', 'extraCa.pem=x'],
        'no certificate in PEM',
      ],
    ])('refuses %s in words', async (_, values, words) => {
      const args = ['template', 'plimsoll-agent', chart, ...values.flatMap(one => ['--set', one])]
      await expect(run(helm, args)).rejects.toThrow(words)
    })
  })
})

test('the manifest holds the same objects as text', () => {
  const setup = setupOf(setups['all that can be asked for'])
  expect(loadAll(installationOf(setup).manifest)).toEqual(JSON.parse(JSON.stringify(agentObjects(setup))))
})

test('chart and program have one version', () => {
  const { version, appVersion } = load(readFileSync(`${chart}/Chart.yaml`, 'utf8')) as Record<string, string>
  const own = JSON.parse(readFileSync(`${root}/packages/cli/package.json`, 'utf8')) as { version: string }
  expect([version, appVersion, published.version]).toEqual([own.version, own.version, own.version])
})
