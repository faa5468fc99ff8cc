// Permissions: what the agent may read of each kind, as its own requests were answered.

import type { KindEntry } from '@plimsoll/core'
import type { IngestReport } from '@plimsoll/core/contract'
import type { KindFollower } from './kind-follower.ts'

export const permissionProblem = ({ group, plural }: KindEntry): string =>
  `${plural} may be listed and not watched, so changes are seen a minute late: grant verb watch on ${plural} in API group ${JSON.stringify(group)}`

export function permissionsOf(
  followers: readonly Pick<KindFollower, 'entry' | 'name' | 'state'>[],
): IngestReport['permissions'] {
  return followers
    .filter(({ state }) => state !== 'absent')
    .map(({ entry, name, state }) => ({
      kind: name,
      group: entry.group,
      resource: entry.plural,
      allowed: state === 'forbidden' ? 'no' : state === 'watching' || state === 'polling' ? 'yes' : 'unknown',
    }))
}
