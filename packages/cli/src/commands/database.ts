// Database: `plimsoll db`: migrate, verify, backup and restore, told to people and to machines.

import { resolve } from 'node:path'
import { count, visible } from '@plimsoll/core'
import type { Config } from '@plimsoll/server'
import { systemReason } from './data-file.ts'
import type { ExitCode, Kit, Server } from './kit.ts'
import { sayProblems, voiceOf } from './say.ts'
import { mendable, readServerConfig, type ServerSettingFlags } from './server-flags.ts'

/** What a deed found: a sentence for people, the same as a value for `-o json`, and how the program ends. */
interface Told {
  readonly text: string
  readonly value: unknown
  readonly code?: ExitCode
}

async function tell(
  kit: Kit,
  flags: ServerSettingFlags,
  deed: (server: Server, config: Config) => Promise<Told>,
): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const server = await kit.loadServer()
  const config = readServerConfig(kit, server, flags)
  if (!config.ok) return sayProblems(config.problems, voice)
  try {
    const { text, value, code = 0 } = await deed(server, config.value)
    await kit.host.out.write(
      flags.output === 'json'
        ? `${JSON.stringify(value)}\n`
        : `${text.split('\n').map(visible).join('\n')}\n`,
    )
    return code
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    const message =
      code !== undefined && path !== undefined ? `${path}: ${systemReason(error)}` : mendable(error, server)
    return sayProblems([{ code: 'usage', message: visible(message) }], voice)
  }
}

export const migrateDatabase = (kit: Kit, flags: ServerSettingFlags): Promise<ExitCode> =>
  tell(kit, flags, async (server, config) => {
    const applied = await server.migrateDatabase(config)
    const text =
      applied.length === 0 ? 'the schema is up to date' : `applied steps ${applied.join(', ')} of the schema`
    return { text, value: { applied } }
  })

export const distributeDatabase = (kit: Kit, flags: ServerSettingFlags): Promise<ExitCode> =>
  tell(kit, flags, async (server, config) => {
    const done = await server.distributeDatabase(config)
    const { workers, spread, copied } = done
    const text =
      spread.length + copied.length === 0
        ? `every table is where it should be, on ${count(workers, 'worker')}`
        : `spread ${count(spread.length, 'table')} by cluster over ${count(workers, 'worker')}, copied ${count(copied.length, 'table')} to each`
    return { text, value: done }
  })

export const verifyDatabase = (kit: Kit, flags: ServerSettingFlags): Promise<ExitCode> =>
  tell(kit, flags, async (server, config) => {
    const verified = await server.verifyDatabase(config)
    const { version, audit } = verified
    const chain = audit.isWhole
      ? `whole, ${count(audit.entries, 'entry', 'entries')}, the last with hash ${audit.hash}`
      : `broken: ${audit.fault}`
    return {
      text: `schema: step ${version}, as it must be\naudit log: ${chain}`,
      value: verified,
      code: audit.isWhole ? 0 : 1,
    }
  })

export const backupDatabase = (kit: Kit, flags: ServerSettingFlags, file: string): Promise<ExitCode> =>
  tell(kit, flags, async (server, config) => {
    const { host, tool } = kit
    const path = resolve(host.workingDirectory, file)
    const summary = await server.backupDatabase(config, path, `${tool.name} ${tool.version}`, host.now())
    return {
      text: `wrote ${count(summary.rows, 'row')} of ${summary.tables} tables to ${file}`,
      value: summary,
    }
  })

export const restoreDatabase = (kit: Kit, flags: ServerSettingFlags, file: string): Promise<ExitCode> =>
  tell(kit, flags, async (server, config) => {
    const summary = await server.restoreDatabase(config, resolve(kit.host.workingDirectory, file))
    return {
      text: `restored ${count(summary.rows, 'row')} of ${summary.tables} tables from ${file}`,
      value: summary,
    }
  })
