// View exceptions: the exceptions that a caller may know of, with what became of them.

import { type KnownWords, readExceptionQuery } from '@plimsoll/core'
import {
  type ExceptionRow,
  findSeenException,
  listExceptions,
  oldestAssessment,
  type SeenException,
} from '../../store/exceptions.ts'
import type { Caller } from '../caller.ts'
import { dayOf, type ExceptionDeps, isWithin, noException } from './exception-common.ts'

export interface ExceptionView {
  readonly id: string
  readonly state: ExceptionRow['state'] | 'expired'
  readonly rules: readonly string[]
  readonly scope: object
  readonly query: string | null
  readonly findings: readonly object[] | null
  readonly owner: string
  readonly reason: string
  readonly comment: string
  readonly expires: string
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decisionComment: string | null
  readonly covered: number
  readonly isDead: boolean
  readonly fault: string | null
  readonly version: number
}

/** The exceptions that the caller may know of, newest first. */
export async function viewExceptions(deps: ExceptionDeps, caller: Caller): Promise<ExceptionView[]> {
  const [rows, oldest] = await Promise.all([
    listExceptions(deps.db, caller.permitted, caller.id, reach => isWithin(reach, caller.permitted)),
    oldestAssessment(deps.db, caller.permitted),
  ])
  const today = dayOf(deps.now())
  return rows.map(row => viewOf(deps.known, row, today, oldest))
}

/** Throws `not-found`. */
export async function viewException(deps: ExceptionDeps, caller: Caller, id: string): Promise<ExceptionView> {
  const row = await findSeenException(deps.db, caller.permitted, caller.id, id, reach =>
    isWithin(reach, caller.permitted),
  )
  if (!row) throw noException()
  return viewOf(deps.known, row, dayOf(deps.now()), await oldestAssessment(deps.db, caller.permitted))
}

/** One that was decided after the oldest assessment is not known to be dead: what it covers is not counted everywhere yet. */
function viewOf(known: KnownWords, row: SeenException, today: string, oldest: Date | null): ExceptionView {
  const state = row.state === 'approved' && row.expires < today ? 'expired' : row.state
  const isCounted = oldest === null || row.decided_at === null || oldest >= row.decided_at
  const asked = row.query === null ? undefined : readExceptionQuery(row.query, known)
  return {
    id: row.exception_id,
    state,
    rules: row.rules,
    scope: row.scope,
    query: row.query,
    findings: row.findings,
    owner: row.owner,
    reason: row.reason,
    comment: row.comment,
    expires: row.expires,
    requestedBy: row.requested_by_name,
    requestedAt: row.requested_at,
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at,
    decisionComment: row.decision_comment,
    covered: row.covered,
    isDead: state === 'approved' && row.covered === 0 && isCounted,
    fault: asked?.ok === false ? asked.message : null,
    version: row.version,
  }
}
