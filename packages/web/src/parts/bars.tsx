// Bars: shares drawn to scale beside their numbers: one bar of parts, and lists of rows with a bar each.

import type { Severity } from '@plimsoll/core/contract/client'
import type { ReactNode } from 'react'
import { SeverityIcon, severities, severityWord } from './badges.tsx'
import styles from './bars.module.css'
import { percentOf, shortNumber, wholeNumber } from './words.ts'

export type BySeverity = Readonly<Record<Severity, number>>

/** Counts by severity in four columns, aligned under one another from row to row; zeros are faint. */
export const SeverityCounts = ({ counts }: { readonly counts: BySeverity }) => (
  <span className={styles.counts}>
    {severities.map(severity => (
      <span
        key={severity}
        data-severity={severity}
        data-zero={counts[severity] === 0 || undefined}
        title={`${severityWord[severity]}: ${wholeNumber(counts[severity])}`}
      >
        <SeverityIcon severity={severity} />
        {shortNumber(counts[severity])}
      </span>
    ))}
  </span>
)

/** A bar of one share, from 0 to `most`. */
export const Bar = ({
  value,
  most,
  label,
}: {
  readonly value: number
  readonly most: number
  readonly label: string
}) => (
  <span className={styles.track} role="img" aria-label={label}>
    <span data-fill="plain" style={{ width: `${percentOf(value, most)}%` }} />
  </span>
)

/** Passed and failed of what was judged; hatched where nothing was. */
export function PassFailBar({ passed, failed }: { readonly passed: number; readonly failed: number }) {
  const label = `${wholeNumber(passed)} passed, ${wholeNumber(failed)} failed`
  return (
    <span
      className={styles.track}
      data-unknown={passed + failed === 0 || undefined}
      role="img"
      aria-label={passed + failed === 0 ? 'Nothing judged' : label}
      title={label}
    >
      <span data-fill="fail" style={{ width: `${percentOf(failed, passed + failed)}%` }} />
      <span data-fill="pass" style={{ width: `${percentOf(passed, passed + failed)}%` }} />
    </span>
  )
}

/** Figures side by side with their names below. */
export const Figures = ({ children }: { readonly children: ReactNode }) => (
  <dl className={styles.figures}>{children}</dl>
)

interface StatProps {
  readonly name: string
  readonly value: ReactNode
  readonly tone?: 'good' | 'bad' | 'plain'
  readonly detail?: ReactNode
}

/** One figure with its name. */
export const Stat = ({ name, value, tone = 'plain', detail }: StatProps) => (
  <div className={styles.stat} data-tone={tone}>
    <dt>{name}</dt>
    <dd>
      {value}
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </dd>
  </div>
)
