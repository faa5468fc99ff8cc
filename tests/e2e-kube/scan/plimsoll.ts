/** Runs the built command line as a process, seeing nothing of the machine's own configuration. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rules } from '../../../packages/core/src/catalogue/index.ts'
import type { JsonReport } from '../../../packages/core/src/contract/report.ts'

const program = fileURLToPath(new URL('../../../packages/cli/dist/plimsoll.mjs', import.meta.url))

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** Environment variables beside PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>
  /** Home and working folder. */
  readonly folder: string
  readonly input?: string
  /** What to run, with the program's own arguments appended; default is this Node. */
  readonly through?: readonly string[]
}

/** Runs `plimsoll` to its end. Throws where it was not built, or was ended by a signal. */
export async function plimsoll(args: readonly string[], options: RunOptions): Promise<Run> {
  if (!existsSync(program)) throw new Error('the command line is not built: run npm run build')
  const { folder, input = '', environment, through = [process.execPath] } = options
  const [command = '', ...before] = through
  const child = spawn(command, [...before, program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8')
    child[name].on('data', (text: string) => {
      texts[name] += text
    })
  }
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`plimsoll ended by ${signal}: ${texts.stderr}`))
      else resolve({ code, ...texts })
    })
  })
}

/** The report of a scan that was run with `-o json`. */
export function reportOf({ stdout, stderr, code }: Run): JsonReport {
  if (stdout === '') throw new Error(`no report (exit code ${code}): ${stderr}`)
  return JSON.parse(stdout) as JsonReport
}

/** Flags of `scan` for every rule there is, those that are off by default too, and the benchmarks that rules decide. */
export const everything: readonly string[] = [
  ...rules.flatMap(({ id }) => ['--rule', id]),
  ...['pss-baseline', 'pss-restricted', 'nsa-cisa'].flatMap(family => ['--benchmark', family]),
  '--parameter',
  'image-registry.allowed=registry.example.com',
]

/** The flags among them that `preflight` takes too. */
export const everythingRead: readonly string[] = everything.slice(0, -2)
