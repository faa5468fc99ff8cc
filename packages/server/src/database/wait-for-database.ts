// Wait for database: a database of somebody's may start at the same time as we do.

import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { sleep } from './postgres-process.ts'

/** Throws `unreachable` where it does not answer in time, or at once where it never will: a wrong password, user or database. */
export async function waitForDatabase(
  pool: pg.Pool,
  { host, searchParams }: URL,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  for (const until = performance.now() + seconds * 1000; ; await sleep(500)) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException
      // A wrong password or name does not get better by waiting.
      const isFinal = /^(?:28|3D)/.test(code)
      if (!isFinal && performance.now() < until && !signal?.aborted) continue
      throw new DatabaseError(
        'unreachable',
        `the database at ${searchParams.get('host') ?? host} cannot be reached: ${message || code}`,
        { cause: error },
      )
    }
  }
}
