// Sight: what a caller sees of the part of the fleet that they ask about: an account, a zone of theirs.

import { narrow } from '../../store/narrow.ts'
import type { Permitted } from '../../store/permitted.ts'
import { zoneById, zonesOf } from '../../store/teams.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'

export interface PartAsked {
  readonly account?: string | undefined
  /** Id of a zone. */
  readonly zone?: string | undefined
}

/** Throws `not-found` for a zone that is none of the caller's; who sees the whole fleet may ask for any. */
export async function sightWithin(
  { db }: Pick<Deps, 'db'>,
  caller: Caller,
  { account, zone }: PartAsked,
): Promise<Permitted> {
  let sight = caller.permitted
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
  return sight
}
