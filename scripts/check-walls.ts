// Check of the walls: reads every module and fails on any breach, or when it read fewer files than there are.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listSources, readModule, root } from './modules.ts'
import { findBreaches, findRuleImports, findSqlOutside } from './walls.ts'

/** Counts source files by walking the folders: a second opinion on what git lists. */
function countOnDisk(folder: string): number {
  let count = 0
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) count += countOnDisk(join(folder, entry.name))
    else if (/\.tsx?$/.test(entry.name)) count++
  return count
}

const modules = listSources().map(readModule)
const onDisk = readdirSync(join(root, 'packages'))
  .map(name => countOnDisk(join(root, 'packages', name, 'src')))
  .reduce((sum, count) => sum + count, 0)
const imports = modules.reduce((sum, module) => sum + module.imports.length, 0)

const ruleFiles = new Set(
  modules
    .map(module => module.file)
    .filter(
      file =>
        /\/catalogue\/rules\//.test(file) &&
        /^export const rule\b/m.test(readFileSync(join(root, file), 'utf8')),
    ),
)
const serverTexts = modules
  .filter(module => module.file.startsWith('packages/server/'))
  .map(({ file }) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
const breaches = [
  ...findBreaches(modules),
  ...findRuleImports(modules, ruleFiles),
  ...findSqlOutside(serverTexts),
]
if (modules.length < onDisk) breaches.push(`only ${modules.length} of ${onDisk} source files were read`)
if (imports < modules.length / 2)
  breaches.push(`only ${imports} imports were seen in ${modules.length} files: the reader is broken`)

for (const breach of breaches) console.error(breach)
console.error(`walls: ${modules.length} files, ${imports} imports, ${breaches.length} breaches`)
process.exitCode = breaches.length === 0 ? 0 : 1
