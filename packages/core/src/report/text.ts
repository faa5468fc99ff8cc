// Text: makes any text safe to show on a line, and measures, cuts and wraps it by the columns it takes.

/**
 * Controls, separators of lines and marks that turn the direction of writing: none may reach a terminal or hide in a line.
 * A lone half of a surrogate pair is no character.
 */
const unshowable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const plain = /^[\x20-\x7e]*$/
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The text on one line, with everything unshowable written as an escape: `a\x1b[31m` shows as its letters, without effect. */
export function visible(text: string): string {
  if (plain.test(text)) return text
  return text.replace(unshowable, character => {
    const code = character.charCodeAt(0)
    const hex = code.toString(16)
    return (
      shortEscapes[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`)
    )
  })
}

const takesNone = /^(?:\p{Mn}|\p{Me}|\u200c|\u200d)$/u
/** East Asian wide and full-width characters, and pictures. Source: Unicode Standard Annex #11. */
const takesTwo =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u

function columnsOf(character: string): number {
  if (plain.test(character)) return 1
  if (takesNone.test(character)) return 0
  return takesTwo.test(character) ? 2 : 1
}

/** The columns that a showable text takes on a terminal. */
export function columns(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** The text, or its beginning and `…`, in at most that many columns (1 or more). */
export function shorten(text: string, width: number): string {
  if (fits(text, width)) return text
  let kept = ''
  let used = 0
  for (const character of text) {
    used += columnsOf(character)
    if (used > width - 1) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** The text, or `…` and its end, in at most that many columns (1 or more). */
export function shortenStart(text: string, width: number): string {
  if (fits(text, width)) return text
  const characters = Array.from(text.slice(-2 * width))
  let kept = ''
  let used = 0
  for (let i = characters.length - 1; i >= 0; i--) {
    const character = characters[i] as string
    used += columnsOf(character)
    if (used > width - 1) break
    kept = character + kept
  }
  return `…${kept}`
}

/** A path inside a resource, or `…` and its last fields, in at most that many columns. */
export function shortenPath(path: string, width: number): string {
  if (fits(path, width)) return path
  for (const sign of ['.', '['])
    for (let at = path.indexOf(sign, path.length - width); at >= 0; at = path.indexOf(sign, at + 1)) {
      const tail = `…${path.slice(sign === '.' ? at + 1 : at)}`
      if (fits(tail, width)) return tail
    }
  return shortenStart(path, width)
}

/** The first sentences or clauses of a text that go into that many columns; where not even one does, its beginning and `…`. */
export function firstSentences(text: string, width: number): string {
  if (fits(text, width)) return text
  const start = text.slice(0, width + 1)
  const end = Math.max(start.lastIndexOf('. ') + 1, start.lastIndexOf('; '))
  return end > 0 && fits(text.slice(0, end), width) ? text.slice(0, end) : shorten(text, width)
}

/** Lines of at most that many columns, broken between words; a word that is too long is cut into pieces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (fits(joined, width)) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (!fits(line, width)) {
      const piece = firstColumns(line, width)
      lines.push(piece)
      line = line.slice(piece.length)
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

/** The text filled up with spaces to that many columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

/** `1 finding`, `2 findings`, `12,345 findings`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`
}

/** A whole number with its thousands set off: `12,345`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

// A text of ten thousand characters need not be measured to know that it does not fit.
function fits(text: string, width: number): boolean {
  return text.length <= width ? columns(text) <= width : text.length <= 4 * width && columns(text) <= width
}

function firstColumns(text: string, width: number): string {
  let kept = ''
  let used = 0
  for (const character of text) {
    used += columnsOf(character)
    if (used > width && kept !== '') break
    kept += character
  }
  return kept
}
