// Dialect: what keeps the schema and the statements fit for a database whose large tables are spread over machines by cluster.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distributedTables, referenceTables } from '../database/distribution.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.close())

const rows = async <T extends object>(statement: string) => (await fresh.pool.query<T>(statement)).rows

describe('the schema', () => {
  it('spreads every table that speaks of one cluster, and no other', async () => {
    const found = await rows<{ table: string }>(`
      select table_name as table from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'cluster_id' and table_type = 'BASE TABLE' and is_nullable = 'NO' order by 1`)
    const small = new Set<string>(referenceTables)
    const large = found.map(({ table }) => table).filter(table => !small.has(table))
    expect(large).toEqual([...distributedTables].toSorted())
  })

  it('puts the cluster first in every key of a spread table', async () => {
    const keys = await rows<{ table: string; index: string; first: string; columns: string[] }>(`
      select c.relname as table, i.relname as index, (array_agg(a.attname order by k.n))[1] as first, array_agg(a.attname) as columns
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
        cross join lateral unnest(x.indkey) with ordinality k(attnum, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where x.indisunique and c.relname = any(array[${distributedTables.map(name => `'${name}'`).join()}])
      group by 1, 2`)
    expect(keys.length).toBeGreaterThanOrEqual(distributedTables.length)
    expect(keys.filter(({ first }) => first !== 'cluster_id')).toEqual([])
  })

  it('has no foreign key into or out of a spread table', async () => {
    const foreign = await rows<{ from: string; to: string }>(`
      select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f'`)
    const large = new Set<string>(distributedTables)
    expect(foreign.filter(({ from, to }) => large.has(from) || large.has(to))).toEqual([])
  })
})

describe('the statements', () => {
  const folder = import.meta.dirname
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => ({ file, text: withoutComments(readFileSync(join(folder, file), 'utf8')) }))

  it.each([
    ['COPY', /\bcopy\s+\w+\s*(?:\(|from|to)\b/i, []],
    ['LISTEN or NOTIFY', /\b(?:listen|notify)\s+\w+\s*`|pg_notify/i, []],
    ['advisory locks', /pg_(?:try_)?advisory/i, []],
    ['temporary tables', /create\s+temp/i, []],
    ['SKIP LOCKED outside the jobs', /skip\s+locked/i, ['jobs.ts']],
    ['recursive queries', /with\s+recursive/i, []],
    ['grouping sets', /grouping\s+sets|\bcube\s*\(|\brollup\s*\(/i, []],
    ['cursors', /declare\s+\w+\s+cursor/i, []],
  ] as const)('use no %s', (_, pattern, but: readonly string[]) => {
    expect(files.length).toBeGreaterThan(20)
    expect(
      files.filter(({ file, text }) => !but.includes(file) && pattern.test(text)).map(({ file }) => file),
    ).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)(?:\/\/|--) .*$/gm, '$1')
}
