// Base64: bytes as text, and back.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Map(Array.from(alphabet, (letter, value) => [letter, value]))

/** The bytes that a Base64 text stands for, line breaks aside; undefined for a text that is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const letters = text.replaceAll(/\s+/g, '').replace(/={0,2}$/, '')
  if (letters.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const letter of letters) {
    const value = values.get(letter)
    if (value === undefined) return undefined
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 0xff
  }
  return bytes
}

/** The Base64 text of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const held = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += letterAt(held >> 18) + letterAt(held >> 12)
    text += left > 1 ? letterAt(held >> 6) : '='
    text += left > 2 ? letterAt(held) : '='
  }
  return text
}

const letterAt = (bits: number) => alphabet[bits & 63] as string
