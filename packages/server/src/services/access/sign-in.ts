// Sign-in: opens, finds and ends sessions of people; slows down whoever guesses passwords.

import { dropOldOidcLogins } from '../../store/oidc-logins.ts'
import {
  addSession,
  changePerson,
  dropEndedSessions,
  endSession,
  endSessions,
  findSession,
  lockPerson,
  noteSignIn,
  type PersonRow,
  personByLogin,
  sessionsOf,
  touchSession,
} from '../../store/people.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { type Actor, recordAudit } from './audit.ts'
import { hashPassword, isPassword, passwordFault } from './passwords.ts'
import { makeToken, tokenHash, tokenPrefix } from './tokens-text.ts'
import { permittedOf } from './visibility.ts'

const hour = 3_600_000
const idleLimit = 12 * hour
const lifetime = 7 * 24 * hour
/** The last use is written down at most once a minute. */
const touchEvery = 60_000
/** Wrong passwords that cost nothing; after them each doubles the wait, up to a quarter of an hour. */
const freeAttempts = 5
const longestLock = 15 * 60_000

export interface Visitor {
  readonly address: string
  readonly agent: string
}

export interface OpenedSession {
  /** The secret for the cookie. */
  readonly secret: string
  readonly expiresAt: Date
  readonly mustChangePassword: boolean
}

/**
 * Signs a person in by password. Throws `unauthenticated` for a wrong login or password without telling which, `too-many-requests` while
 * the account is locked.
 */
export async function signIn(
  deps: Deps,
  login: string,
  password: string,
  visitor: Visitor,
): Promise<OpenedSession> {
  const person = await personByLogin(deps.db, normalLogin(login))
  const now = deps.now()
  const wait = person?.locked_until ? person.locked_until.getTime() - now.getTime() : 0
  if (wait > 0)
    throw new Fault('too-many-requests', 'too many wrong passwords for this account; try again later', {
      retryAfter: Math.ceil(wait / 1000),
    })
  const isRight = await isPassword(person?.is_active ? person.password_hash : null, password)
  if (!person || !isRight) {
    if (person) await noteFailure(deps, person, visitor)
    throw new Fault('unauthenticated', 'the login or the password is wrong')
  }
  return await openSession(deps, person, visitor)
}

/** Opens a session of a person who has proven to be them. */
export async function openSession(deps: Deps, person: PersonRow, visitor: Visitor): Promise<OpenedSession> {
  const now = deps.now()
  const secret = makeToken('', deps.randomBytes)
  const expiresAt = new Date(now.getTime() + lifetime)
  await deps.db.transaction().execute(async trx => {
    await noteSignIn(trx, person.person_id, { failed_logins: 0, locked_until: null, last_login_at: now })
    await addSession(trx, {
      hash: tokenHash(secret),
      person_id: person.person_id,
      created_at: now,
      touched_at: now,
      expires_at: expiresAt,
      address: visitor.address,
      agent: visitor.agent.slice(0, 300),
    })
    await recordAudit(trx, {
      at: now,
      actor: personActor(person, visitor.address),
      action: 'session.opened',
      target: { type: 'person', id: person.person_id },
    })
  })
  return { secret, expiresAt, mustChangePassword: person.must_change_password }
}

async function noteFailure(deps: Deps, { person_id }: PersonRow, visitor: Visitor): Promise<void> {
  const now = deps.now()
  await deps.db.transaction().execute(async trx => {
    const person = await lockPerson(trx, person_id)
    if (!person) return
    const failures = person.failed_logins + 1
    const wait = failures < freeAttempts ? 0 : Math.min(longestLock, 1000 * 2 ** (failures - freeAttempts))
    await noteSignIn(trx, person_id, {
      failed_logins: failures,
      locked_until: wait > 0 ? new Date(now.getTime() + wait) : null,
    })
    await recordAudit(trx, {
      at: now,
      actor: { type: 'nobody', id: '', name: '', address: visitor.address },
      action: 'session.refused',
      target: { type: 'person', id: person_id },
      detail: { failures },
    })
  })
}

