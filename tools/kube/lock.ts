/** Keeps two processes from doing the same slow work at once, by a lock file that survives no dead owner. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while holding the lock file at `path`, waiting for a living holder as long as it lives.
 * `onWait` is called once, with the holder's process id, if there is somebody to wait for.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (holder: number) => void = () => {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  const mine = `${process.pid} ${await startTime(process.pid)} ${crypto.randomUUID()}\n`
  const draft = `${path}.${crypto.randomUUID()}`
  // A hard link appears with its content already in it, so nobody can read a half-written owner.
  await writeFile(draft, mine)
  try {
    for (let told = false; !(await linked(draft, path)); ) {
      const holder = await readOwner(path)
      if (holder === undefined) continue
      if (!(await isAlive(holder))) {
        await removeStale(path, holder.text)
        continue
      }
      if (!told) onWait(holder.pid)
      told = true
      await sleep(250)
    }
  } finally {
    await rm(draft, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

interface Owner {
  pid: number
  startedAt: string
  text: string
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const [pid = '', startedAt = ''] = text.trim().split(' ')
  return { pid: Number(pid), startedAt, text }
}

async function isAlive(owner: Owner): Promise<boolean> {
  if (!Number.isInteger(owner.pid) || owner.pid <= 0) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // Process ids are reused; the time of birth tells a new process from the one that took the lock.
  return (await startTime(owner.pid)) === owner.startedAt
}

/** Moves the stale file away first: if another process renewed the lock meanwhile, it is put back. */
async function removeStale(path: string, staleText: string): Promise<void> {
  const aside = `${path}.${crypto.randomUUID()}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  if ((await readFile(aside, 'utf8')) !== staleText) await linked(aside, path)
  await rm(aside, { force: true })
}

/** Start time in clock ticks since boot (field 22 of /proc/PID/stat), or `-` where there is no /proc. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
}
