// World: the machine's own time and chance, for main files to hand in.

import { setTimeout } from 'node:timers/promises'
import type { World } from './collector.ts'

export const systemWorld: World = {
  now: () => new Date(),
  random: Math.random,
  async sleep(milliseconds, signal) {
    try {
      await setTimeout(milliseconds, undefined, signal ? { signal } : {})
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    }
  },
}
