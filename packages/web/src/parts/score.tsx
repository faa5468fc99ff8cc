// Score: a score with its interval: what is sure is solid, what could be is hatched, and what has no number is "no score".

import styles from './score.module.css'
import { scoreNumber } from './words.ts'

export interface ScoreValue {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

export const intervalText = ({ low, high }: ScoreValue): string =>
  low === null || high === null ? '' : low === high ? '' : `${scoreNumber(low)}–${scoreNumber(high)}`

/** For readers of the screen, and as a title. */
export function scoreSentence(score: ScoreValue): string {
  const { value, low, high } = score
  if (low === null || high === null) return 'No score: nothing was evaluated'
  const between = `between ${scoreNumber(low)} and ${scoreNumber(high)}`
  if (value === null) return `No score: too much was not evaluated; it lies ${between}`
  return low === high
    ? `Score ${scoreNumber(value)}`
    : `Score ${scoreNumber(value)}, ${between} by what was not evaluated`
}

/** The number, or "no score". */
export const ScoreNumber = ({ score }: { readonly score: ScoreValue }) =>
  score.value === null ? (
    <span className={styles.none} title={scoreSentence(score)}>
      no score
    </span>
  ) : (
    <span className={styles.number} title={scoreSentence(score)}>
      {scoreNumber(score.value)}
    </span>
  )

/** From 0 to 100: solid up to what is sure, hatched up to what could be, a tick at the score. */
export function ScoreBar({ score, height = 6 }: { readonly score: ScoreValue; readonly height?: number }) {
  const { value, low, high } = score
  return (
    <span className={styles.bar} style={{ height }} role="img" aria-label={scoreSentence(score)}>
      {low !== null && high !== null && (
        <>
          <span className={styles.sure} style={{ width: `${low}%` }} />
          <span className={styles.open} style={{ left: `${low}%`, width: `${high - low}%` }} />
        </>
      )}
      {value !== null && <span className={styles.tick} style={{ left: `${value}%` }} />}
    </span>
  )
}

/** One line for tables: number, bar, interval. */
export const ScoreLine = ({ score }: { readonly score: ScoreValue }) => (
  <span className={styles.line}>
    <ScoreNumber score={score} />
    <ScoreBar score={score} />
    <span className={styles.interval}>{intervalText(score)}</span>
  </span>
)

/** The large one of a page. */
export const ScoreFigure = ({ score }: { readonly score: ScoreValue }) => (
  <div className={styles.figure}>
    <div className={styles.large}>
      {score.value === null ? <span className={styles.largeNone}>No score</span> : scoreNumber(score.value)}
      {score.value !== null && <span className={styles.of}>/ 100</span>}
    </div>
    <ScoreBar score={score} height={10} />
    <div className={styles.scale} aria-hidden="true">
      <span>0</span>
      <span>{intervalText(score) && `lies in ${intervalText(score)}`}</span>
      <span>100</span>
    </div>
  </div>
)
