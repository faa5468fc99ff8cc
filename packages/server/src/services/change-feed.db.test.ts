import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Permitted } from '../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { type ChangeFeed, type ClusterChange, openChangeFeed } from './change-feed.ts'

let fresh: FreshDatabase
let feed: ChangeFeed
const ends: AbortController[] = []

beforeEach(async () => {
  fresh = await freshDatabase()
  feed = openChangeFeed({ db: fresh.db }, 20)
  await fresh.pool.query(
    `insert into cluster (cluster_id, name, account, created_at) values ('c1', 'one', 'a', now()), ('c2', 'two', 'b', now())`,
  )
  await assess('c1', 1)
})
afterEach(async () => {
  for (const end of ends.splice(0)) end.abort()
  await expect.poll(() => feed.listeners).toBe(0)
  await fresh.close()
})

const assess = (cluster: string, revision: number) =>
  sql`insert into assessment (cluster_id, revision, basis, assessed_at) values (${cluster}, ${revision}, 'b', clock_timestamp())
    on conflict (cluster_id) do update set revision = excluded.revision, assessed_at = excluded.assessed_at`.execute(
    fresh.db,
  )

function listen(permitted: Permitted): { heard: ClusterChange[]; end: () => void } {
  const end = new AbortController()
  ends.push(end)
  const heard: ClusterChange[] = []
  void (async () => {
    for await (const change of feed.listen(permitted, end.signal)) heard.push(change)
  })()
  return { heard, end: () => end.abort() }
}

const pause = () => new Promise(resolve => setTimeout(resolve, 60))

describe('the change feed', () => {
  it('tells each listener of the clusters that they see, from now on', async () => {
    const all = listen({ all: true })
    const part = listen({ all: false, terms: [{ accounts: ['b'] }] })
    const none = listen({ all: false, terms: [] })
    await pause()
    await assess('c1', 2)
    await assess('c2', 1)
    await expect
      .poll(() => all.heard.map(({ cluster, revision }) => `${cluster}@${revision}`).toSorted())
      .toEqual(['c1@2', 'c2@1'])
    await expect.poll(() => part.heard.map(({ cluster }) => cluster)).toEqual(['c2'])
    expect(none.heard).toEqual([])
  })

  it('tells of an assessment of the same revision too: by other rules, an exception, another day', async () => {
    const all = listen({ all: true })
    await pause()
    await assess('c1', 1)
    await expect.poll(() => all.heard).toHaveLength(1)
  })

  it('goes on after the database was away, and ends with its listener', async () => {
    const all = listen({ all: true })
    await pause()
    await fresh.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await assess('c2', 1).catch(() => assess('c2', 1))
    await expect.poll(() => all.heard.length).toBe(1)
    all.end()
    await expect.poll(() => feed.listeners).toBe(0)
  })
})
