// Rendered: what came of rendering a chart or a kustomization.

export type Rendered =
  | { readonly type: 'rendered'; readonly texts: readonly RenderedText[] }
  /** There is nothing to render, and nothing is missing: a library chart. */
  | { readonly type: 'nothing'; readonly why: string }
  /** It was not rendered: why, and what to do, as a sentence. */
  | { readonly type: 'not-rendered'; readonly why: string }

/** The objects made of one template, or of a whole kustomization, as YAML. */
export interface RenderedText {
  readonly text: string
  /** The file that they were made of, relative to the folder that was rendered. */
  readonly file: string
  /** The template as helm names it. */
  readonly template?: string
}

const complaintLines = 6

/** Of a tool's complaint, the lines that say something, short enough for a report. */
export function shorten(complaint: string): string {
  const lines = complaint
    .split('\n')
    .filter(line => line.trim() !== '' && !/^(WARNING|level=|I\d{4} )/.test(line))
  const shown = lines.slice(0, complaintLines).join('; ').replace(/\s+/g, ' ').slice(0, 600)
  return shown.replace(/^Error: /, '')
}
