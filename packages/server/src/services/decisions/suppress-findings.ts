// Suppress findings: accepts many findings as they are now, by their ids or by a query: all of them or none, an exception for each cluster.

import { evidenceMark, findingFields } from '@plimsoll/core'
import type { RawBuilder, SqlBool } from 'kysely'
import { clusterNames } from '../../store/cluster-names.ts'
import {
  type Among,
  type CoverableRow,
  coverableFindings,
  openFailures,
  type SeenFailure,
  tallyFailures,
} from '../../store/exceptions.ts'
import type { FindingRef } from '../../store/finding-notes.ts'
import type { Permitted } from '../../store/permitted.ts'
import { findingColumns } from '../../store/query-columns.ts'
import type { Actor } from '../access/audit.ts'
import { type PartAsked, sightWithin } from '../access/sight.ts'
import type { Caller } from '../caller.ts'
import { Fault } from '../fault.ts'
import { readQuery } from '../read/reading.ts'
import { severityOf } from '../read/views.ts'
import type { ExceptionDeps } from './exception-common.ts'
import { countOpen, type Preview, shownFirst } from './preview-exception.ts'
import { type Acceptance, makeExceptions, prepareException } from './request-exception.ts'

/** Which findings: those named, or the open failures that a query asks for, of a part of the fleet where one is given. */
export interface Chosen extends PartAsked {
  readonly findings?: readonly FindingRef[] | undefined
  readonly query?: string | undefined
}

/** As many findings as are accepted at once; what is to cover more is an exception by query. */
export const mostSuppressed = 1000

export interface Suppressed {
  readonly findings: number
  readonly exceptions: readonly {
    readonly id: string
    readonly state: 'requested' | 'approved'
    readonly cluster: string
    readonly findings: number
  }[]
}

/**
 * Accepts findings as they are now, each bound to its evidence; of who may approve it holds at once. Throws `not-found` where one named is
 * not seen, `unprocessable` where one is no open failure or there are none or too many, `conflict` where one is accepted already.
 */
export async function suppressFindings(
  deps: ExceptionDeps,
  caller: Caller,
  chosen: Chosen,
  acceptance: Acceptance,
  actor: Actor,
): Promise<Suppressed> {
  const rows = await chosenFailures(deps, caller, chosen)
  const byCluster = new Map<string, CoverableRow[]>()
  for (const row of rows) byCluster.set(row.cluster_id, [...(byCluster.get(row.cluster_id) ?? []), row])
  const made = [...byCluster].map(([cluster, own]) => ({
    cluster,
    findings: own.length,
    row: prepareException(deps, caller, { ...acceptance, ...coverOf(cluster, own) }),
  }))
  await makeExceptions(
    deps,
    made.map(({ row }) => row),
    actor,
  )
  return {
    findings: rows.length,
    exceptions: made.map(({ cluster, findings, row }) => ({
      id: row.exception_id,
      state: row.state,
      cluster,
      findings,
    })),
  }
}

/** What suppressing them would hide of what the caller sees, now; more than `mostSuppressed` are told, and refused when asked for. */
export async function previewSuppression(
  deps: ExceptionDeps,
  caller: Caller,
  chosen: Chosen,
): Promise<Preview> {
  const names = await clusterNames(deps.db)
  const open = await countOpen(deps, caller)
  if (chosen.query !== undefined) {
    const { permitted, among } = await asked(deps, caller, chosen)
    const tally = await tallyFailures(deps.db, permitted, among)
    const first = await firstRows(deps, permitted, among)
    return { ...tally, open, first: shownFirst(first, names) }
  }
  const rows = await chosenFailures(deps, caller, chosen)
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const { severity } of rows) bySeverity[severityOf(severity)]++
  const clusters = new Set(rows.map(row => row.cluster_id)).size
  return { covered: rows.length, bySeverity, clusters, open, first: shownFirst(rows, names) }
}

/** What covers findings of one cluster, each by its rule, its place and its evidence. */
export const coverOf = (cluster: string, rows: readonly CoverableRow[]) => ({
  query: clusterTerm(cluster),
  findings: rows.map(({ rule, asset_key, discriminator, evidence }) => ({
    rule,
    resource: asset_key,
    ...(discriminator !== null && { discriminator }),
    evidence: evidenceMark(evidence),
  })),
})

/** The query of what suppresses findings of one cluster. */
export const clusterTerm = (cluster: string): string => `cluster : ${JSON.stringify(cluster)}`

async function chosenFailures(
  deps: ExceptionDeps,
  caller: Caller,
  chosen: Chosen,
): Promise<readonly CoverableRow[]> {
  const { findings, query } = chosen
  if ((findings === undefined) === (query === undefined))
    throw new Fault('unprocessable', 'name either findings or a query')
  if (findings) return await namedFailures(deps, caller, findings)
  const { permitted, among } = await asked(deps, caller, chosen)
  const rows: CoverableRow[] = []
  for await (const batch of openFailures(deps.db, permitted, among, true)) {
    rows.push(...batch)
    if (rows.length > mostSuppressed)
      throw new Fault(
        'unprocessable',
        `the query asks for more than ${mostSuppressed} open failures; ask for less, or for an exception by query`,
      )
  }
  if (rows.length === 0) throw new Fault('unprocessable', 'the query asks for no open failure')
  return rows
}

async function namedFailures(
  { db }: ExceptionDeps,
  caller: Caller,
  asked: readonly FindingRef[],
): Promise<readonly CoverableRow[]> {
  const rows = await coverableFindings(db, caller.permitted, asked)
  const known = new Map(rows.map(row => [keyOf({ cluster: row.cluster_id, finding: row.finding_id }), row]))
  const placesOf = (message: string, isSo: (row: SeenFailure | undefined) => boolean) =>
    asked.flatMap((ref, index) =>
      isSo(known.get(keyOf(ref))) ? [{ path: `/findings/${index}`, message }] : [],
    )
  const unseen = placesOf('no such finding', row => row === undefined)
  if (unseen.length > 0) throw new Fault('not-found', 'not all of the findings are there', { places: unseen })
  const closed = placesOf(
    'no open failure',
    row => row === undefined || row.outcome !== 'fail' || row.state === 'resolved',
  )
  if (closed.length > 0)
    throw new Fault('unprocessable', 'only open failures can be accepted', { places: closed })
  const covered = placesOf('covered by an exception already', row => (row?.exception_id ?? null) !== null)
  if (covered.length > 0)
    throw new Fault('conflict', 'some of the findings are accepted already', { places: covered })
  return [...known.values()]
}

const keyOf = ({ cluster, finding }: FindingRef) => `${cluster}/${finding}`

async function asked(
  deps: ExceptionDeps,
  caller: Caller,
  chosen: Chosen,
): Promise<{ readonly permitted: Permitted; readonly among: Among & { condition: RawBuilder<SqlBool> } }> {
  const { condition } = await readQuery(deps, chosen.query ?? '', findingFields, findingColumns)
  return { permitted: await sightWithin(deps, caller, chosen), among: { condition } }
}

async function firstRows(
  { db }: ExceptionDeps,
  permitted: Permitted,
  among: Among,
): Promise<readonly CoverableRow[]> {
  for await (const batch of openFailures(db, permitted, among, false)) return batch
  return []
}
