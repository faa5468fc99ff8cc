// Go numbers: reads numbers as Go's strconv does, and writes them as it does where they become keys.

const int64Limit = 2n ** 63n
const uint64Limit = 2n ** 64n

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** What Go's reader takes for a binary number though its sign stands after the prefix. */
const oddBinary = /^0b([-+])([01]+)$/
/** A float that begins with its dot keeps Go's own rule for underscores: between digits only. */
const dotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

const infinities = new Map<string, number>([
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(text => [text, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(text => [text, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map(text => [text, Number.NaN] as const),
])

/** A number as Go's YAML reader types it. Integers beyond 2^53 keep their digits. */
export type GoNumber =
  | { readonly type: 'int' | 'uint'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }

/** Reads a plain scalar that begins with a digit, a sign or a dot. Undefined where it is no number but text. */
export function parseGoNumber(text: string): GoNumber | undefined {
  const special = infinities.get(text)
  if (special !== undefined) return { type: 'float', value: special }
  if (text.startsWith('.')) return dotFloat.test(text) ? finite(text.replaceAll('_', '')) : undefined
  const plain = text.replaceAll('_', '')
  return parseInteger(plain) ?? (float.test(plain) ? finite(plain) : undefined) ?? parseOddBinary(plain)
}

/** Where a number is too large for a float, Go's reader takes its text. */
function finite(text: string): GoNumber | undefined {
  const value = Number(text)
  return Number.isFinite(value) ? { type: 'float', value } : undefined
}

/** Integers as `strconv.ParseInt` and `ParseUint` read them with base 0: `0644`, `0o644`, `0x1a`, `0b11`. */
function parseInteger(text: string): GoNumber | undefined {
  const found = integer.exec(text)
  if (!found) return undefined
  const [, sign, hexadecimal, binary, octal, decimal] = found
  const magnitude =
    parseDigits('0x', hexadecimal) ??
    parseDigits('0b', binary) ??
    parseDigits('0o', octal) ??
    parseDigits('', decimal)
  if (magnitude === undefined) return undefined
  const value = sign === '-' ? -magnitude : magnitude
  if (value >= -int64Limit && value < int64Limit) return { type: 'int', value }
  return sign === '' && value < uint64Limit ? { type: 'uint', value } : undefined
}

/** No more digits than these fit into 64 bits in any base. */
const mostDigits = 64

/** The number that digits name in the base of a prefix; undefined where there are none, or too many for 64 bits. */
function parseDigits(prefix: string, digits: string | undefined): bigint | undefined {
  if (digits === undefined) return undefined
  const significant = digits.length > mostDigits ? digits.replace(/^0+/, '') : digits
  return significant.length > mostDigits ? undefined : BigInt(`${prefix}${significant || '0'}`)
}

function parseOddBinary(text: string): GoNumber | undefined {
  const found = oddBinary.exec(text)
  const magnitude = found && parseDigits('0b', found[2])
  if (magnitude === undefined || magnitude === null) return undefined
  const value = found?.[1] === '-' ? -magnitude : magnitude
  return value >= -int64Limit && value < int64Limit ? { type: 'int', value } : undefined
}

/**
 * Writes a float as `strconv.FormatFloat(value, 'g', -1, 32)`: the shortest decimal that names the same 32-bit float,
 * with an exponent below 1e-4 and from 1e6.
 */
export function formatGoFloat32(value: number): string {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (single === 0) return Object.is(single, -0) ? '-0' : '0'
  let shortest = ''
  for (let precision = 1; precision <= 9; precision++) {
    shortest = single.toExponential(precision - 1)
    if (Math.fround(Number(shortest)) === single) break
  }
  const [mantissa, power] = shortest.split('e') as [string, string]
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 6) return plainDecimal(mantissa, exponent)
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
}

/** Writes mantissa × 10^exponent without an exponent. */
function plainDecimal(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0')
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}
