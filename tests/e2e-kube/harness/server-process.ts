/** Runs one server program as a child process whose output goes to a log file, and stops it by its process id. */
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerProcess {
  readonly name: string
  readonly pid: number
  /** Settles with a sentence about how it ended, whenever that is. */
  readonly ended: Promise<string>
  readonly isRunning: () => boolean
  /** The last lines it wrote. */
  readonly log: (lines?: number) => Promise<string>
  /** SIGTERM, then SIGKILL after `graceMs`. Settles when the process is gone. */
  readonly stop: (graceMs?: number) => Promise<void>
}

/** Starts `file` with `args`; its output is appended to `logFile`. Throws if it cannot be started at all. */
export async function startServerProcess(
  file: string,
  args: readonly string[],
  logFile: string,
): Promise<ServerProcess> {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const output = openSync(logFile, 'a')
  const child = spawn(file, args, { stdio: ['ignore', output, output] })
  let running = true
  const ended = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => {
      running = false
      resolve(`${name} ended with ${signal ?? `code ${code}`}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const pid = child.pid as number
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  void ended.then(() => process.off('exit', killAtExit))
  return {
    name,
    pid,
    ended,
    isRunning: () => running,
    log: async (lines = 15) =>
      (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-lines).join('\n'),
    stop: async (graceMs = 5_000) => {
      if (!running) return
      child.kill('SIGTERM')
      const inTime = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })])
      if (!inTime) child.kill('SIGKILL')
      await ended
    },
  }
}
