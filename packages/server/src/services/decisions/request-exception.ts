// Request exception: asks for an accepted risk, which holds at once where who asks may approve it.

import { parseExceptions, type RuleException } from '@plimsoll/core'
import { addException, type NewException } from '../../store/exceptions.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import { type Caller, holdsRole } from '../caller.ts'
import { Fault } from '../fault.ts'
import { dayOf, detailOf, type ExceptionDeps } from './exception-common.ts'

/** What an exception covers, as it is asked for. */
export interface Cover {
  readonly rules?: readonly string[] | undefined
  readonly scope?: object | undefined
  readonly query?: string | undefined
  readonly findings?: readonly object[] | undefined
}

export interface Acceptance {
  readonly owner: string
  readonly reason: string
  readonly comment: string
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly expires: string
}

/** An exception as it is kept at first. */
export type Prepared = NewException & { readonly state: 'requested' | 'approved' }

export interface NewRequest extends Cover, Acceptance {
  readonly id?: string | undefined
}

/**
 * Asks for an exception; of who may approve it holds at once. It reaches no further than the caller sees. Throws `unprocessable` for
 * what cannot be read or names what is not known, `conflict` where the id is taken.
 */
export async function requestException(
  deps: ExceptionDeps,
  caller: Caller,
  asked: NewRequest,
  actor: Actor,
): Promise<{ id: string; state: 'requested' | 'approved' }> {
  const row = prepareException(deps, caller, asked)
  await makeExceptions(deps, [row], actor)
  return { id: row.exception_id, state: row.state }
}

/** What is kept of an exception that is asked for. Throws `unprocessable`. */
export function prepareException(
  deps: Pick<ExceptionDeps, 'pack' | 'known' | 'now' | 'randomBytes'>,
  caller: Caller,
  asked: NewRequest,
): Prepared {
  const id = asked.id ?? `ex-${deps.randomBytes(8).toString('hex')}`
  const read = readRequest(deps, { ...asked, id })
  const at = deps.now()
  if (read.expires < dayOf(at))
    throw new Fault('unprocessable', 'an exception ends on a day to come', {
      places: [{ path: '/expires', message: `${read.expires} is over` }],
    })
  const isApproved = holdsRole(caller.role, 'approver')
  return {
    exception_id: id,
    state: isApproved ? 'approved' : 'requested',
    rules: read.rules,
    scope: read.scope,
    query: read.query ?? null,
    findings: read.findings ?? null,
    reach: caller.permitted.all ? null : caller.permitted.terms,
    owner: read.owner,
    reason: read.reason,
    comment: read.comment ?? '',
    expires: read.expires,
    requested_by: caller.id,
    requested_by_name: caller.name,
    requested_at: at,
    decided_by: isApproved ? caller.id : null,
    decided_by_name: isApproved ? caller.name : null,
    decided_at: isApproved ? at : null,
    decision_comment: null,
  }
}

/** Keeps exceptions that were asked for, all of them or none. Throws `conflict` where an id is taken. */
export async function makeExceptions(
  deps: ExceptionDeps,
  rows: readonly NewException[],
  actor: Actor,
): Promise<void> {
  await deps.db.transaction().execute(async trx => {
    for (const row of rows) {
      const id = row.exception_id
      if (!(await addException(trx, row)))
        throw new Fault('conflict', `there is an exception ${JSON.stringify(id)}`)
      await recordAudit(trx, {
        at: row.requested_at,
        actor,
        action: row.state === 'approved' ? 'exception.approved' : 'exception.requested',
        target: { type: 'exception', id },
        detail: detailOf(row),
      })
    }
    if (rows.some(row => row.state === 'approved')) await deps.onDecided(trx)
  })
}

/** Reads what is asked for. Throws `unprocessable` for what cannot be read or names what is not known. */
export function readRequest(
  { pack, known }: Pick<ExceptionDeps, 'pack' | 'known'>,
  asked: NewRequest,
): RuleException {
  const item = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''),
  )
  if (item.rules === undefined && item.query === undefined && item.findings === undefined)
    throw new Fault('unprocessable', 'an exception names rules, a query or findings')
  const read = parseExceptions({ exceptions: [item] }, pack.rules, () => known)
  if (!read.ok) throw unreadable(read.problems)
  return read.value[0] as RuleException
}

/** Where in the request each problem of an exception is. */
export const unreadable = (problems: readonly { readonly message: string }[]) =>
  new Fault('unprocessable', 'the exception cannot be read', {
    places: problems.map(({ message }) => {
      const [, place = '', rest = message] = /^exceptions\[\d+\]\.?([\w.[\]]*): (.*)$/s.exec(message) ?? []
      return { path: `/${place.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`, message: rest }
    }),
  })
