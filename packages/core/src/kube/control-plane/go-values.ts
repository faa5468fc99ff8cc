// Go values: reads the texts of flags as the Go programs that take them do.
//
// Source: Go's strconv.ParseBool and time.ParseDuration; spf13/pflag (StringSlice is one line of CSV).

/** True or false; undefined for a text that is neither. */
export function parseGoBoolean(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false
  return undefined
}

/** A whole number; undefined for a text that is none. */
export function parseGoInteger(text: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}

/** Seconds, of `1m30s`, `300s`, `0`; undefined for a text that is no duration. */
export function parseGoDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  const found = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text)
  if (!found) return undefined
  let seconds = 0
  for (const [, amount, unit] of (found[2] as string).matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    seconds += Number(amount) * (unitSeconds[unit as string] as number)
  return found[1] === '-' ? -seconds : seconds
}

/** The items of a list that is written with commas; quotes hold an item together, as in CSV. */
export function splitGoList(text: string): string[] {
  if (text === '') return []
  if (!text.includes('"')) return text.split(',')
  const items: string[] = []
  let item = ''
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string
    if (letter === '"' && isQuoted && text[i + 1] === '"') {
      item += letter
      i++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === ',' && !isQuoted) {
      items.push(item)
      item = ''
    } else item += letter
  }
  return [...items, item]
}
