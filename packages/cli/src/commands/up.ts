// Up: `plimsoll up`: the whole product on one machine: server, database, and a cluster or the sample fleet to look at.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { visible } from '@plimsoll/core'
import type { RunningServer } from '@plimsoll/server'
import { gather, isLiveSource, type SourceFlags } from './gather.ts'
import type { ExitCode, Kit } from './kit.ts'
import { problemLine, sayProblems, voiceOf } from './say.ts'
import { passwordLine, runServer } from './serve.ts'
import { readServerConfig, type ServerSettingFlags } from './server-flags.ts'
import { sendSnapshot } from './upload.ts'

export interface UpFlags extends ServerSettingFlags, SourceFlags {
  readonly sample?: boolean
}

/** Minutes between two looks at the cluster that is shown. */
const lookEvery = 5

/** 0 after a stop in order, 2 where it cannot be started. A cluster is looked at only where it is named, or a person says yes. */
export async function up(kit: Kit, flags: UpFlags): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const misuse = (message: string) => sayProblems([{ code: 'usage', message }], voice)
  if (flags.sample && isLiveSource(flags)) return misuse('--sample and a cluster are both named: choose one')
  const server = await kit.loadServer()
  const config = readServerConfig(kit, server, flags, { PLIMSOLL_LOG_LEVEL: 'warn' })
  if (!config.ok) return sayProblems(config.problems, voice)
  if (!/^(?:127\.|::1$|localhost$)/.test(config.value.listen.host))
    return misuse('plimsoll up listens on loopback only: use plimsoll serve to be reached from elsewhere')
  const isCluster = isLiveSource(flags) || (!flags.sample && (await isConfirmed(kit)))
  return await runServer(kit, server, flags, {
    config: config.value,
    whileUp: async running => {
      kit.host.err(`\n${greeting(kit.tool.version, running, config.value.dataFolder)}\n`)
      if (isCluster) void watchCluster(kit, flags, running)
      else {
        voice.status.show('putting the sample fleet there')
        const outcome = await running
          .showSample({
            again: flags.sample === true,
            signal: kit.host.signal,
            onProgress: ({ done, snapshots }) =>
              voice.status.show(`putting the sample fleet there: ${done} of ${snapshots} snapshots`),
          })
          .finally(() => voice.status.clear())
        if (outcome === 'removed') kit.host.err(`${sampleRemoved}\n`)
      }
    },
  })
}

const sampleRemoved = 'The sample fleet was taken away; plimsoll up --sample puts it there again'

function greeting(version: string, { url, firstPassword }: RunningServer, folder: string): string {
  return [
    `Plimsoll ${version} runs at ${url}`,
    firstPassword === undefined ? 'Sign in with the account that you have' : passwordLine(firstPassword),
    `All it keeps is in ${visible(folder)}; Ctrl-C stops it`,
    '',
  ].join('\n')
}

/** True where a kubeconfig is here and a person at the terminal agrees to have its current cluster looked at. */
async function isConfirmed({ host }: Kit): Promise<boolean> {
  if (!host.stdinIsTerminal) return false
  const { KUBECONFIG, HOME = '' } = host.environment
  const files = (KUBECONFIG || join(HOME, '.kube', 'config')).split(delimiter)
  if (!files.some(file => file !== '' && existsSync(file))) return false
  host.err('A kubeconfig is here. Look at its current cluster, reading only? [y/N] ')
  for await (const typed of host.stdin) return /^\s*y(?:es)?\s*$/i.test(new TextDecoder().decode(typed))
  return false
}

/** Looks at the cluster, sends what is there, and looks again, until the program stops. What goes wrong is told, and tried again. */
async function watchCluster(kit: Kit, flags: UpFlags, running: RunningServer): Promise<void> {
  const { signal } = kit.host
  const voice = voiceOf(kit, flags)
  const { rules } = await kit.loadCatalogue()
  const token = await running.enrol(flags.context ?? 'local')
  while (!signal.aborted) {
    const gathered = await gather(kit, [], { ...flags, live: true }, rules, voice)
    const outcome = gathered.ok
      ? await sendSnapshot(kit, gathered.value.snapshot, { url: running.url, token }, voice)
      : gathered
    if (!outcome.ok && !signal.aborted)
      for (const problem of outcome.problems) voice.problem(problemLine(problem))
    await pause(lookEvery * 60_000, signal)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
