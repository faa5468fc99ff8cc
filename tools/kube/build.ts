/** Command: `npx tsx tools/kube/build.ts [binary ...]` builds the named binaries (or all) and prints their paths. */
import { BINARY_NAMES, type BinaryName, ensureBinaries } from './binaries.ts'

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !(BINARY_NAMES as readonly string[]).includes(name))
if (unknown.length > 0) {
  console.error(`unknown binary ${unknown.join(', ')}; known: ${BINARY_NAMES.join(', ')}`)
  process.exit(2)
}
const names = asked.length === 0 ? BINARY_NAMES : (asked as BinaryName[])
const result = await ensureBinaries(names)
if (result.available) {
  for (const name of names) console.log(result.paths[name])
} else {
  console.error(`not available (${result.reason}): ${result.detail}`)
  process.exitCode = 1
}
