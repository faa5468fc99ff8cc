// Scratch folder: a folder of files for a test, which is gone with the test.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface ScratchFolder {
  readonly path: string
  /** Writes a file, its folders included, and gives its path. */
  readonly write: (name: string, content: string | Uint8Array, mode?: number) => string
}

/** A folder with these files. */
export function scratchFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): ScratchFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-test-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const folder: ScratchFolder = {
    path,
    write(name, content, mode = 0o644) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content, { mode })
      return file
    },
  }
  for (const [name, content] of Object.entries(files)) folder.write(name, content)
  return folder
}
