// Failures: open failures by severity, and beside them what is accepted and what is not known.

import type { FindingCounts } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { SeverityBadge, severities } from '../../parts/badges.tsx'
import bars from '../../parts/bars.module.css'
import { Panel } from '../../parts/panel.tsx'
import { wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

export function FailuresPanel({ counts }: { readonly counts: FindingCounts }) {
  const most = Math.max(1, ...severities.map(severity => counts[severity]))
  const beside = [
    ['Excepted', counts.excepted, 'state : excepted'],
    ['Not evaluated', counts.notEvaluated, 'state : open AND outcome : not-evaluated'],
    ['Manual', counts.manual, 'state : open AND outcome : manual'],
  ] as const
  return (
    <Panel title="Open failures" className={styles.quarter}>
      <p className={styles.headline}>
        {wholeNumber(counts.failed)} <span>findings fail</span>
      </p>
      <div className={styles.severities}>
        {severities.map(severity => (
          <Link
            key={severity}
            className={styles.severity}
            to="/findings"
            search={{ q: `state : open AND outcome : fail AND severity : ${severity}` }}
          >
            <SeverityBadge severity={severity} />
            <span className={bars.track} aria-hidden="true">
              <span data-fill={severity} style={{ width: `${(counts[severity] / most) * 100}%` }} />
            </span>
            <b>{wholeNumber(counts[severity])}</b>
          </Link>
        ))}
      </div>
      <dl className={styles.facts}>
        {beside.flatMap(([name, count, q]) => [
          <dt key={name}>
            <Link to="/findings" search={{ q }}>
              {name}
            </Link>
          </dt>,
          <dd key={`${name} count`}>{wholeNumber(count)}</dd>,
        ])}
      </dl>
    </Panel>
  )
}
