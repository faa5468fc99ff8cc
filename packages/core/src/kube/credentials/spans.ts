// Spans: stretches of a text, and whether another one touches any of them.

/** From `index` up to, not including, `end`. */
export interface Span {
  readonly index: number
  readonly end: number
}

const never = () => false

/** Tells whether a stretch has a part of any of these; each answer takes time that grows with the logarithm of their number. */
export function coveredBy(spans: readonly Span[]): (index: number, end: number) => boolean {
  if (spans.length === 0) return never
  const joined = joinSpans(spans)
  return (index, end) => {
    let low = 0
    let high = joined.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((joined[middle] as Span).end > index) high = middle
      else low = middle + 1
    }
    const first = joined[low]
    return first !== undefined && first.index < end
  }
}

/** The same stretches in their order, those that overlap as one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: { index: number; end: number }[] = []
  for (const { index, end } of spans.toSorted((a, b) => a.index - b.index)) {
    const last = joined.at(-1)
    if (last && index < last.end) last.end = Math.max(last.end, end)
    else joined.push({ index, end })
  }
  return joined
}
