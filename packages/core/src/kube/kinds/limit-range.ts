// LimitRange: the limits and requests that a namespace gives to containers that bring none of their own.
//
// Names and types: Kubernetes core/v1. Defaulting: SetDefaults_LimitRangeItem and the LimitRanger admission plugin.

import type { Resource } from '../../model/resource.ts'
import { list, map, numberOrString, object, string, type TypeOf } from '../../model/shape.ts'

const amounts = map(numberOrString)
export const limitRangeShape = object({
  spec: object({
    limits: list(
      object({ type: string, default: amounts, defaultRequest: amounts, max: amounts, min: amounts }),
    ),
  }),
})

export type LimitRange = Resource & TypeOf<typeof limitRangeShape>

/** The resource as a LimitRange; it has passed checkShape. */
export const readLimitRange = (resource: Resource): LimitRange => resource

/**
 * The limit or request that a LimitRange gives to a container that names none of that resource; undefined where it gives none.
 * A maximum stands in for a missing default limit, the default limit for a missing default request, then the minimum.
 */
export function containerDefault(
  limitRange: LimitRange,
  bound: 'limits' | 'requests',
  resource: string,
): number | string | undefined {
  for (const item of limitRange.spec?.limits ?? []) {
    if (item.type !== 'Container') continue
    const limit = item.default?.[resource] ?? item.max?.[resource]
    const given =
      bound === 'limits' ? limit : (item.defaultRequest?.[resource] ?? limit ?? item.min?.[resource])
    if (given !== undefined) return given
  }
  return undefined
}
