// Secret: its type alone; the data of Secrets is never read. Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import { object, string, type TypeOf } from '../../model/shape.ts'

export const secretShape = object({ type: string })

/** `type` is absent where only metadata was asked for, as in a live cluster. */
export type Secret = Resource & TypeOf<typeof secretShape>

/** The resource as a Secret; it has passed checkShape. */
export const readSecret = (resource: Resource): Secret => resource
