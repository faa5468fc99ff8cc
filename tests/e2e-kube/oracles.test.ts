/** The YAML oracles answer as the documented readings of kubectl and the API server say, and agree with each other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kubeCli } from '../../tools/kube-cli/kube-cli.ts'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import {
  kubectlReads,
  type Reading,
  readingOf,
  type ServerReads,
  serverOracle,
} from './harness/yaml-oracle.ts'

/** Body given, and what it means; `undefined` where it is refused. */
const READINGS: readonly [body: string, meaning: Record<string, unknown> | undefined][] = [
  ['value: yes', { value: true }],
  ['value: off', { value: false }],
  ['value: "yes"', { value: 'yes' }],
  ['y: 1', { true: 1 }],
  ['value: 0644', { value: 420 }],
  ['value: 0o644', { value: 420 }],
  ['value: 1_000', { value: 1000 }],
  ['value: 12:30', { value: '12:30' }],
  ['value: 2020-01-01', { value: '2020-01-01' }],
  ['value: !!binary aGk=', { value: 'hi' }],
  ['value: 1\nvalue: 2', { value: 2 }],
  ['base: &b {a: 1}\nvalue: {<<: *b, c: 2}', { base: { a: 1 }, value: { a: 1, c: 2 } }],
  ['value: .inf', undefined],
  ['value: {', undefined],
]

const cli = await kubeCli()
if (!cli.available) process.stderr.write(`skipped kubectl oracle (${cli.reason}): ${cli.detail}\n`)

describe.skipIf(!cli.available)('kubectl oracle', () => {
  test('reads each text as documented, in one call', async () => {
    const answers = await kubectlReads(
      cli.available ? cli.kubectl : '',
      READINGS.map(([body]) => readingOf(body)),
    )
    expect(answers.map(meaning)).toEqual(READINGS.map(([, expected]) => expected))
  })

  test('keeps the objects and the errors of each text apart', async () => {
    const two = `${readingOf('value: 1', 'one')}---\n---\n${readingOf('value: 2', 'two')}`
    const broken = `${readingOf('value: 1')}---\nvalue: }`
    const texts = [two, '', broken, '# nothing\n', 'a: 1\n', readingOf('value: 3')]
    const answers = await kubectlReads(cli.available ? cli.kubectl : '', texts)
    expect(answers.map(answer => [answer.objects.length, answer.errors.length])).toEqual([
      [2, 0],
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 1],
      [1, 0],
    ])
    expect(answers[2]?.errors[0]).toContain('did not find expected node content')
  })
})

await describeWithKubernetes('server oracle', { auditRules: [{ level: 'None' }] }, options => {
  let plane: ControlPlane
  let serverReads: ServerReads
  beforeAll(async () => {
    plane = await startControlPlane(options)
    serverReads = await serverOracle(plane)
  })
  afterAll(async () => {
    await plane?.stop()
  })

  test('reads each text as documented', async () => {
    const answers = await Promise.all(READINGS.map(([body]) => serverReads(readingOf(body))))
    expect(answers.map(meaning)).toEqual(READINGS.map(([, expected]) => expected))
  })

  test('reads built-in kinds with their types', async () => {
    const text = 'metadata:\n  name: one\ndata:\n  mode: "0644"\nimmutable: yes\n'
    const { objects } = await serverReads(text, '/api/v1/namespaces/default/configmaps')
    expect(objects[0]).toMatchObject({ kind: 'ConfigMap', data: { mode: '0644' }, immutable: true })
    const { errors } = await serverReads('data:\n  mode: 0644\n', '/api/v1/namespaces/default/configmaps')
    expect(errors[0]).toContain('cannot unmarshal number')
  })
})

/** The body's own fields, or `undefined` if it was refused. */
function meaning(reading: Reading): Record<string, unknown> | undefined {
  if (reading.errors.length > 0) return undefined
  const { apiVersion: _v, kind: _k, metadata: _m, ...body } = reading.objects[0] as Record<string, unknown>
  return body
}
