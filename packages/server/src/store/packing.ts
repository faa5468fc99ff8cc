// Packing: how the JSON of an object is kept: deflated with a dictionary of what objects of Kubernetes usually say.

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { packingDictionary1 } from './packing-dictionary.ts'

/** The number is stored beside each body, so that better packings can come later. */
const packings = { plain: 0, deflate1: 1 } as const

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

/** The JSON of a packed body. Throws for a packing of a newer version, and for a damaged body. */
export function unpack({ packing, body }: Packed): string {
  if (packing === packings.plain) return body.toString('utf8')
  if (packing === packings.deflate1)
    return inflateRawSync(body, { dictionary, maxOutputLength: mostBytes }).toString('utf8')
  throw new Error(`an object is packed in a way (${packing}) that this version does not know`)
}
