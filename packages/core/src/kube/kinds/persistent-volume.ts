// PersistentVolume: storage that administrators or provisioners give to claims. Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import { object, string, type TypeOf } from '../../model/shape.ts'

export const persistentVolumeShape = object({
  spec: object({ hostPath: object({ path: string, type: string }), storageClassName: string }),
})

export type PersistentVolume = Resource & TypeOf<typeof persistentVolumeShape>

/** The resource as a PersistentVolume; it has passed checkShape. */
export const readPersistentVolume = (resource: Resource): PersistentVolume => resource
