// Helm output: takes the text that `helm template` prints apart by the templates that it names.

import type { RenderedText } from './rendered.ts'

/** The line in which helm names the template of the document that follows; it stands right after the separator. */
const sourceLine = /^---\n# Source: (.+)\n/gm

/**
 * One text for each `# Source:` line. A template's path begins with the chart's name, which stands for its folder:
 * `web/charts/cache/templates/x.yaml` is `charts/cache/templates/x.yaml` there.
 */
export function splitHelmOutput(output: string): RenderedText[] {
  const text = output.replaceAll('\r\n', '\n')
  const marks = [...text.matchAll(sourceLine)]
  if (marks.length === 0) return text.trim() === '' ? [] : [{ text, file: 'Chart.yaml' }]
  const texts = marks.map((mark, at): RenderedText => {
    const template = (mark[1] as string).trim()
    const file = template.includes('/') ? template.slice(template.indexOf('/') + 1) : template
    return { text: text.slice(mark.index + mark[0].length, marks[at + 1]?.index), file, template }
  })
  const before = text.slice(0, marks[0]?.index)
  return before.trim() === '' ? texts : [{ text: before, file: 'Chart.yaml' }, ...texts]
}
