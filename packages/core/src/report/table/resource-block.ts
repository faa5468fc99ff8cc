// Resource block: one resource, or several alike, with its findings: rule, evidence, fix.

import type { Assessment, ResourceEntry } from '../../model/assessment.ts'
import type { Evidence, Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import { describeActual, describeParameters, describeResource, describeSource } from '../describe.ts'
import { describeFix } from '../describe-fix.ts'
import type { FindingGroup } from '../findings.ts'
import { withLines } from '../listing.ts'
import type { Locate } from '../options.ts'
import { columns, grouped, shorten, shortenStart, visible, wrap } from '../text.ts'
import { gutter, inGutter, type Page, severityInGutter, shortenPath } from './layout.ts'

/** So many resources with the same findings are still shown one by one, with their own lines. */
const shownApart = 2
/** Evidence of one rule on one resource beyond this is counted. */
const evidenceShown = 8

export interface BlockContext {
  readonly page: Page
  readonly rules: ReadonlyMap<string, Rule>
  readonly locate: Locate | undefined
  readonly fixOf: Assessment['fixOf']
}

/** The lines of a group: a block for each of two, one block for more. */
export function* groupLines(group: FindingGroup, context: BlockContext): Generator<string> {
  const { entries, total, results } = group
  if (total <= shownApart) {
    for (const entry of entries) {
      yield heading(entry, context.page)
      yield* findingLines(withLines(entry, results, context.locate), context)
      yield ''
    }
    return
  }
  for (const entry of entries) yield heading(entry, context.page)
  if (total > entries.length)
    yield context.page.paint('strong', `… and ${grouped(total - entries.length)} more with the same findings`)
  yield* findingLines(results, context)
  yield ''
}

function heading(entry: ResourceEntry, { width, paint }: Page): string {
  const source = describeSource(entry)
  const name = shorten(describeResource(entry), width)
  if (source === '') return paint('strong', name)
  const room = width - columns(name) - 2
  return room < 12
    ? `${paint('strong', name)}\n${paint('faint', inGutter('').slice(0, 2) + shortenStart(source, width - 2))}`
    : `${paint('strong', name)}  ${paint('faint', shortenStart(source, room))}`
}

function* findingLines(results: readonly Result[], context: BlockContext): Generator<string> {
  const { page, rules, fixOf } = context
  for (const ofRule of byRule(results)) {
    const [first] = ofRule as [Result]
    const rule = rules.get(first.rule)
    yield* ruleLines(first, rule, page)
    const evidence = ofRule.flatMap(result => result.evidence.map(one => ({ one, result })))
    for (const { one, result } of evidence.slice(0, evidenceShown)) yield* evidenceLines(one, result, page)
    if (evidence.length > evidenceShown)
      yield inGutter('') + page.paint('faint', `… and ${evidence.length - evidenceShown} more`)
    const fix = describeFix(ofRule, rule, fixOf)
    if (fix !== '') yield page.paint('faint', inGutter('fix')) + shorten(fix, page.width - gutter)
  }
}

function* ruleLines({ rule: id, severity, parameters }: Result, rule: Rule | undefined, page: Page) {
  const told = describeParameters({ ...(parameters && { parameters }) })
  const name = visible(id) + (told === '' ? '' : ` (${told})`)
  const title = visible(rule?.title ?? id)
  const room = page.width - gutter
  const start = severityInGutter(severity, page.paint)
  if (columns(title) + 2 + columns(name) <= room) yield `${start}${title}  ${page.paint('faint', name)}`
  else {
    yield start + shorten(title, room)
    yield inGutter('') + page.paint('faint', shorten(name, room))
  }
}

/** `      34  web  spec.containers[0].image = "a" → a digest`, shortened where it is too long, wrapped where that is not enough. */
function* evidenceLines(
  evidence: Evidence,
  { discriminator, reason }: Result,
  page: Page,
): Generator<string> {
  const { paint } = page
  const room = page.width - gutter
  const start = paint('faint', inGutter(evidence.line === undefined ? '' : String(evidence.line)))
  const name = discriminator === undefined ? '' : `${shorten(visible(discriminator), Math.floor(room / 3))}  `
  const note = reason === undefined ? '' : `  (${shorten(visible(reason), room)})`
  const expected = `→ ${visible(evidence.expected)}${note}`
  let actual = describeActual(evidence.actual)
  let path = visible(evidence.path)
  const excess = () => columns(name) + columns(path) + columns(actual) + columns(expected) + 2 - room
  if (excess() > 0) path = shortenPath(path, Math.max(24, columns(path) - excess()))
  if (excess() > 0) actual = shorten(actual, Math.max(16, columns(actual) - excess()))
  if (excess() <= 0) {
    yield `${start}${paint('strong', name)}${path} ${actual} ${paint('good', expected)}`
    return
  }
  const [first = '', ...others] = wrap(`${name}${shortenPath(path, room)} ${actual} ${expected}`, room)
  yield start + first
  for (const line of others) yield inGutter('') + line
}

/** The results of one rule under the same parameters, next to each other in the list. */
function* byRule(results: readonly Result[]): Generator<readonly Result[]> {
  let own: Result[] = []
  for (const result of results) {
    const [first] = own
    const isSame = first && first.rule === result.rule && isEqual(first.parameters, result.parameters)
    if (!isSame && own.length > 0) {
      yield own
      own = []
    }
    own.push(result)
  }
  if (own.length > 0) yield own
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
