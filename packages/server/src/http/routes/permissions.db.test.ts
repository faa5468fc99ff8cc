// Permissions: what a cluster's collector may read, and the state of its enrolment, as the gaps of what it sent tell them.

import { type Gap, knownWordsOf } from '@plimsoll/core'
import type { enrolmentsApi } from '@plimsoll/core/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import {
  assessmentWorld,
  clusterId,
  configMap,
  editions,
  rules,
  type World,
} from '../../services/assess/testing/world.ts'
import { readingOf } from '../../services/read/reading.ts'
import { markStale } from '../../store/assessments.ts'
import { testWorld } from '../../testing/world.ts'
import { callerOf, type TestApp, testApp } from '../testing/test-app.ts'
import { enrolmentRoutes } from './enrolments.ts'
import { permissionRoutes } from './permissions.ts'

type Permissions = z.infer<typeof enrolmentsApi.permissionList>
type Enrolment = z.infer<typeof enrolmentsApi.enrolment>

let world: World
let app: TestApp
let sees = true

beforeEach(async () => {
  world = await assessmentWorld()
  sees = true
  const deps = { ...testWorld(world.fresh.db), now: world.now }
  const reading = readingOf(deps, { rules, editions }, knownWordsOf(rules, editions), async () =>
    Buffer.alloc(32, 7),
  )
  app = await testApp(
    [
      ...permissionRoutes(reading),
      ...enrolmentRoutes({ ...deps, rules: [], publicOrigin: 'https://plimsoll.example.com' }),
    ],
    {
      authenticate: async () => ({
        ...callerOf('admin'),
        permitted: sees ? { all: true } : { all: false, terms: [{ clusters: ['another'] }] },
      }),
    },
  )
})
afterEach(async () => {
  await app.stop(0)
  await world.fresh.close()
})

const get = async (path: string) => app.inject({ method: 'GET', url: `/api/v1${path}` })
const permissions = async () => (await get(`/clusters/${clusterId}/permissions`)).json<Permissions>()
const stateOf = async (resource: string, name?: string) =>
  (await permissions()).items.find(one => one.resource === resource && one.name === name)
const enrolment = async () => {
  const [only] = (await get('/enrolments')).json<{ items: Enrolment[] }>().items
  return only
}
const gap = (kind: string, reason: Gap['reason'], more: Partial<Gap> = {}): Gap => ({
  scope: 'cluster',
  kind,
  reason,
  detail: `${kind}: ${reason}`,
  ...more,
})
const send = (gaps: readonly Gap[]) => world.send([configMap('a')], gaps)

describe('permissions of a cluster', () => {
  it('are granted where nothing is missing, each with its slice and the rules that need it', async () => {
    await send([])
    const { slices, items } = await permissions()
    expect(slices[0]).toMatchObject({ id: 'cluster', isDefault: true })
    expect(items[0]).toMatchObject({
      slice: 'cluster',
      verbs: ['get'],
      name: 'kube-system',
      state: 'granted',
    })
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['granted']))
    const needed = new Set(items.flatMap(one => one.rules))
    for (const id of needed) expect(rules.map(rule => rule.id)).toContain(id)
    expect(needed.size).toBeGreaterThan(0)
  })

  it('are missing where refused, off where a slice is, failed where reading broke, in its own words', async () => {
    await send([gap('ConfigMap', 'forbidden'), gap('Node', 'unreachable')])
    expect(await stateOf('configmaps')).toMatchObject({ state: 'missing', detail: 'ConfigMap: forbidden' })
    expect(await stateOf('nodes')).toMatchObject({ state: 'failed', detail: 'Node: unreachable' })
    await send([gap('ConfigMap', 'not-collected')])
    expect(await stateOf('configmaps')).toMatchObject({ state: 'off' })
    expect(await stateOf('nodes')).toMatchObject({ state: 'granted' })
  })

  it('tell the identity of the cluster from the list of namespaces', async () => {
    await send([gap('Namespace', 'forbidden', { namespace: 'kube-system' })])
    expect(await stateOf('namespaces', 'kube-system')).toMatchObject({ state: 'missing' })
    expect(await stateOf('namespaces')).toMatchObject({ state: 'granted' })
    await send([gap('Namespace', 'forbidden')])
    expect(await stateOf('namespaces', 'kube-system')).toMatchObject({ state: 'granted' })
    expect(await stateOf('namespaces')).toMatchObject({ state: 'missing' })
  })

  it('are not there for a cluster that is none, or that the caller may not see', async () => {
    expect((await get(`/clusters/${clusterId}/permissions`)).statusCode).toBe(404)
    await send([])
    expect((await get(`/clusters/${clusterId}/permissions`)).statusCode).toBe(200)
    sees = false
    expect((await get(`/clusters/${clusterId}/permissions`)).statusCode).toBe(404)
    // The id is a word, whatever stands in it.
    expect((await get(`/clusters/${encodeURIComponent('" or id : "*')}/permissions`)).statusCode).toBe(404)
  })
})

describe('the state of an enrolment', () => {
  it('goes from waiting to connected, to partial with what could not be read, and back', async () => {
    expect(await enrolment()).toMatchObject({ state: 'waiting', clusterId: null, gaps: [] })
    await send([])
    expect(await enrolment()).toMatchObject({ state: 'connected', clusterId, gaps: [] })
    await send([gap('ConfigMap', 'forbidden'), gap('Node', 'not-collected')])
    expect(await enrolment()).toMatchObject({
      state: 'partial',
      gaps: ['ConfigMap: forbidden'],
    })
    await send([])
    expect(await enrolment()).toMatchObject({ state: 'connected', gaps: [] })
  })

  it('is connected where only what somebody switched off is missing', async () => {
    await send([gap('ConfigMap', 'not-collected')])
    expect(await enrolment()).toMatchObject({ state: 'connected', gaps: [] })
  })

  it('is stale once nothing came for too long, over what was missing before, until something comes', async () => {
    await send([gap('ConfigMap', 'forbidden')])
    world.pass(1000)
    const stale = await world.fresh.db
      .transaction()
      .execute(async trx => markStale(trx, world.now(), world.now()))
    expect(stale).toEqual([clusterId])
    expect(await enrolment()).toMatchObject({ state: 'stale', gaps: [] })
    await send([gap('ConfigMap', 'forbidden')])
    expect(await enrolment()).toMatchObject({ state: 'partial' })
  })
})
