// Random: a small seeded generator, so that every run of the benches works on the same bytes.

export interface Random {
  /** A number from 0 up to but not including 1. */
  next(): number
  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number
  /** One of the things given. */
  pick<T>(things: readonly T[]): T
  /** True in `share` of the cases. */
  chance(share: number): boolean
}

/** The mulberry32 generator. */
export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    pick: things => things[below(things.length)] as (typeof things)[number],
    chance: share => next() < share,
  }
}
