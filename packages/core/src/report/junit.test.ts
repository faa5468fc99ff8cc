// Tests of JUnit: well-formed, its counts true, and nothing that was not evaluated looks passed.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { junitReport } from './junit.ts'
import { write } from './testing/formats.ts'
import { hostileAssessment, hostileParts } from './testing/hostile.ts'
import { mixedAssessment } from './testing/sample-assessment.ts'
import { readXml, type XmlElement } from './testing/xml-reader.ts'

const suites = (text: string) => readXml(text).children
const verdictOf = (testcase: XmlElement) => testcase.children[0]?.name ?? 'passed'

test('a suite for each resource, a case for each verdict', () => {
  const found = suites(write(junitReport, mixedAssessment())).map(
    ({ attributes, children }) => `${attributes.name}: ${children.map(verdictOf).join(' ')}`,
  )
  expect(found).toEqual([
    'Deployment shop/web: failure failure passed',
    'Deployment shop/api: passed failure',
    'CronJob shop/nightly: skipped error skipped',
    'what could not be listed: error',
    'gaps: error',
    'exceptions: skipped',
  ])
})

test('a failure says what stands where and what should', () => {
  const [web] = suites(write(junitReport, mixedAssessment()))
  const [first] = web?.children ?? []
  expect(first?.attributes).toMatchObject({
    name: 'No container runs privileged (main)',
    classname: 'privileged-container',
  })
  expect(first?.children[0]?.text).toBe(
    'shop/app.yaml:12\nspec.template.spec.containers[0].securityContext.privileged = true → unset or false, line 59',
  )
})

test('accepted gaps are skipped, never passed', () => {
  const found = suites(write(junitReport, mixedAssessment(), { allowGaps: true }))
  expect(found.flatMap(({ children }) => children.map(verdictOf)).filter(one => one === 'error')).toEqual([])
  expect(found.find(({ attributes }) => attributes.name === 'gaps')?.children.map(verdictOf)).toEqual([
    'skipped',
  ])
})

test('is well-formed and counts right whatever it holds', () => {
  fc.assert(
    fc.property(hostileParts, parts => {
      for (const { attributes, children } of suites(write(junitReport, hostileAssessment(parts)))) {
        const count = (verdict: string) => String(children.filter(one => verdictOf(one) === verdict).length)
        expect(attributes).toMatchObject({
          tests: String(children.length),
          failures: count('failure'),
          errors: count('error'),
          skipped: count('skipped'),
        })
      }
    }),
    { numRuns: 150 },
  )
})
