// Zones: names parts of the fleet, so that teams can be shown them.

import { randomUUID } from 'node:crypto'
import type { ZoneTerm } from '../../store/permitted.ts'
import { profilesOfZone } from '../../store/profiles.ts'
import {
  addZone,
  allZones,
  changeZone,
  dropZone,
  lockZone,
  teamsOfZone,
  type ZoneRow,
  zoneById,
} from '../../store/teams.ts'
import type { OnDecided } from '../decisions/ports.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import { type Actor, recordAudit } from './audit.ts'

export interface ZoneDeps extends Deps {
  /** Asked where a zone that profiles are given to becomes another. */
  readonly onDecided?: OnDecided
}

export interface ZoneValues {
  readonly name: string
  readonly description: string
  /** Any of them covers; inside a term all that is given must hold. A term that asks nothing covers the fleet. */
  readonly terms: readonly ZoneTerm[]
}

export interface ZoneView extends ZoneValues {
  readonly id: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly version: number
}

const viewOf = (row: ZoneRow): ZoneView => ({
  id: row.zone_id,
  name: row.name,
  description: row.description,
  terms: row.terms,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
})

export const listZones = async (deps: Deps): Promise<ZoneView[]> => (await allZones(deps.db)).map(viewOf)

/** Throws `not-found`. */
export async function getZone(deps: Deps, id: string): Promise<ZoneView> {
  const row = await zoneById(deps.db, id)
  if (!row) throw noZone()
  return viewOf(row)
}

/** Makes a zone. Throws `conflict` where the name is taken. */
export async function createZone(deps: Deps, values: ZoneValues, actor: Actor): Promise<string> {
  const id = randomUUID()
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    if (!(await addZone(trx, id, values, at))) throw nameTaken(values.name)
    await recordAudit(trx, {
      at,
      actor,
      action: 'zone.created',
      target: { type: 'zone', id },
      detail: { ...values },
    })
  })
  return id
}

/** Changes a zone. Throws `not-found`, `precondition-failed`, `conflict`. */
export async function updateZone(
  deps: ZoneDeps,
  id: string,
  values: ZoneValues,
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const before = await lockZone(trx, id)
    if (!before) throw noZone()
    ensureVersion(version, before.version)
    const others = await allZones(trx)
    if (others.some(zone => zone.zone_id !== id && zone.name === values.name)) throw nameTaken(values.name)
    await changeZone(trx, id, values, at)
    if ((await profilesOfZone(trx, id)).length > 0) await deps.onDecided?.(trx)
    await recordAudit(trx, {
      at,
      actor,
      action: 'zone.changed',
      target: { type: 'zone', id },
      detail: {
        before: { name: before.name, description: before.description, terms: before.terms },
        after: { ...values },
      },
    })
  })
}

/** Removes a zone that no team sees and no profile is given to. Throws `conflict` where one is, and names it. */
export async function removeZone(deps: Deps, id: string, actor: Actor): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const before = await lockZone(trx, id)
    if (!before) throw noZone()
    const teams = await teamsOfZone(trx, id)
    if (teams.length > 0)
      throw new Fault(
        'conflict',
        `the zone is seen by ${teams.map(({ name }) => name).join(', ')}; take it from there first`,
      )
    const profiles = await profilesOfZone(trx, id)
    if (profiles.length > 0)
      throw new Fault(
        'conflict',
        `profiles are given to the zone: ${profiles.join(', ')}; take it from them first`,
      )
    await dropZone(trx, id)
    await recordAudit(trx, {
      at,
      actor,
      action: 'zone.removed',
      target: { type: 'zone', id },
      detail: { name: before.name, terms: before.terms },
    })
  })
}

const noZone = () => new Fault('not-found', 'there is no such zone')
const nameTaken = (name: string) =>
  new Fault('conflict', `there is a zone named ${JSON.stringify(name)}`, {
    places: [{ path: '/name', message: 'is taken' }],
  })
