// Folder lock: one server per data folder, on this machine or, where the folder is shared, on any other.

import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { DatabaseError } from './database-error.ts'
import { sleep } from './postgres-process.ts'
import { isRunning, processSpace, startOf } from './process-facts.ts'

export interface FolderLock {
  readonly release: () => void
}

interface Holder {
  readonly pid: number
  readonly start: string | undefined
  readonly space: string
}

/** The holder touches the lock this often; one elsewhere that does not for so long as `watch` is gone. */
const beat = 1000
const watch = 4 * beat

/** Takes the lock. Throws `in-use` where a living server has it; the lock of one that was killed is taken over. */
export async function lockFolder(file: string): Promise<FolderLock> {
  const own: Holder = { pid: process.pid, start: startOf(process.pid), space: processSpace() }
  const text = JSON.stringify(own)
  const draft = `${file}.${process.pid}.${Math.trunc(performance.now() * 1000)}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    // A takeover that another was quicker with is tried again.
    for (let attempt = 0; attempt < 5; attempt++) {
      if (isCreated(draft, file)) return hold(file, text)
      const found = readHolder(file)
      if (found === undefined) continue
      if (await isHeld(file, found.holder, own)) throw inUse(file, found.holder)
      takeAway(file, found.text, draft)
    }
    throw inUse(file, readHolder(file)?.holder)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Makes the lock, whole at once, unless it is there. */
function isCreated(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function hold(file: string, text: string): FolderLock {
  const timer = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // Someone removed the lock; the database's own lock still holds.
    }
  }, beat)
  timer.unref()
  return {
    release: () => {
      clearInterval(timer)
      if (readHolder(file)?.text === text) rmSync(file, { force: true })
    },
  }
}

function readHolder(
  file: string,
): { readonly text: string; readonly holder: Holder | undefined } | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    return { text, holder: parseHolder(text) }
  } catch {
    return undefined
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, start, space } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number' && typeof space === 'string' ? { pid, start, space } : undefined
  } catch {
    return undefined
  }
}

async function isHeld(file: string, holder: Holder | undefined, own: Holder): Promise<boolean> {
  if (holder?.space === own.space) return isRunning(holder.pid) && startOf(holder.pid) === holder.start
  // Numbers of another machine's or container's processes say nothing here, and clocks differ: only a change of the time is looked for.
  const before = touchedAt(file)
  await sleep(watch)
  return touchedAt(file) !== before
}

const touchedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs

/** Removes a dead holder's lock, and puts back one that was made in between. */
function takeAway(file: string, text: string, draft: string): void {
  const aside = `${draft}.aside`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readFileSync(aside, 'utf8') !== text) isCreated(aside, file)
  rmSync(aside, { force: true })
}

function inUse(file: string, holder: Holder | undefined): DatabaseError {
  const who = holder ? `process ${holder.pid} on ${holder.space.split(' ', 1)[0]}` : 'another server'
  return new DatabaseError(
    'in-use',
    `the data folder is in use by ${who} (${file}): stop it, give this server a folder of its own, or let both use one PostgreSQL by DATABASE_URL`,
  )
}
