// Plan: decides which kustomizations are built, and which files are seen through them alone.
//
// What a kustomization names is material: a base without its overlay, or a patch, is not what a cluster gets. So each
// overlay that nothing else is built on is built, and judged; its bases and patches are not judged by themselves.
// A file or folder that the user named is read in any case.

import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Input, KustomizationInput } from '../files/input.ts'
import { type KustomizationParts, readKustomization } from './kustomization-file.ts'

export interface Plan {
  readonly inputs: readonly Input[]
  /** Components that no kustomization here includes: they cannot be built by themselves. */
  readonly looseComponents: readonly KustomizationInput[]
}

export function planRendering(inputs: readonly Input[]): Plan {
  const kustomizations = inputs.filter(input => input.type === 'kustomization')
  if (kustomizations.length === 0) return { inputs, looseComponents: [] }
  const parts = new Map(kustomizations.map(input => [input.real, readKustomization(input.real)]))
  const material = materialOf(parts)
  const built = chooseBuilt(kustomizations, parts)
  const looseComponents = built.filter(({ real }) => parts.get(real)?.isComponent === true)
  const isKept = (input: Input): boolean => {
    if (input.type === 'stdin' || (input.named && input.type !== 'kustomization')) return true
    if (input.type === 'kustomization') return built.includes(input) && !looseComponents.includes(input)
    if (material.has(input.real)) return false
    // Nothing is known of what an unreadable kustomization names: its folder's files are taken for its own.
    const folder = dirname(input.real)
    return input.type !== 'file' || !parts.has(folder) || parts.get(folder) !== undefined
  }
  return { inputs: inputs.filter(isKept), looseComponents }
}

type Parts = ReadonlyMap<string, KustomizationParts | undefined>

function materialOf(parts: Parts): ReadonlySet<string> {
  const paths = [...parts.values()].flatMap(one => (one ? [...one.files, ...one.folders] : []))
  return new Set(paths.flatMap(path => [path, realOf(path)]))
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Those that nothing else here is built on, those that were named, and one of each circle, which kustomize then explains. */
function chooseBuilt(inputs: readonly KustomizationInput[], parts: Parts): KustomizationInput[] {
  const foldersOf = (real: string) => (parts.get(real)?.folders ?? []).map(realOf)
  const used = new Set(inputs.flatMap(({ real }) => foldersOf(real).filter(folder => folder !== real)))
  const chosen = new Set(inputs.filter(input => input.named || !used.has(input.real)))
  const reached = new Set<string>()
  const reach = (real: string): void => {
    if (reached.has(real)) return
    reached.add(real)
    for (const folder of foldersOf(real)) reach(folder)
  }
  for (const { real } of chosen) reach(real)
  for (const input of inputs) {
    if (reached.has(input.real)) continue
    chosen.add(input)
    reach(input.real)
  }
  return inputs.filter(input => chosen.has(input))
}
