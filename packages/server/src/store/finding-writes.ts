// Finding writes: the statements by which assessments keep findings, and what they were before.

import { sql } from 'kysely'
import type { Client } from './schema.ts'
import type { FindingOutcome, FindingState } from './schema-assessments.ts'

/** A finding as an assessment compares it with what it found. */
export interface KnownFinding {
  readonly finding_id: string
  readonly rule: string
  readonly asset_key: string
  readonly parameters: Readonly<Record<string, unknown>> | null
  readonly severity: number
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly reason: string | null
  readonly evidence_digest: string
  readonly exception_id: string | null
  readonly root_key: string
}

/** The asset that findings stand at. */
export interface FindingPlace {
  readonly cluster_id: string
  readonly asset_key: string
  readonly api_version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly root_kind: string
  readonly root_key: string
}

/** A finding to be kept for the first time. */
export interface NewFinding {
  readonly finding_id: string
  readonly rule: string
  readonly discriminator: string | null
  readonly parameters: unknown
  readonly severity: number
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly reason: string | null
  /** JSON. */
  readonly evidence: string
  readonly evidence_digest: string
  readonly exception_id: string | null
}

/** New findings of one asset. */
export interface NewFindings {
  readonly place: FindingPlace
  readonly findings: readonly NewFinding[]
}

/**
 * What a finding becomes. Of evidence null, what was last seen stays. `reopens`: it was resolved. `resolution`: it is from now on.
 */
export interface FindingChange {
  readonly finding_id: string
  readonly severity: number
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly reason: string | null
  readonly evidence: unknown
  readonly evidence_digest: string | null
  readonly exception_id: string | null
  readonly reopens: boolean
  readonly resolution: string | null
}

export async function findingsOfAssets(
  db: Client,
  clusterId: string,
  assets: readonly string[],
): Promise<readonly KnownFinding[]> {
  if (assets.length === 0) return []
  const { rows } = await sql<KnownFinding>`
    select finding_id, rule, asset_key, parameters, severity, outcome, state, reason, evidence_digest, exception_id, root_key
    from finding where cluster_id = ${clusterId} and asset_key = any(${assets})`.execute(db)
  return rows
}

/**
 * Keeps findings that were not there before, first seen at an instant. What is said of an asset travels once for all its findings, and
 * evidence as the text that it was hashed as: this is the statement of which a first assessment has the most. Some thousand at a time.
 */
export async function insertFindings(
  db: Client,
  clusterId: string,
  at: string,
  assets: readonly NewFindings[],
): Promise<void> {
  const texts = assets.filter(({ findings }) => findings.length > 0).map(textOf)
  if (texts.length === 0) return
  await sql`insert into finding (cluster_id, finding_id, rule, asset_key, discriminator, parameters, severity, outcome, state, api_version,
      kind, namespace, name, labels, root_kind, root_key, reason, evidence, evidence_digest, exception_id, first_seen, opened_at, changed_at)
    select ${clusterId}, f.finding_id, f.rule, a.asset_key, f.discriminator, f.parameters, f.severity, f.outcome, f.state, a.api_version,
      a.kind, a.namespace, a.name, a.labels, a.root_kind, a.root_key, f.reason, f.evidence, f.evidence_digest, f.exception_id,
      ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${`[${texts.join(',')}]`}::json) as a(asset_key text, api_version text, kind text, namespace text, name text,
      labels jsonb, root_kind text, root_key text, findings json)
    cross join lateral json_to_recordset(a.findings) as f(finding_id text, rule text, discriminator text, parameters jsonb,
      severity smallint, outcome text, state text, reason text, evidence jsonb, evidence_digest text, exception_id text)`.execute(
    db,
  )
}

/** The JSON of an asset with its findings; what is absent in it is null there. */
function textOf({ place, findings }: NewFindings): string {
  const { cluster_id: _, ...own } = place
  let text = `${JSON.stringify(own).slice(0, -1)},"findings":[`
  let separator = ''
  for (const one of findings) {
    // Written by hand: these are most of the bytes that a first assessment writes. Ids and digests are hex; what is null is left out.
    text += `${separator}{"finding_id":"${one.finding_id}","rule":${JSON.stringify(one.rule)},"severity":${one.severity}`
    text += `,"outcome":"${one.outcome}","state":"${one.state}","evidence_digest":"${one.evidence_digest}","evidence":${one.evidence}`
    if (one.discriminator !== null) text += `,"discriminator":${JSON.stringify(one.discriminator)}`
    if (one.parameters !== null) text += `,"parameters":${JSON.stringify(one.parameters)}`
    if (one.reason !== null) text += `,"reason":${JSON.stringify(one.reason)}`
    if (one.exception_id !== null) text += `,"exception_id":${JSON.stringify(one.exception_id)}`
    text += '}'
    separator = ','
  }
  return `${text}]}`
}

