// Records: writes many rows by one statement, their values as one JSON parameter: the bulk path of every table.

import { sql } from 'kysely'
import type { Client, Schema } from './schema.ts'

/** Rows for one statement: more of them gain nothing, and would be held in memory as text. */
const batchSize = 5000

type Values = Readonly<Record<string, unknown>>

/** Inserts rows. A column that is not given has its default. A bytea is given as `\x` and hex. */
export async function insertRecords(db: Client, table: keyof Schema, rows: readonly Values[]): Promise<void> {
  await inBatches(rows, async (batch, columns) => {
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(batch)}::json)`.execute(
      db,
    )
  })
}

/** Inserts rows, or changes those of the same key in all columns given but those named in `keep`. */
export async function upsertRecords(
  db: Client,
  table: keyof Schema,
  rows: readonly Values[],
  key: readonly string[],
  keep: readonly string[] = [],
): Promise<void> {
  const fixed = new Set([...key, ...keep])
  await inBatches(rows, async (batch, columns, names) => {
    const changes = sql.join(
      names.filter(name => !fixed.has(name)).map(name => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
    )
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(batch)}::json)
      on conflict (${sql.join(key.map(name => sql.ref(name)))}) do update set ${changes}`.execute(db)
  })
}

async function inBatches(
  rows: readonly Values[],
  write: (
    batch: readonly Values[],
    columns: ReturnType<typeof sql>,
    names: readonly string[],
  ) => Promise<void>,
): Promise<void> {
  const [first] = rows
  if (!first) return
  const names = Object.keys(first)
  const columns = sql`${sql.join(names.map(name => sql.ref(name)))}`
  for (let at = 0; at < rows.length; at += batchSize)
    await write(rows.slice(at, at + batchSize), columns, names)
}
