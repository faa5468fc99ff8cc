// Serve: `plimsoll serve`: runs the server until it is stopped.

import { visible } from '@plimsoll/core'
import type { RunningServer } from '@plimsoll/server'
import type { ExitCode, Kit, Server } from './kit.ts'
import { sayProblems, voiceOf } from './say.ts'
import { mendable, readServerConfig, type ServerSettingFlags } from './server-flags.ts'

/** 0 after a stop in order, 2 where it cannot be started. */
export async function serve(kit: Kit, flags: ServerSettingFlags): Promise<ExitCode> {
  const server = await kit.loadServer()
  const config = readServerConfig(kit, server, flags)
  if (!config.ok) return sayProblems(config.problems, voiceOf(kit, flags))
  return await runServer(kit, server, flags, {
    config: config.value,
    whileUp: async ({ firstPassword }) => {
      if (firstPassword !== undefined) kit.host.err(`${passwordLine(firstPassword)}\n`)
    },
  })
}

export const passwordLine = (password: string): string =>
  `Sign in as admin with the one-time password ${password}`

export interface Run {
  readonly config: Parameters<Server['startServer']>[0]
  /** What is done beside it once it is up; its end is not waited for. Problems are told by itself. */
  readonly whileUp: (running: RunningServer) => Promise<void>
}

/** Starts the server, waits for the signal to stop, and stops it in order. */
export async function runServer(
  kit: Kit,
  server: Server,
  flags: ServerSettingFlags,
  { config, whileUp }: Run,
): Promise<ExitCode> {
  const { host, tool } = kit
  const voice = voiceOf(kit, flags)
  host.endsInOrder()
  let running: RunningServer
  try {
    running = await server.startServer(config, {
      version: tool.version,
      logTo: { write: line => host.err(line) },
      signal: host.signal,
    })
  } catch (error) {
    const message = mendable(error, server)
    if (host.signal.aborted) return 0
    return sayProblems([{ code: 'usage', message: visible(message) }], voice)
  }
  try {
    await whileUp(running)
    await untilAborted(host.signal)
  } finally {
    await running.stop()
  }
  return 0
}

/** Also keeps the process alive, whatever else does not. */
function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const alive = setInterval(() => {}, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(alive)
      resolve()
    })
  })
}
