// Hash: a short mark of a text, for telling equal from changed; no protection against whoever wants two texts of one mark.

/** 16 hexadecimal digits: FNV-1a, 64 bits, over UTF-16. */
export function hashText(text: string): string {
  // The offset basis and prime of FNV-1a, in two halves of 32 bits; the prime is 2^40 + 0x1b3.
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    for (const byte of [code & 0xff, code >>> 8]) {
      low = (low ^ byte) >>> 0
      const product = low * 0x1b3
      const carry = Math.floor(product / 0x1_0000_0000)
      high = (Math.imul(high, 0x1b3) + (low << 8) + carry) >>> 0
      low = product >>> 0
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}
