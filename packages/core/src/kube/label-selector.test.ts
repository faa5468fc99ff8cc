import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSelectorFault, type LabelSelector, selects, selectsByMap } from './label-selector.ts'

const bounded = { seed: 20, numRuns: 500 }
const key = fc.constantFrom('app', 'tier', 'a.b/c', 'constructor', '__proto__')
const value = fc.constantFrom('', 'web', 'db')
const labels = fc.dictionary(key, value, { noNullPrototype: true })
const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
)
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 3 }) },
  { requiredKeys: [] },
)

const byExpression = (operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key: 'tier', operator, ...(values.length > 0 && { values }) }],
})

describe('a label selector', () => {
  it.each([
    ['In', byExpression('In', 'db', 'web'), true, false, false],
    ['NotIn', byExpression('NotIn', 'db', 'web'), false, true, true],
    ['Exists', byExpression('Exists'), true, true, false],
    ['DoesNotExist', byExpression('DoesNotExist'), false, false, true],
    ['matchLabels', { matchLabels: { tier: 'web' } }, true, false, false],
    ['nothing at all', {}, true, true, true],
  ])('by %s', (_, selector, ofWeb, ofCache, ofNone) => {
    expect(selects(selector, { tier: 'web' })).toBe(ofWeb)
    expect(selects(selector, { tier: 'cache' })).toBe(ofCache)
    expect(selects(selector, { app: 'web' })).toBe(ofNone)
  })

  it.each([
    ['an operator of another case', byExpression('in', 'web'), 'operator'],
    ['an operator of node selectors', byExpression('Gt', '1'), 'operator'],
    ['no operator', { matchExpressions: [{ key: 'tier' }] }, 'operator'],
    ['In without values', byExpression('In'), 'values'],
    ['Exists with values', byExpression('Exists', 'web'), 'values'],
    ['no key', { matchExpressions: [{ operator: 'Exists' }] }, 'key'],
  ])('is refused with %s', (_, selector, field) => {
    expect(selects(selector, {})).toBeUndefined()
    expect(findSelectorFault(selector)?.path).toEqual(['matchExpressions', 0, field])
  })

  it('holds where each of its parts holds alone', () => {
    fc.assert(
      fc.property(selector, labels, (selector, labels) => {
        const parts: LabelSelector[] = [
          { matchLabels: selector.matchLabels ?? {} },
          ...(selector.matchExpressions ?? []).map(one => ({ matchExpressions: [one] })),
        ]
        expect(selects(selector, labels)).toBe(parts.every(part => selects(part, labels)))
      }),
      bounded,
    )
  })

  it('says by In what a plain map says, and the reverse by NotIn', () => {
    fc.assert(
      fc.property(key, value, labels, (key, value, labels) => {
        const by = (operator: string) =>
          selects({ matchExpressions: [{ key, operator, values: [value] }] }, labels)
        const plain = Object.fromEntries([[key, value]])
        expect(by('In')).toBe(selectsByMap(plain, labels))
        expect(by('NotIn')).toBe(!selectsByMap(plain, labels))
        expect(selects({ matchLabels: plain }, labels)).toBe(selectsByMap(plain, labels))
      }),
      bounded,
    )
  })

  it('selects what carries its labels, whatever else that carries', () => {
    fc.assert(
      fc.property(labels, labels, (wanted, others) => {
        const carried = Object.assign(Object.create(null), others, wanted) as Record<string, string>
        expect(selectsByMap(wanted, { ...carried })).toBe(true)
      }),
      bounded,
    )
  })
})
