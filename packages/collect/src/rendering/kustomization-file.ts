// Kustomization file: what a kustomization is made of: the folders and files that it names, and what it would fetch.

import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isRecord, readYaml } from '@plimsoll/core'
import { kustomizationFiles } from '../files/file-names.ts'

export interface KustomizationParts {
  /** Real paths of folders: bases, components, charts. */
  readonly folders: readonly string[]
  /** Real paths of files: manifests, patches, values, settings. */
  readonly files: readonly string[]
  /** What stands elsewhere and would have to be fetched. */
  readonly remote: readonly string[]
  /** Part of others only; kustomize does not build it by itself. */
  readonly isComponent: boolean
}

/** The parts of the kustomization in a folder; undefined where it cannot be read, so that nothing is known of them. */
export function readKustomization(folder: string): KustomizationParts | undefined {
  const value = readFirst(folder)
  if (!isRecord(value)) return undefined
  const folders: string[] = []
  const files: string[] = []
  const remote: string[] = []
  for (const entry of entriesOf(value)) {
    const path = resolve(folder, entry)
    const type = typeOf(path)
    if (type === 'folder') folders.push(path)
    else if (type === 'file') files.push(path)
    else if (isRemote(entry)) remote.push(entry)
  }
  return { folders, files, remote, isComponent: value.kind === 'Component' }
}

/** What a kustomization, or one that it is built on, would fetch. */
export function remotePartsOf(folder: string, seen = new Set<string>()): string[] {
  if (seen.has(folder)) return []
  seen.add(folder)
  const parts = readKustomization(folder)
  return parts ? [...parts.remote, ...parts.folders.flatMap(inner => remotePartsOf(inner, seen))] : []
}

function readFirst(folder: string): unknown {
  for (const name of kustomizationFiles) {
    const path = join(folder, name)
    if (typeOf(path) !== 'file') continue
    try {
      const reading = readYaml(readFileSync(path, 'utf8'))
      return 'value' in reading ? reading.value : undefined
    } catch {
      return undefined
    }
  }
  return undefined
}

function typeOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return 'folder'
    return stats.isFile() ? 'file' : undefined
  } catch {
    return undefined
  }
}

/** Fields that list paths; a text with line breaks is a patch itself. Source: kustomize api/types, version 5. */
const pathLists = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
] as const

function* entriesOf(value: Record<string, unknown>): Generator<string> {
  for (const field of pathLists)
    for (const entry of texts(value[field])) if (!entry.includes('\n')) yield entry
  for (const field of ['patches', 'patchesJson6902', 'replacements'])
    for (const { path } of records(value[field])) if (typeof path === 'string') yield path
  for (const field of ['configMapGenerator', 'secretGenerator'])
    for (const { files, envs, env } of records(value[field])) {
      for (const file of texts(files)) yield file.slice(file.indexOf('=') + 1)
      yield* texts(envs)
      if (typeof env === 'string') yield env
    }
  if (isRecord(value.openapi) && typeof value.openapi.path === 'string') yield value.openapi.path
  yield* chartEntries(value)
}

function* chartEntries(value: Record<string, unknown>): Generator<string> {
  const globals = isRecord(value.helmGlobals) ? value.helmGlobals : {}
  const home = typeof globals.chartHome === 'string' ? globals.chartHome : 'charts'
  for (const { name, valuesFile, additionalValuesFiles } of records(value.helmCharts)) {
    if (typeof name === 'string') yield `${home}/${name}`
    if (typeof valuesFile === 'string') yield valuesFile
    yield* texts(additionalValuesFiles)
  }
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** Whether kustomize would take an entry that is no path here for a URL or a repository. */
const isRemote = (entry: string): boolean =>
  /^[a-z][a-z0-9+.-]*:/i.test(entry) ||
  /^[^/]+@[^/]+:/.test(entry) ||
  /[?&](?:ref|version|timeout|submodules)=/.test(entry) ||
  /^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/.+\/.+/i.test(entry) ||
  entry.includes('.git')
