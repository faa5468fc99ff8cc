// YAML view: a text of YAML with line numbers, its keys and values told apart, and lines marked with what is said about them.

import type { ReactNode } from 'react'
import styles from './yaml-view.module.css'

export interface MarkedLine {
  /** From 1. */
  readonly line: number
  readonly severity?: 'critical' | 'high' | 'medium' | 'low'
  /** Shown under the line. */
  readonly note?: ReactNode
}

interface YamlViewProps {
  readonly text: string
  readonly marks?: readonly MarkedLine[]
  /** Shows only so many lines around what is marked, and folds the others; all lines without it. */
  readonly around?: number
  readonly label?: string
}

export function YamlView({ text, marks = [], around, label = 'YAML' }: YamlViewProps) {
  const byLine = new Map(marks.map(mark => [mark.line, mark]))
  const isShown = (line: number) =>
    around === undefined || marks.some(mark => Math.abs(mark.line - line) <= around)
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <div className={styles.view} role="region" aria-label={label} tabIndex={0}>
      <ol>
        {lines.map((line, index) => {
          if (!isShown(index + 1)) {
            // The first of the lines that are folded stands for all of them.
            if (index > 0 && !isShown(index)) return null
            const next = lines.findIndex((_, later) => later > index && isShown(later + 1))
            const folded = (next === -1 ? lines.length : next) - index
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <li key={index} data-folded style={{ counterIncrement: `line ${folded}` }}>
                <i title={`${folded} lines`}>⋯</i>
              </li>
            )
          }
          const mark = byLine.get(index + 1)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={index} data-marked={mark ? (mark.severity ?? 'plain') : undefined}>
              <code>{coloured(line)}</code>
              {mark?.note && <div className={styles.note}>{mark.note}</div>}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

/** Keys, comments and strings by a look at the line alone; a text in blocks stays plain. */
function coloured(line: string): ReactNode {
  const [, indent = '', key, colon = '', value = ''] =
    /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[^\s"'#:][^#:]*?))(:)(\s.*|)$/.exec(line) ?? []
  if (key === undefined) return /^\s*#/.test(line) ? <i>{line}</i> : line || '\n'
  return (
    <>
      {indent}
      <b>{key}</b>
      {colon}
      <span>{value}</span>
    </>
  )
}
