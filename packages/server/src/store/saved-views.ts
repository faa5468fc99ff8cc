// Saved views: the statements of what people keep of a list's filters and columns under a name.

import { sql, type Transaction } from 'kysely'
import type { Client, Schema } from './schema.ts'

export interface ViewRow {
  readonly view_id: string
  readonly person_id: string
  readonly owner: string
  readonly list: string
  readonly name: string
  readonly state: Readonly<Record<string, unknown>>
  readonly is_shared: boolean
  readonly created_at: Date
  readonly updated_at: Date
}

/** A person's own views, and those that others share with them: who is in a team of theirs, or is an admin. */
export async function viewsFor(db: Client, person: string, list: string | undefined): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select v.view_id, v.person_id, owner.name as owner, v.list, v.name, v.state, v.is_shared, v.created_at, v.updated_at
    from saved_view v join person owner on owner.person_id = v.person_id
    where (v.person_id = ${person}
        or v.is_shared and owner.is_active and (owner.role = 'admin' or exists (
          select from team_member own join team_member other on other.team_id = own.team_id
          where own.person_id = ${person} and other.person_id = v.person_id)))
      ${list === undefined ? sql`` : sql`and v.list = ${list}`}
    order by v.list, v.name, owner.name, v.view_id`.execute(db)
  return rows
}

export const lockView = (trx: Transaction<Schema>, id: string) =>
  trx.selectFrom('saved_view').selectAll().where('view_id', '=', id).forUpdate().executeTakeFirst()

export interface ViewValues {
  readonly name: string
  readonly state: object
  readonly isShared: boolean
}

/** False where the person has one of that name for the list. */
export async function addView(
  trx: Transaction<Schema>,
  own: { readonly id: string; readonly person: string; readonly list: string },
  { name, state, isShared }: ViewValues,
  at: Date,
): Promise<boolean> {
  const done = await trx
    .insertInto('saved_view')
    .values({
      view_id: own.id,
      person_id: own.person,
      list: own.list,
      name,
      state: JSON.stringify(state),
      is_shared: isShared,
      created_at: at,
      updated_at: at,
    })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) === 1
}

export async function countViews(db: Client, person: string): Promise<number> {
  const { count } = await db
    .selectFrom('saved_view')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function isViewName(
  db: Client,
  own: { readonly person: string; readonly list: string; readonly but: string },
  name: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('saved_view')
    .select('view_id')
    .where('person_id', '=', own.person)
    .where('list', '=', own.list)
    .where('name', '=', name)
    .where('view_id', '<>', own.but)
    .executeTakeFirst()
  return row !== undefined
}

export async function changeView(
  trx: Transaction<Schema>,
  id: string,
  { name, state, isShared }: ViewValues,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('saved_view')
    .set({ name, state: JSON.stringify(state), is_shared: isShared, updated_at: at })
    .where('view_id', '=', id)
    .execute()
}

export async function dropView(trx: Transaction<Schema>, id: string): Promise<void> {
  await trx.deleteFrom('saved_view').where('view_id', '=', id).execute()
}
