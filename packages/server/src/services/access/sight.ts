// Sight: what a caller sees of the part of the fleet that they ask about: a cluster, an account, a zone of theirs.

import { narrow } from '../../store/narrow.ts'
import { type Permitted, permittedAt } from '../../store/permitted.ts'
import { zoneById, zonesOf } from '../../store/teams.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'

export interface PartAsked {
  /** Id of a cluster. */
  readonly cluster?: string | undefined
  readonly account?: string | undefined
  /** Id of a zone. */
  readonly zone?: string | undefined
}

/** What of a part decides which rows there are, for cursors. */
export const partKey = ({ cluster, account, zone }: PartAsked): readonly (string | undefined)[] => [
  cluster,
  account,
  zone,
]

/** What of it the caller sees, now or at an instant. Throws `not-found` for a zone that is none of the caller's; who sees the whole fleet may ask for any. */
export async function sightWithin(
  { db }: Pick<Deps, 'db'>,
  caller: Caller,
  { cluster, account, zone }: PartAsked,
  at?: Date,
): Promise<Permitted> {
  let sight = caller.permitted
  if (cluster !== undefined) sight = narrow(sight, [{ clusters: [cluster] }])
  if (account !== undefined) sight = narrow(sight, [{ accounts: [account] }])
  if (zone !== undefined) {
    const isOwn =
      sight.all ||
      caller.permitted.all ||
      (caller.type === 'person' && (await zonesOf(db, caller.id)).some(({ zone_id }) => zone_id === zone))
    const row = isOwn ? await zoneById(db, zone) : undefined
    if (!row) throw new Fault('not-found', 'There is no such zone.')
    sight = narrow(sight, row.terms)
  }
  return permittedAt(sight, at)
}
