// Words of exceptions: where one stands by its state and its days, and what it covers in a line.

import type { Exception } from '@plimsoll/core/contract/client'
import { describe, expect, it } from 'vitest'
import { shelves } from './search.ts'
import { coverOf, coverText, exceptionName, isOn } from './words.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const made = (own: Partial<Exception>): Exception => ({
  id: 'ex-00ff',
  state: 'approved',
  rules: [],
  scope: {},
  query: null,
  findings: null,
  owner: 'team-a',
  reason: 'risk-owned',
  comment: '',
  expires: '2026-12-31',
  requestedBy: 'ada',
  requestedAt: '2026-02-01T00:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  decisionComment: null,
  covered: 3,
  isDead: false,
  fault: null,
  version: 1,
  ...own,
})
const shelvesOf = (own: Partial<Exception>) => shelves.filter(shelf => isOn(shelf, made(own), now))

describe('shelves', () => {
  it('stand by the state, and apart for what ends soon or covers nothing', () => {
    expect(shelvesOf({})).toEqual(['all', 'approved'])
    expect(shelvesOf({ expires: '2026-03-01' })).toEqual(['all', 'approved', 'expiring'])
    expect(shelvesOf({ isDead: true })).toEqual(['all', 'approved', 'dead'])
    expect(shelvesOf({ state: 'requested', expires: '2026-03-05' })).toEqual(['all', 'requested'])
    expect(shelvesOf({ state: 'expired', expires: '2026-02-05' })).toEqual(['all', 'expired'])
  })
})

describe('cover', () => {
  it('is said in a line', () => {
    expect(coverText(made({ query: 'namespace : shop' }))).toBe('namespace : shop')
    expect(coverText(made({ query: 'namespace : shop', rules: ['*'] }))).toBe('namespace : shop')
    expect(coverText(made({ rules: ['host-*'], scope: { namespaces: ['a', 'b'] } }))).toBe(
      'host-* · namespaces a, b',
    )
    const finding = { rule: 'r', resource: 'Pod/a/b', evidence: '0123456789abcdef' }
    expect(coverText(made({ findings: [finding] }))).toBe('r on Pod/a/b')
    expect(coverText(made({ findings: [finding, finding] }))).toBe('2 findings')
  })

  it('names an exception whose id says nothing', () => {
    expect(exceptionName(made({ query: 'kind : Pod' }))).toBe('kind : Pod')
    expect(exceptionName(made({ id: 'legacy-ingress', query: 'kind : Pod' }))).toBe('legacy-ingress')
  })

  it('asks for what is given alone', () => {
    expect(coverOf(made({ query: 'kind : Pod' }))).toEqual({ query: 'kind : Pod' })
  })
})
