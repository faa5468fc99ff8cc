// Migrations: once each, in order, by one server at a time; what does not fit is refused before anything is changed.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../store/connect.ts'
import { migrations as real } from '../store/migrations/all.ts'
import type { Migration } from '../store/migrations/migration.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { migrate, readSchemaState } from './migrate.ts'

const one: Migration = { number: 1, name: 'one', sql: 'create table one (id integer primary key)' }
const two: Migration = {
  number: 2,
  name: 'two',
  sql: 'alter table one add column name text; insert into one values (1, $$a$$)',
}

let fresh: FreshDatabase
beforeEach(async () => {
  fresh = await freshDatabase({ empty: true })
})
afterEach(() => fresh.close())

test('applies what is missing, and nothing twice', async () => {
  expect(await readSchemaState(fresh.pool, [one, two])).toEqual({ version: 0, missing: [one, two] })
  expect(await migrate(fresh.pool, [one])).toEqual([1])
  expect(await migrate(fresh.pool, [one, two])).toEqual([2])
  expect(await migrate(fresh.pool, [one, two])).toEqual([])
  expect((await fresh.pool.query('select * from one')).rows).toEqual([{ id: 1, name: 'a' }])
  expect(await readSchemaState(fresh.pool, [one, two])).toEqual({ version: 2, missing: [] })
})

test('many servers that start at once apply each step once', async () => {
  const servers = Array.from({ length: 8 }, () => connect(fresh.url, { connections: 1 }))
  const slow = { ...two, sql: `select pg_sleep(0.05); ${two.sql}` }
  const applied = await Promise.all(servers.map(({ pool }) => migrate(pool, [one, slow])))
  expect(applied.flat().sort((a, b) => a - b)).toEqual([1, 2])
  expect((await fresh.pool.query('select count(*)::int as rows from one')).rows).toEqual([{ rows: 1 }])
  await Promise.all(servers.map(({ close }) => close()))
})

test('a step that fails leaves the ones before it, and nothing of itself', async () => {
  const broken = { ...two, sql: 'insert into one values (7); select 1 / 0' }
  await expect(migrate(fresh.pool, [one, broken])).rejects.toThrow('division by zero')
  expect((await fresh.pool.query('select * from one')).rows).toEqual([])
  expect((await readSchemaState(fresh.pool, [one, two])).version).toBe(1)
  expect(await migrate(fresh.pool, [one, two])).toEqual([2])
})

test('a newer schema is used where it breaks nothing, and refused where it does', async () => {
  const gentle: Migration = { number: 3, name: 'gentle', sql: 'create table three ()' }
  const breaking: Migration = {
    number: 4,
    name: 'breaking',
    sql: 'alter table one drop column name',
    compatibleFrom: 3,
  }
  await migrate(fresh.pool, [one, two, gentle])
  expect(await migrate(fresh.pool, [one, two])).toEqual([])
  await migrate(fresh.pool, [one, two, gentle, breaking])
  await expect(migrate(fresh.pool, [one, two])).rejects.toMatchObject({
    reason: 'newer-schema',
    message: expect.stringContaining('step 4, breaking'),
  })
  expect(await migrate(fresh.pool, [one, two, gentle])).toEqual([])
})

test('a step that another build wrote otherwise is refused before anything is changed', async () => {
  await migrate(fresh.pool, [one])
  const other = { ...one, sql: `${one.sql} -- otherwise` }
  await expect(migrate(fresh.pool, [other, two])).rejects.toMatchObject({ reason: 'changed-migration' })
  expect((await readSchemaState(fresh.pool, [one])).version).toBe(1)
})

test('the steps of this build are numbered without holes, and fit an empty database', async () => {
  expect(real.map(({ number }) => number)).toEqual(real.map((_, index) => index + 1))
  expect(await migrate(fresh.pool, real)).toHaveLength(real.length)
})
