// Program: runs another program without a shell, within a limit of time and of output.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Environment } from './collector.ts'

export interface ProgramCall {
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment of the program: nothing else is passed on. */
  readonly environment: Environment
  /** Milliseconds after which it is killed. */
  readonly timeLimit: number
  /** Bytes of output after which it is killed. */
  readonly outputLimit: number
  readonly signal?: AbortSignal
}

export type ProgramOutcome =
  | { readonly ok: true; readonly stdout: string }
  /** What went wrong, to follow the program's name: `failed: no such chart`. `stderr` is what it said itself. */
  | { readonly ok: false; readonly problem: string; readonly stderr: string }

/** Of a program's complaint, as many characters are kept. */
const complaintLimit = 16_384

/**
 * Runs a program to its end. Its input is empty, so that one that asks something fails instead of waiting. It runs in a
 * process group of its own, and the whole group is killed at a limit: what it started does not outlive it. Never rejects.
 */
export async function runProgram(call: ProgramCall): Promise<ProgramOutcome> {
  const { command, args, environment, timeLimit, outputLimit, signal } = call
  if (signal?.aborted) return { ok: false, problem: 'was not run: the scan was stopped', stderr: '' }
  return await new Promise(resolve => {
    const child = start(command, args, environment)
    if ('problem' in child) return resolve({ ok: false, problem: child.problem, stderr: '' })
    const chunks: Buffer[] = []
    let size = 0
    let stderr = ''
    let killed: string | undefined
    const kill = (why: string) => {
      if (killed !== undefined) return
      killed = why
      killGroup(child.pid)
      // A descendant that left the group may hold the pipes open; nothing it says is waited for.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    const timer = setTimeout(() => kill(`did not end within ${timeLimit / 1000} s`), timeLimit)
    const onAbort = () => kill('was stopped with the scan')
    signal?.addEventListener('abort', onAbort, { once: true })
    const finish = (outcome: ProgramOutcome) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > outputLimit) kill(`printed more than ${outputLimit / 1024 / 1024} MiB`)
      else chunks.push(chunk)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < complaintLimit) stderr += text.slice(0, complaintLimit - stderr.length)
    })
    child.on('error', error => finish({ ok: false, problem: `could not be run: ${error.message}`, stderr }))
    child.on('close', (code, signalName) => {
      if (killed !== undefined) finish({ ok: false, problem: killed, stderr })
      else if (code === 0) finish({ ok: true, stdout: Buffer.concat(chunks).toString('utf8') })
      else finish({ ok: false, problem: failure(code, signalName, stderr), stderr })
    })
  })
}

function start(
  command: string,
  args: readonly string[],
  environment: Environment,
): ChildProcessByStdio<null, Readable, Readable> | { readonly problem: string } {
  try {
    return spawn(command, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
  } catch (error) {
    // Arguments that no program can be given, such as those with NUL characters.
    return { problem: `could not be run: ${(error as Error).message}` }
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself in the meantime.
  }
}

function failure(code: number | null, signalName: string | null, stderr: string): string {
  const said = stderr.trim()
  if (said !== '') return `failed: ${said}`
  return code === null ? `was ended by ${signalName}` : `failed with exit code ${code}`
}
