// Annotations: those of a resource and of the pods that it makes.

import type { Resource } from '../model/resource.ts'
import { isRecord } from '../model/shape.ts'
import { valueAt } from './path.ts'
import { templateMetadataPath } from './pod-template.ts'

/** The paths of the metadata of a resource and, where it makes pods, of theirs. */
export function metadataPaths(resource: Resource): readonly string[] {
  const ofPods = templateMetadataPath(resource)
  return ofPods === undefined ? ['metadata'] : ['metadata', ofPods]
}

/** The annotations of the metadata at a path; none where it has none. */
export function annotationsAt(
  resource: Resource,
  metadataPath: string,
): readonly (readonly [string, string])[] {
  const found =
    metadataPath === 'metadata'
      ? resource.metadata.annotations
      : valueAt(resource, `${metadataPath}.annotations`)
  if (!isRecord(found)) return []
  return Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
