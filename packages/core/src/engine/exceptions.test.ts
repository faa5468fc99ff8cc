import { describe, expect, it } from 'vitest'
import type { RuleException } from '../model/rule-exception.ts'
import { knownWordsOf } from '../query/known-words.ts'
import { container, deployment, pod, podWith } from '../samples/pods.ts'
import { evidenceMark } from './evidence-mark.ts'
import { parseExceptions } from './parse-exceptions.ts'
import { control, edition, filesWith, forbidden, privileged, ruleThat, run } from './testing/assessing.ts'

const bad = (name: string) => container({ name, securityContext: { privileged: true } })
const accepted = (own: Partial<RuleException>): RuleException => ({
  id: 'e',
  rules: ['privileged'],
  scope: { namespaces: ['shop'] },
  owner: 'team-a',
  reason: 'risk-owned',
  expires: '2026-03-01',
  ...own,
})

function judged(exceptions: readonly RuleException[], now = '2026-03-01T23:59:59Z') {
  const labelled = deployment({ containers: [bad('app'), bad('proxy')] })
  return run({
    snapshot: filesWith([{ ...labelled, metadata: { ...labelled.metadata, labels: { tier: 'edge' } } }]),
    rules: [privileged],
    editions: [edition(control('c', ['privileged']))],
    exceptions,
    now,
  })
}
const covered = (own: Partial<RuleException>, now?: string) =>
  judged([accepted(own)], now)
    .results.filter(({ exception }) => exception)
    .map(({ discriminator }) => discriminator)

describe('an exception', () => {
  it('leaves a failure a failure, named, beside the score', () => {
    const { results, summary } = judged([accepted({ scope: { discriminators: ['proxy'] } })])
    expect(
      results.map(({ discriminator, outcome, exception }) => [discriminator, outcome, exception?.id]),
    ).toEqual([
      ['app', 'fail', undefined],
      ['proxy', 'fail', 'e'],
    ])
    expect(results[1]?.exception).toEqual({
      id: 'e',
      owner: 'team-a',
      reason: 'risk-owned',
      expires: '2026-03-01',
    })
    expect(summary.counts).toMatchObject({ fail: 1, excepted: 1 })
    expect(summary.failures.critical).toBe(1)
    expect(summary.controls[0]).toMatchObject({ outcome: 'fail', failed: 1, excepted: 0 })
  })

  it('takes a subject out of the denominator when it covers all its failures, and keeps the control from passing', () => {
    const { summary } = judged([accepted({})])
    expect(summary.controls[0]).toMatchObject({
      outcome: 'fail',
      reason: 'every failure is covered by an exception',
      failed: 0,
      excepted: 1,
    })
    expect(summary.scores[0]).toMatchObject({ value: null, low: null, high: null })
    expect(summary.failures.critical).toBe(0)
  })

  const both = ['app', 'proxy']
  it.each<[string, Partial<RuleException>, string[]]>([
    ['by namespace', { scope: { namespaces: ['shop'] } }, both],
    ['by glob', { rules: ['priv*'], scope: { namespaces: ['s?op'], names: ['w*'] } }, both],
    ['another namespace', { scope: { namespaces: ['other'] } }, []],
    ['by kind', { scope: { kinds: ['Deployment'] } }, both],
    ['another kind', { scope: { kinds: ['Pod'] } }, []],
    ['by label', { scope: { labels: { tier: 'e*' } } }, both],
    ['another label', { scope: { labels: { tier: 'core' } } }, []],
    ['an absent label', { scope: { labels: { toString: '*' } } }, []],
    ['one container', { scope: { discriminators: ['app'] } }, ['app']],
    ['each field must match', { scope: { kinds: ['Deployment'], names: ['other'] } }, []],
    ['another rule', { rules: ['host-*'] }, []],
  ])('matches %s', (_, own, expected) => {
    expect(covered(own)).toEqual(expected)
  })

  it('holds to the end of its last day', () => {
    expect(covered({}, '2026-03-01T00:00:00Z')).toHaveLength(2)
    expect(covered({}, '2026-03-02T00:00:00Z')).toEqual([])
  })

  it('matches a rule by its alias', () => {
    const renamed = ruleThat('renamed', () => [{ path: 'spec', actual: 1, expected: 'x' }], {
      aliases: ['older-name'],
    })
    const { results } = run({
      snapshot: filesWith([pod()]),
      rules: [renamed],
      exceptions: [accepted({ rules: ['older-name'] })],
      now: '2026-01-01T00:00:00Z',
    })
    expect(results[0]?.exception?.id).toBe('e')
  })
})

