// Gaps: what a failure to list a kind means for the snapshot, with what a person can do.

import { type Gap, type GapReason, type KindEntry, nameOfKind } from '@plimsoll/core'
import { type ApiFailure, describeFailure } from './api-failure.ts'

/** The permission that lists a kind, as an RBAC rule would give it. */
const permissionOf = ({ group, plural }: KindEntry): string =>
  `verb list on ${plural} in API group ${JSON.stringify(group)}, cluster-wide`

/** The gap that a failure leaves, after a number of objects had been read. */
export function gapOfFailure(entry: KindEntry, failure: ApiFailure, read: number): Gap {
  const { plural } = entry
  const kind = nameOfKind(entry)
  const part = read === 0 ? '' : ` after ${read} objects`
  const gap = (reason: GapReason, detail: string): Gap => ({
    scope: 'cluster',
    kind,
    reason: read > 0 && reason !== 'forbidden' ? 'truncated' : reason,
    detail,
  })
  if (failure.type === 'login')
    return gap('forbidden', `${plural} could not be listed${part}: ${failure.message}`)
  if (failure.type === 'status') {
    const { status, message } = failure
    if (status === 403)
      return gap('forbidden', `${plural} may not be listed${part}: grant ${permissionOf(entry)}`)
    if (status === 401)
      return gap(
        'forbidden',
        `${plural} could not be listed${part}: the credentials are no longer accepted; log in again`,
      )
    if (status === 406)
      return gap(
        'not-collected',
        `${plural} could not be listed${part}: the server does not give them as metadata only`,
      )
    if (status === 410)
      return gap(
        'stale',
        `${plural} could not be listed${part}: the list expired again and again; ${message}`,
      )
  }
  const reasons: Readonly<Record<Exclude<ApiFailure['type'], 'login'>, GapReason>> = {
    status: 'unreachable',
    unreachable: 'unreachable',
    'timed-out': 'timed-out',
    truncated: 'truncated',
    malformed: 'unparsable',
  }
  const detail = `${plural} could not be listed${part} from the API server: ${describeFailure(failure)}`
  return gap(reasons[failure.type], detail)
}

/** The gap of a kind that is not served; undefined where that only means that there can be no objects of it. */
export function gapOfMissingKind(entry: KindEntry): Gap | undefined {
  const { group, plural, always } = entry
  if (!always) return undefined
  const kind = nameOfKind(entry)
  const place = group === '' ? 'the core API' : `the API group ${group}`
  return {
    scope: 'cluster',
    kind,
    reason: 'not-served',
    detail: `${plural} are not served in ${place} under any version known here, though every Kubernetes server has them`,
  }
}
