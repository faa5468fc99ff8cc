// World: what deeds need, for tests: a clock that is set by hand, and true randomness.

import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Deps } from '../services/deps.ts'
import type { Schema } from '../store/schema.ts'

export interface TestWorld extends Deps {
  /** Moves the clock. */
  readonly pass: (milliseconds: number) => void
}

export function testWorld(db: Kysely<Schema>, start = '2026-03-01T12:00:00.000Z'): TestWorld {
  let now = Date.parse(start)
  return {
    db,
    now: () => new Date(now),
    randomBytes,
    pass(milliseconds) {
      now += milliseconds
    },
  }
}
