// Decode body: turns the bytes of a request into those that were meant, never more at a time than is asked for, within the limits.

import { pipeline, type Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { type IngestEncoding, ingestEncodings } from '@plimsoll/core/contract'
import { Fault } from '../fault.ts'
import type { Limits } from './limits.ts'

/** What small bodies may grow to, whatever their ratio. */
const harmlessBytes = 16 * 1024 * 1024
const chunkSize = 256 * 1024

type ZstdModule = { readonly createZstdDecompress?: (options: { chunkSize: number }) => Transform }

/** The encodings that this version of Node reads; zstd is there from 22.15 on. */
export const encodingsHere: readonly IngestEncoding[] = ingestEncodings.filter(
  one => one !== 'zstd' || (zlib as ZstdModule).createZstdDecompress !== undefined,
)

/** The encoding of a Content-Encoding header. Throws `unsupported-media-type`, naming those that are read. */
export function encodingOf(header: string | readonly string[] | undefined): IngestEncoding {
  const given = String(header ?? 'identity')
    .trim()
    .toLowerCase()
  const found = encodingsHere.find(one => one === given)
  if (found !== undefined) return found
  throw new Fault(
    'unsupported-media-type',
    `content-encoding ${JSON.stringify(given.slice(0, 40))} is not read here; send one of ${encodingsHere.join(', ')}`,
  )
}

/** The decoded chunks of a body. Throws `incomplete-upload`, `invalid-request`, `too-large`. */
export async function* decodeBody(
  body: Readable,
  encoding: IngestEncoding,
  limits: Pick<Limits, 'uploadBytes' | 'ratio' | 'idleSeconds'>,
): AsyncGenerator<Buffer> {
  let received = 0
  let decoded = 0
  const arriving = async function* () {
    for await (const chunk of patiently(body, limits.idleSeconds)) {
      received += chunk.length
      yield chunk
    }
  }
  try {
    for await (const chunk of decoderOf(encoding, arriving())) {
      decoded += chunk.length
      if (decoded > limits.uploadBytes)
        throw new Fault('too-large', `the body is larger than ${limits.uploadBytes} bytes`)
      if (decoded > harmlessBytes && decoded > received * limits.ratio)
        throw new Fault('too-large', `the body grows more than ${limits.ratio} times when it is decompressed`)
      yield chunk
    }
  } catch (error) {
    throw faultOfStream(error)
  }
}

function decoderOf(encoding: IngestEncoding, source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (encoding === 'identity') return source
  const decoder =
    encoding === 'gzip'
      ? zlib.createGunzip({ chunkSize })
      : (zlib as ZstdModule).createZstdDecompress?.({ chunkSize })
  if (!decoder) throw new Error(`nothing decodes ${encoding}`)
  // Errors of the source destroy the decoder, and come out of its iterator.
  return pipeline(source, decoder, () => {})
}

/** The chunks of a body; one that is silent for too long is given up. Time in which nobody asks for more does not count. */
async function* patiently(body: Readable, idleSeconds: number): AsyncGenerator<Buffer> {
  // Whoever stops half-way still answers on the same connection.
  const chunks = body.iterator({ destroyOnReturn: false })
  try {
    while (true) {
      const { done, value } = await within(idleSeconds, chunks.next())
      if (done) return
      yield Buffer.isBuffer(value) ? value : Buffer.from(value as Uint8Array)
    }
  } finally {
    // Where it is silent, this comes only when the stream is closed: nobody waits for it.
    void chunks.return?.()
  }
}

async function within<T>(seconds: number, next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    const fault = new Fault('incomplete-upload', `nothing came for ${seconds} seconds`)
    timer = setTimeout(() => reject(fault), seconds * 1000)
  })
  // Whichever is late fails unheard.
  next.catch(() => {})
  try {
    return await Promise.race([next, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** What went wrong on the way, as the sender's fault where it is one. */
function faultOfStream(error: unknown): unknown {
  if (error instanceof Fault) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
    return new Fault('incomplete-upload', 'the body was cut off', { cause: error })
  if (/^(?:Z_|ZSTD_|ERR_ZLIB)/.test(code))
    return new Fault('invalid-request', `the body cannot be decompressed: ${message}`, { cause: error })
  return error
}
