// Evidence mark: a short mark of what was found, by which an accepted finding is told from one that has become another.

import { hashText } from '../model/hash.ts'
import { evidenceFingerprints } from './baseline.ts'

/** Equal for equal evidence, whatever its order, lines and list positions. Takes evidence as results hold it, or as it was stored in JSON. */
export const evidenceMark = (evidence: readonly unknown[]): string =>
  hashText(
    JSON.stringify([...evidenceFingerprints(evidence)].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
  )
