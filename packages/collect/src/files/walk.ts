// Walk: finds the files, charts and kustomizations that paths lead to, each real one once, in an order that is always the same.

import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Gap, Problem } from '@plimsoll/core'
import { Exclusion } from './exclude.ts'
import {
  chartFile,
  isChartArchiveName,
  isKustomizationName,
  isManifestName,
  kustomizationFiles,
  skippedFolders,
} from './file-names.ts'
import { kindOf, reasonOf } from './file-system.ts'
import type { Input } from './input.ts'

export interface Walked {
  readonly inputs: readonly Input[]
  /** Of the paths, those that led to a gap, or to what another one had led to. */
  readonly settledRoots: ReadonlySet<number>
  readonly gaps: readonly Gap[]
  readonly problems: readonly Problem[]
  readonly otherFiles: number
  readonly excluded: number
  readonly unusedExcludes: readonly string[]
}

/**
 * Walks the paths in their order, folders by name. `.git` and `node_modules` are passed over; symbolic links are followed as
 * long as they lead to something below one of the paths. What cannot be looked into is a gap; where the user named it,
 * a problem too. `-` is standard input.
 */
export async function walk(
  paths: readonly string[],
  exclude: readonly string[],
  workingDirectory: string,
  signal?: AbortSignal,
): Promise<Walked> {
  const walker = new Walker(new Exclusion(exclude), workingDirectory, signal)
  await walker.findRoots(paths)
  for (const [root, path] of paths.entries()) await walker.visitNamed(path, root)
  return walker.result()
}

/** Folders of a chart that helm reads itself. */
const chartFolders = new Set(['templates', 'charts', 'crds'])

/** A folder under way. */
interface Folder {
  readonly path: string
  readonly real: string
  readonly root: number
  /** Path from the folder that was given; empty for that itself. */
  readonly below: string
  readonly inChart: boolean
}

class Walker {
  private readonly exclusion: Exclusion
  private readonly workingDirectory: string
  private readonly signal: AbortSignal | undefined
  private readonly inputs: Input[] = []
  private readonly gaps: Gap[] = []
  private readonly problems: Problem[] = []
  private readonly byReal = new Map<string, Exclude<Input, { type: 'stdin' }>>()
  private readonly seenFolders = new Set<string>()
  /** Real paths below which links may lead. */
  private rootFolders: readonly string[] = []
  private readonly settledRoots = new Set<number>()
  private otherFiles = 0
  private excluded = 0

  constructor(exclusion: Exclusion, workingDirectory: string, signal: AbortSignal | undefined) {
    this.exclusion = exclusion
    this.workingDirectory = workingDirectory
    this.signal = signal
  }

  result(): Walked {
    const { inputs, gaps, problems, settledRoots, otherFiles, excluded, exclusion } = this
    return { inputs, gaps, problems, settledRoots, otherFiles, excluded, unusedExcludes: exclusion.unused }
  }

  async findRoots(paths: readonly string[]): Promise<void> {
    const found = await Promise.all(
      paths.map(path => realpath(resolve(this.workingDirectory, path)).catch(() => undefined)),
    )
    this.rootFolders = found.filter(path => path !== undefined)
  }

  async visitNamed(path: string, root: number): Promise<void> {
    if (path === '-') {
      if (!this.inputs.some(({ type }) => type === 'stdin')) this.inputs.push({ type: 'stdin', root })
      return
    }
    let real: string
    let stats: Stats
    try {
      real = await realpath(resolve(this.workingDirectory, path))
      stats = await stat(real)
    } catch (error) {
      this.refuse(path, root, reasonOf(error))
      return
    }
    const shown = normalized(path)
    const isFolder = stats.isDirectory()
    if (this.exclusion.covers(shown, basename(shown), isFolder)) {
      this.excluded++
      return
    }
    if (isFolder) await this.visitFolder({ path: shown, real, root, below: '', inChart: false }, true)
    else if (!stats.isFile()) this.refuse(path, root, `it is ${kindOf(stats)}; pipe it to - to have it read`)
    else if (basename(real) === chartFile || isKustomizationName(basename(real)))
      // Its folder is meant: by itself such a file holds no objects.
      await this.visitFolder(
        { path: dirname(shown), real: dirname(real), root, below: '', inChart: false },
        true,
      )
    else if (isChartArchiveName(real)) this.add({ type: 'chart', path: shown, real, named: true, root })
    else this.add({ type: 'file', path: shown, real, named: true, root, inChart: false })
  }

