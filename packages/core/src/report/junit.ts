// JUnit: the report for test views of CI systems: a suite for each resource, a case for each verdict.

import type { Assessment, ResourceEntry } from '../model/assessment.ts'
import type { Gap } from '../model/gap.ts'
import type { Result } from '../model/result.ts'
import { describeEvidence, describeGapPlace, describeResource, describeSource } from './describe.ts'
import { resultsByResource, withLines } from './listing.ts'
import type { ReportOptions } from './options.ts'
import { attributes, escapeXml } from './xml.ts'

type Verdict = 'failure' | 'error' | 'skipped' | undefined

/**
 * The report as XML. What was not evaluated and what broke are errors of the test run, not passes, unless the caller accepts gaps; then
 * they are skipped. An excepted failure is skipped, with who accepted it.
 */
export function* junitReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const titles = new Map(options.rules.map(({ id, title }) => [id, title]))
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: assessment.tool.name })}>\n`
  for (const { entry, results } of resultsByResource(assessment, options)) {
    const cases = withLines(entry, results, options.locate).map(result => testCase(result, entry))
    yield suite(entry ? describeResource(entry) : 'what could not be listed', cases, assessment.startedAt)
  }
  const { gaps, exceptions } = assessment.summary()
  if (gaps.length > 0) yield suite('gaps', gaps.map(gapCase), assessment.startedAt)
  if (exceptions.length > 0)
    yield suite(
      'exceptions',
      exceptions.map(({ id, state, message }) => ({
        verdict: 'skipped' as const,
        text: element(`exception ${id}`, 'exceptions', undefined, 'skipped', message, state, ''),
      })),
      assessment.startedAt,
    )
  yield '</testsuites>\n'

  function testCase(result: Result, entry: ResourceEntry | undefined) {
    const { rule, outcome, discriminator, exception, reason, evidence } = result
    const verdict = verdictOf(result, options.allowGaps === true)
    const name = [titles.get(rule) ?? rule, discriminator && `(${discriminator})`].filter(Boolean).join(' ')
    const message = exception
      ? `accepted until ${exception.expires} by ${exception.owner}: ${exception.reason} (${exception.id})`
      : (reason ?? (evidence[0] && describeEvidence(evidence[0])) ?? outcome)
    const body = evidence.map(
      one => describeEvidence(one, 200) + (one.line === undefined ? '' : `, line ${one.line}`),
    )
    const file = entry && describeSource(entry)
    return {
      verdict,
      text: element(name, rule, file, verdict, message, outcome, [file, ...body].filter(Boolean).join('\n')),
    }
  }

  function gapCase(gap: Gap) {
    const verdict: Verdict = options.allowGaps ? 'skipped' : 'error'
    const place = describeGapPlace(gap)
    return { verdict, text: element(place, 'gaps', undefined, verdict, gap.detail, gap.reason, '') }
  }
}

function verdictOf({ outcome, exception }: Result, allowGaps: boolean): Verdict {
  switch (outcome) {
    case 'pass':
      return undefined
    case 'fail':
      return exception ? 'skipped' : 'failure'
    case 'not-evaluated':
    case 'error':
      return allowGaps ? 'skipped' : 'error'
    case 'manual':
    case 'not-applicable':
      return 'skipped'
  }
}

function suite(
  name: string,
  cases: readonly { readonly verdict: Verdict; readonly text: string }[],
  timestamp: string,
): string {
  const count = (verdict: Verdict) => cases.filter(one => one.verdict === verdict).length
  const head = attributes({
    name,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
    timestamp: timestamp.replace(/(\.\d+)?Z$/, ''),
  })
  return `  <testsuite${head}>\n${cases.map(({ text }) => text).join('')}  </testsuite>\n`
}

function element(
  name: string,
  className: string,
  file: string | undefined,
  verdict: Verdict,
  message: string,
  type: string,
  body: string,
): string {
  const head = `    <testcase${attributes({ name, classname: className, file: file || undefined, time: 0 })}`
  if (!verdict) return `${head}/>\n`
  const open = `      <${verdict}${attributes({ message, ...(verdict !== 'skipped' && { type }) })}`
  const lines = body.split('\n').map(line => escapeXml(line))
  return `${head}>\n${open}${body === '' ? '/>' : `>${lines.join('\n')}</${verdict}>`}\n    </testcase>\n`
}
