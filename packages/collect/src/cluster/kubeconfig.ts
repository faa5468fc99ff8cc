// Kubeconfig: reads kubeconfig files and merges them as kubectl does.

import { readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { isRecord, type Problem, readYaml } from '@plimsoll/core'
import type { Environment } from '../collector.ts'

/** A named entry of a kubeconfig. */
export interface Entry {
  readonly fields: Readonly<Record<string, unknown>>
  /** Folder of the file that it stands in: relative paths count from there. */
  readonly folder: string
}

/** What all files say together. */
export interface Kubeconfig {
  readonly clusters: Map<string, Entry>
  readonly users: Map<string, Entry>
  readonly contexts: Map<string, Entry>
  currentContext: string | undefined
}

export const newKubeconfig = (): Kubeconfig => ({
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: undefined,
})

export const invalid = (message: string, file?: string): Problem => ({
  code: 'invalid-kubeconfig',
  message,
  ...(file === undefined ? {} : { file }),
})

/** The files to read: the one given, else those of KUBECONFIG, else the one in the home folder. */
export function kubeconfigFiles(
  given: string | undefined,
  environment: Environment,
): { readonly files: readonly string[]; readonly named: boolean } {
  if (given !== undefined) return { files: [given], named: true }
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  if (listed.length > 0) return { files: listed, named: true }
  const home = environment.HOME ?? environment.USERPROFILE
  return { files: home ? [join(home, '.kube', 'config')] : [], named: false }
}

/** Adds what a file says; what an earlier file said stands. Files that are not there are passed over, as by kubectl. */
export function addFile(config: Kubeconfig, file: string): Problem | 'absent' | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT'
      ? 'absent'
      : invalid(`the kubeconfig file ${file} cannot be read: ${message}`, file)
  }
  const reading = readYaml(text)
  if ('failure' in reading) {
    const { message, line, column } = reading.failure
    const problem = invalid(`the kubeconfig file ${file} is not valid YAML: ${message}`, file)
    return { ...problem, line, column }
  }
  const { value } = reading
  if (value === null) return undefined
  if (!isRecord(value)) return invalid(`the kubeconfig file ${file} holds no mapping`, file)
  const folder = dirname(resolve(file))
  for (const [list, key] of [
    ['clusters', 'cluster'],
    ['users', 'user'],
    ['contexts', 'context'],
  ] as const) {
    const problem = addEntries(config[list], value[list], key, folder)
    if (problem !== undefined) return invalid(`the kubeconfig file ${file}: ${list}${problem}`, file)
  }
  const current = value['current-context']
  if (typeof current === 'string' && current !== '') config.currentContext ??= current
  return undefined
}

function addEntries(
  into: Map<string, Entry>,
  list: unknown,
  key: string,
  folder: string,
): string | undefined {
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return ' is not a list'
  for (const [index, item] of list.entries()) {
    const name: unknown = isRecord(item) ? item.name : undefined
    if (typeof name !== 'string' || name === '') return `[${index}] has no name`
    const fields: unknown = (item as Record<string, unknown>)[key] ?? {}
    if (!isRecord(fields)) return `[${index}].${key} is not a mapping`
    if (!into.has(name)) into.set(name, { fields, folder })
  }
  return undefined
}
