// Finding notes: the statements of what people say and do about findings: comments, triage, assignment.

import { sql, type Transaction } from 'kysely'
import type { Permitted, ZoneTerm } from './permitted.ts'
import type { Client, Schema } from './schema.ts'
import type { RoleName } from './schema-access.ts'
import { type Place, seen, seenColumns } from './seen.ts'

export interface FindingRef {
  readonly cluster: string
  readonly finding: string
}

export interface HandledFinding {
  readonly cluster_id: string
  readonly finding_id: string
  readonly triage: string
  readonly assignee: string | null
}

const asked = (refs: readonly FindingRef[]) =>
  sql`json_to_recordset(${JSON.stringify(refs)}::json) as asked(cluster text, finding text)`

/** Those of these findings that may be seen. */
export async function handledFindings(
  db: Client,
  permitted: Permitted,
  refs: readonly FindingRef[],
): Promise<HandledFinding[]> {
  const { rows } = await sql<HandledFinding>`
    select finding.cluster_id, finding.finding_id, finding.triage, finding.assignee
    from ${asked(refs)}
    join finding on finding.cluster_id = asked.cluster and finding.finding_id = asked.finding
    where ${seen(permitted, seenColumns('finding'))}`.execute(db)
  return rows
}

/** Sets triage and assignee of findings; undefined leaves one as it is. Nothing of what was found changes. */
export async function setHandling(
  trx: Transaction<Schema>,
  refs: readonly FindingRef[],
  change: { readonly triage?: string | undefined; readonly assignee?: string | null | undefined },
): Promise<void> {
  const sets = [
    ...(change.triage === undefined ? [] : [sql`triage = ${change.triage}`]),
    ...(change.assignee === undefined ? [] : [sql`assignee = ${change.assignee}::uuid`]),
  ]
  if (sets.length === 0 || refs.length === 0) return
  await sql`
    update finding set ${sql.join(sets)} from ${asked(refs)}
    where finding.cluster_id = asked.cluster and finding.finding_id = asked.finding`.execute(trx)
}

export interface NewNote extends FindingRef {
  readonly id: string
}

/** Adds a note of the same text to each of some findings, later than any that the finding has, whatever the clock says. */
export async function addNotes(
  trx: Transaction<Schema>,
  notes: readonly NewNote[],
  note: {
    readonly type: 'comment' | 'triage' | 'assignment'
    readonly body: string
    readonly author: { readonly id: string; readonly name: string }
    readonly at: Date
  },
): Promise<void> {
  if (notes.length === 0) return
  await sql`
    insert into finding_note (cluster_id, note_id, finding_id, at, author_id, author_name, type, body)
    select made.cluster, made.id, made.finding,
      greatest(${note.at}::timestamptz, (
        select max(known.at) + interval '1 millisecond' from finding_note known
        where known.cluster_id = made.cluster and known.finding_id = made.finding)),
      ${note.author.id}, ${note.author.name}, ${note.type}, ${note.body}
    from json_to_recordset(${JSON.stringify(notes)}::json) as made(cluster text, finding text, id uuid)`.execute(
    trx,
  )
}

export interface NoteRow {
  readonly note_id: string
  readonly at: Date
  readonly author_id: string
  readonly author_name: string
  readonly type: 'comment' | 'triage' | 'assignment'
  readonly body: string
  /** With microseconds. */
  readonly instant: string
}

/** What was said of a finding that the caller may see, the newest first. */
export async function notesOf(
  db: Client,
  permitted: Permitted,
  { cluster, finding }: FindingRef,
  after: { readonly instant: string; readonly id: string } | undefined,
  limit: number,
): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select note.note_id, note.at, note.author_id, note.author_name, note.type, note.body,
      to_char(note.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as instant
    from finding_note note
    join finding on finding.cluster_id = note.cluster_id and finding.finding_id = note.finding_id
    where note.cluster_id = ${cluster} and note.finding_id = ${finding} and ${seen(permitted, seenColumns('finding'))}
      ${after ? sql`and (note.at, note.note_id) < (${after.instant}::timestamptz, ${after.id}::uuid)` : sql``}
    order by note.at desc, note.note_id desc limit ${limit}`.execute(db)
  return rows
}

/** Where a finding belongs, for asking who else may see it; undefined where the caller may not. */
export async function placeOfFinding(
  db: Client,
  permitted: Permitted,
  { cluster, finding }: FindingRef,
): Promise<Place | undefined> {
  const { rows } = await sql<{
    kind: string
    namespace: string
    name: string
    labels: Place['labels']
    account: string
    environment: string
    cluster_labels: Place['labels']
  }>`
    select finding.kind, finding.namespace, finding.name, finding.labels, cluster.account, cluster.environment,
      cluster.labels as cluster_labels
    from finding join cluster on cluster.cluster_id = finding.cluster_id
    where finding.cluster_id = ${cluster} and finding.finding_id = ${finding}
      and ${seen(permitted, seenColumns('finding'))}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { account, environment, cluster_labels, ...own } = row
  return { cluster: { id: cluster, account, environment, labels: cluster_labels }, ...own }
}

export interface PersonWithTerms {
  readonly person_id: string
  readonly login: string
  readonly name: string
  readonly role: RoleName
  /** Of all zones of all their teams. */
  readonly terms: readonly ZoneTerm[]
}

/** Everybody who can sign in, with what they see, by name. */
export async function peopleWithTerms(db: Client): Promise<PersonWithTerms[]> {
  const { rows } = await sql<Omit<PersonWithTerms, 'terms'> & { zones: (readonly ZoneTerm[])[] }>`
    select person.person_id, person.login, person.name, person.role,
      coalesce(json_agg(zone.terms) filter (where zone.zone_id is not null), '[]') as zones
    from person
    left join team_member on team_member.person_id = person.person_id
    left join team_zone on team_zone.team_id = team_member.team_id
    left join zone on zone.zone_id = team_zone.zone_id
    where person.is_active
    group by person.person_id, person.login, person.name, person.role
    order by person.name, person.login`.execute(db)
  return rows.map(({ zones, ...row }) => ({ ...row, terms: zones.flat() }))
}
