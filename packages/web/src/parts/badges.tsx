// Badges: severities, outcomes and states, each with a shape and a word, so that colour is never the only sign.

import type { Severity } from '@plimsoll/core/contract/client'
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHandStop,
  IconMinus,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './badges.module.css'

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']
export const severityWord: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
}

/** Four bars, of which as many are full as the severity is high: told apart without colour. */
export const SeverityIcon = ({ severity }: { readonly severity: Severity }) => {
  const full = 4 - severities.indexOf(severity)
  return (
    <svg
      className={styles.bars}
      data-severity={severity}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      {[0, 1, 2, 3].map(index => (
        <rect
          key={index}
          x={index * 3 + 0.25}
          y={8.25 - index * 2.6}
          width="2.1"
          height={3.5 + index * 2.6}
          rx="0.5"
          opacity={index < full ? 1 : 0.24}
        />
      ))}
    </svg>
  )
}

export const SeverityBadge = ({ severity }: { readonly severity: Severity }) => (
  <span className={styles.badge} data-severity={severity}>
    <SeverityIcon severity={severity} />
    {severityWord[severity]}
  </span>
)

export type Outcome =
  | 'pass'
  | 'fail'
  | 'manual'
  | 'not-applicable'
  | 'not-evaluated'
  | 'error'
  | 'excepted'
  | 'none'

const outcomes: Readonly<Record<Outcome, { readonly word: string; readonly icon: typeof IconCheck }>> = {
  pass: { word: 'Pass', icon: IconCheck },
  fail: { word: 'Fail', icon: IconX },
  manual: { word: 'Manual', icon: IconHandStop },
  'not-applicable': { word: 'Not applicable', icon: IconMinus },
  'not-evaluated': { word: 'Not evaluated', icon: IconCircleDashed },
  error: { word: 'Error', icon: IconAlertTriangle },
  excepted: { word: 'Excepted', icon: IconShieldCheck },
  none: { word: 'No subject', icon: IconMinus },
}

export const outcomeWord = (outcome: Outcome): string => outcomes[outcome].word

export function OutcomeBadge({
  outcome,
  detail,
}: {
  readonly outcome: Outcome
  readonly detail?: ReactNode
}) {
  const { word, icon: Icon } = outcomes[outcome]
  return (
    <span className={styles.badge} data-outcome={outcome}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {word}
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </span>
  )
}

export type ClusterStatus = 'complete' | 'partial' | 'stale' | 'waiting'

const statuses: Readonly<Record<ClusterStatus, { readonly word: string; readonly icon: typeof IconCheck }>> =
  {
    complete: { word: 'Complete', icon: IconCheck },
    partial: { word: 'Partial', icon: IconCircleDashed },
    stale: { word: 'Stale', icon: IconClock },
    waiting: { word: 'Waiting', icon: IconCircleDashed },
  }

/** How much of a cluster was seen, and whether it still speaks. */
export function StatusBadge({ status }: { readonly status: ClusterStatus }) {
  const { word, icon: Icon } = statuses[status]
  return (
    <span className={styles.badge} data-status={status}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {word}
    </span>
  )
}
