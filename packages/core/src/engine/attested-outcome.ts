// Attested outcome: what a control comes to with a person's word on the part of it that no rule decides.

import type { ControlResult } from '../model/assessment.ts'

/** A person's word on a control in one cluster, while it holds. */
export interface Attestation {
  readonly outcome: 'pass' | 'fail' | 'not-applicable'
  /** What the person says. */
  readonly statement: string
  /** Who says it. */
  readonly by: string
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly expires: string
}

/**
 * The control with the attestation, where its outcome waits for one; else as it is. A word decides what nobody but a person can see, and
 * that only: what failed stays failed, accepted failures included, and what was not looked at stays unseen. Subjects and score are what
 * rules saw, so they do not change.
 */
export function attestedOutcome(result: ControlResult, attestation: Attestation | undefined): ControlResult {
  const { outcome, passed, failed, excepted, notEvaluated, unbounded } = result
  if (!attestation || outcome !== 'manual') return result
  if (failed > 0 || notEvaluated > 0 || unbounded) return result
  const word = `attested by ${attestation.by} until ${attestation.expires}: ${attestation.statement}`
  if (attestation.outcome === 'fail') return { ...result, outcome: 'fail', reason: word }
  if (excepted > 0)
    return { ...result, outcome: 'fail', reason: `every failure is covered by an exception; ${word}` }
  // That the rest does not apply leaves what the rules found.
  const isMet = attestation.outcome === 'pass' || passed > 0
  return { ...result, outcome: isMet ? 'pass' : 'not-applicable', reason: word }
}
