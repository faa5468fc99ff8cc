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

export function YamlView({
  text,
  marks = [],
}: {
  readonly text: string
  readonly marks?: readonly MarkedLine[]
}) {
  const byLine = new Map(marks.map(mark => [mark.line, mark]))
  return (
    <div className={styles.view} role="region" aria-label="YAML" tabIndex={0}>
      <ol>
        {text
          .replace(/\n$/, '')
          .split('\n')
          .map((line, index) => {
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
