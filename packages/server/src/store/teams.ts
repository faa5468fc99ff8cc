// Teams: the statements of teams, zones, and who sees which.

import type { Selectable, Transaction } from 'kysely'
import type { ZoneTerm } from './permitted.ts'
import type { Client, Schema } from './schema.ts'
import type { AccessTables } from './schema-access.ts'

export type ZoneRow = Selectable<AccessTables['zone']>
export type TeamRow = Selectable<AccessTables['team']>

/** The terms of all zones that a person's teams see, or only those of one of these teams. */
export async function termsOfPerson(
  db: Client,
  person: string,
  team: string | null,
): Promise<readonly ZoneTerm[]> {
  let query = db
    .selectFrom('team_member')
    .innerJoin('team_zone', 'team_zone.team_id', 'team_member.team_id')
    .innerJoin('zone', 'zone.zone_id', 'team_zone.zone_id')
    .select('zone.terms')
    .where('team_member.person_id', '=', person)
  if (team !== null) query = query.where('team_member.team_id', '=', team)
  return (await query.execute()).flatMap(({ terms }) => terms)
}

export const teamsOf = (db: Client, person: string) =>
  db
    .selectFrom('team_member')
    .innerJoin('team', 'team.team_id', 'team_member.team_id')
    .select(['team.team_id', 'team.name', 'team.oidc_group', 'team_member.by_oidc'])
    .where('team_member.person_id', '=', person)
    .orderBy('team.name')
    .execute()

export const zonesOf = (db: Client, person: string) =>
  db
    .selectFrom('team_member')
    .innerJoin('team_zone', 'team_zone.team_id', 'team_member.team_id')
    .innerJoin('zone', 'zone.zone_id', 'team_zone.zone_id')
    .select(['zone.zone_id', 'zone.name'])
    .distinct()
    .where('team_member.person_id', '=', person)
    .orderBy('zone.name')
    .execute()

export const allZones = (db: Client): Promise<ZoneRow[]> =>
  db.selectFrom('zone').selectAll().orderBy('name').execute()

export const zoneById = (db: Client, id: string): Promise<ZoneRow | undefined> =>
  db.selectFrom('zone').selectAll().where('zone_id', '=', id).executeTakeFirst()

export const lockZone = (trx: Transaction<Schema>, id: string): Promise<ZoneRow | undefined> =>
  trx.selectFrom('zone').selectAll().where('zone_id', '=', id).forUpdate().executeTakeFirst()

interface ZoneValues {
  readonly name: string
  readonly description: string
  readonly terms: readonly ZoneTerm[]
}

/** False where the name is taken. */
export async function addZone(db: Client, id: string, values: ZoneValues, at: Date): Promise<boolean> {
  const done = await db
    .insertInto('zone')
    .values({
      zone_id: id,
      ...values,
      terms: JSON.stringify(values.terms),
      created_at: at,
      updated_at: at,
    })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

export async function changeZone(db: Client, id: string, values: ZoneValues, at: Date): Promise<void> {
  await db
    .updateTable('zone')
    .set(eb => ({
      name: values.name,
      description: values.description,
      terms: JSON.stringify(values.terms),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('zone_id', '=', id)
    .execute()
}

export async function dropZone(db: Client, id: string): Promise<void> {
  await db.deleteFrom('zone').where('zone_id', '=', id).execute()
}

export const teamsOfZone = (db: Client, id: string) =>
  db
    .selectFrom('team_zone')
    .innerJoin('team', 'team.team_id', 'team_zone.team_id')
    .select(['team.team_id', 'team.name'])
    .where('team_zone.zone_id', '=', id)
    .orderBy('team.name')
    .execute()

/** All teams with their members and zones. */
export async function allTeams(db: Client) {
  const [teams, members, zones] = await Promise.all([
    db.selectFrom('team').selectAll().orderBy('name').execute(),
    db
      .selectFrom('team_member')
      .innerJoin('person', 'person.person_id', 'team_member.person_id')
      .select([
        'team_member.team_id',
        'team_member.by_oidc',
        'person.person_id',
        'person.login',
        'person.name',
      ])
      .orderBy('person.login')
      .execute(),
    db
      .selectFrom('team_zone')
      .innerJoin('zone', 'zone.zone_id', 'team_zone.zone_id')
      .select(['team_zone.team_id', 'zone.zone_id', 'zone.name'])
      .orderBy('zone.name')
      .execute(),
  ])
  return teams.map(team => ({
    ...team,
    members: members.filter(({ team_id }) => team_id === team.team_id),
    zones: zones.filter(({ team_id }) => team_id === team.team_id),
  }))
}

export const lockTeam = (trx: Transaction<Schema>, id: string): Promise<TeamRow | undefined> =>
  trx.selectFrom('team').selectAll().where('team_id', '=', id).forUpdate().executeTakeFirst()

interface TeamValues {
  readonly name: string
  readonly description: string
  readonly oidc_group: string | null
}

/** False where the name or the group is taken. */
export async function addTeam(db: Client, id: string, values: TeamValues, at: Date): Promise<boolean> {
  const done = await db
    .insertInto('team')
    .values({ team_id: id, ...values, created_at: at, updated_at: at })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

export async function changeTeam(db: Client, id: string, values: TeamValues, at: Date): Promise<void> {
  await db
    .updateTable('team')
    .set(eb => ({ ...values, updated_at: at, version: eb('version', '+', 1) }))
    .where('team_id', '=', id)
    .execute()
}

export async function dropTeam(db: Client, id: string): Promise<void> {
  await db.deleteFrom('team').where('team_id', '=', id).execute()
}

/** Sets a team's members; those that the OIDC provider made stay as they are. */
export async function setMembers(
  trx: Transaction<Schema>,
  team: string,
  people: readonly string[],
): Promise<void> {
  await trx.deleteFrom('team_member').where('team_id', '=', team).where('by_oidc', '=', false).execute()
  if (people.length > 0)
    await trx
      .insertInto('team_member')
      .values(people.map(person_id => ({ team_id: team, person_id, by_oidc: false })))
      .onConflict(on => on.doNothing())
      .execute()
}

export async function setZones(
  trx: Transaction<Schema>,
  team: string,
  zones: readonly string[],
): Promise<void> {
  await trx.deleteFrom('team_zone').where('team_id', '=', team).execute()
  if (zones.length > 0)
    await trx
      .insertInto('team_zone')
      .values(zones.map(zone_id => ({ team_id: team, zone_id })))
      .execute()
}

/** Makes a person's memberships that come from the provider's groups what the groups say; others stay. */
export async function setGroups(
  trx: Transaction<Schema>,
  person: string,
  groups: readonly string[],
): Promise<void> {
  await trx.deleteFrom('team_member').where('person_id', '=', person).where('by_oidc', '=', true).execute()
  if (groups.length === 0) return
  const teams = await trx
    .selectFrom('team')
    .select('team_id')
    .where('oidc_group', 'in', [...groups])
    .execute()
  if (teams.length > 0)
    await trx
      .insertInto('team_member')
      .values(teams.map(({ team_id }) => ({ team_id, person_id: person, by_oidc: true })))
      .onConflict(on => on.doNothing())
      .execute()
}

export async function knownIds(
  db: Client,
  table: 'person' | 'zone',
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  if (table === 'person') {
    const rows = await db
      .selectFrom('person')
      .select('person_id')
      .where('person_id', 'in', [...ids])
      .execute()
    return new Set(rows.map(({ person_id }) => person_id))
  }
  const rows = await db
    .selectFrom('zone')
    .select('zone_id')
    .where('zone_id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ zone_id }) => zone_id))
}
