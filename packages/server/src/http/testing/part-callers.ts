// Part callers: for tests: callers of any role who see all of the fleet, a cluster of it or a part of one.

import { type Caller, type Role, roles } from '../../services/caller.ts'
import type { Permitted } from '../../store/permitted.ts'
import type { Route } from '../route.ts'
import { type TestApp, testApp } from './test-app.ts'

/** What callers see, by the word that their authorization ends in. */
export type Sights = Readonly<Record<string, Permitted>>

export interface PartApp {
  readonly ask: (
    who: `${Role} ${string}`,
    request: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<PartAnswer>
  readonly stop: () => Promise<void>
}

export interface PartAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test looks at.
  readonly body: any
  readonly etag: unknown
}

/** An app whose callers are told as `editor all`: a role and a sight; the request as `GET /profiles`. */
export async function partApp(routes: readonly Route[], sights: Sights): Promise<PartApp> {
  const app: TestApp = await testApp(routes, {
    authenticate: async ({ headers }) => callerNamed(headers.authorization ?? '', sights),
  })
  return {
    stop: () => app.stop(0),
    async ask(who, request, body, headers = {}) {
      const [method, path] = request.split(' ')
      const answer = await app.inject({
        method: method as 'GET',
        url: `/api/v1${path}`,
        headers: { authorization: who, ...headers },
        ...(body && { payload: body }),
      })
      return {
        status: answer.statusCode,
        body: answer.body === '' ? undefined : answer.json(),
        etag: answer.headers.etag,
      }
    },
  }
}

/** The id of the person of a role; nobody puts them into the database. */
export const personOf = (role: Role): string => `00000000-0000-4000-8000-00000000000${roles.indexOf(role)}`

function callerNamed(who: string, sights: Sights): Caller | undefined {
  const [word, sight = ''] = who.split(' ')
  const role = roles.find(own => own === word)
  const permitted = sights[sight]
  return role && permitted ? { type: 'person', id: personOf(role), name: role, role, permitted } : undefined
}
