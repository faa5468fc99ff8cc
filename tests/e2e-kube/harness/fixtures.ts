/** Finds the folder of open test data that lies beside the repository, and is not part of it. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Folder of the fixtures named, from PLIMSOLL_FIXTURES or `../shared/fixtures`; undefined, said in one line, if absent. */
export function fixturesFolder(name: string): string | undefined {
  const beside = fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url))
  const folder = `${process.env.PLIMSOLL_FIXTURES ?? beside}/${name}`
  if (existsSync(folder)) return folder
  process.stderr.write(`no fixtures in ${folder}: tests that use them are skipped\n`)
  return undefined
}
