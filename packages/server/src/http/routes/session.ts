// Session routes: signing in and out, by password and by OIDC, and one's own sessions and password.

import { accessApi as api } from '@plimsoll/core/contract'
import { z } from 'zod'
import type { Oidc } from '../../services/access/oidc.ts'
import {
  callerOfSession,
  changePassword,
  endOwnSessions,
  listSessions,
  type OpenedSession,
  signIn,
  signOut,
  type Visitor,
} from '../../services/access/sign-in.ts'
import { callersTeams } from '../../services/access/who.ts'
import type { Caller } from '../../services/caller.ts'
import type { Deps } from '../../services/deps.ts'
import { Fault } from '../../services/fault.ts'
import { Answer, defineRoute, type Route } from '../route.ts'
import type { SecretCookie } from '../secret-cookie.ts'

export interface SessionDeps extends Deps {
  readonly cookie: SecretCookie
  /** Holds a sign-in by the provider to the browser that began it, so that nobody is signed in by a link of somebody else's. */
  readonly oidcCookie: SecretCookie
  readonly oidc: Oidc | undefined
  /** Told why a sign-in by the provider failed; the person is only told its kind. */
  readonly onOidcFault: (fault: Fault) => void
  /** Where browsers reach the server; the provider's answer is held against it. */
  readonly publicOrigin: string
  readonly isSampleOnShow: () => Promise<boolean>
}

interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly address: string
}

const visitorOf = ({ headers, address }: Asked): Visitor => ({
  address,
  agent: String(headers['user-agent'] ?? ''),
})

/** Milliseconds in which a sign-in that was begun at the provider is ended. */
const oidcWithin = 10 * 60_000

