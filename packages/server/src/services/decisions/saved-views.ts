// Saved views: what people keep of a list's filters and columns under a name, for themselves or for their teams.

import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { lockPerson } from '../../store/people.ts'
import {
  addView,
  changeView,
  countViews,
  dropView,
  isViewName,
  lockView,
  type ViewValues,
  viewsFor,
} from '../../store/saved-views.ts'
import type { Schema } from '../../store/schema.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'

/** Of one person: far more than anybody looks through. */
const mostViews = 500

export interface SavedView extends ViewValues {
  readonly id: string
  readonly list: string
  readonly isOwn: boolean
  readonly owner: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The caller's views, and those shared with them. A token has none. */
export async function viewSavedViews(
  { db }: Deps,
  caller: Caller,
  list: string | undefined,
): Promise<SavedView[]> {
  if (caller.type !== 'person') return []
  return (await viewsFor(db, caller.id, list)).map(row => ({
    id: row.view_id,
    list: row.list,
    name: row.name,
    state: row.state,
    isShared: row.is_shared,
    isOwn: row.person_id === caller.id,
    owner: row.owner,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }))
}

/** Throws `conflict` where the caller has one of that name for the list, or too many; `forbidden` for tokens. */
export async function saveView(
  deps: Deps,
  caller: Caller,
  { list, ...values }: ViewValues & { readonly list: string },
  actor: Actor,
): Promise<string> {
  ensurePerson(caller)
  const id = randomUUID()
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    // Two at once would count each without the other.
    await lockPerson(trx, caller.id)
    if ((await countViews(trx, caller.id)) >= mostViews)
      throw new Fault('conflict', `you keep ${mostViews} views already; remove some first`)
    if (!(await addView(trx, { id, person: caller.id, list }, values, at))) throw nameTaken(values.name)
    await record(trx, 'view.created', id, { list, ...values }, at, actor)
  })
  return id
}

/** Sets all of a view but its list. Throws `not-found`, `forbidden` for another's, `conflict`. */
export async function updateView(
  deps: Deps,
  caller: Caller,
  id: string,
  values: ViewValues,
  actor: Actor,
): Promise<void> {
  await ensureOwn(deps, caller, id)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockView(trx, id)
    if (!row) throw noView()
    const own = { person: row.person_id, list: row.list, but: id }
    if (await isViewName(trx, own, values.name)) throw nameTaken(values.name)
    await changeView(trx, id, values, at)
    await record(trx, 'view.changed', id, { list: row.list, ...values }, at, actor)
  })
}

/** Throws `not-found`, `forbidden` for another's. */
export async function removeView(deps: Deps, caller: Caller, id: string, actor: Actor): Promise<void> {
  await ensureOwn(deps, caller, id)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockView(trx, id)
    if (!row) throw noView()
    await dropView(trx, id)
    await record(trx, 'view.removed', id, { list: row.list, name: row.name }, at, actor)
  })
}

const record = (
  trx: Transaction<Schema>,
  action: `view.${string}`,
  id: string,
  detail: Readonly<Record<string, unknown>>,
  at: Date,
  actor: Actor,
) => recordAudit(trx, { at, actor, action, target: { type: 'view', id }, detail })

async function ensureOwn(deps: Deps, caller: Caller, id: string): Promise<void> {
  ensurePerson(caller)
  const view = (await viewSavedViews(deps, caller, undefined)).find(one => one.id === id)
  if (!view) throw noView()
  if (!view.isOwn) throw new Fault('forbidden', `the view is ${view.owner}’s; save one of your own`)
}

function ensurePerson(caller: Caller): void {
  if (caller.type !== 'person') throw new Fault('forbidden', 'views belong to people; a token keeps none')
}

const noView = () => new Fault('not-found', 'there is no such view')
const nameTaken = (name: string) =>
  new Fault('conflict', `you have a view named ${JSON.stringify(name)} of this list`, {
    places: [{ path: '/name', message: 'is taken' }],
  })
