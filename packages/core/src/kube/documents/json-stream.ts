// JSON stream: reads JSON objects and the items of lists one at a time from bytes, for dumps too large to be one string.

import { CutReader, type StreamedDocument } from './json/cut-reader.ts'
import { JsonCutter } from './json/json-cutter.ts'

export type { StreamedDocument, StreamedObject } from './json/cut-reader.ts'

export interface JsonStreamOptions {
  /** Turns bytes of UTF-8 into text. What it throws is thrown on. */
  readonly decode: (bytes: Uint8Array) => string
  /** The most bytes that one object may have; 256 MiB if not given. A JavaScript string holds no more than 512 MiB. */
  readonly mostBytes?: number
}

const defaultMost = 256 * 1024 * 1024

/** Whether bytes begin like JSON for kubectl: with a brace after space, and a byte order mark before it if need be. */
export function beginsLikeJson(bytes: Uint8Array): boolean {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const begin = bytes.subarray(isMarked ? 3 : 0, 4096)
  return begin.find(byte => byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) === 123
}

/**
 * Reads a stream of JSON objects as kubectl does; lists are taken apart while they come in. Give all chunks to `push`
 * and then call `end`; each gives the documents that were completed. A broken object does not lose the others, as
 * long as the braces fit; a stream that is cut off, or whose braces do not fit, ends in a failure.
 */
export class JsonStream {
  private readonly cutter: JsonCutter
  private readonly reader: CutReader

  constructor({ decode, mostBytes = defaultMost }: JsonStreamOptions) {
    this.reader = new CutReader(decode)
    this.cutter = new JsonCutter(this.reader, mostBytes)
  }

  push(chunk: Uint8Array): StreamedDocument[] {
    this.cutter.push(chunk)
    return this.reader.takeAll()
  }

  end(): StreamedDocument[] {
    this.cutter.end()
    return this.reader.takeAll()
  }
}
