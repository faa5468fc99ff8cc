import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterListFields } from './catalogues/clusters.ts'
import { exceptionFields } from './catalogues/exceptions.ts'
import { findingFields } from './catalogues/findings.ts'
import { assetFields } from './catalogues/resources.ts'
import { completeQuery } from './complete.ts'
import { evaluate, type FieldValue } from './evaluate.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { someQueries, someWords } from './testing/random-query.ts'

const lists = [findingFields, assetFields, clusterListFields, exceptionFields]
const parse = (text: string) => parseQuery(text, findingFields, someWords)
const queryOf = (text: string) => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`)
  return parsed.query
}
const now = Date.UTC(2026, 5, 15, 12)
const asks = (text: string, record: Readonly<Record<string, FieldValue>>) =>
  evaluate(queryOf(text), (field, key) => record[key === undefined ? field : `${field}.${key}`], {
    catalogue: findingFields,
    known: someWords,
    now,
  })

describe('a query', () => {
  const web = {
    severity: 2,
    state: 'open',
    outcome: 'fail',
    rule: 'anonymous-auth',
    kind: 'Deployment',
    namespace: 'payments',
    name: 'web',
    cluster: ['uid-1', 'prod-eu'],
    version: 'v1.33.4-eks-1a2b',
    opened: now - 8 * 86_400_000,
    reopened: 2,
    'label.app.kubernetes.io/name': 'web',
    'label.node-role': '',
  }

  it.each([
    ['', true],
    ['*', true],
    ['severity >= high and not namespace : kube-*', true],
    ['SEVERITY:High', true],
    ['severity > high', false],
    ['severity : (critical, high)', true],
    ['severity != (critical or high)', false],
    ['kind : deployment', true],
    ['namespace : Payments', false],
    ['namespace != kube-*', true],
    ['namespace : "pay*"', false],
    ['namespace : pay\\*', false],
    ['cluster : prod-* cluster : uid-1', true],
    ['version : 1.33', true],
    ['version > 1.33', false],
    ['version >= 1.33.4 version < 1.34', true],
    ['opened > 7d', true],
    ['opened < 7d', false],
    ['opened : 2026-06-07', true],
    ['opened > 2026-06-07', false],
    ['opened >= 2026-06-07 and opened <= 2026-06', true],
    ['reopened > 1.5', true],
    ['label."app.kubernetes.io/name" : web', true],
    ['label.app.kubernetes.io/name : w*b', true],
    ['label.node-role : *', true],
    ['label.other : *', false],
    ['not label.other : web', true],
    ['rule.section : "API Server"', true],
    ['rule.section : "api server"', true],
    ['control : cis-k8s@2.0.1/1.2.1', true],
    ['control : "cis-k8s@2.0.1/9.9"', false],
    ['control : cis-k8s/1.*', true],
    ['rule.benchmark != cis-k8s', false],
    ['WEB', true],
    ['"nobody in unknown"', true],
    ['pay*nts or nothing', true],
    ['assignee : *', false],
    ['assignee != x', true],
    ['not (state : open or state : resolved)', false],
    ['state:open and(kind:Pod or kind:Deployment)', true],
    ['not not state : open', true],
  ])('%s → %s', (text, expected) => {
    expect(asks(text, web)).toBe(expected)
  })

  it.each([
    ['severty >= high', 0, 7, 'findings have no field "severty"; did you mean severity?'],
    ['severity >= hihg', 12, 16, 'severity is never "hihg"; did you mean high?'],
    ['state : nope', 8, 12, 'state is never "nope" (it is one of open, excepted, resolved)'],
    ['name > web', 5, 6, 'name has no order; use : or !='],
    [
      'rule : privleged-container',
      7,
      26,
      'rule is never "privleged-container"; did you mean privileged-container?',
    ],
    ['name : "web', 7, 11, 'the closing quote is missing'],
    ['name :', 5, 6, 'a value is missing here'],
    ['name : and', 7, 10, 'a value is missing before "and"; quote it to look for the word itself'],
    ['(name : a', 0, 1, 'this parenthesis is never closed'],
    ['name : a)', 8, 9, 'there is no open parenthesis to close'],
    ['name : (a b)', 10, 11, 'values in a list are separated by "or" or a comma'],
    ['name : a or', 11, 11, 'a condition is missing here, such as severity >= high'],
    [': x', 0, 1, 'the name of a field is missing before the operator'],
    ["name : 'a'", 7, 10, 'quotes are double quotes: "like this"'],
    ['name : a"b"', 7, 9, 'a space is missing beside the quote'],
    ['opened : 7d', 9, 11, 'say opened > 7d for longer ago, or opened < 7d for since then'],
    [
      'opened > 2026-02-30',
      9,
      19,
      'opened takes a duration such as 7d, 12h or 30m, or a date such as 2026-01-31 or 2026-01-31T12:00Z',
    ],
    ['label : x', 0, 5, 'name the key as well: label.app or label."app.kubernetes.io/name"'],
    ['reopened > (1, 2)', 9, 10, '">" compares with one value, not with a list'],
    ['http://x', 0, 4, 'findings have no field "http"; quote text that holds an operator'],
    ['name : a\0', 7, 9, 'it holds a character that no name or text can hold'],
  ])('is refused: %s', (text, start, end, message) => {
    expect(parse(text)).toEqual({
      ok: false,
      problem: { start, end, message, suggestions: expect.any(Array) },
    })
  })

  it('takes colons in values, as names of roles have them', () => {
    expect(queryOf('name : system:masters')).toEqual(queryOf('name:"system:masters"'))
  })

  it('bounds what one may type', () => {
    expect(parse('('.repeat(200)).ok).toBe(false)
    expect(parse('not '.repeat(200)).ok).toBe(false)
    expect(parse('x '.repeat(6_000)).ok).toBe(false)
    expect(parse('x '.repeat(2_000)).ok).toBe(false)
    expect(parse(`name : (${'x,'.repeat(2_000)}x)`).ok).toBe(false)
  })

  it.each(lists.map(list => [list.list, list] as const))(
    'of %s is the same after printing and reading',
    (_, list) => {
      fc.assert(
        fc.property(someQueries(list, someWords), query => {
          expect(parseQuery(printQuery(query), list, someWords)).toEqual({ ok: true, query })
        }),
        { numRuns: 1_000 },
      )
    },
  )

  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          ...' \t()"\\*:=!<>,'.split(''),
          'and',
          'or',
          'not',
          'name',
          'severity',
          'label.',
          'high',
          '7d',
          'x',
          '🦊',
          '\ud800',
          '\0',
        ),
        { maxLength: 25 },
      )
      .map(parts => parts.join('')),
  )

  it('never throws, tells places inside the text, and prints to its own fixed point', () => {
    fc.assert(
      fc.property(typed, text => {
        const parsed = parse(text)
        if (parsed.ok) {
          const printed = printQuery(parsed.query)
          expect(parse(printed)).toEqual(parsed)
          expect(printQuery(queryOf(printed))).toBe(printed)
        } else {
          expect(parsed.problem.start).toBeGreaterThanOrEqual(0)
          expect(parsed.problem.start).toBeLessThanOrEqual(parsed.problem.end)
          expect(parsed.problem.end).toBeLessThanOrEqual(text.length)
          expect(parsed.problem.message).not.toBe('')
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('is completed anywhere in any text', () => {
    fc.assert(
      fc.property(typed, fc.nat({ max: 60 }), (text, cursor) => {
        const { from, to } = completeQuery(text, cursor, findingFields, someWords)
        expect(0 <= from && from <= to && to <= text.length).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('completion', () => {
  const first = (text: string, cursor = text.length) => {
    const { from, suggestions, value } = completeQuery(text, cursor, findingFields, someWords)
    return { from, texts: suggestions.slice(0, 3).map(one => one.text), ...(value && { value }) }
  }

  it.each([
    ['sev', { from: 0, texts: ['severity'] }],
    ['severity ', { from: 9, texts: [':', '!=', '>'] }],
    [
      'severity >= ',
      { from: 12, texts: ['critical', 'high', 'medium'], value: { field: 'severity', prefix: '' } },
    ],
    ['severity >= hi', { from: 12, texts: ['high'], value: { field: 'severity', prefix: 'hi' } }],
    ['severity >= high ', { from: 17, texts: ['and', 'or', 'not'] }],
    ['severity >= high and na', { from: 21, texts: ['namespace', 'name', 'discriminator'] }],
    [
      'rule.section : "API',
      { from: 15, texts: ['"API Server"'], value: { field: 'rule.section', prefix: 'API' } },
    ],
    [
      'rule : (host-network, priv',
      { from: 22, texts: ['privileged-container'], value: { field: 'rule', prefix: 'priv' } },
    ],
    ['rule : (host-network ', { from: 21, texts: ['or'] }],
    [
      'label."app.kubernetes.io/name" : w',
      { from: 33, texts: [], value: { field: 'label', key: 'app.kubernetes.io/name', prefix: 'w' } },
    ],
    ['n', { from: 0, texts: ['namespace', 'name', 'not'] }],
  ])('%s', (text, expected) => {
    expect(first(text)).toEqual(expected)
  })

  it('looks at what is before the cursor only', () => {
    expect(first('sev and state : open', 3)).toEqual({ from: 0, texts: ['severity'] })
  })
})
