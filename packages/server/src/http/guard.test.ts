// Guard: a token of an admin that was narrowed to a team administers nothing.

import { expect, test } from 'vitest'
import { defineRoute } from './route.ts'
import { callerOf, testApp } from './testing/test-app.ts'

const routeFor = (role: 'viewer' | 'admin') =>
  defineRoute({
    id: role,
    method: 'GET',
    path: `/${role}`,
    tag: 'things',
    summary: 'x',
    access: { role },
    handle: async () => ({ role }),
  })

test('an admin who sees a part of the fleet is refused what is of the whole house, and reads as before', async () => {
  let permitted = callerOf('admin').permitted
  const { inject } = await testApp([routeFor('viewer'), routeFor('admin')], {
    authenticate: async () => ({ ...callerOf('admin'), type: 'token', permitted }),
  })
  const statusOf = async (path: string) => (await inject({ url: `/api/v1/${path}` })).statusCode
  expect([await statusOf('viewer'), await statusOf('admin')]).toEqual([200, 200])
  permitted = { all: false, terms: [] }
  expect([await statusOf('viewer'), await statusOf('admin')]).toEqual([200, 403])
  expect((await inject({ url: '/api/v1/admin' })).json()).toMatchObject({ code: 'forbidden' })
})
