// Options: what a report is given beside the assessment.

import type { ResourceEntry } from '../model/assessment.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Rule } from '../model/rule.ts'
import type { Severity } from '../model/severity.ts'

/** A place in a source file, 1-based. */
export interface LinePlace {
  readonly line: number
  readonly column?: number
}

/** The places of paths of one resource in its source, in their order; undefined for those that cannot be known. */
export type Locate = (entry: ResourceEntry, paths: readonly string[]) => readonly (LinePlace | undefined)[]

export interface ReportOptions {
  /** The rules that ran, for their titles and remediations. */
  readonly rules: readonly Rule[]
  /** The present instant, ISO 8601. Asked for once, when the last result is known. */
  readonly now: () => string
  /** Asked only for failures that are shown; absent where there are no sources (a live cluster). */
  readonly locate?: Locate
  /** The outcomes to list; absent: all that the format lists. Counts, controls and scores are never filtered. */
  readonly only?: ReadonlySet<Outcome>
  /** The least severity to list. */
  readonly severity?: Severity
  /** Failures were compared with a baseline: list what is new, count the rest. */
  readonly baseline?: boolean
  /** Gaps were accepted by the caller. They are told all the same; a format that can say how bad it is says less. */
  readonly allowGaps?: boolean
}
