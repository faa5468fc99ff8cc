// People: the statements of accounts and their sessions.

import type { Selectable, Transaction, Updateable } from 'kysely'
import type { Client, Schema } from './schema.ts'
import type { AccessTables, RoleName } from './schema-access.ts'

export type PersonRow = Selectable<AccessTables['person']>

export const personByLogin = (db: Client, login: string): Promise<PersonRow | undefined> =>
  db.selectFrom('person').selectAll().where('login', '=', login).executeTakeFirst()

export const personById = (db: Client, id: string): Promise<PersonRow | undefined> =>
  db.selectFrom('person').selectAll().where('person_id', '=', id).executeTakeFirst()

export const lockPerson = (trx: Transaction<Schema>, id: string): Promise<PersonRow | undefined> =>
  trx.selectFrom('person').selectAll().where('person_id', '=', id).forUpdate().executeTakeFirst()

export const personByIdentity = (
  db: Client,
  issuer: string,
  subject: string,
): Promise<PersonRow | undefined> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .executeTakeFirst()

export const allPeople = (db: Client): Promise<PersonRow[]> =>
  db.selectFrom('person').selectAll().orderBy('login').execute()

export interface NewPerson {
  readonly person_id: string
  readonly login: string
  readonly name: string
  readonly email: string | null
  readonly role: RoleName
  readonly password_hash: string | null
  readonly must_change_password: boolean
  readonly oidc_issuer: string | null
  readonly oidc_subject: string | null
  readonly created_at: Date
}

/** False where the login or identity is taken. */
export async function addPerson(db: Client, person: NewPerson): Promise<boolean> {
  const done = await db
    .insertInto('person')
    .values(person)
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

export async function changePerson(
  db: Client,
  id: string,
  change: Omit<Updateable<AccessTables['person']>, 'version'>,
): Promise<void> {
  await db
    .updateTable('person')
    .set(eb => ({ ...change, version: eb('version', '+', 1) }))
    .where('person_id', '=', id)
    .execute()
}

/** Counters of sign-ins; they are no change of the account, so its version stays. */
export async function noteSignIn(
  db: Client,
  id: string,
  note: Pick<
    Updateable<AccessTables['person']>,
    'failed_logins' | 'locked_until' | 'last_login_at' | 'password_hash'
  >,
): Promise<void> {
  await db.updateTable('person').set(note).where('person_id', '=', id).execute()
}

/** Admins who can sign in, but for one; there must always be one. */
export async function otherAdmins(trx: Transaction<Schema>, id: string): Promise<number> {
  const rows = await trx
    .selectFrom('person')
    .select('person_id')
    .where('role', '=', 'admin')
    .where('is_active', '=', true)
    .where('person_id', '<>', id)
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return rows.length
}

export async function hasPeople(db: Client): Promise<boolean> {
  return (await db.selectFrom('person').select('person_id').limit(1).executeTakeFirst()) !== undefined
}

export type SessionRow = Selectable<AccessTables['session']>

export async function addSession(db: Client, session: SessionRow): Promise<void> {
  await db.insertInto('session').values(session).execute()
}

/** The session of a hash with its person. */
export const findSession = (db: Client, hash: Buffer) =>
  db
    .selectFrom('session')
    .innerJoin('person', 'person.person_id', 'session.person_id')
    .selectAll('person')
    .select(['session.touched_at', 'session.expires_at', 'session.created_at as session_created_at'])
    .where('session.hash', '=', hash)
    .executeTakeFirst()

export async function touchSession(db: Client, hash: Buffer, at: Date): Promise<void> {
  await db.updateTable('session').set({ touched_at: at }).where('hash', '=', hash).execute()
}

export const sessionsOf = (db: Client, person: string): Promise<SessionRow[]> =>
  db.selectFrom('session').selectAll().where('person_id', '=', person).orderBy('touched_at', 'desc').execute()

export async function endSession(db: Client, hash: Buffer): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', hash).execute()
}

/** Ends a person's sessions, but for one where it is given. */
export async function endSessions(db: Client, person: string, but?: Buffer): Promise<void> {
  let query = db.deleteFrom('session').where('person_id', '=', person)
  if (but) query = query.where('hash', '<>', but)
  await query.execute()
}

export async function dropEndedSessions(db: Client, now: Date, idleSince: Date): Promise<number> {
  const done = await db
    .deleteFrom('session')
    .where(eb => eb.or([eb('expires_at', '<=', now), eb('touched_at', '<=', idleSince)]))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** Names of people by their ids, for labels of what a caller was shown. */
export async function peopleNames(db: Client, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['person_id', 'name'])
    .where('person_id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.person_id, row.name]))
}
