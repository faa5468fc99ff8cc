import { type ApiRequest, apiClient } from '@plimsoll/core/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../services/access/authenticate.ts'
import { ensureFirstAdmin } from '../services/access/people.ts'
import { signIn } from '../services/access/sign-in.ts'
import { type FreshDatabase, freshDatabase } from '../testing/database.ts'
import { testWorld } from '../testing/world.ts'
import { accessRoutes } from './routes/access.ts'
import { auditRoutes } from './routes/audit.ts'
import { type TestApp, testApp } from './testing/test-app.ts'

let fresh: FreshDatabase
let app: TestApp
let secret: string

beforeAll(async () => {
  fresh = await freshDatabase()
  const world = testWorld(fresh.db)
  app = await testApp([...accessRoutes(world), ...auditRoutes(world)], {
    authenticate: async () => {
      const caller = await authenticate(world, { session: secret })
      return caller?.type === 'person' ? { ...caller, mustChangePassword: undefined as never } : caller
    },
  })
  const password = (await ensureFirstAdmin(world)) as string
  secret = (await signIn(world, 'admin', password, { address: '', agent: '' })).secret
})
afterAll(async () => {
  await app.stop(0)
  await fresh.close()
})

const sent: ApiRequest[] = []
const client = apiClient(async request => {
  sent.push(request)
  const answer = await app.inject({
    method: request.method,
    url: request.path,
    headers: request.version === undefined ? {} : { 'if-match': `"${request.version}"` },
    ...(request.body !== undefined && { payload: request.body as object }),
  })
  if (answer.statusCode >= 400) throw new Error(`${request.operation}: ${answer.statusCode} ${answer.body}`)
  return answer.body === '' ? undefined : answer.json()
})

describe('the generated client', () => {
  it('makes, lists, changes and removes, with paths, bodies, queries and versions', async () => {
    const { id } = await client.createZone({ name: 'a/b & c', terms: [{ namespaces: ['x'] }] })
    const [zone] = (await client.listZones()).items
    expect(zone).toMatchObject({ id, name: 'a/b & c', version: 1 })
    await client.updateZone(id, { name: 'z', terms: [{}] }, 1)
    await expect(client.updateZone(id, { name: 'z', terms: [{}] }, 1)).rejects.toThrow(/updateZone: 412/)
    const page = await client.listAudit({ action: 'zone.changed', limit: 5, cursor: undefined })
    expect(page.items.map(({ action, target }) => [action, target.id])).toEqual([['zone.changed', id]])
    await client.removeZone(id)
    expect((await client.listZones()).items).toEqual([])
    expect(sent.find(({ operation }) => operation === 'listAudit')?.path).toBe(
      '/api/v1/audit?action=zone.changed&limit=5',
    )
  })
})
