// Teams: who belongs together, and which zones they see.

import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Schema } from '../../store/schema.ts'
import {
  addTeam,
  allTeams,
  changeTeam,
  dropTeam,
  knownIds,
  lockTeam,
  setMembers,
  setZones,
} from '../../store/teams.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import { type Actor, recordAudit } from './audit.ts'

export interface TeamValues {
  readonly name: string
  readonly description: string
  /** Members of this group of the OIDC provider are members. */
  readonly oidcGroup: string | null
  /** Ids of people; those whom the provider's group brings are beside them. */
  readonly members: readonly string[]
  /** Ids of zones. */
  readonly zones: readonly string[]
}

export interface TeamView {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly oidcGroup: string | null
  readonly members: readonly { id: string; login: string; name: string; byOidc: boolean }[]
  readonly zones: readonly { id: string; name: string }[]
  readonly version: number
}

export const listTeams = async (deps: Deps): Promise<TeamView[]> =>
  (await allTeams(deps.db)).map(row => ({
    id: row.team_id,
    name: row.name,
    description: row.description,
    oidcGroup: row.oidc_group,
    members: row.members.map(one => ({
      id: one.person_id,
      login: one.login,
      name: one.name,
      byOidc: one.by_oidc,
    })),
    zones: row.zones.map(one => ({ id: one.zone_id, name: one.name })),
    version: row.version,
  }))

/** Throws `conflict` where name or group is taken, `unprocessable` for unknown people or zones. */
export async function createTeam(deps: Deps, values: TeamValues, actor: Actor): Promise<string> {
  const id = randomUUID()
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const unknown = await unknownIds(trx, values)
    if (unknown) throw unknown
    if (!(await addTeam(trx, id, ownValues(values), at))) throw taken()
    await setMembers(trx, id, values.members)
    await setZones(trx, id, values.zones)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.created',
      target: { type: 'team', id },
      detail: { ...values },
    })
  })
  return id
}

/** Throws `not-found`, `precondition-failed`, `conflict`, `unprocessable`. */
export async function updateTeam(
  deps: Deps,
  id: string,
  values: TeamValues,
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const before = await lockTeam(trx, id)
    if (!before) throw noTeam()
    ensureVersion(version, before.version)
    const unknown = await unknownIds(trx, values)
    if (unknown) throw unknown
    const isTaken = (await allTeams(trx)).some(
      team =>
        team.team_id !== id &&
        (team.name === values.name || (values.oidcGroup !== null && team.oidc_group === values.oidcGroup)),
    )
    if (isTaken) throw taken()
    await changeTeam(trx, id, ownValues(values), at)
    await setMembers(trx, id, values.members)
    await setZones(trx, id, values.zones)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.changed',
      target: { type: 'team', id },
      detail: { ...values },
    })
  })
}

/** Removes a team; its people stay, and tokens that were narrowed to it go. Throws `not-found`. */
export async function removeTeam(deps: Deps, id: string, actor: Actor): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const before = await lockTeam(trx, id)
    if (!before) throw noTeam()
    await dropTeam(trx, id)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.removed',
      target: { type: 'team', id },
      detail: { name: before.name },
    })
  })
}

const ownValues = ({ name, description, oidcGroup }: TeamValues) => ({
  name,
  description,
  oidc_group: oidcGroup,
})

async function unknownIds(
  trx: Transaction<Schema>,
  { members, zones }: TeamValues,
): Promise<Fault | undefined> {
  const people = await knownIds(trx, 'person', members)
  const known = await knownIds(trx, 'zone', zones)
  const places = [
    ...members.flatMap((id, at) =>
      people.has(id) ? [] : [{ path: `/members/${at}`, message: 'no such account' }],
    ),
    ...zones.flatMap((id, at) => (known.has(id) ? [] : [{ path: `/zones/${at}`, message: 'no such zone' }])),
  ]
  return places.length > 0
    ? new Fault('unprocessable', 'the team names people or zones that are not there', { places })
    : undefined
}

const noTeam = () => new Fault('not-found', 'there is no such team')
const taken = () => new Fault('conflict', 'there is a team of that name or for that group')
