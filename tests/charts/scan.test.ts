/** Our own scan of our charts with every rule of the catalogue: what fails is argued in the chart's exceptions, and each exception is needed. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, describe, expect, test } from 'vitest'
import { rules } from '../../packages/core/src/catalogue/index.ts'
import { root } from '../../scripts/modules.ts'
import { chartFolder, hasHelm, helms, template, type Values } from './helm.ts'

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-chart-scan-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Every rule, those too that are off by default; no rule knows by itself which registries are ours. */
const profile = join(scratch, 'profile.json')
writeFileSync(
  profile,
  JSON.stringify({
    name: 'every rule',
    rules: Object.fromEntries(
      rules.map(({ id }) => [
        id,
        id === 'image-registry'
          ? { enabled: true, parameters: { allowed: ['ghcr.io/plimsoll'] } }
          : { enabled: true },
      ]),
    ),
  }),
)

interface Report {
  readonly rules: readonly unknown[]
  readonly gaps: readonly unknown[]
  readonly results: readonly {
    readonly rule: string
    readonly outcome: string
    readonly resource: string
    readonly exception?: { readonly id: string }
  }[]
}

async function scan(text: string, exceptions: string): Promise<Report> {
  const args = ['scan', '-', '--profile', profile, '-o', 'json', '--fail-on', 'low', '--allow-gaps']
  const child = spawn(
    join(root, 'node_modules/.bin/tsx'),
    ['packages/cli/src/main.ts', ...args, '--exceptions', exceptions],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  child.stdin.end(text)
  await new Promise((done, fail) => child.on('close', done).on('error', fail))
  return JSON.parse(said) as Report
}

const agent = { 'server.url': 'https://plimsoll.example.com', token: 'ple_x' }
const server = { publicUrl: 'https://plimsoll.example.com' }
const digest = `sha256:${'a'.repeat(64)}`
const charts: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  'plimsoll-agent': {
    'as it comes': agent,
    'on the network of its node': { ...agent, hostNetwork: true },
    'with all that can be chosen': {
      ...agent,
      replicas: 2,
      'slices.secrets': true,
      'rbac.discovery': true,
      'images.agent.digest': digest,
      'extraCa.configMap.name': 'ca',
    },
  },
  plimsoll: {
    'as it comes': server,
    'with a digest': { ...server, 'images.server.digest': digest },
    'with all that can be chosen': {
      ...server,
      replicas: 2,
      'database.existingSecret.name': 'postgres',
      'tls.existingSecret': 'certificate',
      ingress: { enabled: true, className: 'nginx', tlsSecret: 'front' },
      'metrics.existingSecret.name': 'metrics',
      'metrics.serviceMonitor.enabled': true,
    },
  },
}

/** Undecided by nature: what decides them is of the cluster, not of a chart. */
const ofTheCluster = ['aws-ingress-tls']

describe.skipIf(!hasHelm).each(Object.entries(charts))('%s', (chart, variants) => {
  const exceptions = join(chartFolder(chart), 'exceptions.yaml')
  const [helm = ''] = helms
  const accepted = new Set<string>()

  test.each(Object.entries(variants))('is clean %s', async (_, values) => {
    const report = await scan(await template(helm, chart, values), exceptions)
    expect(report.rules).toHaveLength(rules.length)
    expect(report.gaps).toEqual([])
    const open = report.results.filter(
      ({ outcome, rule, exception }) =>
        (outcome === 'fail' && !exception) ||
        outcome === 'error' ||
        (outcome === 'not-evaluated' && !ofTheCluster.includes(rule)),
    )
    expect(open.map(({ rule, resource, outcome }) => `${outcome} ${rule} ${resource}`)).toEqual([])
    for (const { rule, exception } of report.results) if (exception) accepted.add(rule)
  })

  test('each exception is needed', () => {
    const { exceptions: all } = load(readFileSync(exceptions, 'utf8')) as {
      exceptions: readonly { rules: readonly string[] }[]
    }
    expect([...new Set(all.flatMap(one => one.rules))].sort()).toEqual([...accepted].sort())
  })
})
