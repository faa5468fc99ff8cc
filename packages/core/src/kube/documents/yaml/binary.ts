// Binary: decodes the base64 of `!!binary` into text, as Go's reader and JSON writer do.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Map(Array.from(alphabet, (character, value) => [character, value]))
const replacement = '\ufffd'

/** The text in base64 with padding; line breaks are ignored. Undefined where it is no base64. */
export function decodeBinary(base64: string): string | undefined {
  const bytes = decodeBase64(base64.replace(/[\r\n]/g, ''))
  return bytes && decodeUtf8(bytes)
}

function decodeBase64(text: string): number[] | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (let index = 0; index < text.length - padding; index++) {
    const value = values.get(text.charAt(index))
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 0xff)
    }
  }
  return bytes
}

/** Decodes UTF-8; each byte that is part of no character becomes U+FFFD, as Go's JSON writer has it. */
function decodeUtf8(bytes: readonly number[]): string {
  let text = ''
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index)
    if (length === 0) {
      text += replacement
      index++
      continue
    }
    let code = (bytes[index] as number) & (length === 1 ? 0x7f : 0xff >> (length + 1))
    for (let at = 1; at < length; at++) code = (code << 6) | ((bytes[index + at] as number) & 0x3f)
    text += String.fromCodePoint(code)
    index += length
  }
  return text
}

/** How many bytes the character at `index` has; 0 where there is none (overlong forms and surrogates included). */
function sequenceLength(bytes: readonly number[], index: number): number {
  const first = bytes[index] as number
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
        ? 3
        : first >= 0xf0 && first < 0xf5
          ? 4
          : 0
  if (length === 0) return 0
  for (let at = 1; at < length; at++) {
    const byte = bytes[index + at]
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return 0
  }
  const second = bytes[index + 1] as number
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0
  return length
}
