// Gather rendered: makes resources of what helm or kustomize printed, and traces each back to the file that it was made of.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readDocuments } from '@plimsoll/core'
import type { RenderedText } from '../rendering/rendered.ts'
import type { Gatherer } from './gatherer.ts'
import type { ChartInput, KustomizationInput } from './input.ts'

/** Every document of the output must be an object: helm and kubectl would stop at anything else. */
export function gatherRendered(
  input: ChartInput | KustomizationInput,
  texts: readonly RenderedText[],
  gatherer: Gatherer,
): void {
  gatherer.tally.rendered++
  const counts = new Map<string, number>()
  for (const { text, file, template } of texts) {
    const shown = fileOf(input, file)
    const firstDocument = counts.get(shown) ?? 0
    const reader = gatherer.openFile({
      file: shown,
      root: input.root,
      named: true,
      rendered: { firstDocument, ...(template === undefined ? {} : { template }) },
    })
    for (const document of readDocuments(text)) reader.add(document)
    reader.close()
    counts.set(shown, firstDocument + reader.documents)
  }
}

/** The file that was rendered, or the nearest folder or archive that is there: templates may come out of packed subcharts. */
function fileOf(input: ChartInput | KustomizationInput, file: string): string {
  if (input.real.endsWith('.tgz')) return input.path
  let inside = file
  while (inside !== '.' && !existsSync(join(input.real, inside))) inside = dirname(inside)
  return join(input.path, inside)
}
