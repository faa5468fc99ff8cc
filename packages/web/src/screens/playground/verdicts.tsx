// Verdicts: what fails, by line, with what was found and expected there and how to mend it; then what was not decided.

import { OutcomeBadge, SeverityBadge } from '../../parts/badges.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { DiffView } from '../../parts/diff-view.tsx'
import { EvidenceTable } from '../../parts/evidence-table.tsx'
import plain from '../../parts/plain-table.module.css'
import { Section } from '../../parts/remediation.tsx'
import { counted } from '../../parts/words.ts'
import type { Answer, Verdict } from './judge.ts'
import styles from './playground.module.css'

interface VerdictsProps {
  readonly answer: Answer
  readonly onLine: (line: number) => void
}

export const Verdicts = ({ answer: { unread, failures, undecided }, onLine }: VerdictsProps) => (
  <div className={styles.verdicts}>
    {unread.length > 0 && (
      <ul className={styles.list} aria-label="What cannot be read">
        {unread.map(({ line, column, message }) => (
          <li key={`${line} ${column} ${message}`} data-mark="unread">
            <LineButton line={line} onLine={onLine} />
            <p>
              <strong>Cannot be read:</strong> {message}
              {column !== undefined && <span className={plain.fine}> column {column}</span>}
            </p>
          </li>
        ))}
      </ul>
    )}
    <List label="Failures" verdicts={failures} onLine={onLine} />
    {undecided.length > 0 && (
      <details className={styles.undecided}>
        <summary>{counted(undecided.length, 'verdict')} not decided: neither passed nor failed</summary>
        <List label="Not decided" verdicts={undecided} onLine={onLine} />
      </details>
    )}
  </div>
)

interface ListProps extends Pick<VerdictsProps, 'onLine'> {
  readonly label: string
  readonly verdicts: readonly Verdict[]
}

const List = ({ label, verdicts, onLine }: ListProps) =>
  verdicts.length > 0 && (
    <ul className={styles.list} aria-label={label}>
      {verdicts.map((verdict, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one rule may say two things of one subject
        <li key={`${verdict.rule} ${verdict.subject} ${index}`} data-mark={verdict.severity}>
          <LineButton line={verdict.line} onLine={onLine} />
          <details>
            <summary>
              {verdict.outcome === 'fail' ? (
                <SeverityBadge severity={verdict.severity} />
              ) : (
                <OutcomeBadge outcome={verdict.outcome} />
              )}
              <span className={styles.title}>
                {verdict.title}
                <span className={plain.fine}> {verdict.subject}</span>
              </span>
            </summary>
            <Detail verdict={verdict} />
          </details>
        </li>
      ))}
    </ul>
  )

const LineButton = ({ line, onLine }: { readonly line: number; readonly onLine: (line: number) => void }) => (
  <button type="button" data-row className={styles.line} onClick={() => onLine(line)}>
    Line {line}
  </button>
)

const Detail = ({ verdict }: { readonly verdict: Verdict }) => (
  <div className={styles.detail}>
    {verdict.reason && <Section title="Why">{verdict.reason}</Section>}
    {verdict.evidence.length > 0 && <EvidenceTable evidence={verdict.evidence} />}
    <Section title="How to fix it">
      <p>{verdict.remediation}</p>
    </Section>
    {verdict.fix && (
      <div className={plain.lines}>
        <DiffView label="What the fix changes" before={verdict.fix.before} after={verdict.fix.after} />
        <div className={plain.row}>
          <CopyButton isWide label="Copy fixed object" text={verdict.fix.after} />
        </div>
      </div>
    )}
    <Section title="Why it matters">
      <p>{verdict.rationale}</p>
    </Section>
    <p className={plain.fine}>
      Rule <code>{verdict.rule}</code>
    </p>
  </div>
)
