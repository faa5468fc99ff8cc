// Overview: the head of the HTML report: what was judged, how bad it is, what was not looked at, and the benchmarks.

import type { Assessment, ControlResult } from '../../model/assessment.ts'
import { severities } from '../../model/severity.ts'
import {
  describeGapDetail,
  describeGapPlace,
  describeScore,
  type EditionSummary,
  summarizeEditions,
} from '../describe.ts'
import type { Findings } from '../findings.ts'
import type { ReportOptions } from '../options.ts'
import { count, grouped } from '../text.ts'
import { isBecauseOf } from '../unjudged.ts'
import { attributes, escapeXml } from '../xml.ts'

/** Gaps and reasons beyond this are counted. */
const listed = 200

/** A disc with the line that shows how deep a ship may lie. */
const mark =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2.4"/>' +
  '<path d="M1 12h22" stroke="currentColor" stroke-width="2.4"/></svg>'

export function* headerHtml(assessment: Assessment, findings: Findings, options: ReportOptions, now: string) {
  const { scope, resources, tool } = assessment
  const facts = [
    scope.type === 'cluster' ? `cluster ${scope.id}` : count(resources.length, 'resource'),
    scope.kubernetesVersion && `Kubernetes ${scope.kubernetesVersion}`,
    scope.provider,
    now.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'),
    `${tool.name} ${tool.version}`,
  ]
  yield `<header><div><div class="mark">${mark} Plimsoll</div>\n`
  yield `<h1>${escapeXml(verdict(assessment, findings, options))}</h1>\n`
  yield `<p class="meta">${escapeXml(scope.name)}</p>\n`
  yield `<p class="meta">${escapeXml(facts.filter(Boolean).join(' · '))}</p></div></header>\n`
}

/** The sentence that says how it stands. */
export function verdict(assessment: Assessment, findings: Findings, options: ReportOptions): string {
  const { counts, resources, summary } = findings
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0)
  const all = count(assessment.resources.length, 'resource')
  const fresh = options.baseline ? 'new ' : ''
  const isPartial = summary.gaps.length + summary.counts['not-evaluated'] + summary.counts.error > 0
  if (total > 0) return `${count(total, `${fresh}finding`)} in ${grouped(resources)} of ${all}`
  if (assessment.resources.length === 0) return 'Nothing was judged'
  return isPartial ? `No ${fresh}findings in what could be judged of ${all}` : `No ${fresh}findings in ${all}`
}

export function* tilesHtml(
  { counts, summary, unlisted }: Findings,
  options: ReportOptions,
): Generator<string> {
  yield '<div class="tiles">'
  for (const severity of severities)
    yield `<div class="tile ${counts[severity] === 0 ? 'none' : severity}"><b>${grouped(counts[severity])}</b>${severity}</div>`
  yield '</div>\n'
  const notes = [
    summary.counts.excepted > 0 && `${grouped(summary.counts.excepted)} accepted by exceptions`,
    unlisted > 0 && `${grouped(unlisted)} failures not listed (filtered)`,
    options.baseline && `${grouped(summary.fixed.length)} fixed since the baseline`,
    `${grouped(summary.counts.pass)} verdicts passed`,
    summary.counts['not-applicable'] > 0 && `${grouped(summary.counts['not-applicable'])} not applicable`,
    summary.counts.manual > 0 && `${grouped(summary.counts.manual)} for a person`,
  ]
  yield `<p class="meta">${escapeXml(notes.filter(Boolean).join(' · '))}</p>\n`
}

/** What was not looked at, what broke, and what is to be said of exceptions; nothing where all is well. */
export function* noticesHtml({ summary, unjudged }: Findings): Generator<string> {
  const { gaps, exceptions, counts } = summary
  const apart = unjudged.filter(one => one.outcome === 'error' || !gaps.some(gap => isBecauseOf(one, gap)))
  const items = [
    ...gaps.map(gap => {
      const lost = unjudged.filter(one => isBecauseOf(one, gap)).reduce((sum, one) => sum + one.results, 0)
      const cost = lost > 0 ? ` (${count(lost, 'verdict')} not evaluated for it)` : ''
      return `<b>${gap.reason}</b> <code>${escapeXml(describeGapPlace(gap))}</code> ${escapeXml(describeGapDetail(gap) + cost)}`
    }),
    ...apart.map(({ outcome, reason, rules, results, example }) => {
      const [rule = ''] = rules
      const extent = `${outcome === 'error' ? `${rule}, ` : ''}${count(results, 'verdict')}${example ? `, first ${example}` : ''}`
      return `<b>${outcome}</b> ${escapeXml(`${reason} (${extent})`)}`
    }),
  ]
  if (items.length > 0) {
    const sum = [
      gaps.length > 0 && count(gaps.length, 'gap'),
      counts['not-evaluated'] > 0 && `${count(counts['not-evaluated'], 'verdict')} not evaluated`,
      counts.error > 0 && count(counts.error, 'error'),
    ]
    yield* notice(`Not everything was looked at: ${sum.filter(Boolean).join(', ')}`, items)
  }
  if (exceptions.length > 0)
    yield* notice(
      'Exceptions that need a look',
      exceptions.map(({ state, message }) => `<b>${state}</b> ${escapeXml(message)}`),
    )
}

