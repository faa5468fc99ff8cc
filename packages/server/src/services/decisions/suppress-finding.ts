// Suppress finding: accepts one finding as it is now, and ends that: the short form of an exception.

import { evidenceMark } from '@plimsoll/core'
import { coverableFinding, findException } from '../../store/exceptions.ts'
import type { Actor } from '../access/audit.ts'
import type { Caller } from '../caller.ts'
import { Fault } from '../fault.ts'
import { decide } from './decide-exception.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { type Acceptance, requestException } from './request-exception.ts'

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
  return await requestException(
    deps,
    caller,
    {
      ...acceptance,
      query: `cluster : ${JSON.stringify(row.cluster_id)}`,
      findings: [
        {
          rule: row.rule,
          resource: row.asset_key,
          ...(row.discriminator !== null && { discriminator: row.discriminator }),
          evidence: evidenceMark(row.evidence),
        },
      ],
    },
    actor,
  )
}

/** Ends the exception of one finding. Throws `not-found`, `conflict` where the exception covers more than it. */
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
  if (exception.findings?.length !== 1)
    throw new Fault(
      'conflict',
      `exception ${exception.exception_id} covers more than this finding; revoke it to end all it covers`,
    )
  await decide(deps, caller, exception.exception_id, 'revoked', null, actor)
}

const noFinding = () => new Fault('not-found', 'there is no such finding')
