// Markdown: the report for a comment on a pull request, short enough to be one; what was found in manifests stays text.

import type { Assessment, ResourceEntry } from '../model/assessment.ts'
import type { Result } from '../model/result.ts'
import { severities } from '../model/severity.ts'
import {
  describeEvidence,
  describeGapDetail,
  describeGapPlace,
  describeResource,
  describeScore,
  describeSource,
  summarizeEditions,
} from './describe.ts'
import { describeFix } from './describe-fix.ts'
import { collectFindings, type FindingGroup, type Findings } from './findings.ts'
import { withLines } from './listing.ts'
import type { ReportOptions } from './options.ts'
import { count, grouped, shorten, visible } from './text.ts'
import { isBecauseOf } from './unjudged.ts'

/** Comments on GitHub end at 65,536 characters; what follows the findings needs some of them. */
const findingsRoom = 45_000
const listRoom = 15

/** The report as GitHub-flavoured Markdown of fewer than 65,536 characters; what does not fit is counted. */
export function* markdownReport(assessment: Assessment, options: ReportOptions): Generator<string> {
  const findings = collectFindings(assessment, options, { groups: 200, alike: 10 })
  yield* heading(assessment, findings, options)
  yield* unseen(findings)
  yield* findingTable(assessment, findings, options)
  yield* benchmarks(assessment, findings)
  const notes = findings.summary.exceptions
  if (notes.length > 0) yield '\n### Exceptions\n\n'
  for (const { message } of notes.slice(0, listRoom)) yield `- ${code(message)}\n`
  if (notes.length > listRoom) yield `- and ${grouped(notes.length - listRoom)} more\n`
}

function* heading(
  assessment: Assessment,
  { counts, resources, summary, unlisted }: Findings,
  options: ReportOptions,
) {
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0)
  const fresh = options.baseline ? 'new ' : ''
  const all = count(assessment.resources.length, 'resource')
  const isPartial = summary.gaps.length + summary.counts['not-evaluated'] + summary.counts.error > 0
  const parts = severities.filter(one => counts[one] > 0).map(one => `${grouped(counts[one])} ${one}`)
  if (total > 0)
    yield `## Plimsoll: ${count(total, `${fresh}finding`)} in ${grouped(resources)} of ${all}\n\n${parts.join(' · ')}\n`
  else if (assessment.resources.length === 0) yield '## Plimsoll: nothing was judged\n'
  else if (isPartial) yield `## Plimsoll: no ${fresh}findings in what could be judged of ${all}\n`
  else yield `## Plimsoll: no ${fresh}findings in ${all}\n`
  const notes = [
    summary.counts.excepted > 0 && `${grouped(summary.counts.excepted)} accepted by exceptions`,
    unlisted > 0 && `${grouped(unlisted)} not listed`,
    options.baseline && `${grouped(summary.fixed.length)} fixed since the baseline`,
    `${grouped(summary.counts.pass)} verdicts passed`,
  ]
  yield `\n${notes.filter(Boolean).join(' · ')}\n`
}

function* unseen({ summary, unjudged }: Findings): Generator<string> {
  const { gaps, counts } = summary
  const errors = unjudged.filter(({ outcome }) => outcome === 'error')
  const apart = unjudged.filter(one => one.outcome !== 'error' && !gaps.some(gap => isBecauseOf(one, gap)))
  const lines = [
    ...gaps.map(gap => `${gap.reason}: ${code(describeGapPlace(gap))} ${code(describeGapDetail(gap))}`),
    ...apart.map(({ reason, results }) => `${count(results, 'verdict')} not evaluated: ${code(reason)}`),
    ...errors.map(({ rules, reason, results }) => {
      const [rule = ''] = rules
      return `rule ${code(rule)} broke on ${count(results, 'resource')}: ${code(reason)}`
    }),
  ]
  if (lines.length === 0) return
  yield `\n> [!WARNING]\n> **Not everything was looked at**: ${count(gaps.length, 'gap')}, ` +
    `${count(counts['not-evaluated'], 'verdict')} not evaluated, ${count(counts.error, 'error')}.\n`
  for (const line of lines.slice(0, listRoom)) yield `> - ${line}\n`
  if (lines.length > listRoom) yield `> - and ${grouped(lines.length - listRoom)} more\n`
}

function* findingTable(
  assessment: Assessment,
  findings: Findings,
  options: ReportOptions,
): Generator<string> {
  if (findings.groups.length === 0) return
  const rules = new Map(options.rules.map(rule => [rule.id, rule]))
  yield '\n| severity | rule | resource | found → expected | how to mend it |\n| --- | --- | --- | --- | --- |\n'
  let used = 0
  let shown = 0
  for (const group of findings.groups) {
    const rows = groupRows(group)
    if (used + rows.length > findingsRoom) break
    used += rows.length
    shown += group.results.length * group.total
    yield rows
  }
  const total = severities.reduce((sum, severity) => sum + findings.counts[severity], 0)
  if (shown < total)
    yield `\n**${count(total - shown, 'finding')} more do not fit here**; \`-o json\` lists all.\n`

  function groupRows(group: FindingGroup): string {
    const [only] = group.entries
    const results = group.total === 1 ? withLines(only, group.results, options.locate) : group.results
    return results.map(result => row(result, group)).join('')
  }

  function row(result: Result, { entries, total }: FindingGroup): string {
    const { rule, severity, discriminator, evidence, reason } = result
    const [first] = evidence
    const names = entries.map(
      entry => code(describeResource(entry)) + where(entry, total === 1 ? first?.line : undefined),
    )
    if (total > entries.length) names.push(`and ${grouped(total - entries.length)} more`)
    const found = evidence.slice(0, 3).map(one => code(shorten(describeEvidence(one, 40), 160)))
    if (evidence.length > 3) found.push(`and ${evidence.length - 3} more`)
    if (discriminator !== undefined) found.unshift(code(discriminator))
    if (reason !== undefined) found.push(code(reason))
    const fix = describeFix([result], rules.get(rule), one => assessment.fixOf(one))
    const cells = [
      severity,
      `${code(rule)} ${prose(rules.get(rule)?.title ?? '')}`,
      names.join('<br>'),
      found.join('<br>'),
    ]
    return `| ${[...cells, prose(shorten(fix, 200))].join(' | ')} |\n`
  }
}

function where(entry: ResourceEntry, line: number | undefined): string {
  const source = describeSource(entry)
  if (source === '') return ''
  return ` ${code(line === undefined ? source : `${source.replace(/:\d+$/, '')}:${line}`)}`
}

function* benchmarks({ editions }: Assessment, { summary }: Findings): Generator<string> {
  const own = summarizeEditions(editions, summary.controls, summary.scores)
  if (own.length === 0) return
  yield '\n| benchmark | score | pass | fail | not evaluated | manual | not applicable |\n'
  yield '| --- | --- | --- | --- | --- | --- | --- |\n'
  for (const { id, score, passed, failed, notEvaluated, manual, notApplicable } of own)
    yield `| ${code(id)} | ${score ? describeScore(score) : 'no score'} | ${passed} | ${failed.length} | ` +
      `${notEvaluated.length} | ${manual} | ${notApplicable} |\n`
}

/** Anything as a code span: no markup, no mention, no link, and no end of the table's cell. */
function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|')
  if (shown.trim() === '') return '` `'
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return fence + pad + shown + pad + fence
}

/** A rule's own sentence, in which no sign may become markup. */
function prose(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|#@~]/g, sign =>
    sign === '<' ? '&lt;' : sign === '@' ? '&#64;' : `\\${sign}`,
  )
}
