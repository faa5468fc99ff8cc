// Attestations: the statements of people's words on controls that no rule decides, in one cluster each.

import type { Attestation } from '@plimsoll/core'
import { sql, type Transaction } from 'kysely'
import type { Permitted } from './permitted.ts'
import type { EditionId } from './posture.ts'
import type { Client, Schema } from './schema.ts'
import { seenWholeCluster } from './seen.ts'

export interface AttestationRow {
  readonly cluster_id: string
  readonly attestation_id: string
  readonly benchmark: string
  readonly edition: string
  readonly control: string
  readonly outcome: Attestation['outcome']
  readonly statement: string
  readonly evidence: string
  readonly attested_by: string
  readonly attested_by_name: string
  readonly attested_at: Date
  /** `YYYY-MM-DD` */
  readonly expires: string
  readonly revoked_at: Date | null
  readonly revoked_by_name: string | null
}

const columns = sql`attestation.cluster_id, attestation.attestation_id, attestation.benchmark, attestation.edition,
  attestation.control, attestation.outcome, attestation.statement, attestation.evidence, attestation.attested_by,
  attestation.attested_by_name, attestation.attested_at, to_char(attestation.expires, 'YYYY-MM-DD') as expires,
  attestation.revoked_at, attestation.revoked_by_name`

/** All that was ever said of a cluster that the caller sees whole; by control, the newest of each first. */
export async function listAttestations(
  db: Client,
  permitted: Permitted,
  clusterId: string,
): Promise<AttestationRow[]> {
  const { rows } = await sql<AttestationRow>`
    select ${columns} from attestation
    where attestation.cluster_id = ${clusterId} and ${seenWholeCluster(permitted, 'attestation.cluster_id')}
    order by benchmark, edition, control, attested_at desc, attestation_id`.execute(db)
  return rows
}

/** What tells a control of an edition in a cluster. */
export const attestedKey = (cluster: string, benchmark: string, edition: string, control: string): string =>
  JSON.stringify([cluster, benchmark, edition, control])

/** Which attestations: of these clusters, of this edition; of all where nothing is said. */
export interface AttestationsAsked {
  readonly clusterIds?: readonly string[]
  readonly edition?: EditionId
}

const isAsked = (permitted: Permitted, { clusterIds, edition }: AttestationsAsked) => sql`
  ${seenWholeCluster(permitted, 'attestation.cluster_id')}
  ${clusterIds ? sql`and attestation.cluster_id = any(${[...clusterIds]}::text[])` : sql``}
  ${edition ? sql`and attestation.benchmark = ${edition.benchmark} and attestation.edition = ${edition.edition}` : sql``}`

/**
 * The words that hold at an instant, of clusters that the caller sees whole; by `attestedKey`. Of several on a control the newest counts
 * that was not revoked; once it is expired, no older one stands up in its place.
 */
export async function attestationsOf(
  db: Client,
  permitted: Permitted,
  asked: AttestationsAsked,
  at: Date,
): Promise<ReadonlyMap<string, Attestation>> {
  const { rows } = await sql<AttestationRow>`
    select distinct on (cluster_id, benchmark, edition, control) ${columns} from attestation
    where ${isAsked(permitted, asked)} and attested_at <= ${at} and (revoked_at is null or revoked_at > ${at})
    order by cluster_id, benchmark, edition, control, attested_at desc, attestation_id`.execute(db)
  const today = at.toISOString().slice(0, 10)
  return new Map(
    rows
      .filter(row => row.expires >= today)
      .map(row => [
        attestedKey(row.cluster_id, row.benchmark, row.edition, row.control),
        {
          outcome: row.outcome,
          statement: row.statement,
          by: row.attested_by_name,
          expires: row.expires,
        },
      ]),
  )
}

export interface AttestationTurn {
  readonly cluster_id: string
  readonly at: Date
}

/** The instants at which words on an edition were given, taken back or over, of clusters that the caller sees whole; newest first. */
export async function attestationTurns(
  db: Client,
  permitted: Permitted,
  edition: EditionId,
  {
    clusterId,
    since,
    until,
  }: { readonly clusterId: string | undefined; readonly since: Date; readonly until: Date },
  limit: number,
): Promise<readonly AttestationTurn[]> {
  const own = isAsked(permitted, { edition, ...(clusterId !== undefined && { clusterIds: [clusterId] }) })
  const over = sql`((attestation.expires + 1)::timestamp at time zone 'UTC')`
  const { rows } = await sql<AttestationTurn>`
    select cluster_id, at from (
      select cluster_id, attested_at as at from attestation where ${own}
      union select cluster_id, revoked_at from attestation where ${own} and revoked_at is not null
      union select cluster_id, ${over} from attestation where ${own} and (revoked_at is null or revoked_at > ${over})
    ) as turn where at > ${since} and at <= ${until} order by at desc, cluster_id limit ${limit}`.execute(db)
  return rows
}

/** All words that were ever given on an edition, of these clusters, as far as the caller sees them whole. */
export async function wordsOf(
  db: Client,
  permitted: Permitted,
  edition: EditionId,
  clusterIds: readonly string[],
): Promise<readonly AttestationRow[]> {
  const { rows } = await sql<AttestationRow>`
    select ${columns} from attestation where ${isAsked(permitted, { edition, clusterIds })}
    order by cluster_id, attested_at, attestation_id`.execute(db)
  return rows
}

/** Another text where any of the attestations is another; none changes but by being revoked. */
export async function attestationStamp(
  db: Client,
  permitted: Permitted,
  asked: AttestationsAsked,
): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select count(*) || '/' || count(revoked_at) || '/' || coalesce(max(attested_at)::text, '') as stamp
    from attestation where ${isAsked(permitted, asked)}`.execute(db)
  return rows[0]?.stamp ?? ''
}

export type NewAttestation = Omit<AttestationRow, 'attested_at' | 'revoked_at' | 'revoked_by_name'>

/** Adds a word, later than any on the same control whatever the clock says. */
export async function addAttestation(trx: Transaction<Schema>, row: NewAttestation, at: Date): Promise<void> {
  await sql`
    insert into attestation (cluster_id, attestation_id, benchmark, edition, control, outcome, statement, evidence,
      attested_by, attested_by_name, attested_at, expires)
    select ${row.cluster_id}, ${row.attestation_id}, ${row.benchmark}, ${row.edition}, ${row.control}, ${row.outcome},
      ${row.statement}, ${row.evidence}, ${row.attested_by}, ${row.attested_by_name},
      greatest(${at}::timestamptz, max(attested_at) + interval '1 millisecond'), ${row.expires}::date
    from attestation
    where cluster_id = ${row.cluster_id} and benchmark = ${row.benchmark} and edition = ${row.edition}
      and control = ${row.control}`.execute(trx)
}

/** One word, locked, of a cluster that the caller sees whole. */
export async function lockAttestation(
  trx: Transaction<Schema>,
  permitted: Permitted,
  clusterId: string,
  id: string,
): Promise<AttestationRow | undefined> {
  const { rows } = await sql<AttestationRow>`
    select ${columns} from attestation
    where attestation.cluster_id = ${clusterId} and attestation.attestation_id = ${id}
      and ${seenWholeCluster(permitted, 'attestation.cluster_id')} for update`.execute(trx)
  return rows[0]
}

export async function endAttestation(
  trx: Transaction<Schema>,
  clusterId: string,
  id: string,
  by: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('attestation')
    .set({ revoked_at: at, revoked_by_name: by })
    .where('cluster_id', '=', clusterId)
    .where('attestation_id', '=', id)
    .execute()
}
