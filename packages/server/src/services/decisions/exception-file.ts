// Exception file: exceptions as the file that `plimsoll scan --exceptions` takes, given and taken.

import { parseExceptions } from '@plimsoll/core'
import { findException } from '../../store/exceptions.ts'
import type { Actor } from '../access/audit.ts'
import type { Caller } from '../caller.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { requestException, unreadable } from './request-exception.ts'
import { viewExceptions } from './view-exceptions.ts'

/** The exceptions in force that the caller sees, as the file that `plimsoll scan --exceptions` takes. */
export async function exportExceptions(
  deps: ExceptionDeps,
  caller: Caller,
): Promise<{ exceptions: object[] }> {
  const views = await viewExceptions(deps, caller)
  return {
    exceptions: views
      .filter(({ state }) => state === 'approved')
      .map(({ id, rules, scope, query, findings, owner, reason, comment, expires }) => ({
        id,
        rules,
        ...(Object.keys(scope).length > 0 && { scope }),
        ...(query !== null && { query }),
        ...(findings && { findings }),
        owner,
        reason,
        ...(comment !== '' && { comment }),
        expires,
      })),
  }
}

/**
 * Takes a file of exceptions as `plimsoll scan --exceptions` does; those whose id is there already are left as they are. Nothing of a
 * file that has a fault is taken. Throws `unprocessable`.
 */
export async function importExceptions(
  deps: ExceptionDeps,
  caller: Caller,
  file: unknown,
  actor: Actor,
): Promise<{ made: { id: string; state: 'requested' | 'approved' }[]; known: string[] }> {
  const read = parseExceptions(file, deps.pack.rules, () => deps.known)
  if (!read.ok) throw unreadable(read.problems)
  const made: { id: string; state: 'requested' | 'approved' }[] = []
  const known: string[] = []
  for (const { id, rules, scope, query, findings, owner, reason, comment, expires } of read.value) {
    if (await findException(deps.db, id)) {
      known.push(id)
      continue
    }
    const asked = { id, rules, scope, query, findings, owner, reason, comment: comment ?? '', expires }
    made.push(await requestException(deps, caller, asked, actor))
  }
  return { made, known }
}
