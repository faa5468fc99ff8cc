// CSV: the report for spreadsheets (RFC 4180): a row for each result, then the gaps, controls and scores.

import type { Assessment, ResourceEntry } from '../model/assessment.ts'
import type { Result } from '../model/result.ts'
import { describeActual, describeEvidence, describeScore } from './describe.ts'
import { resultsByResource, withLines } from './listing.ts'
import type { ReportOptions } from './options.ts'
import { visible } from './text.ts'

/** `record` says what a row is: result, gap, control, score or exception. */
const columnNames = [
  'record',
  'outcome',
  'severity',
  'rule',
  'title',
  'resource',
  'kind',
  'namespace',
  'name',
  'discriminator',
  'path',
  'actual',
  'expected',
  'evidence',
  'file',
  'line',
  'reason',
  'exception',
  'change',
  'remediation',
] as const
type Row = Partial<Record<(typeof columnNames)[number], string | number>>

/** The report as CSV, with a head line. Cells that a spreadsheet would run as a formula begin with an apostrophe. */
export function* csvReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const rules = new Map(options.rules.map(rule => [rule.id, rule]))
  yield csvLine(columnNames)
  for (const { entry, results } of resultsByResource(assessment, options)) {
    let text = ''
    for (const result of withLines(entry, results, options.locate)) {
      const rule = rules.get(result.rule)
      const failed = result.outcome === 'fail'
      text += row({
        ...resultRow(result, entry),
        title: rule?.title ?? '',
        ...(failed && { remediation: rule?.remediation ?? '' }),
      })
    }
    yield text
  }
  const summary = assessment.summary()
  for (const { scope, kind, namespace, reason, detail, line: at } of summary.gaps)
    yield row({
      record: 'gap',
      outcome: 'not-evaluated',
      kind: kind ?? '*',
      namespace: namespace ?? '',
      file: scope,
      line: at ?? '',
      reason: `${reason}: ${detail}`,
    })
  for (const {
    benchmark,
    edition,
    control,
    outcome,
    reason,
    passed,
    failed,
    notEvaluated,
    excepted,
  } of summary.controls)
    yield row({
      record: 'control',
      outcome,
      severity: control.severity,
      rule: `${benchmark}@${edition}/${control.id}`,
      title: control.title,
      evidence: `${passed} passed, ${failed} failed, ${excepted} excepted, ${notEvaluated} not evaluated`,
      reason: reason ?? '',
    })
  for (const score of summary.scores)
    yield row({
      record: 'score',
      rule: `${score.benchmark}@${score.edition}`,
      actual: score.value ?? 'no score',
      evidence: describeScore(score),
    })
  for (const { id, state, message } of summary.exceptions)
    yield row({ record: 'exception', outcome: state, exception: id, reason: message })
}

function resultRow(result: Result, entry: ResourceEntry | undefined): Row {
  const { rule, severity, outcome, resource, discriminator, reason, evidence, exception, change } = result
  const [first] = evidence
  return {
    record: 'result',
    outcome,
    severity,
    rule,
    resource: resource ?? '',
    kind: entry?.kind ?? '',
    namespace: entry?.namespace ?? '',
    name: entry?.name ?? '',
    discriminator: discriminator ?? '',
    ...(first && {
      path: first.path,
      actual: describeActual(first.actual, 1000).replace(/^= /, ''),
      expected: first.expected,
      evidence: evidence.map(one => describeEvidence(one, 1000)).join('; '),
    }),
    file: entry?.source.file ?? '',
    line: first?.line ?? entry?.source.line ?? '',
    reason: reason ?? '',
    ...(exception && {
      exception: `${exception.id}: ${exception.reason} by ${exception.owner} until ${exception.expires}`,
    }),
    change: change ?? '',
  }
}

const row = (cells: Row) => csvLine(columnNames.map(name => cells[name] ?? ''))
/** One line of CSV; cells that a spreadsheet would run as a formula begin with an apostrophe. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`

/** One cell. Spreadsheets run what begins with these signs, also behind blanks. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = visible(value)
  const safe = /^\s*[=+\-@]/.test(text) || /^[\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
