// Process facts: whether a process lives and is the one that is meant, although numbers of processes are used again.

import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** True where a process of that number is there, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When the process began, in ticks since the machine did (Linux): with the number it names one process. Elsewhere undefined. */
export function startOf(pid: number): string | undefined {
  try {
    // The command's name may hold blanks and parentheses; after it, the start is the 20th field.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19]
  } catch {
    return undefined
  }
}

/** True where the process works in that folder, as a PostgreSQL does in its data; where this cannot be told, true for any that lives. */
export function worksIn(pid: number, folder: string): boolean {
  if (!isRunning(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    // It ended, or another user's process is not for us to look at.
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

/** Names the space in which process numbers mean something: machine, boot, container. */
export function processSpace(): string {
  const parts = [hostname()]
  try {
    parts.push(
      readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      readlinkSync('/proc/self/ns/pid'),
    )
  } catch {
    // Not Linux: the host's name has to do.
  }
  return parts.join(' ')
}
