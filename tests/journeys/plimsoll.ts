// Plimsoll: runs the built command line as a process, as a user's shell would.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

export const root = resolve(import.meta.dirname, '../..')
export const binary = join(root, 'bin', 'plimsoll')
export const samples = join(root, 'samples')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly stdin?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Builds once where nobody has: `npm run check` builds before. */
export function useBuiltProgram(): void {
  beforeAll(() => {
    if (!existsSync(join(root, 'packages', 'cli', 'dist', 'plimsoll.mjs')))
      execFileSync(join(root, 'node_modules', '.bin', 'tsx'), ['scripts/build.ts'], {
        cwd: root,
        stdio: 'ignore',
      })
  })
}

/** A folder that is gone after the tests of the file. */
export function useScratchFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-journey-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return name => join(folder, name)
}

/** Runs `plimsoll` to its end. Nothing of the caller's environment but PATH and HOME comes along, and no cluster is configured. */
export async function plimsoll(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(binary, args, {
    cwd: options.cwd ?? root,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...options.environment },
    stdio: 'pipe',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A program that does not read its input to the end is no fault of the test.
  child.stdin.on('error', () => {})
  child.stdin.end(options.stdin ?? '')
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail))
  return { code, stdout, stderr }
}

/** Runs a shell line in which `plimsoll` is the program: for pipes and redirections. */
export async function shell(line: string): Promise<Outcome> {
  const child = spawn('bash', ['-c', `plimsoll() { '${binary}' "$@"; }; ${line}`], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail))
  return { code, stdout, stderr }
}
