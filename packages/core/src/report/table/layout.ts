// Layout: the words and columns that the parts of the table share.

import type { Severity } from '../../model/severity.ts'
import { columns, padTo } from '../text.ts'

/** What a piece of text is, for the caller to colour; the words alone must say the same. */
export type Style = Severity | 'strong' | 'faint' | 'good' | 'warn'
export type Paint = (style: Style, text: string) => string

/** The page that the table is laid out for. */
export interface Page {
  /** Columns to write in; no line of running text is longer. */
  readonly width: number
  readonly paint: Paint
}

/** Columns before the text of a finding: severity, line number and `fix` stand there. */
export const gutter = 12

/** Something short at the right of the gutter: `      34  `. */
export function inGutter(text: string): string {
  return `${' '.repeat(Math.max(0, gutter - 2 - columns(text)))}${text}  `
}

/** A severity at the left of the gutter: `  CRITICAL  `. */
export function severityInGutter(severity: Severity, paint: Paint): string {
  const word = severity.toUpperCase()
  return `  ${paint(severity, word)}${padTo('', gutter - 2 - word.length)}`
}
