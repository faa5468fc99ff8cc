// ConfigMap: plain settings. Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import { map, object, string, type TypeOf } from '../../model/shape.ts'

export const configMapShape = object({ data: map(string), binaryData: map(string) })

export type ConfigMap = Resource & TypeOf<typeof configMapShape>

/** The resource as a ConfigMap; it has passed checkShape. */
export const readConfigMap = (resource: Resource): ConfigMap => resource
