// Measure: runs whole processes in turn and gives the median of their times and their peak memory.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Command {
  readonly name: string
  readonly run: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
}

export interface Figures {
  readonly name: string
  /** Medians over the counted runs. */
  readonly seconds: number
  readonly peakMiB: number
  readonly fastest: number
  readonly slowest: number
}

/** Times the commands in turn (A B A B …), `rounds` times after one round that is not counted. Linux only: reads /proc. */
export async function compare(commands: readonly Command[], rounds: number): Promise<Figures[]> {
  const runs = commands.map(() => [] as { seconds: number; peakMiB: number }[])
  for (let round = 0; round <= rounds; round++)
    for (const [i, command] of commands.entries()) {
      const figures = await once(command)
      if (round > 0) runs[i]?.push(figures)
    }
  return commands.map((command, i) => {
    const own = runs[i] ?? []
    const seconds = own.map(one => one.seconds).sort((a, b) => a - b)
    return {
      name: command.name,
      seconds: median(seconds),
      peakMiB: median(own.map(one => one.peakMiB).sort((a, b) => a - b)),
      fastest: seconds[0] ?? Number.NaN,
      slowest: seconds.at(-1) ?? Number.NaN,
    }
  })
}

const median = (sorted: readonly number[]) => sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN

function once(command: Command): Promise<{ seconds: number; peakMiB: number }> {
  return new Promise((resolve, reject) => {
    const [program, ...args] = command.run
    const started = performance.now()
    const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...command.environment } })
    let peakKiB = 0
    const poll = () => {
      try {
        const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
        if (found) peakKiB = Math.max(peakKiB, Number(found[1]))
      } catch {
        // The process has ended: the last reading stands.
      }
    }
    const timer = setInterval(poll, 2)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(timer)
      const seconds = (performance.now() - started) / 1000
      if (signal !== null || code === null || code > 3)
        reject(new Error(`${command.name} ended with ${signal ?? code}`))
      else resolve({ seconds, peakMiB: peakKiB / 1024 })
    })
  })
}
