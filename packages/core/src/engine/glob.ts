// Glob: matches ids, names and namespaces against patterns with `*` (anything, also nothing) and `?` (one character).

/** True when the whole text matches. Takes time proportional to both lengths at worst, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** True when any of the patterns matches. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some(pattern => matchesGlob(pattern, text))
}

/** True for a pattern with something to match freely. */
export function isGlob(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?')
}
