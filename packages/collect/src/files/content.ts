// Content: the bytes of a file or stream, whole where they are few, else to be read as they come.

import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { kindOf, reasonOf } from './file-system.ts'

/** Up to this size everything is read at once; larger JSON is read as a stream. */
const wholeSize = 16 * 1024 * 1024
/** The largest YAML text: it must be one string, of which V8 allows 512 Mi characters. */
export const largestText = 256 * 1024 * 1024

export type Content =
  /** All of it. `stamp` tells whether a file is still the same. */
  | { readonly type: 'whole'; readonly bytes: Buffer; readonly stamp?: string }
  /** Its begin, and all of it in chunks, which can be read once. */
  | {
      readonly type: 'large'
      readonly head: Buffer
      readonly chunks: AsyncIterable<Buffer>
      readonly stamp?: string
    }
  | { readonly type: 'unreadable'; readonly problem: string }

const chunkSize = 1024 * 1024
/** What of a large file tells how to read it. */
const headSize = 64 * 1024

/** Opens a file without ever waiting for it: a pipe or device that took its place in the meantime is unreadable. */
export async function readContent(real: string): Promise<Content> {
  let handle: FileHandle | undefined
  try {
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await handle.stat({ bigint: true })
    if (!stats.isFile()) return { type: 'unreadable', problem: `it is ${kindOf(stats)}, not a file` }
    const stamp = stampOf(stats)
    const most = stats.size > wholeSize ? headSize : wholeSize
    const bytes = await readUpTo(handle, Number(stats.size), most)
    if (bytes.length <= most) return { type: 'whole', bytes, stamp }
    return { type: 'large', head: bytes, chunks: chunksOf(real, stamp), stamp }
  } catch (error) {
    return { type: 'unreadable', problem: reasonOf(error) }
  } finally {
    await handle?.close()
  }
}

/** What changes with a file's content. */
export const stampOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string =>
  `${dev}:${ino}:${size}:${mtimeNs}`

/** The bytes of a file; more than `most` of them where it has more. Sizes may lie, as those of files under /proc do. */
async function readUpTo(handle: FileHandle, size: number, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let total = 0
  while (total <= most) {
    // One byte more than is expected finds the end without another buffer.
    const part = Buffer.allocUnsafe(total === 0 ? Math.min(size, most) + 1 : chunkSize)
    const { bytesRead } = await handle.read(part, 0, part.length, total)
    if (bytesRead === 0) break
    parts.push(part.subarray(0, bytesRead))
    total += bytesRead
    if (bytesRead < part.length && size > 0 && total >= size) break
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

/** All chunks of a file from its begin. It is opened again, since nobody may ever ask for them. */
async function* chunksOf(real: string, stamp: string): AsyncGenerator<Buffer> {
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    if (stampOf(await handle.stat({ bigint: true })) !== stamp)
      throw new Error('the file was changed meanwhile')
    for (let offset = 0; ; ) {
      const chunk = Buffer.allocUnsafe(chunkSize)
      const { bytesRead } = await handle.read(chunk, 0, chunkSize, offset)
      if (bytesRead === 0) return
      offset += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** The content of a stream such as standard input. */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Content> {
  const parts: Buffer[] = []
  let total = 0
  const iterator = stream[Symbol.asyncIterator]()
  try {
    while (total <= wholeSize) {
      const { done, value } = await iterator.next()
      if (done) return { type: 'whole', bytes: Buffer.concat(parts) }
      const part = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      parts.push(part)
      total += part.length
    }
  } catch (error) {
    return { type: 'unreadable', problem: reasonOf(error) }
  }
  const head = Buffer.concat(parts)
  return { type: 'large', head, chunks: joined(head, iterator) }
}

async function* joined(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  yield head
  for (;;) {
    const { done, value } = await rest.next()
    if (done) return
    yield Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
}

/** All bytes of a content that is not JSON; undefined where there are more than one text can have. */
export async function gatherBytes(chunks: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.length
    if (total > largestText) return undefined
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}
