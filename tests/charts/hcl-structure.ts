/** HCL structure: what can be said of a text of Terraform's language without Terraform: that it closes what it opens, and which variables it knows. */

/** What is wrong with the text, by line; empty where each bracket, string and interpolation is closed by its own kind. */
export function structureFaults(text: string): readonly string[] {
  const faults: string[] = []
  const open: { readonly what: string; readonly line: number }[] = []
  let line = 1
  const fault = (what: string) => faults.push(`${line}: ${what}`)
  const close = (opener: string, closer: string) => {
    const last = open.pop()
    if (last?.what !== opener)
      fault(`${closer} closes ${last ? `${last.what} of line ${last.line}` : 'nothing'}`)
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    const pair = text.slice(at, at + 2)
    if (letter === '\n') line++
    if (open.at(-1)?.what === '"') {
      if (letter === '\n') {
        fault('a string runs over its line')
        open.pop()
      } else if (letter === '\\') {
        if (!/^\\(?:[nrt"\\]|u[\da-f]{4})/i.test(text.slice(at, at + 6))) fault(`unknown escape ${pair}`)
        at++
      } else if (/^([$%])\1\{/.test(text.slice(at, at + 3))) at += 2
      else if (pair === '${' || pair === '%{') {
        open.push({ what: '${', line })
        at++
      } else if (letter === '"') open.pop()
    } else if (letter === '#' || pair === '//') at = endOfLine(text, at) - 1
    else if ('"([{'.includes(letter)) open.push({ what: letter, line })
    else if (letter === ')') close('(', letter)
    else if (letter === ']') close('[', letter)
    else if (letter === '}') close(open.at(-1)?.what === '${' ? '${' : '{', letter)
  }
  return [...faults, ...open.map(one => `${one.line}: ${one.what} is never closed`)]
}

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Names of variables that are declared, and that are used, outside of strings and comments; each once, in order. */
export function variablesOf(text: string): { readonly declared: string[]; readonly used: string[] } {
  const names = (pattern: RegExp, of: string) =>
    [...new Set([...of.matchAll(pattern)].map(([, name]) => name as string))].sort()
  const bare = text.replace(/^\s*(?:#|\/\/).*$/gm, '')
  return {
    declared: names(/^variable "([\w-]+)" \{$/gm, bare),
    used: names(/\bvar\.([\w-]+)/g, bare.replace(/"(?:[^"\\\n]|\\.)*"/g, '""')),
  }
}
