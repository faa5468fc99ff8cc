// Resources: the findings of the HTML report, resource by resource, and the filters over them.

import type { Assessment, ResourceEntry } from '../../model/assessment.ts'
import type { Evidence, Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import { severities } from '../../model/severity.ts'
import { describeActual, describeParameters, describeResource, describeSource } from '../describe.ts'
import { describeFix } from '../describe-fix.ts'
import type { AcceptedFinding, FindingGroup, Findings } from '../findings.ts'
import { withLines } from '../listing.ts'
import type { ReportOptions } from '../options.ts'
import { count, grouped } from '../text.ts'
import { attributes, escapeXml } from '../xml.ts'

/** Evidence of one finding beyond this is counted. */
const evidenceShown = 20

export function* resourcesHtml(
  assessment: Assessment,
  findings: Findings,
  options: ReportOptions,
): Generator<string> {
  const rules = new Map(options.rules.map(rule => [rule.id, rule]))
  yield '<h2>Findings</h2>\n'
  if (findings.groups.length === 0) yield '<div class="card empty">Nothing to list.</div>\n'
  else yield* filtersHtml(findings)
  if (findings.hidden.findings > 0)
    yield `<p class="notice">${count(findings.hidden.findings, 'more finding')} in ` +
      `${count(findings.hidden.resources, 'resource')} are not on this page, ${findings.hidden.worst} at worst; ` +
      'the JSON report lists all.</p>\n'
  for (const group of findings.groups) yield groupHtml(group, rules, assessment, options)
  yield* acceptedHtml(findings, rules)
}

function* filtersHtml({ rules, counts }: Findings): Generator<string> {
  yield '<form class="filters" id="filters" hidden><input type="search" id="search" placeholder="Search" aria-label="Search findings">'
  yield '<select id="rule" aria-label="Rule"><option value="">every rule</option>'
  for (const { rule, resources } of rules)
    yield `<option${attributes({ value: rule })}>${escapeXml(`${rule} (${grouped(resources)})`)}</option>`
  yield '</select><fieldset><legend>Severity</legend>'
  for (const severity of severities)
    if (counts[severity] > 0)
      yield `<label class="${severity}"><input type="checkbox" value="${severity}" checked>${severity}</label>`
  yield '</fieldset></form>\n<p class="shown" id="shown" role="status"></p>\n'
}

function groupHtml(
  group: FindingGroup,
  rules: ReadonlyMap<string, Rule>,
  assessment: Assessment,
  options: ReportOptions,
): string {
  const { entries, total, counts } = group
  const [first, ...others] = entries as [ResourceEntry, ...ResourceEntry[]]
  const results = total === 1 ? withLines(first, group.results, options.locate) : group.results
  const sums = severities
    .filter(severity => counts[severity] > 0)
    .map(severity => `<span class="${severity}">${counts[severity]} ${severity}</span>`)
  const more = total > 1 ? ` <span class="path">and ${grouped(total - 1)} with the same findings</span>` : ''
  const alike = others.map(one => `<div>${nameHtml(one)}</div>`).join('')
  const unnamed = total > entries.length ? `<div>and ${grouped(total - entries.length)} more</div>` : ''
  return (
    `<details class="card resource" open data-weight="${total}"><summary class="names"><h3>${escapeXml(describeResource(first))}</h3>` +
    `<span class="path">${escapeXml(describeSource(first))}</span>${more}<span class="sum">${sums.join('')}</span></summary>` +
    (alike === '' ? '' : `<div class="alike">${alike}${unnamed}</div>`) +
    `${results.map(result => findingHtml(result, rules.get(result.rule), assessment)).join('')}</details>\n`
  )
}

const nameHtml = (entry: ResourceEntry) =>
  `${escapeXml(describeResource(entry))} <span class="path">${escapeXml(describeSource(entry))}</span>`

function findingHtml(result: Result, rule: Rule | undefined, { fixOf }: Pick<Assessment, 'fixOf'>): string {
  const { rule: id, severity, discriminator, evidence, reason, change, admission } = result
  const told = [describeParameters(result), change === 'new' ? 'new' : ''].filter(Boolean).join(', ')
  const name = discriminator === undefined ? '' : `<b>${escapeXml(discriminator)}</b> `
  const fix = describeFix([result], rule, fixOf)
  const rest = evidence.length > evidenceShown ? `<li>and ${evidence.length - evidenceShown} more</li>` : ''
  const notes = [
    reason,
    admission && `Pod Security admission says: ${admission.reason} (${admission.detail})`,
  ].filter(note => note !== undefined)
  return (
    `<div class="finding"${attributes({ 'data-severity': severity, 'data-rule': id })}><div class="badge ${severity}">${severity.toUpperCase()}</div>` +
    `<div><h4>${escapeXml(rule?.title ?? id)} <code>${escapeXml(told === '' ? id : `${id} (${told})`)}</code></h4><ul>` +
    evidence
      .slice(0, evidenceShown)
      .map(one => `<li>${name}${evidenceHtml(one)}</li>`)
      .join('') +
    `${rest}${notes.map(note => `<li class="note">${escapeXml(note)}</li>`).join('')}</ul>` +
    `${fix === '' ? '' : `<p class="fix"><b>Fix</b> ${escapeXml(fix)}</p>`}</div></div>`
  )
}

function evidenceHtml(evidence: Evidence): string {
  const line = evidence.line === undefined ? '' : `<span class="line">line ${evidence.line}</span>`
  const { path, actual, expected } = evidence
  const found = `<code>${escapeXml(path)} ${escapeXml(describeActual(actual, 300))}</code>`
  return `${found} <span class="expected">→ ${escapeXml(expected)}</span>${line}`
}

function* acceptedHtml({ accepted, summary }: Findings, rules: ReadonlyMap<string, Rule>): Generator<string> {
  if (accepted.length === 0) return
  yield '<h2>Accepted by exceptions</h2><section class="card scroll"><table>\n'
  yield '<thead><tr><th scope="col">finding</th><th scope="col">resource</th><th scope="col">accepted by</th><th scope="col">reason</th><th scope="col">until</th></tr></thead><tbody>\n'
  for (const { entry, result } of accepted) yield acceptedRow({ entry, result }, rules)
  yield '</tbody></table></section>\n'
  const rest = summary.counts.excepted - accepted.length
  if (rest > 0) yield `<p class="meta">and ${grouped(rest)} more</p>\n`
}

function acceptedRow({ entry, result }: AcceptedFinding, rules: ReadonlyMap<string, Rule>): string {
  const { exception, severity, rule } = result
  const cells = [
    `<span class="${severity}">${severity}</span> ${escapeXml(rules.get(rule)?.title ?? rule)}`,
    nameHtml(entry),
    escapeXml(exception.owner),
    escapeXml(`${exception.reason} (${exception.id})`),
    escapeXml(exception.expires),
  ]
  const last = cells.length - 1
  return `<tr>${cells.map((cell, i) => `<td${i === last ? ' class="date"' : ''}>${cell}</td>`).join('')}</tr>\n`
}
