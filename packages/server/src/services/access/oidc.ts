// OIDC: signs people in by an OpenID Connect provider: code flow with PKCE, state and nonce; groups give role and teams.

import { randomUUID } from 'node:crypto'
import * as client from 'openid-client'
import { addOidcLogin, takeOidcLogin } from '../../store/oidc-logins.ts'
import {
  addPerson,
  changePerson,
  type PersonRow,
  personByIdentity,
  personByLogin,
} from '../../store/people.ts'
import { setGroups } from '../../store/teams.ts'
import { type Role, roles } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { recordAudit } from './audit.ts'
import { normalLogin, type OpenedSession, openSession, type Visitor } from './sign-in.ts'
import { tokenHash } from './tokens-text.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where the provider sends people back: `<public URL>/api/v1/session/oidc/callback`. */
  readonly redirectUri: string
  /** As the provider calls itself on the sign-in page. */
  readonly name: string
  readonly scopes: readonly string[]
  readonly claims: { readonly login: string; readonly groups: string }
  /** The role of members of a group; the highest counts. */
  readonly roleOfGroup: Readonly<Record<string, Role>>
  /** The role of those in none of these groups; null: they may not sign in. */
  readonly defaultRole: Role | null
}

export interface Oidc {
  readonly name: string
  readonly issuer: string
  /** The provider's page to send a person to. Throws `unavailable` where the provider does not answer. */
  begin(returnTo: string): Promise<string>
  /** Ends what `begin` began; `url` is the one that the provider sent the person back to. Throws `unauthenticated`, `forbidden`. */
  finish(url: URL, visitor: Visitor): Promise<{ session: OpenedSession; returnTo: string }>
}

const loginWithin = 10 * 60_000

/** Signs in by one provider. Nothing is asked of it before the first person comes. `allowHttp` is for a provider on loopback only. */
export function openOidc(deps: Deps, settings: OidcSettings, allowHttp = false): Oidc {
  let found: Promise<client.Configuration> | undefined
  const discover = async (): Promise<client.Configuration> => {
    found ??= client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      allowHttp ? { execute: [client.allowInsecureRequests] } : undefined,
    )
    try {
      return await found
    } catch (cause) {
      // The next person's sign-in tries again.
      found = undefined
      throw new Fault('unavailable', `${settings.name} does not answer; try again later`, { cause })
    }
  }

  return {
    name: settings.name,
    issuer: settings.issuer,
    async begin(returnTo) {
      const provider = await discover()
      const verifier = client.randomPKCECodeVerifier()
      const state = client.randomState()
      const nonce = client.randomNonce()
      await addOidcLogin(deps.db, {
        state_hash: tokenHash(state),
        nonce,
        verifier,
        return_to: safeReturn(returnTo),
        created_at: deps.now(),
      })
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri: settings.redirectUri,
        scope: settings.scopes.join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
      return url.href
    },
    async finish(url, visitor) {
      const state = url.searchParams.get('state') ?? ''
      const begun = await takeOidcLogin(deps.db, tokenHash(state))
      const now = deps.now().getTime()
      if (!begun || now - begun.created_at.getTime() > loginWithin)
        throw new Fault('unauthenticated', 'this sign-in is not known or took too long; begin again')
      const provider = await discover()
      let claims: Readonly<Record<string, unknown>> | undefined
      try {
        const tokens = await client.authorizationCodeGrant(provider, url, {
          pkceCodeVerifier: begun.verifier,
          expectedNonce: begun.nonce,
          expectedState: state,
          idTokenExpected: true,
        })
        claims = tokens.claims()
      } catch (cause) {
        throw new Fault('unauthenticated', `${settings.name} did not confirm the sign-in`, { cause })
      }
      const person = await admit(deps, settings, claims ?? {}, visitor)
      return { session: await openSession(deps, person, visitor), returnTo: begun.return_to }
    },
  }
}

/** The person of an identity, made at their first sign-in; role and teams follow the provider's groups each time. */
async function admit(
  deps: Deps,
  settings: OidcSettings,
  claims: Readonly<Record<string, unknown>>,
  visitor: Visitor,
): Promise<PersonRow> {
  const subject = text(claims.sub)
  const login = normalLogin(text(claims[settings.claims.login]) ?? '')
  if (subject === undefined || login === '')
    throw new Fault(
      'unauthenticated',
      `${settings.name} sent no ${subject === undefined ? 'sub' : settings.claims.login} claim; its configuration must give one`,
    )
  const groups = textsOf(claims[settings.claims.groups])
  const role = roleOf(settings, groups)
  if (role === undefined)
    throw new Fault('forbidden', `${login} is in no group that may use Plimsoll; ask whoever runs it`)
  const { issuer } = settings
  const at = deps.now()
  return await deps.db.transaction().execute(async trx => {
    let person = await personByIdentity(trx, issuer, subject)
    if (!person) {
      const isAdded = await addPerson(trx, {
        person_id: randomUUID(),
        login,
        name: text(claims.name) ?? login,
        email: text(claims.email) ?? null,
        role,
        password_hash: null,
        must_change_password: false,
        oidc_issuer: issuer,
        oidc_subject: subject,
        created_at: at,
      })
      // An account of that login is never taken over: who owns the name there need not own it here.
      if (!isAdded && (await personByLogin(trx, login)))
        throw new Fault('conflict', `there is an account ${login} that does not sign in by ${settings.name}`)
      person = await personByIdentity(trx, issuer, subject)
      if (!person) throw new Error('an account that was just made is not there')
      await recordAudit(trx, {
        at,
        actor: { type: 'person', id: person.person_id, name: login, address: visitor.address },
        action: 'person.created',
        target: { type: 'person', id: person.person_id },
        detail: { login, role, issuer },
      })
    } else if (person.role !== role) {
      await changePerson(trx, person.person_id, { role })
      await recordAudit(trx, {
        at,
        actor: { type: 'person', id: person.person_id, name: login, address: visitor.address },
        action: 'person.changed',
        target: { type: 'person', id: person.person_id },
        detail: { login, role, by: issuer },
      })
    }
    if (!person.is_active) throw new Fault('forbidden', `the account ${login} was shut`)
    await setGroups(trx, person.person_id, groups)
    return { ...person, role }
  })
}

function roleOf({ roleOfGroup, defaultRole }: OidcSettings, groups: readonly string[]): Role | undefined {
  const held = groups.flatMap(group =>
    Object.hasOwn(roleOfGroup, group) ? [roleOfGroup[group] as Role] : [],
  )
  return roles.findLast(role => held.includes(role)) ?? defaultRole ?? undefined
}

/** Only a path of our own is gone back to. */
const safeReturn = (path: string) => (/^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/')

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