  private async visitFolder(folder: Folder, named: boolean): Promise<void> {
    this.signal?.throwIfAborted()
    const { path, real, root } = folder
    const isNew = !this.seenFolders.has(real)
    this.seenFolders.add(real)
    let entries: Dirent[]
    try {
      entries = isNew || named ? await readdir(real, { withFileTypes: true }) : []
    } catch (error) {
      if (named) this.refuse(path, root, reasonOf(error))
      else this.gap(path, folder.root, reasonOf(error))
      return
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    const has = (name: string) =>
      entries.some(entry => entry.name === name && (entry.isFile() || entry.isSymbolicLink()))
    const isChart = has(chartFile)
    const kustomization = isChart ? undefined : kustomizationFiles.find(has)
    if (isChart) this.add({ type: 'chart', path, real, named, root })
    else if (kustomization !== undefined)
      this.add({ type: 'kustomization', path, real, named, root, file: kustomization })
    if (!isNew) {
      this.settledRoots.add(root)
      return
    }
    for (const entry of entries) {
      if (isChart && (!entry.isDirectory() || chartFolders.has(entry.name))) continue
      if (entry.name === kustomization || (entry.isDirectory() && skippedFolders.has(entry.name))) continue
      await this.visitEntry(entry, isChart ? { ...folder, inChart: true } : folder)
    }
  }

  private async visitEntry(entry: Dirent, folder: Folder): Promise<void> {
    const path = join(folder.path, entry.name)
    const below = folder.below === '' ? entry.name : `${folder.below}/${entry.name}`
    const linked = entry.isSymbolicLink() ? await this.follow(path, join(folder.real, entry.name)) : undefined
    const isFolder = linked ? linked.isFolder : entry.isDirectory()
    if (this.exclusion.covers(path, below, isFolder)) {
      this.excluded++
      return
    }
    if (linked?.problem !== undefined) {
      if (isFolder || isManifestName(entry.name)) this.gap(path, folder.root, linked.problem)
      else this.otherFiles++
      return
    }
    const real = linked?.real ?? join(folder.real, entry.name)
    if (isFolder) {
      if (!this.seenFolders.has(real) && !skippedFolders.has(basename(real)))
        await this.visitFolder({ ...folder, path, real, below }, false)
    } else if (!isManifestName(entry.name)) this.otherFiles++
    else if (linked || entry.isFile())
      this.add({ type: 'file', path, real, named: false, root: folder.root, inChart: folder.inChart })
    else this.gap(path, folder.root, `it is ${kindOf(entry)}, not a file`)
  }

  /** Where a link leads, and why it is not followed, if it is not. */
  private async follow(
    path: string,
    link: string,
  ): Promise<{ readonly real: string; readonly isFolder: boolean; readonly problem?: string }> {
    try {
      const real = await realpath(link)
      const stats = await stat(real)
      const isFolder = stats.isDirectory()
      if (!this.rootFolders.some(folder => isInside(real, folder)))
        return {
          real,
          isFolder,
          problem: `it is a link to ${real}, which is outside of what was given; name that to have it read`,
        }
      if (!isFolder && !stats.isFile()) return { real, isFolder, problem: `it is a link to ${kindOf(stats)}` }
      return { real, isFolder }
    } catch (error) {
      return { real: path, isFolder: false, problem: `it is a link that leads nowhere: ${reasonOf(error)}` }
    }
  }

  private add(input: Exclude<Input, { type: 'stdin' }>): void {
    const key = input.type === 'file' ? input.real : `${input.type}:${input.real}`
    const known = this.byReal.get(key)
    if (known) {
      this.settledRoots.add(input.root)
      if (input.named) known.named = true
      return
    }
    this.byReal.set(key, input)
    this.inputs.push(input)
  }

  private gap(scope: string, root: number, why: string): void {
    this.gaps.push({ scope, reason: 'not-collected', detail: `${scope} was not read: ${why}` })
    this.settledRoots.add(root)
  }

  private refuse(path: string, root: number, why: string): void {
    this.gap(path, root, why)
    this.problems.push({ code: 'unreadable-input', message: `${path} was not read: ${why}`, file: path })
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`))
}

/** A path without `./` and double slashes; `.` for the working directory itself, whose files are shown without it. */
const normalized = (path: string): string => join(path).replace(/(.)\/+$/, '$1')
