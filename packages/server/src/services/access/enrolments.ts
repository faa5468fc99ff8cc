// Enrolments: the right of one collector to send snapshots of one cluster: made, bound at first contact, rotated, revoked.

import { randomUUID } from 'node:crypto'
import { enrolmentsApi } from '@plimsoll/core/contract'
import type { CollectorRow } from '../../store/collector-row.ts'
import { collectorRows } from '../../store/fleet.ts'
import { everything } from '../../store/permitted.ts'
import type { Client } from '../../store/schema.ts'
import {
  addEnrolment,
  allEnrolments,
  bindEnrolment,
  type EnrolmentRow,
  enrolmentByHash,
  enrolmentById,
  lockEnrolment,
  noteTokenUsed,
  revokeEnrolment,
  rotateEnrolment,
} from '../../store/tokens.ts'
import type { Collector } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault } from '../fault.ts'
import { type Actor, recordAudit } from './audit.ts'
import { makeToken, tokenHash } from './tokens-text.ts'

const hour = 3_600_000
/** How long a token waits for its first contact, and how long one that was replaced still works. */
const firstContactWithin = 7 * 24 * hour
const overlap = 24 * hour

export interface NewEnrolment {
  /** The cluster's name as people say it. */
  readonly name: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
  /** What the wizard was told (proxy, slices, …), to show the same commands again. */
  readonly options: Readonly<Record<string, unknown>>
}

type AgentOptions = ReturnType<typeof enrolmentsApi.agentOptions.parse>

export interface EnrolmentView extends Omit<NewEnrolment, 'options'> {
  readonly options: AgentOptions
  readonly id: string
  readonly clusterId: string | null
  readonly createdBy: string
  readonly createdAt: Date
  /** First contact must come before. */
  readonly expiresAt: Date
  readonly firstContactAt: Date | null
  readonly lastContactAt: Date | null
  readonly state: (typeof enrolmentsApi.enrolmentStates)[number]
  /** What could not be read, a sentence each, where it is partial. */
  readonly gaps: readonly string[]
}

/** Makes an enrolment; its token is told once. */
export async function createEnrolment(
  deps: Deps,
  asked: NewEnrolment,
  actor: Actor,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = makeToken('ple_', deps.randomBytes)
  const id = randomUUID()
  const at = deps.now()
  const expiresAt = new Date(at.getTime() + firstContactWithin)
  await deps.db.transaction().execute(async trx => {
    await addEnrolment(trx, {
      enrolment_id: id,
      hash: tokenHash(token),
      name: asked.name,
      environment: asked.environment,
      labels: asked.labels,
      options: asked.options,
      created_by: actor.name,
      created_at: at,
      expires_at: expiresAt,
    })
    await recordAudit(trx, {
      at,
      actor,
      action: 'enrolment.created',
      target: { type: 'enrolment', id },
      detail: { name: asked.name, environment: asked.environment, labels: asked.labels },
    })
  })
  return { id, token, expiresAt }
}

export async function listEnrolments(deps: Deps): Promise<EnrolmentView[]> {
  const now = deps.now()
  const [rows, collectors] = await Promise.all([allEnrolments(deps.db), collectorRows(deps.db, everything)])
  // Of clusters that are in order nothing is told, which says as much.
  const byCluster = new Map<string, CollectorRow[]>()
  for (const one of collectors) byCluster.set(one.cluster_id, [...(byCluster.get(one.cluster_id) ?? []), one])
  return rows.map(row => viewOf(row, now, byCluster.get(row.cluster_id ?? '') ?? []))
}

/** Throws `not-found`. */
export async function getEnrolment(deps: Deps, id: string): Promise<EnrolmentView> {
  const row = await enrolmentById(deps.db, id)
  if (!row) throw noEnrolment()
  const collectors = row.cluster_id ? await collectorRows(deps.db, everything, row.cluster_id) : []
  return viewOf(row, deps.now(), collectors)
}

export interface Renewed {
  readonly token: string
  /** Until when the token that is in use works beside it; null where none is, as of an enrolment that had expired. */
  readonly previousUntil: Date | null
  /** First contact must come before, where none came yet. */
  readonly expiresAt: Date
}

/**
 * Makes a new token. The one that is in use works for a day more, so that a collector can be given the new one, however often that is
 * asked for; of an enrolment that expired unused no token works again but the new one. The enrolment, and the cluster that it is bound to,
 * stay what they are. Throws `not-found`, `gone` for one that was revoked.
 */
