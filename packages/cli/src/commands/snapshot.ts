// Snapshot: `plimsoll snapshot save` and `show`: keeps what was seen, to be judged later or elsewhere.

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { count, describeGapDetail, describeGapPlace, type Snapshot, visible } from '@plimsoll/core'
import { checkSource, gather, type SourceFlags } from './gather.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { columnLines, writeJson, writeLines } from './listing.ts'
import { sayProblems, voiceOf } from './say.ts'

/** Collects files or a cluster, with every kind that any rule reads, and saves it with mode 0600. 3 where it has gaps. */
export async function saveSnapshot(
  kit: Kit,
  file: string,
  paths: readonly string[],
  flags: GlobalFlags & SourceFlags,
): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const misuse = checkSource(paths, flags)
  if (misuse) return sayProblems([misuse], voice)
  const target = resolve(kit.host.workingDirectory, file)
  // It is put in its place by renaming, which would replace a device or a pipe.
  const there = statSync(target, { throwIfNoEntry: false })
  if (there && !there.isFile()) {
    const message = `the snapshot cannot be written to ${file}: it is ${there.isDirectory() ? 'a folder' : 'no ordinary file'}`
    return sayProblems([{ code: 'unwritable-output', message, file }], voice)
  }
  const { rules } = await kit.loadCatalogue()
  const gathered = await gather(kit, paths, flags, rules, voice)
  if (!gathered.ok) return sayProblems(gathered.problems, voice)
  const { snapshot, problems } = gathered.value
  const { saveSnapshot: save } = await kit.loadCollectors()
  const saved = await save(snapshot, target)
  if (!saved.ok) return sayProblems(saved.problems, voice)
  voice.note(
    visible(
      `saved ${count(snapshot.resources.length, 'resource')} and ${count(snapshot.gaps.length, 'gap')} to ${file} (${saved.value.bytes} bytes)`,
    ),
  )
  for (const gap of snapshot.gaps)
    voice.note(visible(`gap: ${describeGapPlace(gap)}: ${describeGapDetail(gap)}`))
  if (problems.length > 0) return sayProblems(problems, voice)
  return snapshot.gaps.length > 0 || snapshot.resources.length === 0 ? 3 : 0
}

/** Tells what a saved snapshot holds. */
export async function showSnapshot(kit: Kit, file: string, flags: GlobalFlags): Promise<ExitCode> {
  const voice = voiceOf(kit, flags)
  const { openSnapshot } = await kit.loadCollectors()
  const path = resolve(kit.host.workingDirectory, file)
  const opened = await openSnapshot(path)
  if (!opened.ok) {
    // The file is called as the user calls it.
    const problems = opened.problems.map(one => ({
      ...one,
      message: one.message.replaceAll(path, file),
      file,
    }))
    return sayProblems(problems, voice)
  }
  const snapshot = opened.value
  const kinds = kindCounts(snapshot)
  if (flags.output === 'json') {
    const { scope, takenAt, collector, gaps } = snapshot
    await writeJson(kit.host.out, { scope, takenAt, collector, kinds: Object.fromEntries(kinds), gaps })
  } else
    await writeLines(
      kit.host.out,
      snapshotLines(snapshot, kinds, kit.host.width, text => voice.paint('strong', text)),
    )
  return 0
}

function kindCounts({ resources }: Snapshot): [string, number][] {
  const counts = new Map<string, number>()
  for (const { resource } of resources) counts.set(resource.kind, (counts.get(resource.kind) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}

function* snapshotLines(
  { scope, takenAt, collector, resources, gaps }: Snapshot,
  kinds: readonly [string, number][],
  width: number,
  strong: (text: string) => string,
): Generator<string> {
  const facts = [
    ['scope', `${scope.type} ${scope.name}`],
    ...(scope.type === 'cluster' ? [['id', scope.id]] : []),
    ...(scope.kubernetesVersion ? [['Kubernetes', scope.kubernetesVersion]] : []),
    ...(scope.provider ? [['provider', scope.provider]] : []),
    ['taken', takenAt],
    ['by', `${collector.name} ${collector.version}`],
  ]
  yield* columnLines(facts, width)
  yield ''
  yield strong(count(resources.length, 'resource'))
  yield* columnLines(
    kinds.map(([kind, number]) => [String(number).padStart(8), kind]),
    width,
  )
  yield ''
  yield strong(count(gaps.length, 'gap'))
  yield* columnLines(
    gaps.map(gap => [`  ${gap.reason}`, `${describeGapPlace(gap)}: ${describeGapDetail(gap)}`]),
    width,
  )
}
