// Suppress finding: accepts one finding as it is now, and ends that: the short form of an exception.

import { coverableFinding, findException } from '../../store/exceptions.ts'
import type { Actor } from '../access/audit.ts'
import type { Caller } from '../caller.ts'
import { Fault } from '../fault.ts'
import { decide, takeOut } from './decide-exception.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { type Acceptance, requestException } from './request-exception.ts'
import { clusterTerm, coverOf } from './suppress-findings.ts'

/**
 * Accepts one finding as it is now: with other evidence it opens again. Throws `not-found` for what the caller does not see,
 * `unprocessable` for what is no failure, `conflict` where it is accepted already.
 */
export async function suppressFinding(
  deps: ExceptionDeps,
  caller: Caller,
  finding: { readonly cluster: string; readonly finding: string },
  acceptance: Acceptance,
  actor: Actor,
): Promise<{ id: string; state: 'requested' | 'approved' }> {
  const row = await coverableFinding(deps.db, caller.permitted, finding.cluster, finding.finding)
  if (!row) throw noFinding()
  if (row.outcome !== 'fail' || row.state === 'resolved')
    throw new Fault('unprocessable', 'only an open failure can be accepted; this one is none')
  if (row.exception_id !== null)
    throw new Fault('conflict', `the finding is covered by exception ${row.exception_id} already`)
  return await requestException(deps, caller, { ...acceptance, ...coverOf(row.cluster_id, [row]) }, actor)
}

/**
 * Ends the acceptance of one finding: of those that were suppressed together it is taken out, the others stay. Throws `not-found`, `forbidden`,
 * `conflict` where the exception covers more than findings that are named.
 */
export async function unsuppressFinding(
  deps: ExceptionDeps,
  caller: Caller,
  finding: { readonly cluster: string; readonly finding: string },
  actor: Actor,
): Promise<void> {
  const row = await coverableFinding(deps.db, caller.permitted, finding.cluster, finding.finding)
  if (!row) throw noFinding()
  const exception = row.exception_id === null ? undefined : await findException(deps.db, row.exception_id)
  if (!exception) throw new Fault('not-found', 'no exception covers this finding')
  const id = exception.exception_id
  if (exception.findings?.length === 1) return await decide(deps, caller, id, 'revoked', null, actor)
  if (!exception.findings || exception.query !== clusterTerm(row.cluster_id))
    throw new Fault(
      'conflict',
      `exception ${exception.exception_id} covers more than this finding; revoke it to end all it covers`,
    )
  await takeOut(deps, caller, id, row, actor)
}

const noFinding = () => new Fault('not-found', 'there is no such finding')
