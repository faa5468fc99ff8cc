// API: writes docs/api.md and the client of the API from the server's own description; with --check it only says whether they are up to date.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeApi } from '../packages/server/src/describe-api.ts'
import { root } from './modules.ts'
import { type ApiDescription, apiClient } from './pages/api-client.ts'
import { apiPage } from './pages/api-page.ts'

const description = describeApi() as unknown as ApiDescription
const files = new Map([
  ['docs/api.md', apiPage(description)],
  ['packages/core/src/contract/api-client.ts', apiClient(description)],
])

const checkOnly = process.argv.includes('--check')
let stale = 0
for (const [file, text] of files) {
  const path = join(root, file)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  stale++
  if (checkOnly) console.error(`${file} is not up to date: run npm run generate:api`)
  else {
    writeFileSync(path, text)
    console.error(`wrote ${file}`)
  }
}
console.error(
  `api: ${Object.keys(description.paths).length} paths, ${stale} files ${checkOnly ? 'stale' : 'written'}`,
)
if (checkOnly && stale > 0) process.exitCode = 1
