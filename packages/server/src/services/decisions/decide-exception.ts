// Decide exception: approves, rejects, revokes and changes exceptions, by whoever may.

import { decideException, extendException, limitException, lockException } from '../../store/exceptions.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import { type Caller, holdsRole } from '../caller.ts'
import { Fault } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import { dayOf, detailOf, type ExceptionDeps, ensureWithin, noException } from './exception-common.ts'
import { viewException } from './view-exceptions.ts'

/**
 * Approves, rejects or revokes. Requested ones are decided, approved ones revoked; whoever asked may take the request back. Throws
 * `not-found`, `forbidden`, `conflict` for a state that does not allow it.
 */
export async function decide(
  deps: ExceptionDeps,
  caller: Caller,
  id: string,
  state: 'approved' | 'rejected' | 'revoked',
  comment: string | null,
  actor: Actor,
): Promise<void> {
  await viewException(deps, caller, id)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockException(trx, id)
    if (!row) throw noException()
    const isOwnRequest = row.state === 'requested' && row.requested_by === caller.id && state === 'revoked'
    if (!isOwnRequest && !holdsRole(caller.role, 'approver'))
      throw new Fault('forbidden', 'this needs the role approver')
    if (!isOwnRequest) ensureWithin(row, caller, 'decides')
    const isOpen = state === 'revoked' ? row.state === 'approved' || isOwnRequest : row.state === 'requested'
    if (!isOpen) throw new Fault('conflict', `the exception is ${row.state} and cannot be ${state}`)
    if (state === 'approved' && row.expires < dayOf(at))
      throw new Fault('unprocessable', `it would have ended on ${row.expires}; ask for a new one`)
    await decideException(trx, id, { state, by: caller.id, byName: caller.name, at, comment })
    await recordAudit(trx, {
      at,
      actor,
      action: `exception.${state}`,
      target: { type: 'exception', id },
      detail: { ...detailOf(row), decisionComment: comment },
    })
    if (state === 'approved' || row.state === 'approved') await deps.onDecided(trx)
  })
}

/** Takes one finding out of those that an exception in force names. Throws `not-found`, `forbidden`, `conflict`. */
export async function takeOut(
  deps: ExceptionDeps,
  caller: Caller,
  id: string,
  finding: { readonly rule: string; readonly asset_key: string; readonly discriminator: string | null },
  actor: Actor,
): Promise<void> {
  await viewException(deps, caller, id)
  if (!holdsRole(caller.role, 'approver')) throw new Fault('forbidden', 'this needs the role approver')
  await deps.db.transaction().execute(async trx => {
    const row = await lockException(trx, id)
    if (!row?.findings) throw noException()
    ensureWithin(row, caller, 'changes it')
    const left = row.findings.filter(
      ({ rule, resource, discriminator = null }) =>
        rule !== finding.rule || resource !== finding.asset_key || discriminator !== finding.discriminator,
    )
    if (row.state !== 'approved' || left.length === row.findings.length || left.length === 0)
      throw new Fault('conflict', `exception ${id} has changed; look at it again`)
    await limitException(trx, id, left)
    await recordAudit(trx, {
      at: deps.now(),
      actor,
      action: 'exception.changed',
      target: { type: 'exception', id },
      detail: { before: detailOf(row), findings: left },
    })
    await deps.onDecided(trx)
  })
}

/** Changes owner, comment and last day. Throws `not-found`, `forbidden`, `precondition-failed`, `unprocessable`. */
export async function changeException(
  deps: ExceptionDeps,
  caller: Caller,
  id: string,
  change: {
    readonly owner?: string | undefined
    readonly comment?: string | undefined
    readonly expires?: string | undefined
  },
  version: number | undefined,
  actor: Actor,
): Promise<void> {
  await viewException(deps, caller, id)
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockException(trx, id)
    if (!row) throw noException()
    ensureVersion(version, row.version)
    ensureWithin(row, caller, 'changes it')
    if (row.state !== 'approved' && row.state !== 'requested')
      throw new Fault('conflict', `the exception is ${row.state}; ask for a new one`)
    const { owner = row.owner, comment = row.comment, expires = row.expires } = change
    if (change.expires !== undefined && expires < dayOf(at))
      throw new Fault('unprocessable', 'an exception ends on a day to come; revoke it to end it now')
    await extendException(trx, id, { owner, comment, expires })
    await recordAudit(trx, {
      at,
      actor,
      action: 'exception.changed',
      target: { type: 'exception', id },
      detail: { before: detailOf(row), owner, comment, expires },
    })
    if (row.state === 'approved') await deps.onDecided(trx)
  })
}
