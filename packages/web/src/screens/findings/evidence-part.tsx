// Evidence part: where in the object the rule saw what, what it expects there, and those lines of the object.

import type { WholeFinding } from '@plimsoll/core/contract/client'
import { EvidenceTable } from '../../parts/evidence-table.tsx'
import { yamlText } from '../../parts/object-text.ts'
import { marksOf } from '../../parts/remediation.tsx'
import { YamlView } from '../../parts/yaml-view.tsx'
import styles from './findings.module.css'

interface EvidencePartProps {
  readonly finding: WholeFinding
  /** The object as it is; undefined where it is not read yet, or there is none. */
  readonly object: unknown
}

export const EvidencePart = ({ finding, object }: EvidencePartProps) => (
  <section className={styles.part} aria-label="Evidence">
    <h3>Evidence</h3>
    {finding.reason && <p className={styles.reason}>{finding.reason}</p>}
    {finding.evidence.length === 0 && !finding.reason && (
      <p className={styles.note}>The rule names no place.</p>
    )}
    {finding.evidence.length > 0 && <EvidenceTable evidence={finding.evidence} className={styles.evidence} />}
    {object !== undefined && finding.evidence.length > 0 && (
      <YamlView text={yamlText(object)} marks={marksOf(object, finding)} around={3} label="Where it stands" />
    )}
  </section>
)
