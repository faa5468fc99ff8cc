// Editor: a text of YAML with the numbers of its lines, of which those that something is said about are marked.

import type { Severity } from '@plimsoll/core'
import type { RefObject } from 'react'
import styles from './playground.module.css'

/** What stands at a line: the worst severity of what fails there, or that it cannot be read. */
export type Mark = Severity | 'unread'

interface EditorProps {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly marks: ReadonlyMap<number, Mark>
  readonly place: RefObject<HTMLTextAreaElement | null>
}

export function Editor({ text, onChange, marks, place }: EditorProps) {
  const count = text.split('\n').length
  return (
    <div className={styles.editor}>
      <ol className={styles.numbers} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <li key={index} data-mark={marks.get(index + 1)}>
            {index + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={place}
        aria-label="YAML to judge"
        placeholder="Paste manifests here: YAML documents separated by ---, or JSON"
        data-search
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        rows={Math.max(count, 24)}
        value={text}
        onChange={event => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

/** Puts the cursor on a line and brings it into sight. */
export function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  area.focus({ preventScroll: true })
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  const view = area.parentElement
  const height = area.clientHeight / Math.max(lines.length, area.rows)
  view?.scrollTo({ top: Math.max(0, (line - 1) * height - view.clientHeight / 3) })
}
