// Packing: how the JSON of objects is kept: one deflated with a dictionary of what objects of Kubernetes usually say, or many as one.

import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib'
import { packingDictionary1 } from './packing-dictionary.ts'

/** The number is stored beside each body, so that better packings can come later. */
const packings = { plain: 0, deflate1: 1, together: 2 } as const

const dictionary = Buffer.from(packingDictionary1)
/** Measured: higher levels take longer for hardly less, lower ones take as long; less memory to set up is a fifth of the time. */
const options = { level: 3, memLevel: 5, windowBits: 14, chunkSize: 4096, dictionary }
/** No object comes near it; a damaged body must not fill the memory. */
const mostBytes = 64 * 1024 * 1024

export interface Packed {
  readonly packing: number
  readonly body: Buffer
}

export function pack(json: Buffer): Packed {
  const body = deflateRawSync(json, options)
  return body.length < json.length
    ? { packing: packings.deflate1, body }
    : { packing: packings.plain, body: json }
}

const deflateAside = promisify(deflateRaw)

/**
 * Many JSON texts as one body, one after the other. It is worked on aside, not in this thread. What is common to them is kept once, and
 * there is no dictionary to be read in for each: a third of the time and half of the bytes.
 */
export async function packTogether(texts: readonly Buffer[]): Promise<Packed> {
  return { packing: packings.together, body: await deflateAside(Buffer.concat(texts), { level: 3 }) }
}

/** A body as it is kept; of one that is packed with others also where the JSON is in it. */
export interface Kept extends Packed {
  readonly start: number
  readonly bytes: number
}

/** The JSON of a packed body. Throws for a packing of a newer version, and for a damaged body. */
export function unpack({ packing, body, start, bytes }: Kept): string {
  if (packing === packings.plain) return body.toString('utf8')
  if (packing === packings.deflate1)
    return inflateRawSync(body, { dictionary, maxOutputLength: mostBytes }).toString('utf8')
  if (packing === packings.together) return cut(unpackTogether(body), start, bytes)
  throw new Error(`an object is packed in a way (${packing}) that this version does not know`)
}

/** The JSON texts of a pack, to be cut apart. Throws for a damaged body. */
export const unpackTogether = (body: Buffer): Buffer =>
  inflateRawSync(body, { chunkSize: 256 * 1024, maxOutputLength: mostBytes })

/** One JSON text of those of a pack. Throws where it is not there. */
export function cut(texts: Buffer, start: number, bytes: number): string {
  if (start + bytes > texts.length) throw new Error('a pack of objects is shorter than it should be')
  return texts.toString('utf8', start, start + bytes)
}
