// Turnstile: lets so many requests through at a time, and so many of each collector; the others are asked to come back.

import { Fault } from '../fault.ts'

export class Turnstile {
  private readonly inside = new Map<string, number>()
  private total = 0
  private readonly most: number
  private readonly mostOfOne: number

  constructor(most: number, mostOfOne: number) {
    this.most = most
    this.mostOfOne = mostOfOne
  }

  /** Runs a deed of somebody. Throws `too-many-requests` where there is no room. */
  async pass<T>(who: string, deed: () => Promise<T>): Promise<T> {
    const own = this.inside.get(who) ?? 0
    if (own >= this.mostOfOne)
      throw new Fault('too-many-requests', `${own} requests of this collector are under way`, {
        retryAfter: 2,
      })
    if (this.total >= this.most)
      throw new Fault('too-many-requests', 'the server takes as many snapshots as it can', { retryAfter: 5 })
    this.inside.set(who, own + 1)
    this.total++
    try {
      return await deed()
    } finally {
      this.total--
      const left = (this.inside.get(who) ?? 1) - 1
      if (left > 0) this.inside.set(who, left)
      else this.inside.delete(who)
    }
  }
}
