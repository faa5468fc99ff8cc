// Gather: the snapshot that the flags of a command name: files, or a live cluster.

import type { FilesTally, ProgressEvent } from '@plimsoll/collect'
import {
  type Attempt,
  type Locate,
  type Problem,
  parsePath,
  type Rule,
  refuse,
  type Snapshot,
  succeed,
  visible,
} from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
import type { Kit } from './kit.ts'

/** The flags that say what to look at. */
export interface SourceFlags {
  readonly live?: boolean
  readonly kubeconfig?: string
  readonly context?: string
  readonly exclude?: readonly string[]
  readonly helmValues?: readonly string[]
}

export interface Gathered {
  readonly snapshot: Snapshot
  /** Finds lines; absent where there are none to find. */
  readonly locate?: Locate
  /** What is wrong with what was named; the rest was gathered. */
  readonly problems: readonly Problem[]
}

/** Refuses where paths and cluster are both named, or neither: a cluster is looked at only when it is named. */
export function checkSource(paths: readonly string[], flags: SourceFlags): Problem | undefined {
  const isLive = isLiveSource(flags)
  if (paths.length > 0 && isLive)
    return { code: 'usage', message: 'name either files or a live cluster, not both' }
  if (paths.length === 0 && !isLive)
    return {
      code: 'usage',
      message:
        'nothing to look at: name files or folders, - for standard input, or --live for the cluster of the current context',
    }
  if (paths.includes(''))
    return { code: 'usage', message: 'a path is empty; name a file or folder, or . for this folder' }
  const onlyFiles = flags.exclude?.length
    ? '--exclude'
    : flags.helmValues?.length
      ? '--helm-values'
      : undefined
  if (isLive && onlyFiles)
    return { code: 'usage', message: `${onlyFiles} is for files, not for a live cluster` }
  return undefined
}

/** Naming a kubeconfig or a context names a cluster. */
export const isLiveSource = ({ live, kubeconfig, context }: SourceFlags): boolean =>
  live === true || kubeconfig !== undefined || context !== undefined

/** Collects what the flags name, with the kinds that the rules read. */
export async function gather(
  kit: Kit,
  paths: readonly string[],
  flags: SourceFlags,
  rules: readonly Rule[],
  voice: Voice,
): Promise<Attempt<Gathered>> {
  try {
    return isLiveSource(flags)
      ? await gatherCluster(kit, flags, rules, voice)
      : await gatherFiles(kit, paths, flags, voice)
  } finally {
    voice.status.clear()
  }
}

async function gatherFiles(
  kit: Kit,
  paths: readonly string[],
  flags: SourceFlags,
  voice: Voice,
): Promise<Attempt<Gathered>> {
  const { host, tool } = kit
  const { collectFiles, findTools } = await kit.loadCollectors()
  if (paths.includes('-') && host.stdinIsTerminal)
    voice.note('reading manifests from the terminal; end with Ctrl-D')
  const { snapshot, sources, problems, notes, tally } = await collectFiles({
    paths,
    stdin: host.stdin,
    exclude: flags.exclude ?? [],
    helmValues: flags.helmValues ?? [],
    tools: findTools(host.environment),
    collector: tool,
    now: host.now,
    workingDirectory: host.workingDirectory,
    progress: event => voice.status.show(progressLine(event)),
    signal: host.signal,
  })
  for (const { file, line, column, message } of notes.slice(0, notesShown))
    voice.note(visible(`${file}:${line}:${column}: ${message}`))
  if (notes.length > notesShown) voice.note(`… and ${notes.length - notesShown} more remarks on files`)
  for (const glob of tally.unusedExcludes) voice.note(visible(`--exclude ${glob} leaves out nothing`))
  voice.detail(tallyLine(tally))
  const locate: Locate = ({ source }, wanted) => {
    const found = sources.locate(
      source,
      wanted.map(path => parsePath(path)),
    )
    return wanted.map((_, i) => {
      const location = found?.[i]
      return location && (location.key ?? location)
    })
  }
  return succeed({ snapshot, locate, problems })
}

/** Remarks beyond this are counted. */
const notesShown = 20

async function gatherCluster(
  kit: Kit,
  flags: SourceFlags,
  rules: readonly Rule[],
  voice: Voice,
): Promise<Attempt<Gathered>> {
  const { host, tool } = kit
  const { collectCluster, kindsReadBy, systemWorld } = await kit.loadCollectors()
  const collected = await collectCluster({
    ...(flags.kubeconfig !== undefined && { kubeconfig: flags.kubeconfig }),
    ...(flags.context !== undefined && { context: flags.context }),
    kinds: [...kindsReadBy(rules).keys()],
    secretsAllowed: true,
    environment: host.environment,
    world: systemWorld,
    collector: tool,
    progress: event => voice.status.show(progressLine(event)),
    signal: host.signal,
  })
  if (!collected.ok) return refuse(...collected.problems)
  const { snapshot, cost } = collected.value
  voice.detail(
    visible(
      `${snapshot.scope.name}: ${snapshot.resources.length} objects by ${cost.requests} requests, ${cost.bytes} bytes`,
    ),
  )
  return succeed({ snapshot, problems: [] })
}

function progressLine({ phase, what, done, total }: ProgressEvent): string {
  const number = total === undefined ? String(done) : `${done} of ${total}`
  return visible(`${phase} ${number}  ${what}`)
}

function tallyLine({ files, otherFiles, excluded, documents, notKubernetes, rendered }: FilesTally): string {
  return (
    `read ${files} files, ${documents} documents (${notKubernetes} not of Kubernetes), rendered ${rendered}; ` +
    `passed over ${otherFiles} other files, ${excluded} excluded`
  )
}
