// Tests of SARIF: the constraints of SARIF 2.1.0 that its types do not say, and what readers of it rely on.

import fc from 'fast-check'
import type { Log, Result } from 'sarif'
import { expect, test } from 'vitest'
import { write } from '../testing/formats.ts'
import { hostileAssessment, hostileParts } from '../testing/hostile.ts'
import { assessmentOf, entry, failure, mixedAssessment, options } from '../testing/sample-assessment.ts'
import { sarifReport } from './sarif.ts'

const log = (...given: Parameters<typeof write> extends [unknown, ...infer Rest] ? Rest : never) =>
  JSON.parse(write(sarifReport, ...given)) as Log
const runOf = (one: Log) => one.runs[0] as Log['runs'][0]
const resultsOf = (one: Log) => runOf(one).results ?? []

/** URI references of RFC 3986, as SARIF asks for. */
const uriReference = /^(?:file:\/\/)?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$/
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** What the schema and the text of the standard demand beyond the types of @types/sarif. */
function expectSound(one: Log): void {
  expect(one.version).toBe('2.1.0')
  const run = runOf(one)
  const { rules = [], notifications = [] } = run.tool.driver
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  for (const rule of rules) {
    expect(rule.help?.text).toBeTruthy()
    expect(rule.help?.markdown).toBeTruthy()
    expect(rule.shortDescription?.text).toMatch(/[.!?]$/)
  }
  for (const result of resultsOf(one)) {
    expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId)
    expect(result.message.text).toBeTruthy()
    expect(result.locations).toHaveLength(1)
    for (const location of [...(result.locations ?? []), ...(result.relatedLocations ?? [])]) {
      const physical = location.physicalLocation
      if (physical) {
        expect(physical.artifactLocation?.uri).toMatch(uriReference)
        if (physical.region) expect(physical.region.startLine).toBeGreaterThanOrEqual(1)
      }
      expect(location.logicalLocations?.[0]?.fullyQualifiedName).toBeTruthy()
    }
    for (const suppression of result.suppressions ?? []) expect(suppression.kind).toBe('external')
  }
  const [invocation] = run.invocations ?? []
  expect(invocation?.startTimeUtc).toMatch(timestamp)
  expect(invocation?.endTimeUtc).toMatch(timestamp)
  const known = new Set(notifications.map(({ id }) => id))
  for (const { descriptor, message, level } of invocation?.toolExecutionNotifications ?? []) {
    expect(known).toContain(descriptor?.id)
    expect(message.text).toBeTruthy()
    if (level === 'error') expect(invocation?.executionSuccessful).toBe(false)
  }
}

test('is sound, also for hostile content', () => {
  expectSound(log(mixedAssessment()))
  expectSound(log(assessmentOf()))
  fc.assert(
    fc.property(hostileParts, parts => expectSound(log(hostileAssessment(parts)))),
    { numRuns: 150 },
  )
})

test('failures are results, others are not: some readers take every result for one', () => {
  expect(resultsOf(log(mixedAssessment())).map(({ ruleId, level, kind }) => [ruleId, level, kind])).toEqual([
    ['privileged-container', 'error', 'fail'],
    ['host-pid', 'error', 'fail'],
    ['memory-limit', 'warning', 'fail'],
    ['host-pid', 'error', 'fail'],
  ])
})

test('a result stands at its evidence, and says what and where', () => {
  const [first] = resultsOf(log(mixedAssessment()))
  expect(first?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'shop/app.yaml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 59, startColumn: 3 },
  })
  expect(first?.message.text).toBe(
    'No container runs privileged: Deployment shop/web, main\n' +
      'spec.template.spec.containers[0].securityContext.privileged = true → unset or false',
  )
})

test('a live object has a logical location only, an absolute path a file URI', () => {
  const at = (file: string) => {
    const own = entry('Pod', 'p', undefined, { source: { file, document: 0 } })
    const [first] = resultsOf(
      JSON.parse(
        [
          ...sarifReport(assessmentOf({ resources: [own], results: [failure('host-pid', own)] }), {
            rules: options.rules,
            now: options.now,
          }),
        ].join(''),
      ) as Log,
    )
    return first?.locations?.[0]?.physicalLocation?.artifactLocation?.uri
  }
  expect([at('https://10.0.0.1:6443'), at('-'), at('/srv/a b.yaml'), at('./x/ü#1.yaml')]).toEqual([
    undefined,
    undefined,
    'file:///srv/a%20b.yaml',
    'x/%C3%BC%231.yaml',
  ])
})

test('fingerprints tell findings apart, and do not move with lines, values or list positions', () => {
  const marks = (results: readonly Result[]) =>
    results.map(one => one.partialFingerprints?.['plimsollFinding/v1'])
  const before = marks(resultsOf(log(mixedAssessment())))
  expect(new Set(before).size).toBe(before.length)
  expect(
    marks(resultsOf(log(mixedAssessment(), { locate: (_, paths) => paths.map(() => ({ line: 999 })) }))),
  ).toEqual(before)
  const own = entry('Deployment', 'web')
  const one = (path: string, discriminator: string) =>
    marks(
      resultsOf(
        log(
          assessmentOf({
            resources: [own],
            results: [
              failure('host-pid', own, { discriminator, evidence: [{ path, actual: path, expected: '' }] }),
            ],
          }),
        ),
      ),
    )[0]
  expect(one('c[0]', 'a')).toBe(one('c[1]', 'a'))
  expect(one('c[0]', 'a')).not.toBe(one('c[0]', 'b'))
})

test('an exception suppresses, a baseline is told, accepted gaps make the run a success', () => {
  const [, , , excepted] = resultsOf(log(mixedAssessment()))
  expect(excepted?.suppressions).toEqual([
    {
      kind: 'external',
      status: 'accepted',
      justification: 'risk-mitigated, accepted by team-a until 2026-12-31 (e-1)',
    },
  ])
  const own = entry('Deployment', 'web')
  const changed = assessmentOf({ resources: [own], results: [failure('host-pid', own, { change: 'new' })] })
  expect(resultsOf(log(changed))[0]?.baselineState).toBe('new')
  const success = (allowGaps: boolean) =>
    runOf(log(mixedAssessment(), { allowGaps })).invocations?.[0]?.executionSuccessful
  expect([success(false), success(true)]).toEqual([false, true])
})
