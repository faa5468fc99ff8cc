import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../modules.ts'
import { equivalents } from './equivalents.ts'
import { leastShare, mutationReport, shareOf } from './report.ts'
import { Trial } from './trial.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-mutate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const core = (file: string) => relative(folder, join(root, 'packages/core/src', file))

/** A rule about ports of hosts, with the examples and the code given. */
function write(file: string, examples: string, violations: string, helpers = ''): string {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    `import { defineRule } from './${core('model/rule.ts')}'
import { pod, podWith } from './${core('samples/pods.ts')}'
${helpers}
const port = (hostPort: number) => ({ ports: [{ hostPort }] })
export const rule = defineRule({
  id: 'sample', title: 'Sample', severity: 'low', subject: 'PodTemplate', rationale: 'R.', remediation: 'R.',
  ${violations},
  examples: ${examples},
})`,
  )
  return file
}

const violations = `*violations(pod) {
    for (const { ports = [], path } of pod.containers)
      for (let i = 0; i < ports.length; i++)
        if (ports[i]?.hostPort !== undefined)
          yield { path: \`\${path}.ports[\${i}].hostPort\`, actual: ports[i]?.hostPort, expected: 'unset' }
  }`

const thorough = `{
    fail: {
      'both': { given: podWith(port(80), port(81)), at: [0, 1].map(i => \`spec.containers[\${i}].ports[0].hostPort\`) },
    },
    pass: { 'no ports': { given: pod() }, 'no port of the host': { given: podWith({ ports: [{ containerPort: 1 }] }) } },
  }`
const weak = "{ fail: { one: { given: podWith(port(80)) } }, pass: { 'no ports': { given: pod() } } }"

const triedIn = async (file: string) => {
  const trial = await Trial.of(folder, [file])
  return { trial, score: trial.files.includes(file) ? trial.try(file) : undefined }
}

describe('a trial of rules', () => {
  it('finds every fault noticed where the examples say enough', async () => {
    const { score } = await triedIn(write('thorough.ts', thorough, violations))
    expect(score).toMatchObject({ isRule: true, rules: 1, survivors: [] })
    expect(score?.mutants).toBeGreaterThan(8)
    expect(score?.killed).toBe(score?.mutants)
  })

  it('names the faults that no example notices, with their places', async () => {
    const { score } = await triedIn(write('weak.ts', weak, violations))
    expect(score?.survivors).toContainEqual({
      line: 8,
      within: 'violations',
      from: 'pod.containers',
      to: '[...pod.containers].slice(0, 1)',
    })
    expect(shareOf(score as never)).toBeLessThan(leastShare)
    expect(score?.killed).toBe((score?.mutants ?? 0) - (score?.survivors.length ?? 0))
  })

  it('does not count what is listed as equivalent, and says which entries are idle', async () => {
    const file = write('listed.ts', weak, violations)
    const entries = [
      { file, code: 'pod.containers', reason: 'one is enough here' },
      { file, code: "'never there'", reason: 'gone' },
    ]
    const trial = await Trial.of(folder, [file], entries)
    const score = trial.try(file)
    expect(score.equivalent).toBe(1)
    expect(score.survivors.map(({ from }) => from)).not.toContain('pod.containers')
    expect(trial.idle([file])).toEqual([entries[1]])
    expect(trial.idle(['other.ts'])).toEqual([])
  })

  it('ends loops that a fault makes endless', async () => {
    const endless = `*violations(pod) {
    let left = pod.containers.length
    while (left > 0) left -= 1
    for (const { ports = [], path } of pod.containers)
      if (ports.length > 0) yield { path: \`\${path}.ports[0].hostPort\`, actual: ports[0]?.hostPort, expected: 'x' }
  }`
    const { score } = await triedIn(write('endless.ts', weak, endless))
    expect(score?.survivors.map(({ from }) => from)).not.toContain('left -= 1')
  })

  it('holds a shared helper to the examples of all rules that call it', async () => {
    writeFileSync(
      join(folder, 'helper.ts'),
      'export const isOpen = (port: number) => port > 0 && port !== 22\nexport const unused = (a: number) => a + 1\n',
    )
    const calling = `*violations(pod) {
    for (const { ports = [], path } of pod.containers)
      if (isOpen(ports[0]?.hostPort ?? 0)) yield { path: \`\${path}.ports[0].hostPort\`, actual: ports[0]?.hostPort, expected: 'x' }
  }`
    const imports = "import { isOpen } from './helper.ts'"
    const first = write('first.ts', weak, calling, imports)
    const second = write(
      'second.ts',
      '{ fail: { one: { given: podWith(port(1)) } }, pass: { ssh: { given: podWith(port(22)) } } }',
      calling,
      imports,
    )
    const alone = (await Trial.of(folder, [first])).try('helper.ts')
    const together = (await Trial.of(folder, [first, second])).try('helper.ts')
    expect(alone).toMatchObject({ isRule: false, rules: 1 })
    expect(together).toMatchObject({ isRule: false, rules: 2, survivors: [] })
    expect(alone.survivors.length).toBeGreaterThan(0)
    // What no rule calls decides nothing.
    expect(together.survivors.concat(alone.survivors).map(({ within }) => within)).not.toContain('unused')
  })

  it('goes on without rules that do not hold by their own examples, or do not load', async () => {
    const wrong = write('wrong.ts', '{ fail: { none: { given: pod() } }, pass: {} }', violations)
    const broken = write('broken.ts', thorough, 'violations: (')
    const trial = await Trial.of(folder, [wrong, broken])
    expect(trial.files).toEqual([])
    expect(trial.broken).toEqual([
      expect.stringMatching(/^wrong\.ts: .*fail: none: the outcome is pass/),
      expect.stringMatching(/^broken\.ts: /),
    ])
  })
})

describe('the report', () => {
  it('is the same for the same scores, and shows shares, survivors and equivalents', () => {
    const score = {
      file: 'a/b.ts',
      rules: 1,
      isRule: true,
      mutants: 9,
      killed: 7,
      equivalent: 1,
      survivors: [],
    }
    const survivor = { line: 3, within: 'f', from: 'return', to: ';' }
    const helper = { ...score, file: 'a/c.ts', rules: 4, isRule: false, killed: 7, survivors: [survivor] }
    const entry = { file: 'a/b.ts', code: 'x', to: 'y', reason: 'they are the same' }
    const page = mutationReport([score, helper], [entry])
    expect(page).toBe(mutationReport([score, helper], [entry]))
    expect(page).toContain('| a/b | 8 | 7 | 87.5 % |')
    expect(page).toContain('| a/c | 4 | 8 | 7 | 87.5 % |')
    expect(page).toContain('- c.ts:3, f: `return` left out')
    expect(page).toContain('- a/b, `x` as `y`: they are the same')
  })
})

describe('a sample of the catalogue', () => {
  const rules = join(root, 'packages/core/src/catalogue/rules')
  const sample = [
    'accounts/missing-service-account.ts',
    'control-plane/apiserver-profiling.ts',
    'network/ingress-tls.ts',
    'operations/selector-mismatch.ts',
    'pod-security/volume-types.ts',
    'workload/runs-as-root.ts',
  ]

  it('reaches the share that every rule must reach', async () => {
    const trial = await Trial.of(rules, sample, equivalents)
    expect(trial.broken).toEqual([])
    for (const file of sample) expect(shareOf(trial.try(file)), file).toBeGreaterThanOrEqual(leastShare)
  })
})