/** Keeps what findings were until `at`, and makes them what they are from then on. */
export async function changeFindings(
  db: Client,
  clusterId: string,
  at: string,
  changes: readonly FindingChange[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += 2000) {
    const batch = changes.slice(from, from + 2000)
    const ended = batch.filter(change => !change.reopens).map(one => one.finding_id)
    if (ended.length > 0)
      await sql`insert into finding_interval
          (cluster_id, finding_id, valid_from, valid_to, rule, asset_key, discriminator, outcome, state, severity, reason, evidence, exception_id)
        select cluster_id, finding_id, changed_at, ${at}, rule, asset_key, discriminator, outcome, state, severity, reason, evidence, exception_id
        from finding where cluster_id = ${clusterId} and finding_id = any(${ended})`.execute(db)
    await sql`
      update finding f set severity = c.severity, outcome = c.outcome, state = c.state, reason = c.reason,
        evidence = coalesce(c.evidence, f.evidence), evidence_digest = coalesce(c.evidence_digest, f.evidence_digest),
        exception_id = c.exception_id,
        opened_at = case when c.reopens then ${at}::timestamptz else f.opened_at end,
        reopened = f.reopened + case when c.reopens then 1 else 0 end,
        changed_at = ${at}::timestamptz,
        resolution = c.resolution,
        resolved_at = case when c.resolution is null then null else ${at}::timestamptz end
      from json_to_recordset(${JSON.stringify(batch)}::json) as c(finding_id text, severity smallint, outcome text, state text,
        reason text, evidence jsonb, evidence_digest text, exception_id text,
        reopens boolean, resolution text)
      where f.cluster_id = ${clusterId} and f.finding_id = c.finding_id`.execute(db)
  }
}

/** Says of the findings of assets what is said of these now. */
export async function describeFindings(
  db: Client,
  clusterId: string,
  assets: readonly {
    readonly asset_key: string
    readonly api_version: string
    readonly labels: Readonly<Record<string, string>>
    readonly root_kind: string
    readonly root_key: string
  }[],
): Promise<void> {
  if (assets.length === 0) return
  const rows = assets.map(({ asset_key, api_version, labels, root_kind, root_key }) => ({
    asset_key,
    api_version,
    labels,
    root_kind,
    root_key,
  }))
  await sql`update finding f set api_version = a.api_version, labels = a.labels, root_kind = a.root_kind, root_key = a.root_key
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as a(asset_key text, api_version text, labels jsonb, root_kind text, root_key text)
    where f.cluster_id = ${clusterId} and f.asset_key = a.asset_key and f.state <> 'resolved'`.execute(db)
}

/** Counts findings anew by rule in these namespaces, and keeps the counts in their place. */
export async function recountRules(
  db: Client,
  clusterId: string,
  namespaces: readonly string[],
): Promise<void> {
  if (namespaces.length === 0) return
  await sql`delete from rule_count where cluster_id = ${clusterId} and namespace = any(${namespaces})`.execute(
    db,
  )
  await sql`insert into rule_count (cluster_id, namespace, rule, severity, open, excepted, not_evaluated)
    select cluster_id, namespace, rule, max(severity),
      count(*) filter (where state = 'open' and outcome = 'fail'),
      count(*) filter (where state = 'excepted'),
      count(*) filter (where state = 'open' and outcome in ('not-evaluated', 'error'))
    from finding
    where cluster_id = ${clusterId} and namespace = any(${namespaces}) and state <> 'resolved'
    group by cluster_id, namespace, rule`.execute(db)
}

export interface FindingCounts {
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
  readonly notEvaluated: number
}

/** What a cluster's findings come to, from their counts by rule. */
export async function countFindings(db: Client, clusterId: string): Promise<FindingCounts> {
  const { rows } = await sql<FindingCounts>`
    select coalesce(sum(open) filter (where severity = 4), 0)::int as critical,
      coalesce(sum(open) filter (where severity = 3), 0)::int as high,
      coalesce(sum(open) filter (where severity = 2), 0)::int as medium,
      coalesce(sum(open) filter (where severity = 1), 0)::int as low,
      coalesce(sum(excepted), 0)::int as excepted,
      coalesce(sum(not_evaluated), 0)::int as "notEvaluated"
    from rule_count where cluster_id = ${clusterId}`.execute(db)
  return rows[0] as FindingCounts
}

export interface FindingAt {
  readonly finding_id: string
  readonly rule: string
  readonly asset_key: string
  readonly discriminator: string | null
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly severity: number
  readonly reason: string | null
  readonly evidence: unknown
  readonly exception_id: string | null
}

/** The findings of a cluster as they were at an instant (a text for microseconds), by id; those that were resolved then are none. */
export async function findingsAt(
  db: Client,
  clusterId: string,
  at: Date | string,
): Promise<readonly FindingAt[]> {
  const { rows } = await sql<FindingAt>`
    select finding_id, rule, asset_key, discriminator, outcome, state, severity, reason, evidence, exception_id
    from finding_state
    where cluster_id = ${clusterId} and valid_from <= ${at}::timestamptz and valid_to > ${at}::timestamptz
    order by finding_id`.execute(db)
  return rows
}
