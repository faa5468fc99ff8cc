// Colour: decides whether colours are wanted, and paints pieces of text by what they are.

import pc from 'picocolors'

export interface ColourCircumstances {
  /** False where `--no-color` was given. */
  readonly flag: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether the text goes to a terminal. */
  readonly isTerminal: boolean
}

/** The flag decides, then FORCE_COLOR, then NO_COLOR (https://no-color.org), then whether there is a terminal that knows colours. */
export function wantsColour({ flag, environment, isTerminal }: ColourCircumstances): boolean {
  if (!flag) return false
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = environment
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (no !== undefined && no !== '') return false
  return isTerminal && term !== 'dumb'
}

export type Style = 'critical' | 'high' | 'medium' | 'low' | 'strong' | 'faint' | 'good' | 'warn'
export type Paint = (style: Style, text: string) => string

/** A painter with colours, or one that gives text back as it is. */
export function painter(colours: boolean): Paint {
  if (!colours) return (_, text) => text
  const { bold, dim, red, yellow, blue, green } = pc.createColors(true)
  const styles: Readonly<Record<Style, (text: string) => string>> = {
    critical: text => bold(red(text)),
    high: red,
    medium: yellow,
    low: blue,
    strong: bold,
    faint: dim,
    good: green,
    warn: yellow,
  }
  return (style, text) => (text === '' ? '' : styles[style](text))
}
