// Finding notes: what people make of findings: comments, triage states, and whose each is.

import { randomUUID } from 'node:crypto'
import { lockCluster } from '../../store/clusters.ts'
import {
  addNotes,
  type FindingRef,
  handledFindings,
  notesOf,
  peopleWithTerms,
  placeOfFinding,
  setHandling,
} from '../../store/finding-notes.ts'
import { personById } from '../../store/people.ts'
import type { Client } from '../../store/schema.ts'
import { isSeen } from '../../store/seen.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import { permittedBy, permittedOf } from '../access/visibility.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'

export const triageStates = ['new', 'acknowledged', 'in-progress', 'fixed', 'false-positive'] as const
export type TriageState = (typeof triageStates)[number]

/** What is done with findings; what is not given stays as it is. */
export interface Handling {
  readonly triage?: TriageState | undefined
  /** Id of a person; null: nobody. */
  readonly assignee?: string | null | undefined
  readonly comment?: string | undefined
}

/**
 * Comments on findings, sets their triage state, gives them to somebody: all of them or none. What is so already is passed over. Gives how
 * many findings there were. Throws `not-found` where one is not seen, `unprocessable` where whom they are given to does not see them.
 */
export async function handleFindings(
  deps: Deps,
  caller: Caller,
  asked: readonly FindingRef[],
  handling: Handling,
  actor: Actor,
): Promise<number> {
  const { triage, assignee, comment } = handling
  if (triage === undefined && assignee === undefined && comment === undefined)
    throw new Fault('unprocessable', 'name a triage state, an assignee or a comment')
  const refs = [...new Map(asked.map(ref => [keyOf(ref), ref])).values()]
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    // In one order, and before any finding is touched: an assessment of the cluster writes them too.
    if (triage !== undefined || assignee !== undefined)
      for (const cluster of [...new Set(refs.map(ref => ref.cluster))].toSorted())
        await lockCluster(trx, cluster, at)
    const rows = await handledFindings(trx, caller.permitted, refs)
    if (rows.length < refs.length) throw unseen(asked, rows)
    const name = assignee == null ? '' : await assigneeName(trx, assignee, refs)
    const known = new Map(rows.map(row => [keyOf({ cluster: row.cluster_id, finding: row.finding_id }), row]))
    const note = async (type: 'comment' | 'triage' | 'assignment', body: string, to: readonly FindingRef[]) =>
      addNotes(
        trx,
        to.map(({ cluster, finding }) => ({ cluster, finding, id: randomUUID() })),
        { type, body, author: { id: caller.id, name: caller.name }, at },
      )
    const moved = triage === undefined ? [] : refs.filter(ref => known.get(keyOf(ref))?.triage !== triage)
    const given =
      assignee === undefined ? [] : refs.filter(ref => known.get(keyOf(ref))?.assignee !== assignee)
    await setHandling(trx, moved, { triage })
    await setHandling(trx, given, { assignee })
    if (triage !== undefined) await note('triage', triage, moved)
    if (assignee !== undefined) await note('assignment', name, given)
    if (comment !== undefined) await note('comment', comment, refs)
    if (moved.length + given.length > 0 || comment !== undefined)
      await recordAudit(trx, {
        at,
        actor,
        action: actionOf(handling),
        target: {
          type: 'finding',
          id: refs.length === 1 ? refs.map(keyOf).join() : `${refs.length} findings`,
        },
        detail: {
          ...(triage !== undefined && { triage }),
          ...(assignee !== undefined && { assignee }),
          ...(comment !== undefined && { comment }),
          findings: refs.map(keyOf),
        },
      })
  })
  return refs.length
}

const keyOf = ({ cluster, finding }: FindingRef) => `${cluster}/${finding}`

const actionOf = ({ triage, assignee }: Handling) => {
  if (triage !== undefined) return 'finding.triaged'
  return assignee === undefined ? 'finding.commented' : 'finding.assigned'
}

function unseen(
  asked: readonly FindingRef[],
  rows: readonly { readonly cluster_id: string; readonly finding_id: string }[],
): Fault {
  const known = new Set(rows.map(row => keyOf({ cluster: row.cluster_id, finding: row.finding_id })))
  const places = asked.flatMap((ref, index) =>
    known.has(keyOf(ref)) ? [] : [{ path: `/findings/${index}`, message: 'no such finding' }],
  )
  return asked.length === 1
    ? noFinding()
    : new Fault('not-found', 'not all of the findings are there', { places })
}

/** The name of who gets the findings: somebody who can sign in and sees all of them. */
async function assigneeName(db: Client, id: string, refs: readonly FindingRef[]): Promise<string> {
  const refuse = (message: string) =>
    new Fault('unprocessable', 'the findings cannot be given to that account', {
      places: [{ path: '/assignee', message }],
    })
  const person = await personById(db, id)
  if (!person?.is_active) throw refuse('no such account')
  const rows = await handledFindings(db, await permittedOf(db, { id, role: person.role }), refs)
  if (rows.length < refs.length) throw refuse(`${person.name} does not see all of them`)
  return person.name
}

export interface NoteView {
  readonly id: string
  readonly at: Date
  readonly author: { readonly id: string; readonly name: string }
  readonly type: 'comment' | 'triage' | 'assignment'
  readonly body: string
}

/** What was said of a finding, the newest first, in pages. Throws `not-found`, `invalid-cursor`. */
export async function viewNotes(
  { db }: Deps,
  caller: Caller,
  ref: FindingRef,
  cursor: string | undefined,
  limit: number,
): Promise<{ items: NoteView[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  if ((await handledFindings(db, caller.permitted, [ref])).length === 0) throw noFinding()
  const rows = await notesOf(db, caller.permitted, ref, after, limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(row => ({
      id: row.note_id,
      at: row.at,
      author: { id: row.author_id, name: row.author_name },
      type: row.type,
      body: row.body,
    })),
    next: rows.length > limit && last ? `${last.instant}_${last.note_id}` : null,
  }
}

function readCursor(cursor: string): { instant: string; id: string } {
  const [, instant = '', id = ''] = cursorForm.exec(cursor) ?? []
  const at = new Date(`${instant.slice(0, 19)}Z`)
  // A day that is none is taken for one of the next month by some readers, and refused by others.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== instant.slice(0, 19))
    throw new Fault('invalid-cursor', 'the cursor is not one of this list')
  return { instant, id }
}
const cursorForm = /^(\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{6}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The people a finding can be given to: who can sign in and sees it. Throws `not-found`. */
export async function viewAssignees(
  { db }: Deps,
  caller: Caller,
  ref: FindingRef,
): Promise<{ id: string; login: string; name: string }[]> {
  const place = await placeOfFinding(db, caller.permitted, ref)
  if (!place) throw noFinding()
  return (await peopleWithTerms(db))
    .filter(({ role, terms }) => role === 'admin' || isSeen(permittedBy(terms), place))
    .map(({ person_id, login, name }) => ({ id: person_id, login, name }))
}

const noFinding = () => new Fault('not-found', 'there is no such finding')
