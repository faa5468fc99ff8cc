// Quantity: reads Kubernetes amounts such as `500m`, `1.5Gi` or `12e6` exactly, without floating point.
//
// Source: Kubernetes API machinery, resource.Quantity (grammar, rounding and cap), versions 1.0 to 1.37.

/** An exact amount in billionths, the finest step that Kubernetes keeps: `1` is 1_000_000_000n, `1n` is 1n. */
export type Quantity = bigint

const one = 1_000_000_000n

/** Powers of ten behind the decimal suffixes, and powers of two behind the binary ones. */
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const binarySuffixes: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
}

/** The cap that the API puts on amounts with a binary suffix: the largest signed 64-bit number. */
const largestBinary = (2n ** 63n - 1n) * one

/**
 * Beyond these no machine has such an amount, and working it out exactly would let a manifest of a few bytes take any
 * time and memory.
 */
const longestText = 256
const largestExponent = 256

const grammar = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]?))$/

/**
 * The amount that a manifest gives as text or as a number; undefined where the API would not read it as a quantity, or
 * where it is longer than 256 characters or has an exponent beyond ±256. What is finer than a billionth is rounded up, away
 * from zero, as the API does.
 */
export function parseQuantity(value: string | number): Quantity | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (text.length > longestText) return undefined
  const found = grammar.exec(text)
  if (!found) return undefined
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = found
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  const power = binarySuffixes[suffix]
  const magnitude =
    power === undefined
      ? scale(
          digits,
          (exponent === undefined ? (decimalSuffixes[suffix] ?? 0) : exponentOf(exponent)) - fraction.length,
        )
      : least(scale(digits << power, -fraction.length), largestBinary)
  if (magnitude === undefined) return undefined
  return sign === '-' ? -magnitude : magnitude
}

const exponentOf = (text: string) => Number(text.slice(1))
const least = (a: bigint | undefined, b: bigint) => (a === undefined || a < b ? a : b)

/** digits × 10^power in billionths, rounded up; undefined where the power is beyond all reason. */
function scale(digits: bigint, power: number): bigint | undefined {
  if (Math.abs(power) > largestExponent + longestText) return undefined
  const shift = power + 9
  if (shift >= 0) return digits * 10n ** BigInt(shift)
  const divisor = 10n ** BigInt(-shift)
  return (digits + divisor - 1n) / divisor
}
