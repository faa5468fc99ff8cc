// Overtaken: an upload that goes away while it is committed is not taken over in part.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lockCluster } from '../../store/clusters.ts'
import { currentResources } from '../../store/resource-versions.ts'
import { clusterId, configMap, headOf, ingestWorld, keyOf, linesOf, sent } from './testing/wire.ts'

test('a commit whose upload another attempt deletes changes nothing', async () => {
  const world = await ingestWorld()
  const { ingest, fresh, deps } = world
  const contents = (data: string) => new Map(['a', 'b'].map(name => [keyOf(name), configMap(name, { data })]))
  await ingest.receive(await world.collector(), sent(linesOf(headOf({ sequence: 1 }), contents('1'))))
  const collector = await world.collector()
  const named = await ingest.receive(
    collector,
    sent(linesOf(headOf({ sequence: 2 }), contents('2'), () => true)),
  )
  if (named.state !== 'wanted') throw new Error('nothing is wanted')
  const objects = linesOf(headOf({ sequence: 2 }), contents('2')).slice(1, -1)
  await ingest.receiveObjects(collector, named.upload, sent(objects))

  // The commit has found its upload, and waits for the cluster, while the upload is given up.
  let commit: Promise<unknown> | undefined
  await fresh.db.transaction().execute(async trx => {
    await lockCluster(trx, clusterId, deps.now())
    commit = ingest.commit(collector, named.upload).catch((error: unknown) => error)
    await untilSomebodyWaits()
    await ingest.cancel(collector, named.upload)
  })
  expect(await commit).toMatchObject({ code: 'not-found' })
  const there: string[] = []
  for await (const batch of currentResources(fresh.db, clusterId))
    there.push(...batch.map(({ json }) => json))
  expect(there).toEqual(linesOf(headOf({ sequence: 1 }), contents('1')).slice(1, -1))
  await fresh.close()

  async function untilSomebodyWaits(): Promise<void> {
    for (;;) {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(fresh.db)
      if (rows.length > 0) return
    }
  }
})
