// Journeys of scan: the sample shop judged, gated, compared, accepted, saved, by the built program.

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plimsoll, samples, useBuiltProgram, useScratchFolder } from './plimsoll.ts'

useBuiltProgram()
const scratch = useScratchFolder()

interface Report {
  readonly results: readonly {
    readonly rule: string
    readonly outcome: string
    readonly resource: string
    readonly evidence: readonly { readonly line?: number }[]
  }[]
  readonly resources: readonly { readonly key: string }[]
  readonly score: readonly { readonly value: number | null }[]
  readonly gaps: readonly { readonly reason: string; readonly line?: number }[]
}
const report = async (...args: string[]) =>
  JSON.parse((await plimsoll(['scan', ...args, '-o', 'json'])).stdout) as Report

test('the sample shop: what is wrong is found with its line, what is sound passes', async () => {
  const { results, resources, score, gaps } = await report(samples)
  expect(resources).toHaveLength(10)
  expect(gaps).toEqual([])
  const failed = (rule: string, name: string) =>
    results.find(one => one.rule === rule && one.resource.endsWith(`/${name}`) && one.outcome === 'fail')
  // `privileged: yes` is true, as kubectl reads it.
  expect(failed('privileged-container', 'node-metrics')?.evidence[0]?.line).toBe(
    readFileSync(`${samples}/shop/node-metrics.yaml`, 'utf8')
      .split('\n')
      .indexOf('            privileged: yes') + 1,
  )
  expect(failed('container-runtime-socket', 'nightly-report')).toBeDefined()
  expect(failed('added-capabilities', 'orders-db')).toBeDefined()
  expect(results.filter(one => one.resource.endsWith('/checkout') && one.outcome !== 'pass')).toEqual([])
  for (const { value } of score) expect(value).toSatisfy(one => one !== null && one > 0 && one < 100)
})

test('the gate: exit code by severity', async () => {
  expect((await plimsoll(['scan', samples])).code).toBe(1)
  expect((await plimsoll(['scan', `${samples}/shop/checkout.yaml`])).code).toBe(0)
  const low = ['scan', `${samples}/shop/storefront.yaml`, '--rule', 'image-latest-tag']
  expect((await plimsoll(low)).code).toBe(0)
  expect((await plimsoll([...low, '--fail-on', 'low'])).code).toBe(1)
})

test('standard input, and a benchmark of a version', async () => {
  const manifest = readFileSync(`${samples}/shop/node-metrics.yaml`)
  const { stdout, code } = await plimsoll(['scan', '-', '-b', 'pss-baseline@1.30', '-o', 'json'], {
    stdin: manifest,
  })
  expect(code).toBe(1)
  const { controls } = JSON.parse(stdout) as {
    controls: { edition: string; control: string; outcome: string }[]
  }
  expect(controls.find(({ control }) => control === 'privileged')).toMatchObject({
    edition: '1.30',
    outcome: 'fail',
  })
})

test('a broken document is named with its place, its neighbours are judged, the exit is not 0', async () => {
  const file = scratch('broken.yaml')
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostPID: true, containers: [{name: a, image: 'a:1'}]}\n`
  writeFileSync(file, `${pod('first')}---\nkind: Pod\nspec: {hostPID: "true\n---\n${pod('last')}`)
  const { code, stdout } = await plimsoll(['scan', file])
  expect(code).toBe(1)
  expect(stdout).toMatch(/! unparsable {2}\S*broken\.yaml:\d+:\d+/)
  expect(stdout).toContain('Pod default/first')
  expect(stdout).toContain('Pod default/last')
  expect((await plimsoll(['scan', file, '--rule', 'host-ipc', '--allow-gaps'])).code).toBe(2)
})

test('an empty folder is not clean', async () => {
  const { code, stdout } = await plimsoll(['scan', '.'], { cwd: scratch('').replace(/broken.*/, '') })
  expect(code).not.toBe(0)
  expect(stdout).not.toMatch(/score 100/)
})

test('a baseline leaves only what is new', async () => {
  const baseline = scratch('baseline.json')
  await plimsoll(['scan', `${samples}/shop/storefront.yaml`, '-o', 'json', '--output-file', baseline])
  const same = await plimsoll([
    'scan',
    `${samples}/shop/storefront.yaml`,
    '--baseline',
    baseline,
    '--fail-on',
    'low',
  ])
  expect(same.code).toBe(0)
  expect(same.stdout).toContain('No new findings')
  const worse = scratch('worse.yaml')
  const text = readFileSync(`${samples}/shop/storefront.yaml`, 'utf8')
  writeFileSync(
    worse,
    text.replace('    spec:\n      containers:', '    spec:\n      hostPID: true\n      containers:'),
  )
  const { code, stdout } = await plimsoll(['scan', worse, '--baseline', baseline])
  expect(code).toBe(1)
  expect(stdout).toMatch(/1 new finding in 1 of 2 resources: 1 high/)
})

test('exceptions are accepted until their end, and told', async () => {
  const file = scratch('exceptions.yaml')
  const exceptions = (rules: string, expires: string) =>
    `exceptions:\n  - rules: ${rules}\n    scope: { names: [node-metrics] }\n    owner: platform\n    reason: risk-owned\n    expires: '${expires}'\n`
  const scan = (...more: string[]) =>
    plimsoll([
      'scan',
      `${samples}/shop/node-metrics.yaml`,
      '--rule',
      'host-pid',
      '--exceptions',
      file,
      ...more,
    ])
  writeFileSync(file, exceptions('[host-pid]', '2999-12-31'))
  const accepted = await scan()
  expect([accepted.code, accepted.stdout.includes('1 accepted by exceptions')]).toEqual([0, true])
  writeFileSync(file, exceptions('[host-pid]', '2020-01-01'))
  const expired = await scan()
  expect([expired.code, expired.stdout.includes('expired on 2020-01-01')]).toEqual([1, true])
  writeFileSync(file, exceptions('[host-pdi]', '2999-12-31'))
  const mistyped = await scan()
  expect([mistyped.code, mistyped.stdout]).toEqual([2, ''])
  expect(mistyped.stderr).toContain('unknown rule "host-pdi"; did you mean host-pid')
})

test('a profile switches off with a reason, and parameters are set', async () => {
  const profile = scratch('profile.yaml')
  writeFileSync(profile, 'rules:\n  host-pid: { enabled: false, reason: the agent needs it }\n')
  const { results } = await report(`${samples}/shop/node-metrics.yaml`, '--profile', profile)
  expect(results.some(({ rule }) => rule === 'host-pid')).toBe(false)
  const wrong = await plimsoll(['scan', samples, '--parameter', 'host-pid.nope=1'])
  expect([wrong.code, wrong.stderr.includes('unknown parameter of host-pid')]).toEqual([2, true])
})

test('a snapshot is saved for its owner alone, shown, and judged as what it was made of', async () => {
  const file = scratch('shop.snapshot')
  const saved = await plimsoll(['snapshot', 'save', file, samples])
  expect([saved.code, saved.stdout]).toEqual([0, ''])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect((await plimsoll(['snapshot', 'show', file])).stdout).toContain('10 resources')
  const outcomes = ({ results }: Report) =>
    results.map(({ rule, outcome, resource }) => [rule, outcome, resource])
  expect(outcomes(await report(file))).toEqual(outcomes(await report(samples)))
})
