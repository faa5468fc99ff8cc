// Global setup of chaos: builds the program into a folder of its own, so that no build made meanwhile takes its parts away.

import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Run by vitest before the first test; gives what is run after the last. Tests find the program by the environment. */
export default function setup(): () => void {
  const root = resolve(import.meta.dirname, '../..')
  // Inside node_modules, since what is not bundled is looked for above the program.
  const folder = join(root, 'node_modules', '.cache', `plimsoll-chaos-${process.pid}`)
  execFileSync(join(root, 'node_modules', '.bin', 'tsx'), ['scripts/build.ts', folder], {
    cwd: root,
    stdio: 'ignore',
  })
  process.env.PLIMSOLL_CHAOS_PROGRAM = join(folder, 'plimsoll.mjs')
  return () => rmSync(folder, { recursive: true, force: true })
}
