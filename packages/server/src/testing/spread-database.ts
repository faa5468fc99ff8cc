// Spread database: a fresh database for a test on a Citus coordinator and its workers, with every migration, its large tables spread.

import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { distribute } from '../database/distribution.ts'
import { migrate } from '../database/migrate.ts'
import { connect } from '../store/connect.ts'
import { migrations } from '../store/migrations/all.ts'
import type { Schema } from '../store/schema.ts'

interface SpreadDatabase {
  readonly db: Kysely<Schema>
  readonly pool: pg.Pool
  readonly url: string
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** The addresses of the coordinator's maintenance database and of the same on each worker. */
async function nodesOf(coordinator: string): Promise<readonly string[]> {
  const { pool, close } = connect(coordinator, { connections: 1 })
  const { rows } = await pool.query<{ nodename: string; nodeport: number }>(
    'select nodename, nodeport from pg_dist_node where shouldhaveshards order by nodeid',
  )
  await close()
  if (rows.length === 0) throw new Error('CITUS_URL names a database whose coordinator knows no worker')
  return [
    coordinator,
    ...rows.map(({ nodename, nodeport }) => {
      const url = new URL(coordinator)
      url.host = `${nodename}:${nodeport}`
      return url.href
    }),
  ]
}

const inDatabase = (address: string, name: string) => {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

async function run(address: string, ...statements: readonly string[]): Promise<void> {
  const { pool, close } = connect(address, { connections: 1 })
  try {
    for (const statement of statements) await pool.query(statement)
  } finally {
    await close()
  }
}

/** Some seconds: for trials, not for the inner loop. */
export async function spreadDatabase(coordinator: string): Promise<SpreadDatabase> {
  const nodes = await nodesOf(coordinator)
  const name = `test_${randomBytes(8).toString('hex')}`
  for (const node of nodes) {
    await run(node, `create database ${name}`)
    await run(inDatabase(node, name), 'create extension citus')
  }
  const url = inDatabase(coordinator, name)
  const { hostname, port } = new URL(coordinator)
  await run(
    url,
    `select citus_set_coordinator_host('${hostname}', ${port})`,
    ...nodes.slice(1).map(node => {
      const worker = new URL(node)
      return `select citus_add_node('${worker.hostname}', ${worker.port})`
    }),
    `alter database ${name} set citus.shard_count = 4`,
  )
  const { db, pool, close: disconnect } = connect(url)
  await migrate(pool, migrations)
  await distribute(pool)
  let closed: Promise<void> | undefined
  const end = async () => {
    await disconnect()
    for (const node of nodes) await run(node, `drop database ${name} with (force)`)
  }
  const close = () => {
    closed ??= end()
    return closed
  }
  return { db, pool, url, close, [Symbol.asyncDispose]: close }
}
