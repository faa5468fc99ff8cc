// Resource block: one resource, or several alike, with its findings: rule, evidence, fix.

import type { Assessment, ResourceEntry } from '../../model/assessment.ts'
import type { Evidence, Result } from '../../model/result.ts'
import type { Rule } from '../../model/rule.ts'
import { describeActual, describeParameters, describeResource, describeSource } from '../describe.ts'
import { describeFix } from '../describe-fix.ts'
import type { FindingGroup } from '../findings.ts'
import { withLines } from '../listing.ts'
import type { Locate } from '../options.ts'
import {
  columns,
  firstSentences,
  grouped,
  shorten,
  shortenPath,
  shortenStart,
  visible,
  wrap,
} from '../text.ts'
import { gutter, inGutter, type Page, severityInGutter } from './layout.ts'

/** So many resources with the same findings are still shown one by one, with their own lines. */
const shownApart = 2
/** Evidence of one rule on one resource beyond this is counted. */
const evidenceShown = 8
/** A title may lose its end for the rule's id to stand beside it, but so much of it stays. */
const leastTitle = 36
/** A path may lose its beginning for the rest to stand beside it, but so much of it stays. */
const leastPath = 28

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
    const room = page.width - gutter
    const fix = describeFix(ofRule, rule, fixOf, Math.floor(room / 2))
    if (fix !== '') yield page.paint('faint', inGutter('fix')) + firstSentences(fix, room)
  }
}

function* ruleLines({ rule: id, severity, parameters }: Result, rule: Rule | undefined, page: Page) {
  const told = describeParameters({ ...(parameters && { parameters }) })
  const name = visible(id) + (told === '' ? '' : ` (${told})`)
  const title = visible(rule?.title ?? id)
  const room = page.width - gutter
  const start = severityInGutter(severity, page.paint)
  const forTitle = room - columns(name) - 2
  if (forTitle >= Math.min(columns(title), leastTitle))
    yield `${start}${shorten(title, forTitle)}  ${page.paint('faint', name)}`
  else {
    yield start + shorten(title, room)
    yield inGutter('') + page.paint('faint', shorten(name, room))
  }
}

/** `      34  web  spec.containers[0].image = "a" → a digest`: the path shortened, or what is expected on lines of its own. */
function* evidenceLines(
  evidence: Evidence,
  { discriminator, reason }: Result,
  page: Page,
): Generator<string> {
  const { paint } = page
  const room = page.width - gutter
  const start = paint('faint', inGutter(evidence.line === undefined ? '' : String(evidence.line)))
  const name = discriminator === undefined ? '' : `${shorten(visible(discriminator), Math.floor(room / 3))}  `
  const note = reason === undefined ? '' : `  (${visible(reason)})`
  const expected = `→ ${visible(evidence.expected)}${note}`
  const actual = describeActual(evidence.actual)
  const path = visible(evidence.path)
  const lastField = columns(path.slice(path.lastIndexOf('.') + 1)) + 1

  const forPath = room - columns(name) - columns(actual) - columns(expected) - 2
  if (forPath >= Math.min(columns(path), Math.max(leastPath, lastField))) {
    yield `${start}${paint('strong', name)}${shortenPath(path, forPath)} ${actual} ${paint('good', expected)}`
    return
  }
  const forBoth = room - columns(name) - 1
  const shownPath = shortenPath(path, Math.max(forBoth - columns(actual), Math.floor(forBoth / 2)))
  yield `${start}${paint('strong', name)}${shownPath} ${shorten(actual, forBoth - columns(shownPath))}`
  for (const line of wrap(expected, room)) yield inGutter('') + paint('good', line)
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
