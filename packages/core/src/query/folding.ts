// Folding: how texts are compared, the same in memory and in the database: to the letter, or with ASCII letters in either case.

/** ASCII capitals as small letters, all else as it is: what `lower(x collate "C")` does in PostgreSQL. */
export function fold(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

/** True where the text is made of the parts in their order, with anything between them. */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false
  let at = first.length
  const end = text.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
