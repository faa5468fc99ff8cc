// Pattern mutations: a regular expression without an anchor, a repetition, an alternative or its flag for letters' case.

interface Pattern {
  readonly pattern: string
  readonly flags: string
}

/** The mutations of a regular expression, as literals; what would not compile is left out. */
export function mutatePattern({ pattern, flags }: Pattern): string[] {
  const parts = partsOf(pattern)
  const found: string[] = []
  const without = (from: number, to: number, instead = '') =>
    found.push(literal(pattern.slice(0, from) + instead + pattern.slice(to), flags))
  for (const { text, from, to } of parts) {
    if (text === '^' || text === '$' || text === '\\b') without(from, to)
    if (text === '?' || text === '*' || text === '+') without(from, to)
    if (text.startsWith('[^')) without(from, to, text.replace('^', ''))
    else if (text.startsWith('[')) without(from, to, text.replace('[', '[^'))
    if (/^\\[dws]$/i.test(text)) without(from, to, `\\${turned(text.slice(1))}`)
    if (/^\(\?<?[=!]$/.test(text))
      without(from, to, text.includes('=') ? text.replace('=', '!') : text.replace('!', '='))
  }
  for (const [from, to] of alternativesOf(parts, pattern.length)) without(from, to)
  if (flags.includes('i')) found.push(literal(pattern, flags.replace('i', '')))
  return [...new Set(found)].filter(compiles)
}

const literal = (pattern: string, flags: string) => `/${pattern === '' ? '(?:)' : pattern}/${flags}`
const turned = (letter: string) =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()

function compiles(written: string): boolean {
  const end = written.lastIndexOf('/')
  try {
    void new RegExp(written.slice(1, end), written.slice(end + 1))
    return true
  } catch {
    return false
  }
}

interface Part {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** The pattern taken apart: escapes and classes whole, the openings of groups whole, all else letter by letter. */
function partsOf(pattern: string): Part[] {
  const scanner =
    /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|:|<[^>]*>)|./gsu
  return [...pattern.matchAll(scanner)].map(({ 0: text, index }) => ({
    text,
    from: index,
    to: index + text.length,
  }))
}

/** Where each alternative stands, with the bar that parts it from the next or the one before. */
function alternativesOf(parts: readonly Part[], length: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const open: { start: number; bars: number[] }[] = [{ start: 0, bars: [] }]
  const close = (end: number) => {
    const group = open.pop()
    if (!group || group.bars.length === 0) return
    const bounds = [group.start, ...group.bars.map(bar => bar + 1), end + 1]
    for (let i = 0; i < bounds.length - 1; i++) {
      const isLast = i === bounds.length - 2
      const from = bounds[i] as number
      const to = bounds[i + 1] as number
      found.push(isLast ? [from - 1, to - 1] : [from, to])
    }
  }
  for (const { text, from, to } of parts) {
    if (/^\((?!\\)/.test(text)) open.push({ start: to, bars: [] })
    else if (text === '|') open.at(-1)?.bars.push(from)
    else if (text === ')') close(from)
  }
  close(length)
  return found
}
