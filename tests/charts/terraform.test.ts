/** Terraform: the module in deploy/terraform and what an enrolment tells are sound HCL, and know the variables that they use. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load, loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { agentOptions } from '../../packages/core/src/contract/api/enrolments.ts'
import { agentSetup, installationOf, published } from '../../packages/core/src/index.ts'
import { terraformModule } from '../../packages/core/src/install/terraform-module.ts'
import { root } from '../../scripts/modules.ts'
import { structureFaults, variablesOf } from './hcl-structure.ts'
import { canonical, chartFolder, hasHelm, helms, type KubeObject, objectsOf, template } from './helm.ts'

const folder = join(root, 'deploy/terraform')
const files = readdirSync(folder)
  .filter(name => name.endsWith('.tf'))
  .map(name => readFileSync(join(folder, name), 'utf8'))

describe('the module', () => {
  test.each(files.map(text => [text]))('closes what it opens', text => {
    expect(structureFaults(text)).toEqual([])
  })

  test('uses every variable that it declares, and declares every one that it uses', () => {
    const { declared, used } = variablesOf(files.join('\n'))
    expect(declared.length).toBeGreaterThan(10)
    expect(used).toEqual(declared)
  })

  test('keeps the token out of what is shown, and asks for the server', () => {
    const blocks = files.join('\n').split(/^(?=variable )/m)
    const block = (name: string) => blocks.find(one => one.startsWith(`variable "${name}"`)) ?? ''
    expect(block('token')).toMatch(/^ {2}sensitive +=\s+true$/m)
    expect(block('server_url')).not.toContain('default')
  })

  test('refuses to be made from a chart that lacks a value of it', () => {
    const values = load(readFileSync(join(chartFolder('plimsoll-agent'), 'values.yaml'), 'utf8')) as {
      proxy: unknown
    }
    expect(() => terraformModule({ ...values, proxy: {} })).toThrow('the chart has no value proxy.url')
  })
})

const setupOf = (options: object, token?: string) =>
  agentSetup(
    {
      server: 'https://plimsoll.example.com',
      token,
      cluster: {
        name: 'Bob\'s "$${shop}" %{x} \\',
        environment: 'prod',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is HCL's
        labels: { 'a.b/c': '${d}', tier: '1' },
      },
      options: agentOptions.parse(options),
      version: published.version,
    },
    [],
  )

test.each([
  ['nothing but what is needed', {}],
  ['a Secret that is there', { existingSecret: 'ours' }],
  [
    'a chart elsewhere',
    { chart: 'oci://registry.example.com/charts/agent', extraCa: '-----BEGIN CERTIFICATE-----\n' },
  ],
])('what an enrolment tells is sound with %s', (_, options) => {
  const text = installationOf(setupOf(options)).terraform
  expect(structureFaults(text)).toEqual([])
  const { declared, used } = variablesOf(text)
  expect(used).toEqual(declared)
})

test.skipIf(!hasHelm)(
  'the plain manifest is what the chart makes of nothing but a server and a token',
  async () => {
    const [helm = ''] = helms
    const values = { 'server.url': 'https://plimsoll.example.com', token: '<token>' }
    const rendered = objectsOf(await template(helm, 'plimsoll-agent', values))
    const manifest = loadAll(readFileSync(join(root, 'deploy/agent.yaml'), 'utf8')) as KubeObject[]
    const ofHelm = ['helm.sh/chart', 'app.kubernetes.io/managed-by']
    const plain = JSON.parse(
      JSON.stringify(rendered, (key, value) =>
        key === 'labels'
          ? Object.fromEntries(Object.entries(value as object).filter(([name]) => !ofHelm.includes(name)))
          : value,
      ),
    ) as KubeObject[]
    expect(canonical(manifest.filter(({ kind }) => kind !== 'Namespace'))).toBe(canonical(plain))
  },
)

describe('the test itself', () => {
  test.each([
    ['a = {', '1: { is never closed'],
    ['a = [1)', '1: ) closes [ of line 1'],
    ['a = "b', '1: " is never closed'],
    ['a = "b\nc = 1', '1: a string runs over its line'],
    ['a = "\\b"', '1: unknown escape \\b'],
    ['\n}', '2: } closes nothing'],
    ['a = "${b"', '1: " is never closed'],
  ])('sees what is wrong with %j', (text, fault) => {
    expect(structureFaults(text).some(one => one.includes(fault.split(': ')[1] as string))).toBe(true)
  })

  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is HCL's
  test.each(['a = "$${b" # {', 'a = "${f("}")}"', 'a = "\\u0008 \\" %%{"', '// "'])('lets %j pass', text => {
    expect(structureFaults(text)).toEqual([])
  })
})
