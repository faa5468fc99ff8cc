// Collect: `plimsoll collect cluster`: runs the agent that keeps a server's picture of a cluster true, until it is stopped.

import { resolve } from 'node:path'
import type { AgentOptions, LogLevel } from '@plimsoll/collect'
import {
  type Attempt,
  defaultSlices,
  refuse,
  type SliceId,
  sliceIds,
  succeed,
  unknownId,
} from '@plimsoll/core'
import { clusterWord } from '@plimsoll/core/contract'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { sayProblems, voiceOf } from './say.ts'

export interface CollectFlags extends GlobalFlags {
  readonly server?: string
  readonly tokenFile?: string
  readonly caFile?: string
  readonly proxy?: string
  readonly noProxy?: string
  readonly spool?: string
  readonly listen?: string
  readonly leaseNamespace?: string
  readonly leaseName?: string
  readonly resync: number
  readonly slices: string
  readonly clusterName?: string
  readonly environment?: string
  readonly label?: readonly string[]
  readonly logLevel: LogLevel
  readonly kubeconfig?: string
  readonly context?: string
}

/** 0 after a stop in order, 2 where it cannot be started. */
export async function collectFromCluster(kit: Kit, flags: CollectFlags): Promise<ExitCode> {
  const { host, tool } = kit
  const voice = voiceOf(kit, flags)
  const { runAgent, systemWorld } = await kit.loadCollectors()
  const options = readOptions(flags, host.workingDirectory)
  if (!options.ok) return sayProblems(options.problems, voice)
  host.endsInOrder()
  const ended = await runAgent(options.value, {
    environment: host.environment,
    world: systemWorld,
    collector: tool,
    logTo: line => host.err(line),
    signal: host.signal,
  })
  return ended.ok ? 0 : sayProblems(ended.problems, voice)
}

/** The options that the flags make. Refuses with `usage` what is missing or makes no sense. */
export function readOptions(flags: CollectFlags, folder: string): Attempt<AgentOptions> {
  const { server, tokenFile, spool, leaseNamespace, leaseName, caFile } = flags
  if (!server) return misuse('name the server with --server https://<host>')
  if (!tokenFile) return misuse("name the file with the enrolment's token: --token-file")
  if (!spool) return misuse('name a folder for what waits to be sent: --spool')
  if ((leaseNamespace === undefined) !== (leaseName === undefined))
    return misuse('--lease-namespace and --lease-name go together')
  const slices = readSlices(flags.slices)
  if (!slices.ok) return slices
  const called = readWord(flags)
  if (!called.ok) return called
  return succeed({
    server,
    tokenFile: resolve(folder, tokenFile),
    spool: resolve(folder, spool),
    ...(caFile !== undefined && { caFile: resolve(folder, caFile) }),
    ...(flags.proxy !== undefined && { proxy: flags.proxy }),
    ...(flags.noProxy !== undefined && { noProxy: flags.noProxy }),
    ...(flags.listen !== undefined && { listen: flags.listen }),
    ...(leaseNamespace !== undefined &&
      leaseName !== undefined && { lease: { namespace: leaseNamespace, name: leaseName } }),
    resync: flags.resync,
    slices: slices.value,
    ...called.value,
    logLevel: flags.logLevel,
    ...(flags.kubeconfig !== undefined && { kubeconfig: flags.kubeconfig }),
    ...(flags.context !== undefined && { context: flags.context }),
  })
}

/** What the cluster is called and where it belongs, within what a server takes; of what no flag is given nothing is said. */
function readWord({
  clusterName,
  environment,
  label = [],
}: CollectFlags): Attempt<Pick<AgentOptions, 'clusterName' | 'environmentName' | 'labels'>> {
  const labels: Record<string, string> = {}
  for (const one of label) {
    const at = one.indexOf('=')
    if (at < 1) return misuse(`--label ${one}: <key>=<value> is expected`)
    labels[one.slice(0, at)] = one.slice(at + 1)
  }
  const said = clusterWord.safeParse({
    ...(clusterName !== undefined && { name: clusterName }),
    ...(environment !== undefined && { environment }),
    ...(label.length > 0 && { labels }),
  })
  if (!said.success) {
    const [field, key] = said.error.issues[0]?.path ?? []
    const flag =
      field === 'name'
        ? '--cluster-name'
        : field === 'environment'
          ? '--environment'
          : `--label ${String(key ?? '')}`
    return misuse(`${flag.trim()}: ${said.error.issues[0]?.message}`)
  }
  return succeed({
    ...(clusterName !== undefined && { clusterName }),
    ...(environment !== undefined && { environmentName: environment }),
    ...(label.length > 0 && { labels }),
  })
}

/** A list with `cluster` in it is all of them; one without is added to the usual ones. */
function readSlices(text: string): Attempt<readonly SliceId[]> {
  const named = text
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')
  const slices: SliceId[] = []
  for (const one of named) {
    const found = sliceIds.find(id => id === one)
    if (found === undefined) return misuse(`--slices: ${unknownId('slice', one, sliceIds)}`)
    slices.push(found)
  }
  return succeed(slices.includes('cluster') ? slices : [...new Set([...defaultSlices, ...slices])])
}

const misuse = (message: string): Attempt<never> => refuse({ code: 'usage', message })
