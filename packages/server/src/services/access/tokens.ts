// Tokens: API tokens of people, which hold at most what their owner holds.

import { randomUUID } from 'node:crypto'
import { teamsOf } from '../../store/teams.ts'
import { addToken, listTokens, noteTokenUse, revokeToken, tokenByHash } from '../../store/tokens.ts'
import { type Caller, holdsRole, type Role, roles } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { type Actor, recordAudit } from './audit.ts'
import { makeToken, tokenHash } from './tokens-text.ts'
import { permittedOf } from './visibility.ts'

const day = 86_400_000
const longestDays = 366
const noteEvery = 60_000

export interface NewToken {
  readonly name: string
  readonly role: Role
  readonly team?: string | undefined
  /** From 1 to 366. */
  readonly days: number
}

/** Makes a token of the caller; its text is told once. Throws `forbidden` for more than the caller holds. */
export async function createToken(
  deps: Deps,
  caller: Caller,
  asked: NewToken,
  actor: Actor,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  if (caller.type !== 'person')
    throw new Fault('forbidden', 'a token cannot make tokens; sign in to make one')
  if (!holdsRole(caller.role, asked.role))
    throw new Fault('forbidden', `you hold the role ${caller.role}, and a token cannot hold more`)
  if (asked.days > longestDays) throw new Fault('unprocessable', `a token lives ${longestDays} days at most`)
  if (
    asked.team !== undefined &&
    !(await teamsOf(deps.db, caller.id)).some(({ team_id }) => team_id === asked.team)
  )
    throw new Fault('unprocessable', 'you are no member of that team')
  const token = makeToken('plt_', deps.randomBytes)
  const id = randomUUID()
  const at = deps.now()
  const expiresAt = new Date(at.getTime() + asked.days * day)
  await deps.db.transaction().execute(async trx => {
    await addToken(trx, {
      token_id: id,
      hash: tokenHash(token),
      person_id: caller.id,
      name: asked.name,
      role: asked.role,
      team_id: asked.team ?? null,
      created_at: at,
      expires_at: expiresAt,
    })
    await recordAudit(trx, {
      at,
      actor,
      action: 'token.created',
      target: { type: 'token', id },
      detail: { name: asked.name, role: asked.role, expiresAt: expiresAt.toISOString() },
    })
  })
  return { id, token, expiresAt }
}

/** Whoever holds the token; undefined where it is none of ours, expired, revoked, or its owner may not sign in. */
export async function callerOfToken(deps: Deps, text: string): Promise<Caller | undefined> {
  const found = await tokenByHash(deps.db, tokenHash(text))
  const now = deps.now()
  if (!found?.is_active || found.revoked_at || found.expires_at <= now) return undefined
  if (!found.last_used_at || now.getTime() - found.last_used_at.getTime() >= noteEvery)
    await noteTokenUse(deps.db, found.token_id, now)
  return {
    type: 'token',
    id: found.token_id,
    name: `${found.login} (token ${found.name})`,
    role: lower(found.role, found.person_role),
    permitted: await permittedOf(deps.db, { id: found.person_id, role: found.person_role }, found.team_id),
  }
}

export interface TokenView {
  readonly id: string
  readonly owner: { readonly id: string; readonly login: string }
  readonly name: string
  readonly role: Role
  readonly team: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly state: 'active' | 'expired' | 'revoked'
}

/** The caller's own tokens; for admins those of all. */
export async function viewTokens(deps: Deps, caller: Caller): Promise<TokenView[]> {
  const now = deps.now()
  const rows = await listTokens(deps.db, caller.role === 'admin' ? undefined : caller.id)
  return rows.map(row => ({
    id: row.token_id,
    owner: { id: row.person_id, login: row.login },
    name: row.name,
    role: row.role,
    team: row.team_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    state: row.revoked_at ? 'revoked' : row.expires_at <= now ? 'expired' : 'active',
  }))
}

/** Revokes one of the caller's tokens, for admins anybody's. Throws `not-found`. */
export async function endToken(deps: Deps, caller: Caller, id: string, actor: Actor): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const name = await revokeToken(trx, id, caller.role === 'admin' ? undefined : caller.id, at)
    if (name === undefined) throw new Fault('not-found', 'there is no such token of yours')
    await recordAudit(trx, {
      at,
      actor,
      action: 'token.revoked',
      target: { type: 'token', id },
      detail: { name },
    })
  })
}

const lower = (a: Role, b: Role): Role => (roles.indexOf(a) < roles.indexOf(b) ? a : b)