describe('an exception by query', () => {
  const rules = [privileged]
  const editions = [edition(control('c', ['privileged']))]
  const parse = (query: string) =>
    parseExceptions(
      { exceptions: [{ query, owner: 'team-a', reason: 'risk-owned', expires: '2026-12-31' }] },
      rules,
      () => knownWordsOf(rules, editions),
    )
  const both = ['app', 'proxy']

  it.each<[string, string[]]>([
    ['namespace : shop and kind : Deployment', both],
    ['namespace : "sho*"', []],
    ['namespace : sho*', both],
    ['rule : privileged and discriminator : app', ['app']],
    ['severity >= high', both],
    ['severity < critical', []],
    ['label.tier : edge', both],
    ['label.tier : core or label.toString : *', []],
    ['resource : Deployment/shop/*', both],
    ['not discriminator : (app or other)', ['proxy']],
    ['cluster : *', []],
    ['control : test/c', both],
  ])('covers what it asks for: %s', (query, expected) => {
    const attempt = parse(query)
    if (!attempt.ok) throw new Error(attempt.problems.map(({ message }) => message).join())
    const { results } = judged(attempt.value, '2026-01-01T00:00:00Z')
    expect(results.filter(({ exception }) => exception).map(({ discriminator }) => discriminator)).toEqual(
      expected,
    )
  })

  it.each([
    ['opened > 7d', /query: .*opened/],
    ['state : open', /query: .*state/],
    ['namespace : (', /query: /],
    ['rule : privilegd', /privileged/],
  ])('refuses what changes by itself or cannot be read: %s', (query, expected) => {
    const attempt = parse(query)
    expect(attempt.ok ? '' : attempt.problems[0]?.message).toMatch(expected)
  })
})

describe('an exception of findings', () => {
  const proxy = judged([], '2026-01-01T00:00:00Z').results[1]
  const finding = {
    rule: 'privileged',
    resource: String(proxy?.resource).slice('files/'.length),
    discriminator: 'proxy',
    evidence: evidenceMark(proxy?.evidence ?? []),
  }

  it('covers them alone', () => {
    expect(covered({ scope: {}, findings: [finding] })).toEqual(['proxy'])
  })

  it.each([
    { evidence: '0'.repeat(16) },
    { resource: 'Deployment/shop/other' },
    { rule: 'other' },
    { discriminator: 'x' },
  ])('covers them no more when they have become another: %j', other => {
    expect(covered({ scope: {}, findings: [{ ...finding, ...other }] })).toEqual([])
  })

  it('knows the same evidence in another order, at other lines and places', () => {
    const one = { path: 'spec.containers[0].x', actual: { b: 1, a: [2] }, expected: 'y', line: 3 }
    const two = { path: 'spec.containers[1].z', actual: null, expected: 'y' }
    const moved = { ...one, path: 'spec.containers[7].x', actual: { a: [2], b: 1 }, line: 9 }
    expect(evidenceMark([two, moved])).toBe(evidenceMark([one, two]))
    expect(evidenceMark([one])).not.toBe(evidenceMark([one, two]))
    expect(evidenceMark([{ ...one, actual: 2 }])).not.toBe(evidenceMark([one]))
  })

  it('is read from a file, and refused where a part is missing', () => {
    const given = (own: unknown) =>
      parseExceptions(
        { exceptions: [{ findings: own, owner: 'a', reason: 'risk-owned', expires: '2026-12-31' }] },
        [privileged],
      )
    expect(given([finding])).toMatchObject({ ok: true, value: [{ rules: ['*'], findings: [finding] }] })
    for (const wrong of [[], 'x', [{}], [{ ...finding, evidence: 5 }], [{ ...finding, more: 'x' }]])
      expect(given(wrong).ok).toBe(false)
  })
})

