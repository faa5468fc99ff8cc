// Snapshot file: saves a snapshot for its owner's eyes alone, and opens a saved one.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { type Attempt, refuse, type Snapshot, succeed } from '@plimsoll/core'
import { type Content, readContent } from './content.ts'
import { reasonOf } from './file-system.ts'
import { isSnapshot, SnapshotError, SnapshotReader, snapshotLines } from './snapshot-format.ts'

/** Text is handed on in pieces of about this size. */
const pieceSize = 256 * 1024

/**
 * Saves a snapshot with mode 0600: it tells where a cluster is weak. An existing file is replaced only once the new one is
 * whole. Gives the number of bytes; refuses with `unwritable-output`.
 */
export async function saveSnapshot(
  snapshot: Snapshot,
  file: string,
): Promise<Attempt<{ readonly bytes: number }>> {
  const draft = `${file}.${process.pid}.part`
  const stream = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  try {
    let piece = ''
    for (const line of snapshotLines(snapshot)) {
      piece += line
      if (piece.length < pieceSize) continue
      if (!stream.write(piece)) await once(stream, 'drain')
      piece = ''
    }
    stream.end(piece)
    await finished(stream)
    await rename(draft, file)
    return succeed({ bytes: stream.bytesWritten })
  } catch (error) {
    stream.destroy()
    await rm(draft, { force: true })
    const message = `the snapshot cannot be written to ${file}: ${reasonOf(error)}`
    return refuse({ code: 'unwritable-output', message, file })
  }
}

/** Opens a saved snapshot. Refuses with `unreadable-input`, naming the line at fault. */
export async function openSnapshot(file: string): Promise<Attempt<Snapshot>> {
  const content = await readContent(file)
  if (content.type === 'unreadable')
    return refuse({ code: 'unreadable-input', message: `${file} was not read: ${content.problem}`, file })
  return await readSnapshot(file, content)
}

/** The snapshot that a content holds; `file` is its name for people. */
export async function readSnapshot(
  file: string,
  content: Exclude<Content, { type: 'unreadable' }>,
): Promise<Attempt<Snapshot>> {
  const head = content.type === 'whole' ? content.bytes : content.head
  try {
    if (!isSnapshot(head)) throw new SnapshotError('it is no snapshot of Plimsoll', 1)
    const reader = new SnapshotReader()
    const chunks = content.type === 'whole' ? [content.bytes] : content.chunks
    for await (const line of linesOf(chunks)) reader.addLine(line)
    return succeed(reader.end())
  } catch (error) {
    const line = error instanceof SnapshotError ? error.line : undefined
    const message = `the snapshot ${file} cannot be read: ${reasonOf(error)}`
    return refuse({ code: 'unreadable-input', message, file, ...(line === undefined ? {} : { line }) })
  }
}

/** Lines of UTF-8 bytes. Those that end in one chunk with another are read without a copy. */
async function* linesOf(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = []
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const part = chunk.subarray(start, end)
      yield (held.length === 0 ? part : Buffer.concat([...held, part])).toString('utf8')
      held = []
      start = end + 1
    }
    if (start < chunk.length) held.push(chunk.subarray(start))
  }
  if (held.length > 0) yield Buffer.concat(held).toString('utf8')
}
