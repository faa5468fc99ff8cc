import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { purgeRows } from './cluster-purge.ts'

test('no more rows go at a time than are asked for, and of one cluster alone', async () => {
  const { db, close } = await freshDatabase()
  const at = new Date('2026-01-01')
  for (const cluster of ['a', 'b']) {
    await sql`insert into asset_absence select ${cluster}, 'k' || n, ${at}, ${at} from generate_series(1, 7) n`.execute(
      db,
    )
    await sql`insert into object_body (cluster_id, hash, resource_key, api_version, kind, packing, body, bytes, stored_at)
      select ${cluster}, decode(lpad(n::text, 4, '0'), 'hex'), 'k', 'v1', 'ConfigMap', 0, '', 1, ${at}::timestamptz + n * interval '1 hour'
      from generate_series(1, 5) n`.execute(db)
  }
  const purge = (most: number) =>
    db.transaction().execute(trx => purgeRows(trx, 'a', new Date('2026-01-01T04:30:00Z'), most))
  expect(await purge(4)).toBe(4)
  // The three that are left, and of four old objects as many as fit.
  expect(await purge(5)).toBe(5)
  expect(await purge(5)).toBe(2)
  const { rows } = await sql`
    select (select json_object_agg(cluster_id, n) from (select cluster_id, count(*) n from asset_absence group by 1) t) as absences,
      (select json_object_agg(cluster_id, n) from (select cluster_id, count(*) n from object_body group by 1) t) as objects`.execute(
    db,
  )
  expect(rows).toEqual([{ absences: { b: 7 }, objects: { a: 1, b: 5 } }])
  await close()
})
