// Soundness: which resources the API server could not decode, or are not what they were, and the gap each of them leaves.

import { redactionGap } from '../kube/credentials/hidden-fields.ts'
import { makesPods, readPodTemplate } from '../kube/pod-template.ts'
import { checkShape } from '../kube/shapes.ts'
import type { Gap } from '../model/gap.ts'
import type { Resource, Source } from '../model/resource.ts'
import type { ShapeProblem } from '../model/shape.ts'
import { undecodable } from './undecodable.ts'

export interface Soundness {
  /** The gap of a resource that cannot be decoded or of which a field that rules read was taken out; undefined for a sound one. Each is checked once. */
  readonly gapOf: (resource: Resource) => Gap | undefined
  /** The gap of a resource in which somebody else found a problem. */
  note(resource: Resource, problem: ShapeProblem): Gap
  /** The gaps of all resources found so far that are not sound. */
  gaps(): readonly Gap[]
}

/** `sourceOf` says where a resource came from. */
export function watchSoundness(sourceOf: (resource: Resource) => Source | undefined): Soundness {
  const known = new Map<Resource, Gap | undefined>()
  const note = (resource: Resource, problem: ShapeProblem) => {
    const gap = known.get(resource) ?? undecodable(resource, sourceOf(resource), problem)
    known.set(resource, gap)
    return gap
  }
  return {
    note,
    gapOf(resource) {
      if (known.has(resource)) return known.get(resource)
      const problem = decodingProblem(resource)
      if (problem) return note(resource, problem)
      const gap = redactionGap(resource)
      known.set(resource, gap)
      return gap
    },
    gaps: () => [...known.values()].filter(gap => gap !== undefined),
  }
}

/** Of these resources, the gaps of those whose name or namespace cannot be told: whatever is looked for may be one of them. */
export function unplaceable(resources: Iterable<Resource>, soundness: Soundness): Gap[] {
  const found: Gap[] = []
  for (const resource of resources) {
    const { name, generateName, namespace } = resource.metadata
    if (isTextOrAbsent(name) && isTextOrAbsent(namespace) && isTextOrAbsent(generateName)) continue
    const gap = soundness.gapOf(resource)
    if (gap) found.push(gap)
  }
  return found
}

const isTextOrAbsent = (value: unknown) => value === undefined || value === null || typeof value === 'string'

/** The first field that the API server could not decode, of those that rules read. Nulls at known fields are removed. */
export function decodingProblem(resource: Resource): ShapeProblem | undefined {
  const problem = checkShape(resource)
  if (problem || !makesPods(resource)) return problem
  const reading = readPodTemplate(resource)
  return reading.ok ? undefined : reading.problem
}
