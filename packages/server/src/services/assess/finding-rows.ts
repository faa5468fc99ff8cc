// Finding rows: what an assessment's results make of the findings that are kept: opened, changed, reopened, resolved.

import { hash } from 'node:crypto'
import type { Result, Severity } from '@plimsoll/core'
import { canonicalJson } from '@plimsoll/core'
import type { FindingChange, FindingPlace, KnownFinding, NewFinding } from '../../store/finding-writes.ts'
import type { FindingOutcome, FindingState } from '../../store/schema-assessments.ts'

export const severityRank: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 }

/** Why a finding is resolved. */
export type Resolution = 'fixed' | 'resource removed' | 'no longer judged'

/** The lasting id of a finding in its cluster. */
export function findingId(
  rule: string,
  asset: string,
  discriminator: string | null,
  parameters: unknown,
): string {
  // Of mere texts the canonical JSON is the ordinary one.
  return digestOf(
    parameters == null
      ? JSON.stringify([rule, asset, discriminator, null])
      : canonicalJson([rule, asset, discriminator, parameters]),
  )
}

/** Of a JSON text. */
const digestOf = (json: string): string => hash('sha256', json, 'hex').slice(0, 32)

export interface Reconciled {
  readonly fresh: readonly NewFinding[]
  readonly changes: readonly FindingChange[]
  /** Open and excepted findings of the asset, after this. */
  readonly counts: AssetCounts
}

export interface AssetCounts {
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly excepted: number
}

export interface ReconcileInput {
  readonly place: FindingPlace
  readonly known: readonly KnownFinding[]
  readonly results: readonly Result[]
  /** The rules that were judged; undefined: all. */
  readonly rules: ReadonlySet<string> | undefined
  /** Whether a rule with these parameters still judges the asset; where not, its findings are no longer judged. */
  readonly judges: (rule: string, parameters: unknown) => boolean
}

/**
 * Compares what is kept of an asset with what was found now. A failure of which a gap now hides whether it still stands is neither fixed nor
 * failing: it stays, as not evaluated, with the evidence that was last seen.
 */
export function reconcile(input: ReconcileInput): Reconciled {
  const { place, rules, results } = input
  const fresh: NewFinding[] = []
  const changes: FindingChange[] = []
  const byId = new Map(input.known.map(row => [row.finding_id, row]))
  const counts = { critical: 0, high: 0, medium: 0, low: 0, excepted: 0 }
  const count = (state: FindingState, outcome: FindingOutcome, severity: number) => {
    if (state === 'excepted') counts.excepted++
    else if (state === 'open' && outcome === 'fail') counts[severityNames[severity] as Severity]++
  }
  /** What hides whether a failure still stands, by rule and parameters. */
  const unseen = new Map<string, Result>()
  const met = new Set<string>()

  for (const result of results) {
    const row = rowOf(place.asset_key, result)
    if (row.outcome === 'not-evaluated' || row.outcome === 'error') unseen.set(planKey(result), result)
    // A failure and what could not be judged beside it may have one name: the failure is what there is to tell.
    if (met.has(row.finding_id)) continue
    met.add(row.finding_id)
    count(row.state, row.outcome, row.severity)
    const before = byId.get(row.finding_id)
    byId.delete(row.finding_id)
    if (!before) {
      fresh.push({
        finding_id: row.finding_id,
        rule: result.rule,
        discriminator: result.discriminator ?? null,
        parameters: result.parameters ?? null,
        severity: row.severity,
        outcome: row.outcome,
        state: row.state,
        reason: row.reason,
        evidence: row.evidence,
        evidence_digest: row.evidence_digest,
        exception_id: row.exception_id,
      })
      continue
    }
    // What was not judged now keeps the proof of what was found before.
    const keepsEvidence = row.outcome !== 'fail' && before.state !== 'resolved'
    const digest = keepsEvidence ? before.evidence_digest : row.evidence_digest
    if (isSame(before, { ...row, evidence_digest: digest })) continue
    changes.push({
      finding_id: row.finding_id,
      severity: row.severity,
      outcome: row.outcome,
      state: row.state,
      reason: row.reason,
      evidence: keepsEvidence ? null : result.evidence,
      evidence_digest: digest,
      exception_id: row.exception_id,
      reopens: before.state === 'resolved',
      resolution: null,
    })
  }

  for (const row of byId.values()) {
    if (row.state === 'resolved') continue
    if (rules && !rules.has(row.rule)) {
      count(row.state, row.outcome, row.severity)
      continue
    }
    const hidden = unseen.get(planKey(row))
    if (!hidden)
      changes.push(resolve(row, input.judges(row.rule, row.parameters) ? 'fixed' : 'no longer judged'))
    else {
      const change = hide(row, hidden.reason ?? null)
      if (change) changes.push(change)
    }
  }
  return { fresh, changes, counts }
}

const severityNames: Readonly<Record<number, Severity>> = { 4: 'critical', 3: 'high', 2: 'medium', 1: 'low' }

const planKey = ({ rule, parameters }: { readonly rule: string; readonly parameters?: unknown }) =>
  parameters == null ? rule : `${rule} ${canonicalJson(parameters)}`

/** The finding is no longer there. */
export const resolve = (row: KnownFinding, resolution: Resolution): FindingChange => ({
  finding_id: row.finding_id,
  severity: row.severity,
  outcome: row.outcome,
  state: 'resolved',
  reason: row.reason,
  evidence: null,
  evidence_digest: null,
  exception_id: row.exception_id,
  reopens: false,
  resolution,
})

/** Nobody can tell whether the finding is still there; undefined where that was said before. */
export function hide(row: KnownFinding, reason: string | null): FindingChange | undefined {
  if (row.outcome === 'not-evaluated' && row.reason === reason && row.state === 'open') return undefined
  return {
    finding_id: row.finding_id,
    severity: row.severity,
    outcome: 'not-evaluated',
    state: 'open',
    reason,
    evidence: null,
    evidence_digest: null,
    exception_id: null,
    reopens: false,
    resolution: null,
  }
}

interface Wanted {
  readonly finding_id: string
  readonly severity: number
  readonly outcome: FindingOutcome
  readonly state: FindingState
  readonly reason: string | null
  /** Canonical JSON. */
  readonly evidence: string
  readonly evidence_digest: string
  readonly exception_id: string | null
}

function rowOf(asset: string, result: Result): Wanted {
  const evidence = canonicalJson(result.evidence)
  return {
    finding_id: findingId(result.rule, asset, result.discriminator ?? null, result.parameters),
    severity: severityRank[result.severity],
    outcome: result.outcome as FindingOutcome,
    state: result.exception ? 'excepted' : 'open',
    reason: result.reason ?? null,
    evidence,
    evidence_digest: digestOf(evidence),
    exception_id: result.exception?.id ?? null,
  }
}

const isSame = (before: KnownFinding, now: Omit<Wanted, 'evidence'>): boolean =>
  before.outcome === now.outcome &&
  before.state === now.state &&
  before.severity === now.severity &&
  before.reason === now.reason &&
  before.evidence_digest === now.evidence_digest &&
  before.exception_id === now.exception_id