export async function renewEnrolment(deps: Deps, id: string, actor: Actor): Promise<Renewed> {
  const token = makeToken('ple_', deps.randomBytes)
  const at = deps.now()
  return await deps.db.transaction().execute(async trx => {
    const row = await lockEnrolment(trx, id)
    if (!row) throw noEnrolment()
    if (row.revoked_at) throw new Fault('gone', 'the enrolment was revoked; make another one')
    const previous = isExpired(row, at) ? undefined : tokenInUse(row, at)
    const previousUntil = previous ? new Date(at.getTime() + overlap) : null
    const expiresAt = row.first_contact_at ? row.expires_at : new Date(at.getTime() + firstContactWithin)
    await rotateEnrolment(trx, id, { hash: tokenHash(token), previous, previousUntil, expiresAt })
    await recordAudit(trx, {
      at,
      actor,
      action: isExpired(row, at) ? 'enrolment.renewed' : 'enrolment.rotated',
      target: { type: 'enrolment', id },
      detail: {
        name: row.name,
        cluster: row.cluster_id,
        previousUntil: previousUntil?.toISOString() ?? null,
      },
    })
    return { token, previousUntil, expiresAt }
  })
}

/** A token that nobody came with yet has replaced none: the one before it is the one that a collector holds. */
const tokenInUse = (row: EnrolmentRow, at: Date): Buffer =>
  row.token_used_at === null && row.previous_hash && row.previous_until && row.previous_until > at
    ? row.previous_hash
    : row.hash

const isExpired = (row: EnrolmentRow, at: Date): boolean => !row.first_contact_at && row.expires_at <= at

/** Ends a collector's right at once. Throws `not-found`. */
export async function endEnrolment(deps: Deps, id: string, actor: Actor): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockEnrolment(trx, id)
    if (!row) throw noEnrolment()
    if (row.revoked_at) return
    await revokeEnrolment(trx, id, at)
    await recordAudit(trx, {
      at,
      actor,
      action: 'enrolment.revoked',
      target: { type: 'enrolment', id },
      detail: { name: row.name, cluster: row.cluster_id },
    })
  })
}

/** The collector of a token; undefined where it is unknown, revoked, or was never used in its time. */
export async function collectorOfToken(deps: Deps, text: string): Promise<Collector | undefined> {
  const now = deps.now()
  const hash = tokenHash(text)
  const row = await enrolmentByHash(deps.db, hash, now)
  if (!row || row.revoked_at || isExpired(row, now)) return undefined
  if (row.token_used_at === null && row.hash.equals(hash))
    await noteTokenUsed(deps.db, row.enrolment_id, hash, now)
  return {
    type: 'collector',
    enrolmentId: row.enrolment_id,
    clusterId: row.cluster_id ?? undefined,
    name: row.name,
  }
}

/** What an enrolment says of the cluster that it brings. */
export interface Enrolled {
  readonly name: string
  readonly environment: string
  readonly labels: Readonly<Record<string, string>>
  /** When it was made: of several enrolments the newest counts. */
  readonly at: string
}

/** Binds a collector to the cluster that it speaks of, at its first contact and ever after. Throws `forbidden` for any other cluster. */
export async function bindCollector(
  client: Client,
  collector: Collector,
  clusterId: string,
  at: Date,
): Promise<Enrolled> {
  const isBound = await bindEnrolment(client, collector.enrolmentId, clusterId, at)
  const row = isBound ? await enrolmentById(client, collector.enrolmentId) : undefined
  if (!row)
    throw new Fault(
      'forbidden',
      `collector ${collector.name} is enrolled for cluster ${collector.clusterId ?? 'another'}, not for ${clusterId}; enrol this cluster by itself`,
    )
  return {
    name: row.name,
    environment: row.environment,
    labels: row.labels,
    at: row.created_at.toISOString(),
  }
}

function viewOf(row: EnrolmentRow, now: Date, collectors: readonly CollectorRow[]): EnrolmentView {
  const state = stateOf(row, now, collectors)
  return {
    id: row.enrolment_id,
    name: row.name,
    environment: row.environment,
    labels: row.labels,
    options: optionsOf(row.options),
    clusterId: row.cluster_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    firstContactAt: row.first_contact_at,
    lastContactAt: row.last_contact_at,
    state,
    gaps: state === 'partial' ? collectors.flatMap(one => lostGaps(one).map(({ detail }) => detail)) : [],
  }
}

/** Options as they were asked for; those of another version of this server are as good as not given. */
function optionsOf(stored: unknown): AgentOptions {
  const read = enrolmentsApi.agentOptions.safeParse(stored)
  return read.success ? read.data : enrolmentsApi.agentOptions.parse({})
}

function stateOf(row: EnrolmentRow, now: Date, collectors: readonly CollectorRow[]): EnrolmentView['state'] {
  if (row.revoked_at) return 'revoked'
  if (!row.first_contact_at) return isExpired(row, now) ? 'expired' : 'waiting'
  if (collectors.some(one => one.stale_since !== null)) return 'stale'
  return collectors.some(one => lostGaps(one).length > 0) ? 'partial' : 'connected'
}

/** Gaps that nobody chose: a slice that is switched off is none. */
const lostGaps = ({ gaps }: CollectorRow) => gaps.filter(({ reason }) => reason !== 'not-collected')

const noEnrolment = () => new Fault('not-found', 'there is no such enrolment')
