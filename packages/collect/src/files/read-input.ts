// Read input: reads one file or stream by the road that suits it, and gathers its documents.

import { beginsLikeJson, JsonStream, readDocuments } from '@plimsoll/core'
import { type Content, gatherBytes, largestText } from './content.ts'
import { decodeText } from './decode-text.ts'
import type { FileGatherer, Gatherer, Origin } from './gatherer.ts'
import type { SourceStore } from './source-store.ts'

export interface ReadPlace extends Origin {
  /** Absent for standard input, which cannot be read again. */
  readonly real?: string
  /** Whether it stands in a chart's folder, where it may hold template text. */
  readonly inChart: boolean
}

/** Reads what a content holds, and says how many objects and gaps came of it. Rejects only with the signal's reason. */
export async function readInput(
  place: ReadPlace,
  content: Exclude<Content, { type: 'unreadable' }>,
  gatherer: Gatherer,
  store: SourceStore,
  signal?: AbortSignal,
): Promise<{ readonly resources: number; readonly gaps: number }> {
  gatherer.tally.files++
  const reader = gatherer.openFile(place)
  try {
    if (content.type === 'whole') readBytes(place, content, reader, gatherer, store)
    else if (beginsLikeJson(content.head)) await readJsonStream(place, content, reader, store, signal)
    else {
      const bytes = await gatherBytes(content.chunks)
      if (bytes) readBytes(place, { ...content, bytes }, reader, gatherer, store)
      else reader.fail('truncated', tooLarge)
    }
  } catch (error) {
    signal?.throwIfAborted()
    // The file system's fault, or one of ours: it costs this file and no other.
    reader.fail('truncated', `reading it ended early: ${(error as Error).message}`)
  }
  reader.close()
  return reader
}

const tooLarge = `it is larger than the ${largestText / 1024 / 1024} MiB that one YAML text may have; split it, or give it as JSON, which is read at any size`

function readBytes(
  place: ReadPlace,
  { bytes, stamp }: { readonly bytes: Buffer; readonly stamp?: string },
  reader: FileGatherer,
  gatherer: Gatherer,
  store: SourceStore,
): void {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) {
    reader.fail('unparsable', decoded.problem, decoded)
    return
  }
  const { text } = decoded
  if (place.inChart && !place.named && text.includes('{{')) {
    // Material of a chart, such as text for `tpl`: what it comes to is seen where the chart is rendered.
    gatherer.tally.notKubernetes++
    return
  }
  const notes = store.open(place.file, fileOf(place, stamp), text.length)
  for (const document of readDocuments(text))
    if (reader.add(document) && 'locate' in document) notes.add(document)
}

async function readJsonStream(
  place: ReadPlace,
  { chunks, stamp }: { readonly chunks: AsyncIterable<Buffer>; readonly stamp?: string },
  reader: FileGatherer,
  store: SourceStore,
  signal: AbortSignal | undefined,
): Promise<void> {
  const notes = store.open(place.file, fileOf(place, stamp))
  const stream = new JsonStream({ decode: decodeUtf8 })
  const take = (documents: ReturnType<JsonStream['push']>) => {
    for (const document of documents) if (reader.add(document) && 'extent' in document) notes.add(document)
  }
  for await (const chunk of chunks) {
    signal?.throwIfAborted()
    take(stream.push(chunk))
  }
  take(stream.end())
}

const fileOf = ({ real }: ReadPlace, stamp: string | undefined) => ({
  ...(real === undefined ? {} : { real }),
  ...(stamp === undefined ? {} : { stamp }),
})

const decodeUtf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
