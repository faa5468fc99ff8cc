import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from './quantity.ts'

const one = 1_000_000_000n
const suffixes: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': one,
  k: 1_000n * one,
  Ki: 1024n * one,
  M: 1_000_000n * one,
  Mi: 1024n ** 2n * one,
  G: 10n ** 9n * one,
  Gi: 1024n ** 3n * one,
  T: 10n ** 12n * one,
  Ti: 1024n ** 4n * one,
  P: 10n ** 15n * one,
  Pi: 1024n ** 5n * one,
  E: 10n ** 18n * one,
  Ei: 1024n ** 6n * one,
}
const bounded = { seed: 20, numRuns: 500 }

describe('a quantity', () => {
  // Values observed from resource.ParseQuantity of the API machinery, 1.34.
  it.each([
    ['0', 0n],
    ['500m', one / 2n],
    ['1.5Gi', 1610612736n * one],
    ['12e6', 12_000_000n * one],
    ['12E6', 12_000_000n * one],
    ['1E', 10n ** 18n * one],
    ['1e-3', one / 1000n],
    ['1e+2', 100n * one],
    ['.5', one / 2n],
    ['1.', one],
    ['+3', 3n * one],
    ['-3k', -3000n * one],
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1e-40', 1n],
    ['0e-40', 0n],
    ['9Ei', (2n ** 63n - 1n) * one],
    ['9223372036854775808', 2n ** 63n * one],
  ])('%s is read exactly', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected)
  })

  it.each([
    '',
    ' 1',
    '1 ',
    '1e',
    '1mi',
    '1ki',
    '1K',
    '1g',
    '1KiB',
    '1k3',
    'one',
    '1,5',
    'Gi',
    '.',
    '-',
    '0x10',
    '١',
  ])('%j is none', text => {
    expect(parseQuantity(text)).toBeUndefined()
  })

  it('may be a plain number', () => {
    expect(parseQuantity(2)).toBe(2n * one)
    expect(parseQuantity(0.5)).toBe(one / 2n)
    expect(parseQuantity(1e21)).toBe(10n ** 21n * one)
    expect(parseQuantity(Number.NaN)).toBeUndefined()
    expect(parseQuantity(Number.POSITIVE_INFINITY)).toBeUndefined()
  })

  it('is refused where working it out would take any time or memory', () => {
    expect(parseQuantity('1e999999999')).toBeUndefined()
    expect(parseQuantity('1e-999999999')).toBeUndefined()
    expect(parseQuantity('9'.repeat(1_000_000))).toBeUndefined()
  })

  it('is its whole number times its suffix', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.constantFrom(...Object.keys(suffixes)),
        (amount, suffix) => {
          const exact = amount * (suffixes[suffix] ?? 0n)
          const cap = (2n ** 63n - 1n) * one
          const capped = !suffix.endsWith('i') ? exact : exact > cap ? cap : exact < -cap ? -cap : exact
          expect(parseQuantity(`${amount}${suffix}`)).toBe(capped)
        },
      ),
      bounded,
    )
  })

  it('means the same with a decimal point as with a smaller suffix', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 9 }), fc.integer({ min: 1, max: 9 }), (amount, places) => {
        const padded = String(amount).padStart(places + 1, '0')
        const text = `${padded.slice(0, -places)}.${padded.slice(-places)}`
        expect(parseQuantity(text)).toBe(parseQuantity(`${amount}e-${places}`))
        expect(parseQuantity(`${text}Gi`)).toBeDefined()
      }),
      bounded,
    )
  })

  it('never loses order, and negates exactly', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom('n', 'm', '', 'k', 'Ki', 'Mi', 'E'), (a, b, suffix) => {
        const left = parseQuantity(`${a}${suffix}`) ?? 0n
        const right = parseQuantity(`${b}${suffix}`) ?? 0n
        expect(left < right).toBe(a < b)
        expect(parseQuantity(`-${a}${suffix}`)).toBe(-left)
      }),
      bounded,
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const amount = parseQuantity(text)
        expect(amount === undefined || typeof amount === 'bigint').toBe(true)
      }),
      bounded,
    )
  })
})
