// Tests of scan: exit codes, what is asked of collectors, and what is said beside the report.

import { refuse } from '@plimsoll/core'
import { expect, test } from 'vitest'
import { runProgram } from './program.ts'
import { type FakeWorld, fakeKit, pod } from './testing/fake-kit.ts'

async function run(world: FakeWorld, ...args: string[]) {
  const kit = fakeKit(world)
  const code = await runProgram(['scan', ...args], { kit, nodeVersion: '20', onFlags: () => {} })
  return { code, kit, said: kit.said, text: kit.written() }
}
const gap = { scope: 'shop.yaml', reason: 'forbidden', detail: 'may not be read' } as const

test('0 for clean, 1 for findings from --fail-on on', async () => {
  expect((await run({ resources: [pod('web')] }, 'x')).code).toBe(0)
  expect((await run({}, 'x')).code).toBe(1)
  expect((await run({}, 'x', '--fail-on', 'critical')).code).toBe(0)
  const medium = { resources: [pod('web', { hostIPC: true })] }
  expect((await run(medium, 'x')).code).toBe(0)
  expect((await run(medium, 'x', '--fail-on', 'medium')).code).toBe(1)
})

test('3 for gaps unless they are allowed, findings before them', async () => {
  expect((await run({ resources: [pod('web')], gaps: [gap] }, 'x')).code).toBe(3)
  expect((await run({ resources: [pod('web')], gaps: [gap] }, 'x', '--allow-gaps')).code).toBe(0)
  expect((await run({ gaps: [gap] }, 'x')).code).toBe(1)
  expect((await run({ resources: [] }, 'x')).code).toBe(3)
})

test('2 for what cannot be parsed or was named and is not there, whatever gaps are allowed', async () => {
  const broken = { ...gap, reason: 'unparsable' } as const
  expect((await run({ resources: [pod('web')], gaps: [broken] }, 'x', '--allow-gaps')).code).toBe(2)
  const problems = [{ code: 'unreadable-input', message: 'nope was not read' }] as const
  const partly = await run({ resources: [pod('web')], problems }, 'x', 'nope', '--allow-gaps')
  expect([partly.code, partly.said]).toEqual([2, ['error: nope was not read']])
  expect(partly.text).toContain('No findings')
  const nothing = await run({ resources: [], problems }, 'nope')
  expect([nothing.code, nothing.text]).toEqual([2, ''])
})

test('a broken rule is no pass: 3', async () => {
  const { catalogue } = await import('./testing/fake-kit.ts')
  const rules = catalogue.rules.map(rule => ({
    ...rule,
    violations: () => {
      throw new TypeError('it is no list')
    },
  }))
  const { code, text } = await run({ catalogue: { ...catalogue, rules } }, 'x')
  expect(code).toBe(3)
  expect(text).toContain('it is no list')
})

test('files and a cluster are not mixed, and no cluster is looked at unless it is named', async () => {
  expect((await run({}, 'x', '--live')).said).toEqual([
    'error: name either files or a live cluster, not both',
  ])
  expect((await run({})).said[0]).toContain('nothing to look at')
  expect((await run({}, '--live', '--exclude', 'a')).said[0]).toContain('--exclude is for files')
  const live = await run({}, '--context', 'prod', '--kubeconfig', 'k')
  expect(live.kit.asked).toMatchObject([{ context: 'prod', kubeconfig: 'k', kinds: ['Pod'] }])
})

test('a cluster that cannot be reached is one line', async () => {
  const collectors = {
    collectCluster: async () =>
      refuse({ code: 'cluster-unreachable', message: 'no answer from https://c:6443' }),
  }
  const { code, said, text } = await run({ collectors }, '--live')
  expect([code, said, text]).toEqual([2, ['error: no answer from https://c:6443'], ''])
})

test('the edition follows the version of the cluster, or the one given', async () => {
  const editions = async (world: FakeWorld, ...args: string[]) => {
    const { text } = await run(world, 'x', '-o', 'json', ...args)
    const { controls } = JSON.parse(text) as { controls: { benchmark: string; edition: string }[] }
    return controls.map(({ benchmark, edition }) => `${benchmark}@${edition}`)
  }
  expect(await editions({ kubernetesVersion: '1.12.3' })).toEqual([
    'pss-baseline@1.10',
    'pss-restricted@1.34',
  ])
  expect(await editions({}, '--kubernetes-version', '1.9')).toEqual([
    'pss-baseline@1.9',
    'pss-restricted@1.34',
  ])
})

test('only what is asked for is listed; --only takes lists', async () => {
  const { text } = await run({}, 'x', '-o', 'json', '--only', 'fail,error', '--only', 'pass')
  const { results } = JSON.parse(text) as { results: { outcome: string }[] }
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['fail', 'pass']))
  expect((await run({}, 'x', '--only', 'passed')).said).toEqual([
    'error: --only: unknown outcome "passed"; did you mean pass? (known: pass, fail, manual, not-applicable, not-evaluated, error)',
  ])
})

test('hostile words of the system reach the terminal as letters', async () => {
  const problems = [{ code: 'unreadable-input', message: 'a\u001b[2Jb was not read' }] as const
  expect((await run({ resources: [], problems }, 'x')).said).toEqual(['error: a\\x1b[2Jb was not read'])
})
