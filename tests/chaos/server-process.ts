// Server process: `plimsoll serve` as a process that is read, measured, stopped and killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** Where the server keeps its data. */
export type Home = { readonly folder: string } | { readonly databaseUrl: string }

export type LogLine = Readonly<Record<string, unknown>>

export class ServerProcess {
  readonly log: LogLine[] = []
  /** What it said that is no line of the log. */
  readonly said: string[] = []
  readonly child: ChildProcess
  readonly #ended: Promise<number | null>
  #hasEnded = false

  /** Starts it on a port that the system gives. It is killed at the end of the test at the latest. */
  constructor(home: Home) {
    const program = process.env.PLIMSOLL_CHAOS_PROGRAM as string
    const data = 'folder' in home ? ['--data', home.folder] : []
    this.child = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0', ...data], {
      env: {
        PATH: process.env.PATH,
        HOME: '/nonexistent',
        PLIMSOLL_GRACE: '1',
        ...('databaseUrl' in home && { DATABASE_URL: home.databaseUrl }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#ended = new Promise(resolve =>
      this.child.once('exit', code => {
        this.#hasEnded = true
        resolve(code)
      }),
    )
    const lines = createInterface({ input: this.child.stderr as NodeJS.ReadableStream })
    lines.on('line', line => {
      if (line.startsWith('{')) this.log.push(JSON.parse(line) as LogLine)
      else this.said.push(line)
    })
    onTestFinished(() => this.kill())
  }

  /** Where it listens, once it does. Throws with what it said where it ends instead. */
  async url(): Promise<string> {
    return (await this.logged(({ msg }) => msg === 'listening')).url as string
  }

  /** The first line of the log that is so; waits for it. Throws where the process ends before. */
  async logged(isWanted: (line: LogLine) => boolean, after = 0): Promise<LogLine> {
    for (;;) {
      const found = this.log.slice(after).find(isWanted)
      if (found) return found
      if (this.#hasEnded)
        throw new Error(`the server ended: ${[...this.said, JSON.stringify(this.log.at(-1))].join('\n')}`)
      await sleep(10)
    }
  }

  /** Stops it in order; gives its exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.#ended
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.#ended
  }

  /** The exit code of one that ends by itself. */
  readonly ended = (): Promise<number | null> => this.#ended

  /** From here on the peak is counted anew. */
  forgetPeak(): void {
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5')
  }

  /** MiB of memory that it took at most. */
  peak(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
  }
}