function* notice(title: string, items: readonly string[]): Generator<string> {
  yield `<section class="notice"><h2>${title}</h2><ul>\n`
  for (const item of items.slice(0, listed)) yield `<li>${item}</li>\n`
  if (items.length > listed) yield `<li>and ${grouped(items.length - listed)} more</li>\n`
  yield '</ul></section>\n'
}

export function* benchmarksHtml({ editions }: Assessment, { summary }: Findings): Generator<string> {
  const own = summarizeEditions(editions, summary.controls, summary.scores)
  if (own.length === 0) return
  yield '<h2>Benchmarks</h2>\n'
  for (const edition of own) {
    yield `<section class="card"><div class="edition"><div><h3>${escapeXml(edition.title)}</h3><p>${escapeXml(edition.id)}</p></div>`
    yield `<div class="score">${scoreHtml(edition)}</div><p>${escapeXml(controlCounts(edition))}</p></div>\n`
    yield '<details class="controls"><summary>Controls</summary><div class="scroll"><table>\n'
    yield '<thead><tr><th scope="col">control</th><th scope="col">outcome</th><th scope="col" class="number">passed</th><th scope="col" class="number">failed</th><th scope="col" class="number">accepted</th><th scope="col" class="number">not evaluated</th></tr></thead><tbody>\n'
    for (const control of edition.controls) yield controlHtml(control)
    yield '</tbody></table></div></details></section>\n'
  }
}

function controlCounts({
  controls,
  passed,
  failed,
  notEvaluated,
  manual,
  notApplicable,
}: EditionSummary): string {
  const parts = [
    `${passed} of ${count(controls.length, 'control')} pass`,
    failed.length > 0 && `${failed.length} fail`,
    notEvaluated.length > 0 && `${notEvaluated.length} not evaluated`,
    manual > 0 && `${manual} for a person to attest`,
    notApplicable > 0 && `${notApplicable} not applicable`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** The score and its interval as a bar: up to `low` sure, up to `high` open, a mark at the value between. */
function scoreHtml({ score }: EditionSummary): string {
  if (!score || score.low === null || score.high === null) return '<b>no score</b>'
  const { value, low, high } = score
  const isOpen = high > low
  const open = isOpen ? `<rect class="open"${attributes({ x: low, width: high - low, height: 8 })}/>` : ''
  const mark =
    isOpen && value !== null
      ? `<rect class="value"${attributes({ x: Math.min(99, value), width: 1, height: 8 })}/>`
      : ''
  return (
    `<b>${escapeXml(describeScore(score))}</b><svg class="band" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">` +
    `<rect width="100" height="8"/><rect class="sure"${attributes({ width: low, height: 8 })}/>${open}${mark}</svg>`
  )
}

const outcomeStyle: Readonly<Record<string, string>> = { pass: 'good', fail: 'critical', error: 'high' }

function controlHtml({ control, outcome, reason, ...numbers }: ControlResult): string {
  const { passed, failed, excepted, notEvaluated, unbounded } = numbers
  const why = reason === undefined ? '' : `<br>${escapeXml(reason)}`
  const cells = [passed, failed, excepted, unbounded ? `${grouped(notEvaluated)}+` : notEvaluated]
  return (
    `<tr><td><code>${escapeXml(control.id)}</code> ${escapeXml(control.title)}${why}</td>` +
    `<td class="${outcomeStyle[outcome] ?? ''}">${outcome}</td>` +
    `${cells.map(one => `<td class="number">${typeof one === 'number' ? grouped(one) : one}</td>`).join('')}</tr>\n`
  )
}
