// Test databases: fresh each, apart from one another, and gone when closed.

import { expect, test } from 'vitest'
import { freshDatabase } from './database.ts'

test('each has every table, and sees nothing of another', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
  await one.db
    .insertInto('cluster')
    .values({ cluster_id: 'a', name: 'a', created_at: new Date(0) })
    .execute()
  expect(
    await one.db.selectFrom('cluster').select(['cluster_id', 'revised_at', 'revision']).execute(),
  ).toEqual([{ cluster_id: 'a', revised_at: -Infinity, revision: '0' }])
  expect(await two.db.selectFrom('cluster').selectAll().execute()).toEqual([])
  await one.close()
  const { rows } = await two.pool.query('select 1 from pg_database where datname = $1', [
    new URL(one.url).pathname.slice(1),
  ])
  expect(rows).toEqual([])
  await two.close()
})

test('an empty one has no tables', async () => {
  const { pool, close } = await freshDatabase({ empty: true })
  const { rows } = await pool.query("select 1 from pg_tables where schemaname = 'public'")
  expect(rows).toEqual([])
  await close()
})
