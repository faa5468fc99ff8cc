// Unseen: what was not looked at and which rules broke, so that nobody takes the findings for the whole truth.

import { describeGapDetail, describeGapPlace } from '../describe.ts'
import type { Findings } from '../findings.ts'
import { columns, count, grouped, visible, wrap } from '../text.ts'
import { isBecauseOf, type Unjudged } from '../unjudged.ts'
import type { Page } from './layout.ts'

/** Gaps or reasons beyond this are counted. */
const shown = 20

/** The section's lines; none where everything was judged. `all` shows every gap. */
export function* unseenLines(findings: Findings, page: Page, all: boolean): Generator<string> {
  const { gaps } = findings.summary
  const errors = findings.unjudged.filter(({ outcome }) => outcome === 'error')
  const notEvaluated = findings.unjudged.filter(({ outcome }) => outcome === 'not-evaluated')
  const apart = notEvaluated.filter(one => !gaps.some(gap => isBecauseOf(one, gap)))
  const limit = all ? Number.POSITIVE_INFINITY : shown

  if (gaps.length + apart.length > 0) {
    yield page.paint(
      'warn',
      page.paint('strong', `Not looked at: ${count(gaps.length + apart.length, 'gap')}`),
    )
    for (const gap of gaps.slice(0, limit)) {
      const costs = notEvaluated.filter(one => isBecauseOf(one, gap))
      yield* item(gap.reason, describeGapPlace(gap), describeGapDetail(gap) + costText(costs), page)
    }
    for (const one of apart.slice(0, Math.max(0, limit - gaps.length)))
      yield* item('not-evaluated', one.example ?? '', visible(one.reason) + costText([one]), page)
    const rest = gaps.length + apart.length - limit
    if (rest > 0) yield `  … and ${grouped(rest)} more (--verbose shows all)`
    yield ''
  }
  if (errors.length > 0) {
    yield page.paint(
      'warn',
      page.paint('strong', `Rules that broke: ${count(errors.length, 'error')} of ours`),
    )
    for (const one of errors.slice(0, limit)) {
      const [rule = ''] = one.rules
      const where = one.example === undefined ? '' : `, first ${one.example}`
      yield* item('error', rule, visible(`${one.reason} (${count(one.results, 'resource')}${where})`), page)
    }
    if (errors.length > limit) yield `  … and ${grouped(errors.length - limit)} more (--verbose shows all)`
    yield ''
  }
}

function costText(unjudged: readonly Unjudged[]): string {
  const results = unjudged.reduce((total, one) => total + one.results, 0)
  if (results === 0) return ''
  const rules = new Set(unjudged.flatMap(one => [...one.rules]))
  return `; ${count(results, 'verdict')} of ${count(rules.size, 'rule')} not evaluated for it`
}

/** `! unparsable  shop.yaml:3:1` and the sentence, beside it where there is room, else below. */
function* item(word: string, place: string, sentence: string, { width, paint }: Page): Generator<string> {
  const start = `  ${paint('warn', '!')} ${word}  `
  const used = 6 + word.length
  const shownPlace = visible(place)
  const whole = shownPlace === '' ? sentence : `${shownPlace}  ${sentence}`
  if (used + columns(whole) <= width) {
    yield start + whole
    return
  }
  const placeLines = wrap(shownPlace, Math.max(20, width - used))
  yield start + (placeLines[0] ?? '')
  for (const line of placeLines.slice(1)) yield ' '.repeat(used) + line
  for (const line of wrap(sentence, Math.max(20, width - 4))) yield `    ${line}`
}
