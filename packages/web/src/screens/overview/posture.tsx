// Posture: the score with its interval, what it was made from, and how it went.

import type { Overview } from '@plimsoll/core/contract/client'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../parts/panel.tsx'
import plain from '../../parts/plain-table.module.css'
import { ScoreFigure, scoreSentence } from '../../parts/score.tsx'
import { ScoreTrend } from '../../parts/score-trend.tsx'
import { Empty } from '../../parts/states.tsx'
import { editionName, signed, wholeNumber } from '../../parts/words.ts'
import styles from './overview.module.css'

export function PosturePanel({
  overview: { score, edition, clusters, trend },
}: {
  readonly overview: Overview
}) {
  const known = trend.filter(({ value }) => value !== null)
  const [first, last] = [known[0]?.value, known.at(-1)?.value]
  const { complete = 0, partial = 0, stale = 0, waiting = 0 } = clusters.byStatus
  return (
    <Panel title="Posture score" className={styles.third} aside={edition && editionName(edition)}>
      {score ? (
        <>
          <ScoreFigure score={score} />
          {score.value === null && <p className={plain.fine}>{scoreSentence(score)}.</p>}
          <dl className={styles.facts}>
            <dt>Controls evaluated</dt>
            <dd>
              {wholeNumber(score.evaluated)} of {wholeNumber(score.evaluated + score.notEvaluated)}
            </dd>
            <dt>Change, 30 days</dt>
            <dd>{first != null && last != null ? signed(last - first) : 'not known'}</dd>
            <dt>
              <Link to="/clusters">Clusters</Link>
            </dt>
            <dd>
              {[
                `${complete} complete`,
                partial > 0 && `${partial} partial`,
                stale > 0 && `${stale} stale`,
                waiting > 0 && `${waiting} waiting`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </dd>
          </dl>
        </>
      ) : (
        <Empty title="No score">Nothing was judged by a standard yet.</Empty>
      )}
    </Panel>
  )
}

export const TrendPanel = ({ overview: { trend } }: { readonly overview: Overview }) => (
  <Panel title="Score, 30 days" className={styles.most} aside="of clusters there on each day">
    {trend.some(({ low }) => low !== null) ? (
      <ScoreTrend points={trend} height={176} label="Score over 30 days" />
    ) : (
      <Empty title="No trend yet">A score stands here once a cluster was judged on a day before.</Empty>
    )}
  </Panel>
)
