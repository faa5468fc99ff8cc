// Schema: what the migrations make is what schema.sql says, so that a change of it is read by a person.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { describeSchema } from './describe-schema.ts'

test('schema.sql is up to date (npm run generate:schema)', async () => {
  const { pool, close } = await freshDatabase()
  const kept = readFileSync(join(import.meta.dirname, '..', '..', 'schema.sql'), 'utf8')
  const made = await describeSchema(pool)
  await close()
  expect(kept.slice(kept.indexOf('create table'))).toBe(made)
})
