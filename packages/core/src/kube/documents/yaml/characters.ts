// Characters: the classes of characters that YAML 1.1 scanning tells apart, as Kubernetes' Go reader does.

export const TAB = 9
export const LF = 10
export const CR = 13
export const SPACE = 32
export const HASH = 35
export const COLON = 58
export const BOM = 0xfeff

/** A space or a tab. */
export const isBlank = (code: number): boolean => code === SPACE || code === TAB

/** A line break: LF, CR, and the breaks of YAML 1.1: NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR. */
export const isBreak = (code: number): boolean =>
  code === LF || code === CR || code === 0x85 || code === 0x2028 || code === 0x2029

export const isBlankOrBreak = (code: number): boolean => isBlank(code) || isBreak(code)

export const isDigit = (code: number): boolean => code >= 48 && code <= 57

const PLAIN_STOP = 1
const FLOW_STOP = 2
const WORD = 4
const URI = 8

const classes = new Uint8Array(128)
const mark = (characters: string, flag: number): void => {
  for (const character of characters) {
    const code = character.charCodeAt(0)
    classes[code] = (classes[code] ?? 0) | flag
  }
}
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-'
mark(': \t\n\r', PLAIN_STOP)
mark(',?[]{}', FLOW_STOP)
mark(letters, WORD)
mark(`${letters};/?:@&=+$,.!~*'()[]%`, URI)

/** Whether a plain scalar may go on over this character without a closer look, outside flow collections. */
export const isPlainInBlock = (code: number): boolean =>
  code < 128 ? ((classes[code] as number) & PLAIN_STOP) === 0 : !isBreak(code)

/** The same inside flow collections, where the indicators `,?[]{}` end it as well. */
export const isPlainInFlow = (code: number): boolean =>
  code < 128 ? ((classes[code] as number) & (PLAIN_STOP | FLOW_STOP)) === 0 : !isBreak(code)

/** A character that ends a plain scalar inside flow collections. */
export const isFlowIndicator = (code: number): boolean =>
  code < 128 && ((classes[code] as number) & FLOW_STOP) !== 0

/** A character of anchor names and tag handles. */
export const isWord = (code: number): boolean => code < 128 && ((classes[code] as number) & WORD) !== 0

/** A character of tags. */
export const isUri = (code: number): boolean => code < 128 && ((classes[code] as number) & URI) !== 0

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** Controls and other code units that no YAML text holds; surrogates are looked at apart. */
const forbidden = /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]/
const surrogate = /[\ud800-\udfff]/
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Offset of the first character that YAML forbids (controls, halves of surrogate pairs), or -1. */
export function findForbidden(text: string): number {
  const control = text.search(forbidden)
  const half = surrogate.test(text) ? text.search(loneSurrogate) : -1
  return control < 0 || (half >= 0 && half < control) ? half : control
}

/** Offset of the first text after spaces, comments, and lines that begin with the given marker (`---` or `...`). */
export function skipComments(text: string, from: number, end: number, marker: string): number {
  let at = from
  while (at < end) {
    const code = text.charCodeAt(at)
    const isMarker = text.startsWith(marker, at) && (at === 0 || text.charCodeAt(at - 1) === LF)
    if (code === HASH || isMarker) {
      const lineEnd = text.indexOf('\n', at)
      at = lineEnd < 0 ? end : lineEnd
    } else if (isBlankOrBreak(code) || code === BOM) at++
    else return at
  }
  return end
}
