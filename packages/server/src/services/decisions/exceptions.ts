// Exceptions: accepted risks: asked for, previewed, decided, revoked; suppressing one finding is the short form of the same.

import {
  canonicalJson,
  evidenceMark,
  type KnownWords,
  parseExceptions,
  type RuleException,
  readExceptionQuery,
} from '@plimsoll/core'
import {
  addException,
  coverableFinding,
  decideException,
  type ExceptionRow,
  extendException,
  findException,
  findSeenException,
  listExceptions,
  lockException,
  type NewException,
  type SeenException,
} from '../../store/exceptions.ts'
import type { Permitted, ZoneTerm } from '../../store/permitted.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import type { RulePack } from '../assess/ports.ts'
import { type Caller, holdsRole } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { ensureVersion } from '../version.ts'
import type { OnDecided } from './ports.ts'

export interface ExceptionDeps extends Deps {
  readonly pack: RulePack
  /** What queries may name of it. */
  readonly known: KnownWords
  readonly onDecided: OnDecided
}

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

export interface NewRequest extends Cover, Acceptance {
  readonly id?: string | undefined
}

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
  const rows = await listExceptions(deps.db, caller.permitted, caller.id, reach =>
    isWithin(reach, caller.permitted),
  )
  const today = dayOf(deps.now())
  return rows.map(row => viewOf(deps.known, row, today))
}

/** Throws `not-found`. */
export async function viewException(deps: ExceptionDeps, caller: Caller, id: string): Promise<ExceptionView> {
  const row = await findSeenException(deps.db, caller.permitted, caller.id, id, reach =>
    isWithin(reach, caller.permitted),
  )
  if (!row) throw noException()
  return viewOf(deps.known, row, dayOf(deps.now()))
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
  const id = asked.id ?? `ex-${deps.randomBytes(8).toString('hex')}`
  const read = readRequest(deps, { ...asked, id })
  const at = deps.now()
  if (read.expires < dayOf(at))
    throw new Fault('unprocessable', 'an exception ends on a day to come', {
      places: [{ path: '/expires', message: `${read.expires} is over` }],
    })
  const isApproved = holdsRole(caller.role, 'approver')
  const row: NewException = {
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
  await deps.db.transaction().execute(async trx => {
    if (!(await addException(trx, row)))
      throw new Fault('conflict', `there is an exception ${JSON.stringify(id)}`)
    await recordAudit(trx, {
      at,
      actor,
      action: isApproved ? 'exception.approved' : 'exception.requested',
      target: { type: 'exception', id },
      detail: detailOf(row),
    })
    if (isApproved) await deps.onDecided(trx)
  })
  return { id, state: row.state as 'requested' | 'approved' }
}

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
    if (!isOwnRequest && !isWithin(row.reach, caller.permitted))
      throw new Fault(
        'forbidden',
        'the exception reaches further than you see; somebody who sees it all decides',
      )
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
    if (!isWithin(row.reach, caller.permitted))
      throw new Fault(
        'forbidden',
        'the exception reaches further than you see; somebody who sees it all changes it',
      )
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

const unreadable = (problems: readonly { readonly message: string }[]) =>
  new Fault('unprocessable', 'the exception cannot be read', {
    places: problems.map(({ message }) => {
      const [, place = '', rest = message] = /^exceptions\[\d+\]\.?([\w.[\]]*): (.*)$/s.exec(message) ?? []
      return { path: `/${place.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`, message: rest }
    }),
  })

/** Whether somebody sees all that an exception may reach: each of its terms is one of theirs. */
function isWithin(reach: readonly ZoneTerm[] | null, permitted: Permitted): boolean {
  if (permitted.all) return true
  if (reach === null) return false
  const own = new Set(permitted.terms.map(canonicalJson))
  return reach.every(term => own.has(canonicalJson(term)))
}

function viewOf(known: KnownWords, row: SeenException, today: string): ExceptionView {
  const state = row.state === 'approved' && row.expires < today ? 'expired' : row.state
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
    isDead: state === 'approved' && row.covered === 0,
    fault: asked?.ok === false ? asked.message : null,
    version: row.version,
  }
}

const detailOf = ({
  rules,
  scope,
  query,
  findings,
  reach,
  owner,
  reason,
  comment,
  expires,
}: NewException | ExceptionRow) => ({
  rules,
  scope,
  query,
  findings,
  reach,
  owner,
  reason,
  comment,
  expires,
})

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const noException = () => new Fault('not-found', 'there is no such exception')
const noFinding = () => new Fault('not-found', 'there is no such finding')
