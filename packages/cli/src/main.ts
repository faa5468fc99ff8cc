// Main: starts the command line: reads the environment once, wires the parts, and sets the exit code.

import { fileURLToPath } from 'node:url'
import { systemReason } from './commands/data-file.ts'
import { runProgram } from './commands/program.ts'
import { painter, wantsColour } from './terminal/colour.ts'
import type { Host, Voice, VoiceFlags } from './terminal/host.ts'
import { streamSink } from './terminal/sink.ts'
import { statusLine } from './terminal/status-line.ts'

/** Put in by the build; absent where the source runs as it is. */
declare const PLIMSOLL_VERSION: string | undefined
const version = typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : '0.0.0-source'

const { env: environment, stdout, stderr, stdin, versions } = process
const stopped = new AbortController()
let isVerbose = false
let endsInOrder = false

const host: Host = {
  environment,
  workingDirectory: process.cwd(),
  stdin,
  stdinIsTerminal: stdin.isTTY,
  out: streamSink(stdout),
  err: text => void stderr.write(text),
  // A terminal may not know its width: then it says 0.
  width: widthOf(stdout.isTTY ? stdout.columns : environment.COLUMNS) ?? 100,
  now: () => new Date(),
  signal: stopped.signal,
  endsInOrder: () => {
    endsInOrder = true
  },
  voice: speak,
}

function speak({ color: flag, quiet, verbose }: VoiceFlags): Voice {
  const isTerminal = stderr.isTTY
  const beside = painter(wantsColour({ flag, environment, isTerminal }))
  const say = (line: string) => void stderr.write(`${line}\n`)
  const watches = isTerminal && !quiet && environment.TERM !== 'dumb'
  return {
    paint: painter(wantsColour({ flag, environment, isTerminal: stdout.isTTY })),
    problem: line => say(`${beside('critical', 'error:')} ${line}`),
    note: line => quiet || say(`${beside('warn', 'note:')} ${line}`),
    detail: line => verbose && say(beside('faint', line)),
    status: statusLine(watches ? stderr : undefined, () => performance.now()),
  }
}

function widthOf(given: string | number | undefined): number | undefined {
  const width = Number(given)
  return Number.isInteger(width) && width > 0 ? width : undefined
}

/** Stops what is under way, then ends as the signal would have ended it; a second signal ends it at once. */
function stopOn(signal: 'SIGINT' | 'SIGTERM'): void {
  process.once(signal, () => {
    const stop = () => process.kill(process.pid, signal)
    if (!endsInOrder) stopped.signal.addEventListener('abort', () => setImmediate(stop))
    stopped.abort(new Error(`stopped by ${signal}`))
  })
}

/** A fault of ours, in one line; with --verbose, where it is. */
function confess(error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  stderr.write(
    `error: plimsoll itself broke: ${name}: ${message.split('\n', 1)[0]}\n` +
      `This is a fault of plimsoll ${version}, not of your input. Please report it with the command that you ran` +
      (isVerbose ? `:\n${stack}\n` : '; --verbose shows where it broke.\n'),
  )
}

if (Number(versions.node.split('.', 1)[0]) < 20) {
  stderr.write(`error: plimsoll needs Node 20.19 or newer; this is ${versions.node}\n`)
  process.exitCode = 2
} else {
  stopOn('SIGINT')
  stopOn('SIGTERM')
  // A broken stderr has nobody to complain to.
  stderr.on('error', () => {})
  try {
    process.exitCode = await runProgram(process.argv.slice(2), {
      kit: {
        host,
        tool: { name: 'plimsoll', version },
        // Put beside the program by the build.
        webFolder: fileURLToPath(new URL('web', import.meta.url)),
        loadCatalogue: () => import('@plimsoll/core/catalogue'),
        loadCollectors: () => import('@plimsoll/collect'),
        loadServer: () => import('@plimsoll/server'),
      },
      nodeVersion: versions.node,
      onFlags: flags => {
        isVerbose = flags.verbose === true
      },
    })
  } catch (error) {
    if (!stopped.signal.aborted) {
      if ((error as NodeJS.ErrnoException).syscall === 'write')
        stderr.write(`error: standard output cannot be written to: ${systemReason(error)}\n`)
      else confess(error)
      process.exitCode = 2
    }
  }
}
