// Server flags: the options of the verbs that start the server or look after its database, and the configuration they make.

import { type Attempt, refuse, succeed, visible } from '@plimsoll/core'
import type { Config, Given } from '@plimsoll/server'
import { Option } from 'commander'
import type { GlobalFlags, Kit, Server } from './kit.ts'
import { voiceOf } from './say.ts'

export interface ServerSettingFlags extends GlobalFlags {
  readonly listen?: string
  readonly data?: string
  readonly publicUrl?: string
  readonly logLevel?: string
}

export const serverFlags = {
  listen: () => new Option('--listen <address:port>', 'where to listen (PLIMSOLL_LISTEN; 127.0.0.1:8480)'),
  data: () => new Option('--data <folder>', 'data folder of the embedded database (PLIMSOLL_DATA)'),
  publicUrl: () =>
    new Option('--public-url <url>', 'how browsers and collectors reach it (PLIMSOLL_PUBLIC_URL)'),
  logLevel: () =>
    new Option('--log-level <level>', 'debug, info, warn, error or silent (PLIMSOLL_LOG_LEVEL)'),
  sample: () => new Option('--sample', 'show the bundled sample fleet, without asking'),
}

/** The configuration of environment and flags; its remarks are said. */
export function readServerConfig(
  kit: Kit,
  { readConfig }: Server,
  flags: ServerSettingFlags,
  initial: Given = {},
): Attempt<Config> {
  const { environment, workingDirectory } = kit.host
  const outcome = readConfig({
    environment: { ...initial, ...environment },
    flags: {
      ...(flags.listen !== undefined && { PLIMSOLL_LISTEN: flags.listen }),
      ...(flags.data !== undefined && { PLIMSOLL_DATA: flags.data }),
      ...(flags.publicUrl !== undefined && { PLIMSOLL_PUBLIC_URL: flags.publicUrl }),
      ...(flags.logLevel !== undefined && { PLIMSOLL_LOG_LEVEL: flags.logLevel }),
    },
    workingDirectory,
    ...(kit.webFolder !== undefined && { webFolder: kit.webFolder }),
  })
  if (!outcome.ok) return refuse(...outcome.problems.map(message => ({ code: 'usage' as const, message })))
  const voice = voiceOf(kit, flags)
  for (const note of outcome.notes) voice.note(visible(note))
  return succeed(outcome.config)
}

/** The sentence of what whoever starts the server can mend; a fault of ours is thrown on. */
export function mendable(error: unknown, { DatabaseError, StartError }: Server): string {
  if (error instanceof DatabaseError || error instanceof StartError) return error.message
  throw error
}
