// Parse exceptions: reads an exceptions file, already parsed from YAML or JSON.

import { type Attempt, refuse, succeed } from '../model/problem.ts'
import type { Rule } from '../model/rule.ts'
import {
  type AcceptedFinding,
  type ExceptionReason,
  type ExceptionScope,
  exceptionReasons,
  type RuleException,
} from '../model/rule-exception.ts'
import type { KnownWords } from '../query/field.ts'
import { knownWordsOf } from '../query/known-words.ts'
import { isCalendarDay } from './calendar-day.ts'
import { readExceptionQuery } from './exception-query.ts'
import { type FieldReader, readFields } from './fields.ts'
import { isGlob, matchesGlob } from './glob.ts'

const itemFields = ['id', 'rules', 'scope', 'query', 'findings', 'owner', 'reason', 'comment', 'expires']
const findingFields = ['rule', 'resource', 'discriminator', 'evidence']
const scopeLists = ['kinds', 'namespaces', 'names', 'discriminators'] as const

/**
 * The exceptions of a file `{ exceptions: [ … ] }`. An id that is not given is made from the place in the list: `exception-1`.
 * Whatever is missing, mistyped or unknown is a problem; then none of the file is used. `wordsOf`
 * gives what queries may name, and is asked where there is one.
 */
export function parseExceptions(
  value: unknown,
  rules: readonly Rule[],
  wordsOf: () => KnownWords = () => knownWordsOf(rules, []),
): Attempt<RuleException[]> {
  const reader = readFields('invalid-exceptions')
  const file = reader.record('', value, ['exceptions'])
  if (file && !Array.isArray(file.exceptions)) reader.wrong('exceptions', 'must be a list')
  const items = file && Array.isArray(file.exceptions) ? (file.exceptions as unknown[]) : []
  const ruleIds = rules.flatMap(rule => [rule.id, ...(rule.aliases ?? [])])
  let known: KnownWords | undefined
  const words = () => {
    known ??= wordsOf()
    return known
  }
  const found: RuleException[] = []
  const ids = new Set<string>()
  items.forEach((item, index) => {
    const exception = readException(reader, `exceptions[${index}]`, item, index, ruleIds, words)
    if (!exception) return
    if (ids.has(exception.id)) reader.wrong(`exceptions[${index}].id`, `${exception.id} is given twice`)
    ids.add(exception.id)
    found.push(exception)
  })
  return reader.problems.length > 0 ? refuse(...reader.problems) : succeed(found)
}

function readException(
  reader: FieldReader,
  at: string,
  item: unknown,
  index: number,
  ruleIds: readonly string[],
  words: () => KnownWords,
): RuleException | undefined {
  const fields = reader.record(at, item, itemFields)
  if (!fields) return undefined
  const id = fields.id === undefined ? `exception-${index + 1}` : reader.text(`${at}.id`, fields.id)
  const { query, findings } = fields
  // What a query or a list of findings says may be all there is to say.
  const isSaid = fields.rules === undefined && (query !== undefined || findings !== undefined)
  const rules = isSaid ? ['*'] : reader.texts(`${at}.rules`, fields.rules)
  rules?.forEach((rule, place) => {
    const isKnown = isGlob(rule) ? ruleIds.some(known => matchesGlob(rule, known)) : ruleIds.includes(rule)
    if (!isKnown) reader.unknown(`${at}.rules[${place}]`, 'rule', rule, ruleIds)
  })
  const scope = fields.scope === undefined ? {} : readScope(reader, `${at}.scope`, fields.scope)
  const asked = query === undefined ? undefined : readQuery(reader, `${at}.query`, query, words())
  const accepted = findings === undefined ? undefined : readFindings(reader, `${at}.findings`, findings)
  const owner = reader.text(`${at}.owner`, fields.owner)
  const reason = readReason(reader, `${at}.reason`, fields.reason)
  const comment = fields.comment === undefined ? undefined : reader.text(`${at}.comment`, fields.comment)
  const expires = reader.text(`${at}.expires`, fields.expires)
  if (expires !== undefined && !isCalendarDay(expires))
    reader.wrong(`${at}.expires`, `must be a day as YYYY-MM-DD, not ${JSON.stringify(expires)}`)
  if (id === undefined || !rules || !scope || owner === undefined || !reason || expires === undefined)
    return undefined
  return {
    id,
    rules,
    scope,
    ...asked,
    ...(accepted && { findings: accepted }),
    owner,
    reason,
    ...(comment !== undefined && { comment }),
    expires,
  }
}

function readQuery(reader: FieldReader, at: string, value: unknown, words: KnownWords) {
  const query = reader.text(at, value)
  if (query === undefined) return undefined
  const read = readExceptionQuery(query, words)
  if (read.ok) return { query, holdsFor: read.holdsFor }
  reader.wrong(at, `${read.message} (at ${JSON.stringify(query.slice(read.offset, read.offset + 20))})`)
  return undefined
}

function readFindings(reader: FieldReader, at: string, value: unknown): AcceptedFinding[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    reader.wrong(at, 'must be a list of at least one finding')
    return undefined
  }
  return value.flatMap((item: unknown, index): AcceptedFinding[] => {
    const place = `${at}[${index}]`
    const fields = reader.record(place, item, findingFields)
    if (!fields) return []
    const rule = reader.text(`${place}.rule`, fields.rule)
    const resource = reader.text(`${place}.resource`, fields.resource)
    const evidence = reader.text(`${place}.evidence`, fields.evidence)
    const discriminator =
      fields.discriminator === undefined
        ? undefined
        : reader.text(`${place}.discriminator`, fields.discriminator)
    if (rule === undefined || resource === undefined || evidence === undefined) return []
    return [{ rule, resource, evidence, ...(discriminator !== undefined && { discriminator }) }]
  })
}

function readReason(reader: FieldReader, at: string, value: unknown): ExceptionReason | undefined {
  const text = reader.text(at, value)
  if (text === undefined) return undefined
  const known = exceptionReasons.find(reason => reason === text)
  if (!known) reader.unknown(at, 'reason', text, exceptionReasons)
  return known
}

function readScope(reader: FieldReader, at: string, value: unknown): ExceptionScope | undefined {
  const fields = reader.record(at, value, [...scopeLists, 'labels'])
  if (!fields) return undefined
  const scope: { -readonly [K in keyof ExceptionScope]: ExceptionScope[K] } = {}
  for (const name of scopeLists) {
    if (fields[name] === undefined) continue
    const texts = reader.texts(`${at}.${name}`, fields[name])
    if (texts) scope[name] = texts
  }
  if (fields.labels !== undefined) {
    const labels: Record<string, string> = {}
    for (const [name, label] of Object.entries(reader.map(`${at}.labels`, fields.labels) ?? {}))
      if (typeof label === 'string') labels[name] = label
      else reader.wrong(`${at}.labels.${name}`, 'must be a text')
    scope.labels = labels
  }
  return scope
}
