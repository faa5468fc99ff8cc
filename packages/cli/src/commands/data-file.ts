// Data file: reads a small YAML or JSON file that a person wrote: profile, exceptions, baseline, configuration.

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Attempt, type Problem, type ProblemCode, readYaml, refuse, succeed } from '@plimsoll/core'

/** The value of a file. Refuses with the code given where it is no YAML or JSON, and with `unreadable-input` where it cannot be read. */
export async function readDataFile(
  file: string,
  workingDirectory: string,
  code: ProblemCode,
): Promise<Attempt<unknown>> {
  let text: string
  try {
    text = await readFile(resolve(workingDirectory, file), 'utf8')
  } catch (error) {
    return refuse({ code: 'unreadable-input', message: `cannot be read: ${systemReason(error)}`, file })
  }
  if (/^\s*[{[]/.test(text)) {
    try {
      return succeed(JSON.parse(text))
    } catch {
      // YAML's flow style looks like JSON, and its reader names the place at fault.
    }
  }
  const reading = readYaml(text)
  if (!('failure' in reading)) return succeed(reading.value)
  const { message, line, column } = reading.failure
  return refuse({ code, message, file, line, column })
}

/** The problems of an attempt, each with the file that it is about. */
export function inFile<T>(attempt: Attempt<T>, file: string): Attempt<T> {
  if (attempt.ok) return attempt
  return { ok: false, problems: attempt.problems.map((problem): Problem => ({ file, ...problem })) }
}

/** What the system says of a failure, for people. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    ENOSPC: 'no space is left',
    EROFS: 'the file system is read-only',
    ELOOP: 'its symbolic links go in a circle',
  }
  return known[code ?? ''] ?? message ?? String(error)
}
