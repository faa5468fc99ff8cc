// Who: the teams and zones of whoever asks.

import { teamsOf, zonesOf } from '../../store/teams.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Teams and zones of a person; a token has those of nobody but what it was narrowed to, which its permission tells. */
export async function callersTeams(
  { db }: Deps,
  caller: Caller,
): Promise<{ teams: readonly Named[]; zones: readonly Named[] }> {
  if (caller.type !== 'person') return { teams: [], zones: [] }
  const [teams, zones] = await Promise.all([teamsOf(db, caller.id), zonesOf(db, caller.id)])
  return {
    teams: teams.map(({ team_id, name }) => ({ id: team_id, name })),
    zones: zones.map(({ zone_id, name }) => ({ id: zone_id, name })),
  }
}
