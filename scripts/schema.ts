// Schema: writes packages/server/schema.sql, the schema that all migrations make, from a real PostgreSQL.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeSchema } from '../packages/server/src/database/describe-schema.ts'
import { freshDatabase } from '../packages/server/src/testing/database.ts'
import { root } from './modules.ts'

const file = join('packages', 'server', 'schema.sql')
const { pool, close } = await freshDatabase()
const schema = await describeSchema(pool)
await close()
writeFileSync(
  join(root, file),
  `-- The schema that all migrations make. Written by \`npm run generate:schema\`; migrations stand in src/store/migrations.\n\n${schema}`,
)
console.error(`wrote ${file}`)
