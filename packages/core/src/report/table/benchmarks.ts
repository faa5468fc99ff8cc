// Benchmarks: one line on what each edition came to, and which of its controls do not pass.

import type { Assessment, ControlResult, Summary } from '../../model/assessment.ts'
import { describeScore, type EditionSummary, summarizeEditions } from '../describe.ts'
import { columns, padTo, visible, wrap } from '../text.ts'
import type { Page } from './layout.ts'

/** The section's lines; none where no benchmark was asked for. */
export function* benchmarkLines(
  { editions }: Pick<Assessment, 'editions'>,
  summary: Summary,
  page: Page,
): Generator<string> {
  const own = summarizeEditions(editions, summary.controls, summary.scores)
  if (own.length === 0) return
  yield page.paint('strong', 'Benchmarks')
  const idWidth = Math.max(...own.map(({ id }) => columns(visible(id))))
  for (const edition of own) {
    const start = `  ${padTo(visible(edition.id), idWidth)}  `
    const [first = '', ...others] = wrap(headline(edition), Math.max(30, page.width - columns(start)))
    yield start + first
    for (const line of others) yield ' '.repeat(columns(start)) + line
    yield* idLines('fail', edition.failed, page)
    // Where it is all of them, the count says it.
    if (edition.notEvaluated.length < edition.controls.length)
      yield* idLines('not evaluated', edition.notEvaluated, page)
  }
  yield ''
}

function headline({
  score,
  controls,
  passed,
  failed,
  notEvaluated,
  manual,
  notApplicable,
}: EditionSummary): string {
  const parts = [
    `${passed} of ${controls.length} controls pass`,
    failed.length > 0 && `${failed.length} fail`,
    notEvaluated.length > 0 && `${notEvaluated.length} not evaluated`,
    manual > 0 && `${manual} for a person to attest`,
    notApplicable > 0 && `${notApplicable} not applicable`,
  ]
  const value = score ? describeScore(score) : 'no score'
  return `${value.startsWith('no score') ? value : `score ${value}`}: ${parts.filter(Boolean).join(', ')}`
}

/** So many controls are named; the others are counted. */
const named = 40

function* idLines(
  what: string,
  controls: readonly ControlResult[],
  { width, paint }: Page,
): Generator<string> {
  if (controls.length === 0) return
  const ids = controls.slice(0, named).map(({ control }) => visible(control.id))
  const rest = controls.length > named ? [`and ${controls.length - named} more`] : []
  const start = `    ${what}: `
  const lines = wrap([...ids, ...rest].join(', '), Math.max(20, width - start.length))
  for (const [i, line] of lines.entries())
    yield (i === 0 ? paint('warn', start) : ' '.repeat(start.length)) + line
}
