// Waterfall: how a number came from one value to another, a step for each cause.

import styles from './waterfall.module.css'
import { scoreNumber, signed } from './words.ts'

export interface Step {
  readonly name: string
  readonly says: string
  readonly by: number
}

interface WaterfallProps {
  readonly before: { readonly name: string; readonly value: number }
  readonly after: { readonly name: string; readonly value: number }
  readonly steps: readonly Step[]
}

interface Place {
  readonly name: string
  readonly says: string
  readonly from: number
  readonly to: number
  readonly text: string
  readonly tone: 'good' | 'bad' | 'end'
}

/** Rows from top to bottom; the scale spans only what is moved in, which its ends say. */
export function Waterfall({ before, after, steps }: WaterfallProps) {
  let at = before.value
  const places: Place[] = steps.map(({ name, says, by }) => {
    const from = at
    at += by
    return { name, says, from, to: at, text: signed(by), tone: by < 0 ? 'bad' : 'good' }
  })
  const values = [before.value, after.value, ...places.map(({ to }) => to)]
  const low = Math.max(0, Math.floor(Math.min(...values) - 1))
  const high = Math.min(100, Math.ceil(Math.max(...values) + 1))
  const x = (value: number) => ((value - low) / Math.max(1, high - low)) * 100
  const rows: Place[] = [
    {
      name: before.name,
      says: '',
      from: low,
      to: before.value,
      text: scoreNumber(before.value),
      tone: 'end',
    },
    ...places,
    { name: after.name, says: '', from: low, to: after.value, text: scoreNumber(after.value), tone: 'end' },
  ]
  return (
    <div className={styles.waterfall}>
      {rows.map(({ name, says, from, to, text, tone }) => (
        <div key={name} className={styles.row} title={says || undefined}>
          <span className={styles.name}>{name}</span>
          <span className={styles.track}>
            <span
              data-tone={tone}
              style={{
                left: `${x(Math.min(from, to))}%`,
                width: `max(2px, ${x(Math.max(from, to)) - x(Math.min(from, to))}%)`,
              }}
            />
          </span>
          <span className={styles.by} data-tone={tone}>
            {text}
          </span>
        </div>
      ))}
      <div className={styles.scale} aria-hidden="true">
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </div>
  )
}
