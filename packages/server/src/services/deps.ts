// Deps: what deeds need of the world, handed in by whoever wires them.

import type { Kysely } from 'kysely'
import type { Schema } from '../store/schema.ts'

export interface Deps {
  readonly db: Kysely<Schema>
  readonly now: () => Date
  /** Cryptographically strong. */
  readonly randomBytes: (bytes: number) => Buffer
}