/** The person of a session's secret; undefined where it is none, idle for too long, over, or the person may not sign in any more. */
export async function callerOfSession(deps: Deps, secret: string): Promise<Caller | undefined> {
  if (tokenPrefix(secret) !== '') return undefined
  const hash = tokenHash(secret)
  const found = await findSession(deps.db, hash)
  const now = deps.now().getTime()
  if (!found?.is_active) return undefined
  const idle = now - found.touched_at.getTime()
  if (now >= found.expires_at.getTime() || idle >= idleLimit) return undefined
  if (idle >= touchEvery) await touchSession(deps.db, hash, new Date(now))
  return {
    type: 'person',
    id: found.person_id,
    name: found.login,
    role: found.role,
    permitted: await permittedOf(deps.db, { id: found.person_id, role: found.role }),
    ...(found.must_change_password && { mustChangePassword: true }),
  }
}

export async function signOut(deps: Deps, secret: string): Promise<void> {
  await endSession(deps.db, tokenHash(secret))
}

/** Changes the caller's own password; their other sessions end. Throws `unauthenticated` for a wrong old one, `unprocessable` for a weak one. */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  passwords: { readonly old: string; readonly new: string },
  session: string | undefined,
  visitor: Visitor,
): Promise<void> {
  const next = await hashPassword(passwords.new)
  const now = deps.now()
  await deps.db.transaction().execute(async trx => {
    const person = await lockPerson(trx, caller.id)
    if (!person) throw new Fault('not-found', 'the account is no longer there')
    if (!(await isPassword(person.password_hash, passwords.old)))
      throw new Fault('unauthenticated', 'the old password is wrong')
    const fault =
      passwords.new === passwords.old
        ? 'the new password is the old one'
        : passwordFault(passwords.new, [person.login, person.name])
    if (fault !== undefined) throw new Fault('unprocessable', fault)
    await changePerson(trx, caller.id, { password_hash: next, must_change_password: false })
    await endSessions(trx, caller.id, session === undefined ? undefined : tokenHash(session))
    await recordAudit(trx, {
      at: now,
      actor: personActor(person, visitor.address),
      action: 'person.password-changed',
      target: { type: 'person', id: caller.id },
    })
  })
}

export interface SessionView {
  readonly id: string
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  readonly address: string
  readonly agent: string
  readonly isCurrent: boolean
}

/** The caller's own sessions; their ids are digests, which open nothing. */
export async function listSessions(
  deps: Deps,
  caller: Caller,
  current: string | undefined,
): Promise<SessionView[]> {
  const own = current === undefined ? undefined : tokenHash(current)
  return (await sessionsOf(deps.db, caller.id)).map(row => ({
    id: row.hash.toString('hex'),
    createdAt: row.created_at,
    lastUsedAt: row.touched_at,
    expiresAt: row.expires_at,
    address: row.address,
    agent: row.agent,
    isCurrent: own?.equals(row.hash) ?? false,
  }))
}

/** Ends one of the caller's own sessions, or all but the current one. */
export async function endOwnSessions(
  deps: Deps,
  caller: Caller,
  which: { readonly id: string } | { readonly allBut: string | undefined },
): Promise<void> {
  if ('id' in which) {
    const hash = Buffer.from(which.id, 'hex')
    const own = (await sessionsOf(deps.db, caller.id)).find(row => row.hash.equals(hash))
    if (!own) throw new Fault('not-found', 'you have no such session')
    await endSession(deps.db, hash)
  } else
    await endSessions(deps.db, caller.id, which.allBut === undefined ? undefined : tokenHash(which.allBut))
}

/** Removes sessions that are over and sign-ins that were never ended; returns how many sessions. */
export const sweepSessions = async (deps: Deps): Promise<number> => {
  const now = deps.now()
  await dropOldOidcLogins(deps.db, new Date(now.getTime() - hour))
  return dropEndedSessions(deps.db, now, new Date(now.getTime() - idleLimit))
}

export const normalLogin = (login: string): string => login.trim().normalize('NFKC').toLowerCase()

const personActor = ({ person_id, login }: PersonRow, address: string): Actor => ({
  type: 'person',
  id: person_id,
  name: login,
  address,
})
