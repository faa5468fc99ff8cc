// Verdict: the exit code of a scan.

import type { Summary } from '../model/assessment.ts'
import { isAtLeast, type Severity, severities } from '../model/severity.ts'

export interface VerdictOptions {
  /** The least severity of a failure that fails the scan. */
  readonly failOn: Severity
  /** Whether a scan that did not see everything may be clean. */
  readonly allowGaps: boolean
  /** Whether only failures that a baseline lacks count. */
  readonly onlyNew: boolean
}

/**
 * 1: failures at or above `failOn` that no exception covers. 2: some of the input could not be read as what it claims to be. 3: something
 * was not evaluated, unless gaps are allowed; a control of a benchmark asked for that no collector of this scan could decide is such a
 * thing. 0: all was seen and is clean.
 */
export function exitCode(
  summary: Pick<Summary, 'failures' | 'newFailures' | 'gaps' | 'counts' | 'controls'>,
  { failOn, allowGaps, onlyNew }: VerdictOptions,
): 0 | 1 | 2 | 3 {
  const failures = onlyNew ? summary.newFailures : summary.failures
  if (severities.some(severity => isAtLeast(severity, failOn) && failures[severity] > 0)) return 1
  if (summary.gaps.some(gap => gap.reason === 'unparsable')) return 2
  const { counts, gaps, controls } = summary
  const isPartial =
    gaps.length > 0 ||
    counts['not-evaluated'] > 0 ||
    counts.error > 0 ||
    controls.some(({ outcome }) => outcome === 'not-evaluated')
  return isPartial && !allowGaps ? 3 : 0
}
