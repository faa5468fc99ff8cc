// Tokens: the statements of people's API tokens and of collectors' enrolments.

import type { Selectable, Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'
import type { AccessTables } from './schema-access.ts'

export type TokenRow = Selectable<AccessTables['api_token']>
export type EnrolmentRow = Selectable<AccessTables['enrolment']>

export const tokenByHash = (db: Client, hash: Buffer) =>
  db
    .selectFrom('api_token')
    .innerJoin('person', 'person.person_id', 'api_token.person_id')
    .selectAll('api_token')
    .select(['person.role as person_role', 'person.is_active', 'person.login'])
    .where('api_token.hash', '=', hash)
    .executeTakeFirst()

/** Tokens of one person, or of all; newest first. */
export async function listTokens(db: Client, person: string | undefined) {
  let query = db
    .selectFrom('api_token')
    .innerJoin('person', 'person.person_id', 'api_token.person_id')
    .select([
      'api_token.token_id',
      'api_token.person_id',
      'person.login',
      'api_token.name',
      'api_token.role',
      'api_token.team_id',
      'api_token.created_at',
      'api_token.expires_at',
      'api_token.last_used_at',
      'api_token.revoked_at',
    ])
    .orderBy('api_token.created_at', 'desc')
    .orderBy('api_token.token_id')
  if (person !== undefined) query = query.where('api_token.person_id', '=', person)
  return await query.execute()
}

export async function addToken(
  db: Client,
  token: Omit<TokenRow, 'last_used_at' | 'revoked_at'>,
): Promise<void> {
  await db.insertInto('api_token').values(token).execute()
}

export async function noteTokenUse(db: Client, id: string, at: Date): Promise<void> {
  await db.updateTable('api_token').set({ last_used_at: at }).where('token_id', '=', id).execute()
}

/** Revokes a token of the person, or anybody's; undefined where there is none, else the token's name. */
export async function revokeToken(
  db: Client,
  id: string,
  person: string | undefined,
  at: Date,
): Promise<string | undefined> {
  let query = db
    .updateTable('api_token')
    .set(eb => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(at)) }))
    .where('token_id', '=', id)
    .returning('name')
  if (person !== undefined) query = query.where('person_id', '=', person)
  return (await query.executeTakeFirst())?.name
}

/** The enrolment of a hash: its token, or the one before it while that still works. */
export const enrolmentByHash = (db: Client, hash: Buffer, now: Date): Promise<EnrolmentRow | undefined> =>
  db
    .selectFrom('enrolment')
    .selectAll()
    .where(eb =>
      eb.or([
        eb('hash', '=', hash),
        eb.and([eb('previous_hash', '=', hash), eb('previous_until', '>', now)]),
      ]),
    )
    .executeTakeFirst()

export const allEnrolments = (db: Client): Promise<EnrolmentRow[]> =>
  db.selectFrom('enrolment').selectAll().orderBy('created_at', 'desc').orderBy('enrolment_id').execute()

export const enrolmentById = (db: Client, id: string): Promise<EnrolmentRow | undefined> =>
  db.selectFrom('enrolment').selectAll().where('enrolment_id', '=', id).executeTakeFirst()

export const lockEnrolment = (trx: Transaction<Schema>, id: string): Promise<EnrolmentRow | undefined> =>
  trx.selectFrom('enrolment').selectAll().where('enrolment_id', '=', id).forUpdate().executeTakeFirst()

export async function addEnrolment(
  db: Client,
  enrolment: Pick<
    EnrolmentRow,
    | 'enrolment_id'
    | 'hash'
    | 'name'
    | 'environment'
    | 'labels'
    | 'options'
    | 'created_by'
    | 'created_at'
    | 'expires_at'
  >,
): Promise<void> {
  await db
    .insertInto('enrolment')
    .values({
      ...enrolment,
      labels: JSON.stringify(enrolment.labels),
      options: JSON.stringify(enrolment.options),
    })
    .execute()
}

export async function rotateEnrolment(
  db: Client,
  id: string,
  next: {
    readonly hash: Buffer
    readonly previous: Buffer | undefined
    readonly previousUntil: Date | null
    readonly expiresAt: Date
  },
): Promise<void> {
  await db
    .updateTable('enrolment')
    .set({
      hash: next.hash,
      previous_hash: next.previous ?? null,
      previous_until: next.previousUntil,
      expires_at: next.expiresAt,
      token_used_at: null,
    })
    .where('enrolment_id', '=', id)
    .execute()
}

/** Notes that somebody came with the token that an enrolment has now. */
export async function noteTokenUsed(db: Client, id: string, hash: Buffer, at: Date): Promise<void> {
  await db
    .updateTable('enrolment')
    .set({ token_used_at: at })
    .where('enrolment_id', '=', id)
    .where('hash', '=', hash)
    .where('token_used_at', 'is', null)
    .execute()
}

export async function revokeEnrolment(db: Client, id: string, at: Date): Promise<void> {
  await db.updateTable('enrolment').set({ revoked_at: at }).where('enrolment_id', '=', id).execute()
}

/** Binds an enrolment to the cluster of its first contact; false where it is bound to another. */
export async function bindEnrolment(db: Client, id: string, cluster: string, at: Date): Promise<boolean> {
  const done = await db
    .updateTable('enrolment')
    .set(eb => ({
      cluster_id: cluster,
      first_contact_at: eb.fn.coalesce('first_contact_at', eb.val(at)),
      last_contact_at: at,
    }))
    .where('enrolment_id', '=', id)
    .where(eb => eb.or([eb('cluster_id', 'is', null), eb('cluster_id', '=', cluster)]))
    .executeTakeFirst()
  return Number(done.numUpdatedRows) === 1
}
