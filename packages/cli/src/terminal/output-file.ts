// Output file: a sink on a file that is there whole or not at all.

import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Sink } from './sink.ts'

/**
 * A sink on a file, written beside its place and moved there when finished; mode 0644. What is no ordinary file (a pipe, /dev/stdout)
 * is written to as it is. Throws the system's error where that cannot be.
 */
export function fileSink(path: string): Sink {
  const target = findTarget(path)
  if (target.isSpecial) return directSink(path)
  const temporary = join(dirname(target.path), `.${basename(target.path).slice(0, 100)}.${process.pid}.part`)
  const file = openSync(
    temporary,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  )
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  const abandon = () => {
    close()
    rmSync(temporary, { force: true })
  }
  return {
    write: text =>
      attempt(() => {
        writeAll(file, text)
        return true
      }),
    finish: () =>
      attempt(() => {
        fchmodSync(file, 0o644)
        fsyncSync(file)
        close()
        renameSync(temporary, target.path)
      }),
    abandon,
  }
}

/** Where the file really is: symbolic links are followed, not replaced. */
function findTarget(path: string): { readonly path: string; readonly isSpecial: boolean } {
  // The status first: a link to a pipe (/dev/stdout) leads to no path that could be resolved.
  const status = statSync(path, { throwIfNoEntry: false })
  if (status?.isFile()) return { path: realpathSync(path), isSpecial: false }
  // A link to what is not there yet is followed by opening it, as a shell would.
  return { path, isSpecial: lstatSync(path, { throwIfNoEntry: false }) !== undefined }
}

function directSink(path: string): Sink {
  const file = openSync(path, 'w')
  let isGone = false
  return {
    write: text =>
      attempt(() => {
        try {
          if (!isGone) writeAll(file, text)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
          isGone = true
        }
        return !isGone
      }),
    finish: () => attempt(() => closeSync(file)),
    abandon: () => closeSync(file),
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

/** A rejection where the deed throws. */
function attempt<T>(deed: () => T): Promise<T> {
  return new Promise(resolve => resolve(deed()))
}
