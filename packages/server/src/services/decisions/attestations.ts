// Attestations: people's words on controls that no rule decides: given with a last day, shown, taken back.

import { randomUUID } from 'node:crypto'
import { type Attestation, type Control, chooseEditions, type Edition, unknownId } from '@plimsoll/core'
import {
  type AttestationRow,
  addAttestation,
  attestedKey,
  endAttestation,
  listAttestations,
  lockAttestation,
} from '../../store/attestations.ts'
import { sightOf } from '../../store/profiles.ts'
import { type Actor, recordAudit } from '../access/audit.ts'
import { scopeOf } from '../assess/basis-for.ts'
import type { RulePack } from '../assess/ports.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Fault, type FaultPlace } from '../fault.ts'
import { noCluster } from './profiles.ts'

export interface AttestationDeps extends Deps {
  readonly pack: RulePack
}

export interface AttestationValues {
  readonly clusters: readonly string[]
  readonly benchmark: string
  readonly edition: string
  readonly control: string
  readonly outcome: Attestation['outcome']
  readonly statement: string
  readonly evidence: string
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly expires: string
}

export interface AttestationView extends Omit<AttestationValues, 'clusters'> {
  readonly id: string
  readonly cluster: string
  readonly attestedBy: string
  readonly attestedAt: Date
  readonly state: 'current' | 'superseded' | 'expired' | 'revoked'
  readonly revokedBy: string | null
  readonly revokedAt: Date | null
}

/** All that was said of a cluster, by control, the newest of each first. Throws `not-found`, `forbidden` where not all of it is seen. */
export async function viewAttestations(
  deps: AttestationDeps,
  caller: Caller,
  cluster: string,
): Promise<AttestationView[]> {
  await ensureWhole(deps, caller, [cluster])
  const rows = await listAttestations(deps.db, caller.permitted, cluster)
  const today = deps.now().toISOString().slice(0, 10)
  const met = new Set<string>()
  return rows.map(row => {
    const key = attestedKey(row.cluster_id, row.benchmark, row.edition, row.control)
    const isSuperseded = met.has(key)
    if (!row.revoked_at) met.add(key)
    return viewOf(row, isSuperseded, today)
  })
}

/**
 * Gives one word for each of some clusters, all or none. Throws `unprocessable` for a control that is not known, is no person's to decide
 * or is not asked of a cluster, and for a day that is over; `not-found`, `forbidden` for clusters that are not seen, or not whole.
 */
export async function attest(
  deps: AttestationDeps,
  caller: Caller,
  values: AttestationValues,
  actor: Actor,
): Promise<{ cluster: string; id: string }[]> {
  const { benchmark, edition, control, outcome, statement, evidence, expires } = values
  const at = deps.now()
  const asked = findControl(deps.pack, values)
  if (expires < at.toISOString().slice(0, 10))
    throw refused('an attestation ends on a day to come', [
      { path: '/expires', message: `${expires} is over` },
    ])
  const clusters = [...new Set(values.clusters)]
  const sight = await ensureWhole(deps, caller, clusters)
  const unasked = values.clusters.flatMap((id, index) => {
    const row = sight.get(id)?.row
    const isAsked = row && chooseEditions(deps.pack.editions, scopeOf(row)).includes(asked.edition)
    return isAsked
      ? []
      : [{ path: `/clusters/${index}`, message: `is not judged by ${benchmark}@${edition}` }]
  })
  if (unasked.length > 0) throw refused('not all of the clusters are judged by that edition', unasked)
  const made = clusters.map(cluster => ({ cluster, id: randomUUID() }))
  await deps.db.transaction().execute(async trx => {
    for (const { cluster, id } of made)
      await addAttestation(
        trx,
        {
          cluster_id: cluster,
          attestation_id: id,
          benchmark,
          edition,
          control,
          outcome,
          statement,
          evidence,
          attested_by: caller.id,
          attested_by_name: caller.name,
          expires,
        },
        at,
      )
    await recordAudit(trx, {
      at,
      actor,
      action: 'control.attested',
      target: { type: 'control', id: `${benchmark}@${edition}/${control}` },
      detail: { outcome, statement, evidence, expires, attestations: made },
    })
  })
  return made
}

/** Takes a word back; an older one that still holds counts again. Throws `not-found`, `conflict` where it was taken back already. */
export async function revokeAttestation(
  deps: AttestationDeps,
  caller: Caller,
  { cluster, id }: { readonly cluster: string; readonly id: string },
  actor: Actor,
): Promise<void> {
  const at = deps.now()
  await deps.db.transaction().execute(async trx => {
    const row = await lockAttestation(trx, caller.permitted, cluster, id)
    if (!row) throw new Fault('not-found', 'there is no such attestation')
    if (row.revoked_at) throw new Fault('conflict', 'the attestation was revoked already')
    await endAttestation(trx, cluster, id, caller.name, at)
    const { benchmark, edition, control, outcome, statement, expires } = row
    await recordAudit(trx, {
      at,
      actor,
      action: 'attestation.revoked',
      target: { type: 'attestation', id: `${cluster}/${id}` },
      detail: { benchmark, edition, control, outcome, statement, expires },
    })
  })
}

function findControl(
  { editions }: RulePack,
  { benchmark, edition, control }: AttestationValues,
): { readonly edition: Edition; readonly control: Control } {
  const unknown = (path: string, message: string) => refused('the control is not known', [{ path, message }])
  const family = editions.filter(own => own.benchmark === benchmark)
  if (family.length === 0)
    throw unknown(
      '/benchmark',
      unknownId(
        'benchmark',
        benchmark,
        editions.map(own => own.benchmark),
      ),
    )
  const found = family.find(own => own.edition === edition)
  if (!found)
    throw unknown(
      '/edition',
      unknownId(
        'edition',
        edition,
        family.map(own => own.edition),
      ),
    )
  const own = found.controls.find(({ id }) => id === control)
  if (!own)
    throw unknown(
      '/control',
      unknownId(
        'control',
        control,
        found.controls.map(({ id }) => id),
      ),
    )
  if (!own.undecided || !('manual' in own.undecided))
    throw refused('no person decides this control', [{ path: '/control', message: whyNotManual(own) }])
  return { edition: found, control: own }
}

function whyNotManual({ undecided, rules }: Control): string {
  if (undecided && !('manual' in undecided)) return undecided.why
  return rules.length > 0 ? 'is decided by rules' : 'is not decided by anything yet'
}

async function ensureWhole({ db }: AttestationDeps, { permitted }: Caller, clusters: readonly string[]) {
  const sight = await sightOf(db, permitted, clusters)
  if (clusters.some(id => !sight.has(id))) throw noCluster()
  if ([...sight.values()].some(({ isWhole }) => !isWhole))
    throw new Fault('forbidden', 'a control speaks of a whole cluster, and you see a part of it')
  return sight
}

const refused = (detail: string, places: readonly FaultPlace[]) =>
  new Fault('unprocessable', detail, { places })

function viewOf(row: AttestationRow, isSuperseded: boolean, today: string): AttestationView {
  const lasting = row.expires < today ? 'expired' : 'current'
  return {
    id: row.attestation_id,
    cluster: row.cluster_id,
    benchmark: row.benchmark,
    edition: row.edition,
    control: row.control,
    outcome: row.outcome,
    statement: row.statement,
    evidence: row.evidence,
    attestedBy: row.attested_by_name,
    attestedAt: row.attested_at,
    expires: row.expires,
    state: row.revoked_at ? 'revoked' : isSuperseded ? 'superseded' : lasting,
    revokedBy: row.revoked_by_name,
    revokedAt: row.revoked_at,
  }
}