export function sessionRoutes(deps: SessionDeps): Route[] {
  const { cookie, oidcCookie, oidc } = deps
  const own = ({ headers }: Asked) => cookie.read(headers.cookie)
  const opened = ({ secret, expiresAt, mustChangePassword }: OpenedSession) =>
    new Answer(
      200,
      { 'set-cookie': cookie.write(secret, expiresAt), 'content-type': 'application/json; charset=utf-8' },
      JSON.stringify({ mustChangePassword }),
    )
  const provider = () => {
    if (!oidc) throw new Fault('not-found', 'no OIDC provider is configured')
    return oidc
  }
  const viewOf = async (caller: Caller) => ({
    id: caller.id,
    type: caller.type,
    name: caller.name,
    role: caller.role,
    mustChangePassword: caller.mustChangePassword ?? false,
    seesAll: caller.permitted.all,
    ...(await callersTeams(deps, caller)),
  })
  /** A person stands before a page here, not a program: what is refused leads back to the sign-in, which says why. */
  const orBack = async (step: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      deps.onOidcFault(error)
      return new Answer(302, { location: `/login?failed=${error.code}`, 'cache-control': 'no-store' })
    }
  }
  return [
    defineRoute({
      id: 'getSignInOptions',
      method: 'GET',
      path: '/session/options',
      tag: 'session',
      summary: 'Tells how people can sign in.',
      access: 'public',
      response: api.signInOptions,
      handle: async () => ({
        password: true,
        oidc: oidc ? { name: oidc.name } : null,
        isSample: await deps.isSampleOnShow(),
      }),
    }),
    defineRoute({
      id: 'signIn',
      method: 'POST',
      path: '/session',
      tag: 'session',
      summary: 'Signs a person in by password and sets the session’s cookie.',
      access: 'public',
      rate: { max: 20, seconds: 60 },
      body: api.signIn,
      response: z.object({ mustChangePassword: z.boolean() }),
      handle: async input =>
        opened(await signIn(deps, input.body.login, input.body.password, visitorOf(input))),
    }),
    defineRoute({
      id: 'getMe',
      method: 'GET',
      path: '/session',
      tag: 'session',
      summary: 'Tells who asks, what they may do and which zones they see.',
      access: { role: 'viewer' },
      beforePasswordChange: true,
      response: api.me,
      handle: async ({ caller }) => viewOf(caller),
    }),
    defineRoute({
      id: 'getSession',
      method: 'GET',
      path: '/session/current',
      tag: 'session',
      summary: 'Tells a browser who is signed in by its cookie; that nobody is, is an answer too.',
      access: 'public',
      response: z.object({ me: api.me.nullable() }),
      handle: async input => {
        const secret = own(input)
        const caller = secret === undefined ? undefined : await callerOfSession(deps, secret)
        return { me: caller ? await viewOf(caller) : null }
      },
    }),
    defineRoute({
      id: 'signOut',
      method: 'DELETE',
      path: '/session',
      tag: 'session',
      summary: 'Ends the session that asks.',
      access: { role: 'viewer' },
      beforePasswordChange: true,
      handle: async input => {
        const secret = own(input)
        if (secret !== undefined) await signOut(deps, secret)
        return new Answer(204, { 'set-cookie': cookie.clear() })
      },
    }),
    defineRoute({
      id: 'changePassword',
      method: 'POST',
      path: '/session/password',
      tag: 'session',
      summary: 'Changes the caller’s own password; their other sessions end.',
      access: { role: 'viewer' },
      beforePasswordChange: true,
      rate: { max: 20, seconds: 60 },
      body: api.passwordChange,
      handle: async input => {
        if (input.caller.type !== 'person')
          throw new Fault('forbidden', 'a token cannot change its owner’s password')
        await changePassword(deps, input.caller, input.body, own(input), visitorOf(input))
      },
    }),
    defineRoute({
      id: 'listSessions',
      method: 'GET',
      path: '/session/all',
      tag: 'session',
      summary: 'Lists the caller’s own sessions.',
      access: { role: 'viewer' },
      response: api.listOf(api.session),
      handle: async input => ({ items: await listSessions(deps, input.caller, own(input)) }),
    }),
    defineRoute({
      id: 'endOtherSessions',
      method: 'DELETE',
      path: '/session/all',
      tag: 'session',
      summary: 'Ends the caller’s sessions but the one that asks.',
      access: { role: 'viewer' },
      handle: async input => endOwnSessions(deps, input.caller, { allBut: own(input) }),
    }),
    defineRoute({
      id: 'endSession',
      method: 'DELETE',
      path: '/session/all/{id}',
      tag: 'session',
      summary: 'Ends one of the caller’s own sessions.',
      access: { role: 'viewer' },
      params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
      handle: async input => endOwnSessions(deps, input.caller, { id: input.params.id }),
    }),
    defineRoute({
      id: 'beginOidc',
      method: 'GET',
      path: '/session/oidc/start',
      tag: 'session',
      summary: 'Sends a person to the OIDC provider.',
      access: 'public',
      rate: { max: 30, seconds: 60 },
      query: z.strictObject({ returnTo: z.string().max(2000).default('/') }),
      handle: async ({ query }) => {
        const by = provider()
        return orBack(async () => {
          const location = await by.begin(query.returnTo)
          const state = new URL(location).searchParams.get('state') ?? ''
          return new Answer(302, {
            location,
            'cache-control': 'no-store',
            'set-cookie': oidcCookie.write(state, new Date(deps.now().getTime() + oidcWithin)),
          })
        })
      },
    }),
    defineRoute({
      id: 'finishOidc',
      method: 'GET',
      path: '/session/oidc/callback',
      tag: 'session',
      summary: 'Takes a person back from the OIDC provider and sets the session’s cookie.',
      access: 'public',
      rate: { max: 30, seconds: 60 },
      query: z.looseObject({ state: z.string().max(500) }),
      handle: async input => {
        const by = provider()
        const url = new URL(`${deps.publicOrigin}/api/v1/session/oidc/callback`)
        for (const [key, value] of Object.entries(input.query)) url.searchParams.set(key, String(value))
        return orBack(async () => {
          if (oidcCookie.read(input.headers.cookie) !== input.query.state)
            throw new Fault('unauthenticated', 'this sign-in was not begun in this browser; begin again')
          const { session, returnTo } = await by.finish(url, visitorOf(input))
          return new Answer(302, {
            location: returnTo,
            'cache-control': 'no-store',
            'set-cookie': cookie.write(session.secret, session.expiresAt),
          })
        })
      },
    }),
  ]
}
