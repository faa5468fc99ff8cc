// Nearest: the known ids that a mistyped one may mean.

/**
 * The known ids nearest to what was given, best first, at most three and none much further than the best; empty where nothing comes near. An id is near when a third of
 * its characters or fewer differ (two neighbours swapped count once), or when one of the two begins with the other; a beginning of an
 * id is as near as one differing character.
 */
export function nearest(known: Iterable<string>, given: string): string[] {
  const wanted = given.toLowerCase()
  const near: { readonly id: string; readonly distance: number }[] = []
  for (const id of new Set(known)) {
    const candidate = id.toLowerCase()
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
    const isCut = wanted.length >= 3 && candidate.startsWith(wanted)
    const distance = isCut ? 1 : editDistance(wanted, candidate, allowed)
    if (distance <= allowed) near.push({ id, distance })
    else if (wanted.length >= 3 && wanted.startsWith(candidate)) near.push({ id, distance: allowed + 1 })
  }
  near.sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
  const best = near[0]?.distance ?? 0
  return near
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, 3)
    .map(({ id }) => id)
}

/** The sentence about an unknown id: `unknown rule "privlieged"; did you mean privileged-container?` */
export function unknownId(what: string, given: string, known: Iterable<string>): string {
  const ids = nearest(known, given)
  const hint = ids.length === 0 ? '' : `; did you mean ${ids.join(' or ')}?`
  return `unknown ${what} ${JSON.stringify(given)}${hint}`
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from a to b; any number above `limit` means more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}
