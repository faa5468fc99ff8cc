// Tests of JSON: valid against the published schema, whole whatever it holds, and written as it is judged.

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonReport } from '../contract/report.ts'
import { gapReasons } from '../model/gap.ts'
import { outcomes } from '../model/outcome.ts'
import { severities } from '../model/severity.ts'
import { jsonReport } from './json.ts'
import { write } from './testing/formats.ts'
import { hostileAssessment, hostileParts } from './testing/hostile.ts'
import { assessmentOf, entry, mixedAssessment, options, result } from './testing/sample-assessment.ts'

const schema = JSON.parse(
  readFileSync(new URL('../contract/report.schema.json', import.meta.url), 'utf8'),
) as object
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema)
const report = (...given: Parameters<typeof write> extends [unknown, ...infer Rest] ? Rest : never) =>
  JSON.parse(write(jsonReport, ...given)) as JsonReport

test('is valid against the published schema, also for hostile content', () => {
  const isValid = (value: unknown) => validate(value) || JSON.stringify(validate.errors)
  expect(isValid(report(mixedAssessment()))).toBe(true)
  expect(isValid(report(assessmentOf()))).toBe(true)
  fc.assert(
    fc.property(hostileParts, parts => isValid(report(hostileAssessment(parts))) === true),
    { numRuns: 150 },
  )
})

test('the schema knows the words of the model, all of them', () => {
  const { definitions } = schema as unknown as {
    definitions: Record<string, { enum?: unknown; properties?: { reason?: { enum?: unknown } } }>
  }
  expect(definitions.severity?.enum).toEqual(severities)
  expect(definitions.outcome?.enum).toEqual(outcomes)
  expect(definitions.gap?.properties?.reason?.enum).toEqual(gapReasons)
})

test('the schema refuses what a report is not', () => {
  const good = report(mixedAssessment())
  for (const bad of [
    { ...good, schemaVersion: 2 },
    { ...good, gaps: undefined },
    { ...good, results: [{ ...good.results[0], outcome: 'passed' }] },
    { ...good, results: [{ ...good.results[0], evidence: [] }] },
    { ...good, score: [{ ...good.score[0], value: 101 }] },
  ])
    expect(validate(JSON.parse(JSON.stringify(bad)))).toBe(false)
})

test('holds every outcome, and text as it was found', () => {
  const { results, resources, counts } = report(mixedAssessment())
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'fail',
    'fail',
    'pass',
    'pass',
    'fail',
    'fail',
    'error',
    'not-applicable',
    'not-evaluated',
  ])
  expect(resources).toHaveLength(3)
  expect(counts).toMatchObject({ fail: 3, excepted: 1, 'not-evaluated': 1, error: 1 })
  fc.assert(
    fc.property(hostileParts, parts => {
      const [first] = report(hostileAssessment(parts)).results
      expect(first?.discriminator).toBe(parts.discriminator)
      expect(first?.evidence[0]).toMatchObject({ path: parts.path, expected: parts.expected })
    }),
    { numRuns: 100 },
  )
})

test('a result as readers get it', () => {
  const { results } = report(mixedAssessment())
  expect(results[4]).toEqual({
    rule: 'memory-limit',
    severity: 'medium',
    outcome: 'fail',
    resource: 'files/Deployment/shop/api',
    discriminator: 'main',
    evidence: [
      {
        path: 'spec.template.spec.containers[0].resources.limits.memory',
        actual: null,
        expected: 'a memory limit',
        line: 56,
        column: 3,
      },
    ],
  })
})

test('a filter leaves results out, not counts, controls or gaps', () => {
  const { results, counts, controls, gaps } = report(mixedAssessment(), { only: new Set(['error']) })
  expect(results.map(({ outcome }) => outcome)).toEqual(['error'])
  expect([counts.fail, controls.length, gaps.length]).toEqual([3, 3, 1])
})

test('results are written while they come', () => {
  const pods = Array.from({ length: 3 }, (_, i) => entry('Pod', `p${i}`))
  let given = 0
  const assessment = assessmentOf({ resources: pods })
  const stream = jsonReport(
    {
      ...assessment,
      *results() {
        for (const pod of pods) {
          given++
          yield result('pass', 'host-pid', pod)
        }
      },
    },
    options,
  )
  let text = ''
  while (!text.includes('"rule":"host-pid","severity":"medium"')) text += stream.next().value
  expect(given).toBeLessThan(pods.length)
})
