// Byte class: what a byte of JSON means to whoever only looks for the ends of values.

export const QUOTE = 34
export const LF = 10

export const OTHER = 0
export const CLASS_LF = 1
export const CLASS_QUOTE = 2
export const CLASS_OPEN = 3
export const CLASS_CLOSE = 4
export const CLASS_COMMA = 5
export const CLASS_COLON = 6
export const CLASS_BACKSLASH = 7

/** By byte, its class outside strings. */
export const outside = new Uint8Array(256)
for (const [character, code] of [
  ['\n', CLASS_LF],
  ['"', CLASS_QUOTE],
  ['{', CLASS_OPEN],
  ['[', CLASS_OPEN],
  ['}', CLASS_CLOSE],
  [']', CLASS_CLOSE],
  [',', CLASS_COMMA],
  [':', CLASS_COLON],
] as const)
  outside[character.charCodeAt(0)] = code

/** By byte, its class inside a string. */
export const inside = new Uint8Array(256)
inside[LF] = CLASS_LF
inside[QUOTE] = CLASS_QUOTE
inside[92] = CLASS_BACKSLASH

export const isSpace = (byte: number): boolean => byte === 32 || byte === 9 || byte === LF || byte === 13
