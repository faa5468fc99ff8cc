// Postmaster file: what a running PostgreSQL says of itself in its data folder.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { worksIn } from './process-facts.ts'

export interface Postmaster {
  readonly pid: number
  readonly socketFolder: string
}

/** The living server of a data folder. A file that a dead one left, whose number another process has by now, is removed. */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid')
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return undefined
  }
  const [pid, socketFolder = ''] = [Number(lines[0]), lines[4]]
  if (Number.isInteger(pid) && pid > 0 && worksIn(pid, data)) return { pid, socketFolder }
  rmSync(file, { force: true })
  return undefined
}
