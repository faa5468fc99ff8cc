/** Gives repeatable choices: the same seed and index always make the same sequence. */

export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next: () => number
  /** A whole number from 0 to `below - 1`. */
  int: (below: number) => number
  chance: (probability: number) => boolean
  pick: <T>(from: readonly T[]) => T
  /** Each item with the given probability, in their order. */
  some: <T>(from: readonly T[], probability: number) => T[]
}

/** The sequence number `index` of `seed`; sequences are independent, so item 7 can be made without items 0 to 6. */
export function random(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0
  // mulberry32: 32 bits of state, passes gjrand; ample for choosing test data.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 4; i++) next()
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    chance: probability => next() < probability,
    pick: from => {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[int(from.length)] as (typeof from)[number]
    },
    some: (from, probability) => from.filter(() => next() < probability),
  }
}
