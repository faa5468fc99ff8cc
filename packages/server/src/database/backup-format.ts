// Backup format: a compressed text of one JSON value a line: a head, tables with their rows, and an end that proves the rest.

import { createHash, type Hash } from 'node:crypto'
import { DatabaseError } from './database-error.ts'

export interface BackupHead {
  readonly format: 'plimsoll-backup'
  readonly version: 1
  readonly createdAt: string
  /** Of the server that wrote it. */
  readonly tool: string
  /** Steps of the schema that the rows fit. */
  readonly migrations: readonly { readonly number: number; readonly checksum: string }[]
}

/** Rows follow as arrays: each column as PostgreSQL's text, or null. */
export interface BackupTable {
  readonly table: string
  readonly columns: readonly string[]
}

export interface BackupEnd {
  readonly end: true
  readonly rows: number
  /** Of all lines before, with their line ends. */
  readonly sha256: string
}

export type BackupRow = readonly (string | null)[]

/** Counts and digests lines as they are written or read. */
export class BackupDigest {
  readonly #hash: Hash = createHash('sha256')
  #rows = 0

  add(text: string): void {
    this.#hash.update(text)
  }

  addRows(count: number): void {
    this.#rows += count
  }

  get rows(): number {
    return this.#rows
  }

  /** The end that fits what was added. */
  end(): BackupEnd {
    return { end: true, rows: this.#rows, sha256: this.#hash.copy().digest('hex') }
  }
}

/** Throws `bad-backup` for what is no backup, or of a later format. */
export function parseHead(line: string | undefined): BackupHead {
  const head = parseLine(line ?? 'null') as Partial<BackupHead> | null
  if (head?.format !== 'plimsoll-backup' || !Array.isArray(head.migrations))
    throw new DatabaseError('bad-backup', 'the file is no backup of Plimsoll')
  if (head.version !== 1)
    throw new DatabaseError(
      'bad-backup',
      `the backup has format ${head.version}, which this release does not read: use the release that wrote it (${head.tool})`,
    )
  return head as BackupHead
}

export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new DatabaseError('bad-backup', 'the backup is damaged: a line is no JSON', { cause: error })
  }
}

/** Splits text that comes in pieces into lines, without their ends, in time that grows with the text. */
export async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pieces: Buffer[] = []
  for await (const piece of source) {
    let start = 0
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, start)) {
      yield Buffer.concat([...pieces, piece.subarray(start, end)]).toString('utf8')
      pieces = []
      start = end + 1
    }
    if (start < piece.length) pieces.push(piece.subarray(start))
  }
  if (pieces.length > 0)
    throw new DatabaseError('bad-backup', 'the backup is not whole: it ends within a line')
}
