// Connect: a connection that is lost ends what it was used for, never the process.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { connect } from './connect.ts'

test('a transaction whose connection is cut between two statements fails, and the pool goes on', async () => {
  await using fresh = await freshDatabase()
  const lost: string[] = []
  const { db, pool, close } = connect(fresh.url, {
    connections: 2,
    onIdleError: error => lost.push(error.message),
  })
  const cut = (pid: number) => fresh.pool.query('select pg_terminate_backend($1, 5000)', [pid])
  const pidOf = async () =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid as number
  await expect(
    db.transaction().execute(async trx => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await cut(rows[0]?.pid as number)
      await new Promise(resolve => setTimeout(resolve, 50))
      await sql`select 1`.execute(trx)
    }),
  ).rejects.toThrow(/terminat|not queryable|closed/)
  // An idle one is told of, once.
  await cut(await pidOf())
  while (pool.totalCount > 0) await new Promise(resolve => setTimeout(resolve, 10))
  expect(lost).toHaveLength(1)
  expect(await pidOf()).toBeGreaterThan(0)
  await close()
})