describe('notes', () => {
  const notes = (own: Partial<RuleException>, now?: string) => judged([accepted(own)], now).summary.exceptions

  it('say nothing of an exception that does what it should', () => {
    expect(notes({})).toEqual([])
  })

  it('name what covers nothing, with care where not all was seen', () => {
    expect(notes({ scope: { names: ['gone'] } })).toEqual([
      { id: 'e', state: 'unused', message: 'exception e covers no failure' },
    ])
    const { summary } = run({
      snapshot: filesWith([pod()], [forbidden('Deployment')]),
      rules: [privileged],
      exceptions: [accepted({})],
    })
    expect(summary.exceptions[0]?.message).toBe('exception e covers no failure among what could be evaluated')
  })

  it('name what has expired, and what counts again because of it', () => {
    expect(notes({}, '2026-03-02T00:00:00Z')).toEqual([
      {
        id: 'e',
        state: 'expired',
        message: 'exception e expired on 2026-03-01; the 2 failures it covered count again',
      },
    ])
  })

  it.each<[string, Partial<RuleException>]>([
    ['covers every resource', { scope: {} }],
    ['covers every resource', { scope: { namespaces: ['*'], names: ['*'] } }],
    ['covers every rule in every namespace', { rules: ['*'], scope: { kinds: ['Deployment'] } }],
  ])('name what %s: %j', (why, own) => {
    expect(notes(own)).toEqual([
      {
        id: 'e',
        state: 'over-broad',
        message: `exception e ${why}; name what is really accepted`,
      },
    ])
  })

  it('name what covers most failures', () => {
    const pods = Array.from({ length: 30 }, (_, index) => ({
      ...podWith({ securityContext: { privileged: true } }),
      metadata: { name: `p${index}`, namespace: index < 20 ? 'shop' : 'other' },
    }))
    const { summary } = run({
      snapshot: filesWith(pods),
      rules: [privileged],
      exceptions: [accepted({}), accepted({ id: 'f', scope: { namespaces: ['other'] } })],
    })
    expect(summary.exceptions).toEqual([
      {
        id: 'e',
        state: 'over-broad',
        message: 'exception e covers 20 of 30 failures; name what is really accepted',
      },
    ])
  })
})

describe('parseExceptions', () => {
  const rules = [privileged, ruleThat('host-network', () => [])]
  const item = { rules: ['privileged'], owner: 'team-a', reason: 'risk-owned', expires: '2026-12-31' }
  const parse = (...exceptions: readonly unknown[]) => parseExceptions({ exceptions }, rules)
  const messages = (value: unknown) => {
    const attempt = parseExceptions(value, rules)
    return attempt.ok ? [] : attempt.problems.map(({ code, message }) => `${code}: ${message}`)
  }

  it('reads a file, and numbers what has no id', () => {
    const scope = { kinds: ['Pod'], labels: { tier: 'edge' } }
    expect(parse({ ...item, scope, comment: 'why' }, { ...item, id: 'mine', rules: ['host-*'] })).toEqual({
      ok: true,
      value: [
        { ...item, id: 'exception-1', scope, comment: 'why' },
        { ...item, id: 'mine', rules: ['host-*'], scope: {} },
      ],
    })
    expect(parse()).toEqual({ ok: true, value: [] })
  })

  const of = (own: object) => ({ exceptions: [{ ...item, ...own }] })
  it.each([
    [[], ['invalid-exceptions: must be a map of fields, not an empty list']],
    [
      { exception: [] },
      [
        'invalid-exceptions: unknown field "exception"; did you mean exceptions?',
        'invalid-exceptions: exceptions: must be a list',
      ],
    ],
    [{ exceptions: [5] }, ['invalid-exceptions: exceptions[0]: must be a map of fields, not 5']],
    [
      of({ owner: undefined, reason: undefined, expires: undefined }),
      ['owner', 'reason', 'expires'].map(field => `invalid-exceptions: exceptions[0].${field}: is required`),
    ],
    [of({ owner: ' ' }), ['invalid-exceptions: exceptions[0].owner: must be a text, not " "']],
    [
      of({ rules: ['privilegd'] }),
      ['unknown-id: exceptions[0].rules[0]: unknown rule "privilegd"; did you mean privileged?'],
    ],
    [
      of({ rules: ['none-*'] }),
      ['unknown-id: exceptions[0].rules[0]: unknown rule "none-*" (known: privileged, host-network)'],
    ],
    [
      of({ rules: 'privileged' }),
      ['invalid-exceptions: exceptions[0].rules: must be a list of at least one text, not "privileged"'],
    ],
    [
      of({ reason: 'risk-own' }),
      ['unknown-id: exceptions[0].reason: unknown reason "risk-own"; did you mean risk-owned?'],
    ],
    [
      of({ expires: '2026-02-30' }),
      ['invalid-exceptions: exceptions[0].expires: must be a day as YYYY-MM-DD, not "2026-02-30"'],
    ],
    [
      of({ scope: { namespace: ['shop'], names: [] } }),
      [
        'invalid-exceptions: exceptions[0].scope: unknown field "namespace"; did you mean namespaces?',
        'invalid-exceptions: exceptions[0].scope.names: must be a list of at least one text, not an empty list',
      ],
    ],
    [
      of({ scope: { labels: { a: 5 } } }),
      ['invalid-exceptions: exceptions[0].scope.labels.a: must be a text'],
    ],
    [
      {
        exceptions: [
          { ...item, id: 'a' },
          { ...item, id: 'a' },
        ],
      },
      ['invalid-exceptions: exceptions[1].id: a is given twice'],
    ],
  ])('refuses %j', (value, expected) => {
    expect(messages(value)).toEqual(expected)
  })
})
