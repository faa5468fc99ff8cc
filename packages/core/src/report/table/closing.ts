// Closing: notes on exceptions, and the lines that count everything.

import type { Assessment } from '../../model/assessment.ts'
import { type Severity, severities } from '../../model/severity.ts'
import type { Findings, SeverityCounts } from '../findings.ts'
import type { ReportOptions } from '../options.ts'
import { columns, count, grouped, shorten, visible, wrap } from '../text.ts'
import type { Page } from './layout.ts'

/** Exceptions beyond this that need a word are counted. */
const notesShown = 20

/** What is wrong or idle among the exceptions. */
export function* exceptionLines({ summary }: Findings, page: Page): Generator<string> {
  const { exceptions } = summary
  if (exceptions.length === 0) return
  yield page.paint('strong', 'Exceptions')
  for (const { state, message } of exceptions.slice(0, notesShown)) {
    const [first = '', ...others] = wrap(visible(message), page.width - 16)
    yield `  ${page.paint('warn', '!')} ${state.padEnd(10)}  ${first}`
    for (const line of others) yield ' '.repeat(16) + line
  }
  if (exceptions.length > notesShown) yield `  … and ${exceptions.length - notesShown} more`
  yield ''
}

/** The last lines: how much was found, in how much, and what is not among it. */
export function* closingLines(
  assessment: Pick<Assessment, 'resources' | 'scope'>,
  findings: Findings,
  options: ReportOptions,
  page: Page,
): Generator<string> {
  const { paint, width } = page
  const { counts, resources, hidden, rules, unlisted, summary } = findings
  const all = assessment.resources.length
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0)

  if (hidden.findings > 0) {
    const extent = `${count(hidden.findings, 'finding')} in ${count(hidden.resources, 'resource')}`
    const text = `Not shown here: ${extent}, ${hidden.worst} at worst. --verbose shows all, -o json lists all.`
    yield* wrap(text, width)
    yield ''
  }
  if (resources > 20) yield* mostOften(rules, page)

  const isPartial = summary.gaps.length > 0 || summary.counts['not-evaluated'] > 0 || summary.counts.error > 0
  const fresh = options.baseline ? 'new ' : ''
  if (total > 0) {
    const head = `${count(total, `${fresh}finding`)} in ${grouped(resources)} of ${count(all, 'resource')}:`
    const sums = bySeverity(counts)
    if (columns(head) + sums.reduce((sum, { text }) => sum + columns(text) + 2, 0) <= width)
      yield `${paint('strong', head)} ${sums.map(({ severity, text }) => paint(severity, text)).join(', ')}`
    else {
      yield* wrap(head, width).map(line => paint('strong', line))
      for (const { severity, text } of sums) yield `  ${paint(severity, text)}`
    }
  } else if (all === 0) yield paint('warn', 'Nothing was judged.')
  else if (isPartial)
    yield paint('warn', `No ${fresh}findings in what could be judged of ${count(all, 'resource')}.`)
  else yield paint('good', `No ${fresh}findings in ${count(all, 'resource')}.`)

  const notes = [
    unlisted > 0 && `${grouped(unlisted)} not listed (${unlistedBy(options)})`,
    summary.counts.excepted > 0 && `${grouped(summary.counts.excepted)} accepted by exceptions`,
    options.baseline && `${grouped(summary.fixed.length)} fixed since the baseline`,
    summary.counts['not-evaluated'] > 0 &&
      `${count(summary.counts['not-evaluated'], 'verdict')} not evaluated`,
    summary.counts.error > 0 && count(summary.counts.error, 'error'),
    summary.counts.manual > 0 && `${grouped(summary.counts.manual)} for a person`,
    `${grouped(summary.counts.pass)} passed`,
  ]
  for (const line of wrap(notes.filter(Boolean).join(' · '), width)) yield paint('faint', line)
}

/** `3 critical`, `1 low`: those that there are. */
function bySeverity(counts: SeverityCounts): { readonly severity: Severity; readonly text: string }[] {
  return severities
    .filter(severity => counts[severity] > 0)
    .map(severity => ({ severity, text: `${grouped(counts[severity])} ${severity}` }))
}

function unlistedBy({ baseline, severity, only }: ReportOptions): string {
  const causes = [
    baseline && 'unchanged since the baseline',
    severity && `below ${severity}`,
    only && `--only ${[...only].join(',')}`,
  ]
  return causes.filter(Boolean).join(' or ')
}

function* mostOften(rules: Findings['rules'], { width, paint }: Page): Generator<string> {
  yield paint('strong', 'Most often, by resources')
  const top = rules.slice(0, 5)
  const numbers = top.map(({ resources }) => grouped(resources))
  const widest = Math.max(...numbers.map(text => text.length))
  for (const [i, { rule, severity }] of top.entries())
    yield shorten(`  ${(numbers[i] as string).padStart(widest)} × ${visible(rule)} (${severity})`, width)
  if (rules.length > top.length)
    yield paint('faint', `  and ${count(rules.length - top.length, 'other rule')}`)
  yield ''
}
