// Exception common: what all deeds about exceptions need: their dependencies, who may see one whole, and how the audit log tells of it.

import { canonicalJson, type KnownWords } from '@plimsoll/core'
import type { ExceptionRow, NewException } from '../../store/exceptions.ts'
import type { Permitted, ZoneTerm } from '../../store/permitted.ts'
import type { RulePack } from '../assess/ports.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import type { OnDecided } from './ports.ts'

export interface ExceptionDeps extends Deps {
  readonly pack: RulePack
  /** What queries may name of it. */
  readonly known: KnownWords
  readonly onDecided: OnDecided
}

/** Whether somebody sees all that an exception may reach: each of its terms is one of theirs. */
export function isWithin(reach: readonly ZoneTerm[] | null, permitted: Permitted): boolean {
  if (permitted.all) return true
  if (reach === null) return false
  const own = new Set(permitted.terms.map(canonicalJson))
  return reach.every(term => own.has(canonicalJson(term)))
}

/** Throws `forbidden` where an exception reaches further than somebody sees; `deed` is what somebody who sees it all does with it. */
export function ensureWithin({ reach }: ExceptionRow, { permitted }: Caller, deed: string): void {
  if (!isWithin(reach, permitted))
    throw new Fault(
      'forbidden',
      `the exception reaches further than you see; somebody who sees it all ${deed}`,
    )
}

const audited = [
  'rules',
  'scope',
  'query',
  'findings',
  'reach',
  'owner',
  'reason',
  'comment',
  'expires',
] as const satisfies readonly (keyof ExceptionRow)[]

/** What the audit log keeps of an exception. */
export const detailOf = (row: NewException | ExceptionRow) =>
  Object.fromEntries(audited.map(name => [name, row[name]]))

/** `YYYY-MM-DD`: exceptions hold by the day. */
export const dayOf = (at: Date) => at.toISOString().slice(0, 10)
export const noException = () => new Fault('not-found', 'there is no such exception')
