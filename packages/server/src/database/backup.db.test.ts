// Backup and restore: all that is kept comes back as it was, or nothing does.

import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { migrations as real } from '../store/migrations/all.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { backup, listTables, quoted } from './backup.ts'
import { migrate, readSchemaState } from './migrate.ts'
import { restore, verifyBackup } from './restore.ts'

/** A table with all sorts of values and sizes, whatever the real ones become. */
const migrations = [
  ...real,
  {
    number: (real.at(-1)?.number ?? 0) + 1,
    name: 'many',
    sql: 'create table many (id integer primary key, body bytea, third numeric, tiny double precision, at timestamptz)',
  },
]
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-backup-'))
const file = join(folder, 'one.backup')
const options = { migrations, tool: 'plimsoll 1.2.3', now: new Date('2026-01-02T03:04:05Z') }
let source: FreshDatabase
let target: FreshDatabase

beforeAll(async () => {
  source = await freshDatabase()
  await migrate(source.pool, migrations)
  await source.pool.query(`
    insert into cluster (cluster_id, name, labels, created_at, revised_at) values
      ('a', E'tab\\tline\\nquote" \\\\ ünï 🚢', '{"x": ["1", null]}', '2026-01-01 00:00:00.123456+00', '-infinity');
    insert into many select n, decode(repeat(md5(n::text), n % 300), 'hex'), n / 3.0, 1e-300 * n, clock_timestamp()
      from generate_series(1, 3000) as n;
    insert into many select -n, decode(repeat('00ff', 500000), 'hex'), null, 'NaN', 'infinity' from generate_series(1, 3) as n;
    insert into person (person_id, login, name, role, must_change_password, created_at)
      values ('00000000-0000-4000-8000-000000000001', 'ann', 'Ann', 'admin', false, now());
    insert into session (hash, person_id, created_at, touched_at, expires_at, address, agent)
      values ('\\x01', '00000000-0000-4000-8000-000000000001', now(), now(), now(), '', '');
  `)
  await backup(source.pool, file, options)
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  target = await freshDatabase({ empty: true })
})
afterEach(() => target.close())

/** A digest of every row of every table that is kept. */
async function digests(pool: pg.Pool): Promise<Record<string, unknown>> {
  const client = await pool.connect()
  try {
    const found: Record<string, unknown> = {}
    for (const { name } of await listTables(client)) {
      const table = quoted(name)
      const { rows } = await client.query(
        `select count(*), md5(string_agg(one, '' order by one)) from (select md5(${table}::text) as one from ${table}) as all_rows`,
      )
      found[name] = rows[0]
    }
    return found
  } finally {
    client.release()
  }
}

const isEmpty = async () =>
  (await target.pool.query("select 1 from pg_class where relnamespace = 'public'::regnamespace")).rowCount ===
  0

test('all comes back as it was, but sessions', async () => {
  const before = await digests(source.pool)
  expect(before.many).toMatchObject({ count: '3003' })
  const summary = await restore(target.pool, file, migrations)
  expect(await digests(target.pool)).toEqual(before)
  expect(await verifyBackup(file)).toEqual(summary)
  expect((await target.pool.query('select * from session')).rows).toEqual([])
  expect((await readSchemaState(target.pool, migrations)).missing).toEqual([])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['one.backup'])
})

test('a backup of an older schema is brought up to date', async () => {
  const later = {
    number: (migrations.at(-1)?.number ?? 0) + 1,
    name: 'later',
    sql: "alter table cluster add column note text default 'new'",
  }
  await restore(target.pool, file, [...migrations, later])
  expect((await target.pool.query('select note from cluster')).rows).toEqual([{ note: 'new' }])
})

test('what is written while it runs is not in it, and nothing waits for it', async () => {
  const other = join(folder, 'two.backup')
  const held = await source.pool.connect()
  await held.query("begin; insert into cluster (cluster_id, name, created_at) values ('b', 'b', now())")
  const { rows } = await backup(source.pool, other, options)
  await held.query('rollback')
  held.release()
  expect(rows).toBe((await verifyBackup(file)).rows)
  rmSync(other)
})

test('a database with tables is not written to', async () => {
  await target.pool.query('create table mine (a int)')
  await expect(restore(target.pool, file, migrations)).rejects.toMatchObject({ reason: 'not-empty' })
  await target.pool.query('drop table mine')
})

test('a file that is there is not written over, and a backup that fails leaves none', async () => {
  await expect(backup(source.pool, file, options)).rejects.toMatchObject({ code: 'EEXIST' })
  expect((await verifyBackup(file)).rows).toBeGreaterThan(3000)
  const none = join(folder, 'none.backup')
  await expect(backup(target.pool, none, options)).rejects.toMatchObject({ reason: 'not-migrated' })
  expect(readdirSync(folder)).toEqual(['one.backup'])
})

test('a damaged backup leaves the database empty', async () => {
  const text = gunzipSync(readFileSync(file)).toString('utf8')
  const lines = text.split('\n')
  const damaged: Record<string, Buffer> = {
    'a cell changed': gzipSync(text.replace('ünï', 'uni')),
    'a row lost': gzipSync(lines.toSpliced(3, 1).join('\n')),
    'the end lost': gzipSync(lines.slice(0, -2).join('\n').concat('\n')),
    'something after the end': gzipSync(`${text}["x"]\n`),
    'cut within a line': gzipSync(text.slice(0, 2000)),
    'no backup': gzipSync('{"hello":1}\n'),
    'not compressed': Buffer.from('hello'),
    'of a later format': gzipSync(text.replace('"version":1', '"version":2')),
    nothing: Buffer.alloc(0),
  }
  const path = join(folder, 'damaged.backup')
  for (const [what, bytes] of Object.entries(damaged)) {
    writeFileSync(path, bytes)
    await expect(restore(target.pool, path, migrations), what).rejects.toMatchObject({ reason: 'bad-backup' })
    await expect(verifyBackup(path), what).rejects.toMatchObject({ reason: 'bad-backup' })
    expect(await isEmpty(), what).toBe(true)
  }
  writeFileSync(path, readFileSync(file))
  truncateSync(path, statSync(path).size - 100)
  await expect(restore(target.pool, path, migrations)).rejects.toMatchObject({ reason: 'bad-backup' })
  expect(await isEmpty()).toBe(true)
  rmSync(path)
})

test('a backup of a newer server, or of another build, is refused', async () => {
  await expect(restore(target.pool, file, migrations.slice(0, 2))).rejects.toMatchObject({
    reason: 'newer-schema',
  })
  const other = migrations.map((one, index) => (index === 1 ? { ...one, sql: `${one.sql} ` } : one))
  await expect(restore(target.pool, file, other)).rejects.toMatchObject({ reason: 'changed-migration' })
  expect(await isEmpty()).toBe(true)
})
