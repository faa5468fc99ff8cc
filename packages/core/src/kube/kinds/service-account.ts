// ServiceAccount: the identity that pods run as. Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import { boolean, object, type TypeOf } from '../../model/shape.ts'

export const serviceAccountShape = object({ automountServiceAccountToken: boolean })

export type ServiceAccount = Resource & TypeOf<typeof serviceAccountShape>

/** The resource as a ServiceAccount; it has passed checkShape. */
export const readServiceAccount = (resource: Resource): ServiceAccount => resource
