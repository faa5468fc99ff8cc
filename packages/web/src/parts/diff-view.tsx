// Diff view: two texts as one, with what went and what came; what is far from any change is folded.

import { Fragment } from 'react'
import styles from './diff-view.module.css'
import { type DiffLine, lineDiff } from './line-diff.ts'

/** Lines shown around a change. */
const around = 3
const signs = { same: ' ', removed: '−', added: '+' } as const

interface DiffViewProps {
  readonly before: string
  readonly after: string
  readonly label?: string
}

export function DiffView({ before, after, label = 'Difference' }: DiffViewProps) {
  const lines = lineDiff(before.replace(/\n$/, ''), after.replace(/\n$/, ''))
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ type }) => type !== 'same'),
  )
  if (!isNear.includes(true)) return <p className={styles.none}>The two are the same.</p>
  return (
    <div className={styles.view} role="region" aria-label={label} tabIndex={0}>
      {lines.map((line, index) => {
        if (isNear[index]) return <Line key={`${line.before} ${line.after}`} line={line} />
        return isNear[index - 1] !== false ? (
          <Fragment key={`${line.before} ${line.after}`}>
            <div className={styles.fold}>⋯</div>
          </Fragment>
        ) : null
      })}
    </div>
  )
}

const Line = ({ line: { type, text, before, after } }: { readonly line: DiffLine }) => (
  <div className={styles.line} data-type={type}>
    <span aria-hidden="true">{before ?? ''}</span>
    <span aria-hidden="true">{after ?? ''}</span>
    <code>
      <b>{signs[type]}</b> {text}
    </code>
  </div>
)
