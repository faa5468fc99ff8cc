// People: makes, changes and shuts accounts; there is always an admin who can sign in.

import { randomUUID } from 'node:crypto'
import { lockAuditEnd } from '../../store/audit.ts'
import {
  addPerson,
  allPeople,
  changePerson,
  endSessions,
  hasPeople,
  lockPerson,
  otherAdmins,
  type PersonRow,
} from '../../store/people.ts'
import type { Role } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import { type Actor, recordAudit, systemActor } from './audit.ts'
import { hashPassword, passwordFault } from './passwords.ts'
import { normalLogin } from './sign-in.ts'

export interface PersonView {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly isActive: boolean
  readonly signsInBy: 'password' | 'oidc'
  readonly mustChangePassword: boolean
  readonly createdAt: Date
  readonly lastLoginAt: Date | null
  /** Names the state that a change was made from. */
  readonly version: number
}

export const viewOfPerson = (row: PersonRow): PersonView => ({
  id: row.person_id,
  login: row.login,
  name: row.name,
  email: row.email,
  role: row.role,
  isActive: row.is_active,
  signsInBy: row.password_hash === null ? 'oidc' : 'password',
  mustChangePassword: row.must_change_password,
  createdAt: row.created_at,
  lastLoginAt: row.last_login_at,
  version: row.version,
})

export const listPeople = async (deps: Deps): Promise<PersonView[]> =>
  (await allPeople(deps.db)).map(viewOfPerson)

export interface NewAccount {
  readonly login: string
  readonly name: string
  readonly email?: string | undefined
  readonly role: Role
  /** Without one a one-time password is made. */
  readonly password?: string | undefined
}

/** Makes an account that signs in by password, to be changed at the first sign-in. Throws `conflict` where the login is taken. */
export async function createPerson(
  deps: Deps,
  account: NewAccount,
  actor: Actor,
): Promise<{ id: string; oneTimePassword: string | undefined }> {
  const login = normalLogin(account.login)
  const fault =
    account.password === undefined ? undefined : passwordFault(account.password, [login, account.name])
  if (fault !== undefined)
    throw new Fault('unprocessable', fault, { places: [{ path: '/password', message: fault }] })
  const password = account.password ?? makePassword(deps)
  const hash = await hashPassword(password)
  const id = randomUUID()
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const isAdded = await addPerson(trx, {
      person_id: id,
      login,
      name: account.name,
      email: account.email ?? null,
      role: account.role,
      password_hash: hash,
      must_change_password: true,
      oidc_issuer: null,
      oidc_subject: null,
      created_at: at,
    })
    if (!isAdded) throw new Fault('conflict', `there is an account with the login ${JSON.stringify(login)}`)
    await recordAudit(trx, {
      at,
      actor,
      action: 'person.created',
      target: { type: 'person', id },
      detail: { login, role: account.role },
    })
  })
  return { id, oneTimePassword: account.password === undefined ? password : undefined }
}

export interface PersonChange {
  readonly name?: string | undefined
  readonly email?: string | null | undefined
  readonly role?: Role | undefined
  readonly isActive?: boolean | undefined
}

/** Changes an account. Throws `precondition-failed` where it is not at `version`, `unprocessable` where no admin would be left. */
export async function updatePerson(
  deps: Deps,
  id: string,
  change: PersonChange,
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const before = await lockPerson(trx, id)
    if (!before) throw new Fault('not-found', 'there is no such account')
    ensureVersion(version, before.version)
    const isAdmin = (change.role ?? before.role) === 'admin' && (change.isActive ?? before.is_active)
    const wasAdmin = before.role === 'admin' && before.is_active
    if (wasAdmin && !isAdmin && (await otherAdmins(trx, id)) === 0)
      throw new Fault('unprocessable', 'this is the last admin who can sign in; make another one first')
    await changePerson(trx, id, {
      ...(change.name !== undefined && { name: change.name }),
      ...(change.email !== undefined && { email: change.email }),
      ...(change.role !== undefined && { role: change.role }),
      ...(change.isActive !== undefined && { is_active: change.isActive }),
    })
    if (change.isActive === false) await endSessions(trx, id)
    await recordAudit(trx, {
      at,
      actor,
      action: 'person.changed',
      target: { type: 'person', id },
      detail: { login: before.login, ...change },
    })
  })
}

/** Gives a person a new one-time password; their sessions end. */
export async function resetPassword(deps: Deps, id: string, actor: Actor): Promise<string> {
  const password = makePassword(deps)
  const hash = await hashPassword(password)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const person = await lockPerson(trx, id)
    if (!person || person.oidc_subject !== null)
      throw new Fault('not-found', 'there is no such account that signs in by password')
    await changePerson(trx, id, {
      password_hash: hash,
      must_change_password: true,
      failed_logins: 0,
      locked_until: null,
    })
    await endSessions(trx, id)
    await recordAudit(trx, {
      at,
      actor,
      action: 'person.password-reset',
      target: { type: 'person', id },
      detail: { login: person.login },
    })
  })
  return password
}

/**
 * Makes the account `admin` where there is none at all, and returns its one-time password; undefined where there are accounts. Of
 * several servers that start at once one does it.
 */
export async function ensureFirstAdmin(deps: Deps): Promise<string | undefined> {
  if (await hasPeople(deps.db)) return undefined
  const password = makePassword(deps)
  const hash = await hashPassword(password)
  const at = deps.now()
  return await deps.db.transaction().execute(async trx => {
    await lockAuditEnd(trx)
    if (await hasPeople(trx)) return undefined
    const id = randomUUID()
    await addPerson(trx, {
      person_id: id,
      login: 'admin',
      name: 'Administrator',
      email: null,
      role: 'admin',
      password_hash: hash,
      must_change_password: true,
      oidc_issuer: null,
      oidc_subject: null,
      created_at: at,
    })
    await recordAudit(trx, {
      at,
      actor: systemActor,
      action: 'person.created',
      target: { type: 'person', id },
      detail: { login: 'admin', role: 'admin' },
    })
    return password
  })
}

/** 20 characters that are told apart when read aloud: about 98 bits. */
function makePassword({ randomBytes }: Deps): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789x'
  const text = [...randomBytes(20)].map(byte => letters[byte & 31]).join('')
  return text.replace(/.{5}(?=.)/g, '$&-')
}
