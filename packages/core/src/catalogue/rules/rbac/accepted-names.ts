// Accepted names: whether a name is among those that a parameter lists, in which * stands for any characters.

/** True where one of the patterns is the whole name. */
export function isNamedBy(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => fits(pattern.split('*'), name))
}

function fits([start = '', ...rest]: readonly string[], name: string): boolean {
  if (rest.length === 0) return name === start
  if (!name.startsWith(start)) return false
  const end = rest.at(-1) as string
  let from = start.length
  for (const part of rest.slice(0, -1)) {
    const at = name.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return name.length - end.length >= from && name.endsWith(end)
}
