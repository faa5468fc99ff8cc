import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Role, roles } from '../../services/caller.ts'
import { everything, type Permitted } from '../../store/permitted.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/database.ts'
import { testWorld } from '../../testing/world.ts'
import { type PartApp, partApp, personOf } from '../testing/part-callers.ts'
import { savedViewRoutes } from './saved-views.ts'

let fresh: FreshDatabase
let app: PartApp

const nothing: Permitted = { all: false, terms: [] }
const team = 'a0000000-0000-4000-8000-000000000001'

beforeEach(async () => {
  fresh = await freshDatabase()
  app = await partApp(savedViewRoutes(testWorld(fresh.db)), { all: everything, nothing })
  for (const role of roles)
    await fresh.pool.query(
      `insert into person (person_id, login, name, role, must_change_password, is_active, created_at)
       values ($1, $2, $2, $2, false, true, now())`,
      [personOf(role), role],
    )
  await fresh.pool.query(
    `insert into team (team_id, name, description, created_at, updated_at) values ($1, 't', '', now(), now())`,
    [team],
  )
  for (const role of ['viewer', 'editor'] as const)
    await fresh.pool.query('insert into team_member (team_id, person_id) values ($1, $2)', [
      team,
      personOf(role),
    ])
})
afterEach(async () => {
  await app.stop()
  await fresh.close()
})

const state = { q: 'severity >= high', columns: ['rule', 'name'] }
const save = async (role: Role, name: string, own: object = {}): Promise<string> => {
  const { status, body } = await app.ask(`${role} nothing`, 'POST /views', {
    list: 'findings',
    name,
    state,
    ...own,
  })
  expect([name, status]).toEqual([name, 201])
  return body.id
}
const names = async (role: Role, query = '') =>
  (await app.ask(`${role} nothing`, `GET /views${query}`)).body.items.map(
    ({ name, isOwn }: { name: string; isOwn: boolean }) => `${name}${isOwn ? '' : ' of another'}`,
  )

describe('a saved view', () => {
  it('is kept, changed and removed by its owner', async () => {
    const id = await save('viewer', 'worst')
    const [view] = (await app.ask('viewer nothing', 'GET /views')).body.items
    expect(view).toMatchObject({
      id,
      list: 'findings',
      name: 'worst',
      state,
      isShared: false,
      isOwn: true,
      owner: 'viewer',
    })
    const next = { name: 'best', state: { q: '' }, isShared: true }
    expect((await app.ask('viewer nothing', `PUT /views/${id}`, next)).status).toBe(204)
    expect((await app.ask('viewer nothing', 'GET /views')).body.items[0]).toMatchObject(next)
    expect((await app.ask('viewer nothing', `DELETE /views/${id}`)).status).toBe(204)
    expect((await app.ask('viewer nothing', `DELETE /views/${id}`)).status).toBe(404)
    const { rows } = await fresh.pool.query('select action from audit_entry order by number')
    expect(rows.map(({ action }) => action)).toEqual(['view.created', 'view.changed', 'view.removed'])
  })

  it('has a name of its own among its owner’s of a list', async () => {
    await save('viewer', 'a')
    await save('viewer', 'a', { list: 'resources' })
    await save('editor', 'a')
    const again = await app.ask('viewer nothing', 'POST /views', { list: 'findings', name: 'a', state })
    expect([again.status, again.body.places[0].path]).toEqual([409, '/name'])
    const other = await save('viewer', 'b')
    expect((await app.ask('viewer nothing', `PUT /views/${other}`, { name: 'a', state })).status).toBe(409)
    expect((await app.ask('viewer nothing', `PUT /views/${other}`, { name: 'b', state })).status).toBe(204)
    expect(await names('viewer', '?list=resources')).toEqual(['a'])
  })

  it('is shown to others only where it is shared, to their teams; an admin’s to all', async () => {
    const own = await save('viewer', 'own')
    const shared = await save('viewer', 'shared', { isShared: true })
    await save('admin', 'for all', { isShared: true })
    await save('admin', 'mine')
    expect(await names('viewer')).toEqual(['for all of another', 'own', 'shared'])
    expect(await names('editor')).toEqual(['for all of another', 'shared of another'])
    expect(await names('approver')).toEqual(['for all of another'])
    for (const [role, id, status] of [
      ['editor', own, 404],
      ['editor', shared, 403],
      ['approver', shared, 404],
    ] as const) {
      expect((await app.ask(`${role} all`, `PUT /views/${id}`, { name: 'x', state })).status).toBe(status)
      expect((await app.ask(`${role} all`, `DELETE /views/${id}`)).status).toBe(status)
    }
    expect(await names('viewer')).toHaveLength(3)
  })

  it('is bounded', async () => {
    const tooLarge = { list: 'findings', name: 'x', state: { q: 'x'.repeat(40_000) } }
    expect((await app.ask('viewer nothing', 'POST /views', tooLarge)).status).toBe(400)
    const unstorable = { list: 'findings', name: 'x', state: { q: ['\ud800'] } }
    expect((await app.ask('viewer nothing', 'POST /views', unstorable)).status).toBe(400)
    await fresh.pool.query(
      `insert into saved_view (view_id, person_id, list, name, state, created_at, updated_at)
       select gen_random_uuid(), $1, 'findings', n::text, '{}', now(), now() from generate_series(1, 500) n`,
      [personOf('viewer')],
    )
    const one = await app.ask('viewer nothing', 'POST /views', { list: 'findings', name: 'x', state })
    expect([one.status, one.body.detail]).toEqual([409, expect.stringContaining('500')])
  })
})
