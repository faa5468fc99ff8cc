// Source store: keeps, or gets again, the texts that resources came from, for as long as their lines may be asked for.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import {
  formatPath,
  type Location,
  type ObjectDocument,
  type PathSegments,
  readDocuments,
  type Source,
  type StreamedObject,
} from '@plimsoll/core'
import { stampOf } from './content.ts'
import { decodeText } from './decode-text.ts'
import type { Sources } from './sources.ts'

/** Characters of text that are kept; what does not fit is read from its file again. */
const mostKept = 16 * 1024 * 1024

type Extent = StreamedObject['extent']

/** Where the text of a file is to be had. */
interface FileRecord {
  /** Absent for standard input, which cannot be read again. */
  readonly real?: string
  readonly stamp?: string
  /** By document and item, where the text is kept. */
  documents?: Map<string, ObjectDocument>
  /** By document and item, where the file was read as a stream. */
  extents?: Map<string, Extent>
}

export class SourceStore implements Sources {
  private readonly files = new Map<string, FileRecord>()
  private kept = 0
  /** The file that was read again last: its resources are mostly asked for one after another. */
  private last: { readonly file: string; readonly documents: ReadonlyMap<string, ObjectDocument> } | undefined

  /** A file of which resources are about to come; `length` is that of its text, where it is at hand. */
  open(file: string, place: { readonly real?: string; readonly stamp?: string }, length?: number): FileNotes {
    const record: FileRecord = { ...place }
    this.files.set(file, record)
    const isKept = length !== undefined && this.kept + length <= mostKept
    if (isKept) this.kept += length
    return {
      add(document) {
        const key = keyOf(document.index, formatPath(document.item))
        if ('extent' in document) {
          record.extents ??= new Map()
          record.extents.set(key, document.extent)
        } else if (isKept) {
          record.documents ??= new Map()
          record.documents.set(key, document)
        }
      },
    }
  }

  locate(source: Source, paths: readonly PathSegments[]): readonly Location[] | undefined {
    const record = this.files.get(source.file)
    if (!record || source.template !== undefined) return undefined
    const key = keyOf(source.document, source.item ?? '')
    const extent = record.extents?.get(key)
    if (extent) return locateInExtent(record, extent, paths)
    const documents = record.documents ?? this.readAgain(source.file, record)
    return documents?.get(key)?.locate(paths)
  }

  private readAgain(file: string, record: FileRecord): ReadonlyMap<string, ObjectDocument> | undefined {
    if (this.last?.file === file) return this.last.documents
    if (record.real === undefined || record.extents || !isUnchanged(record)) return undefined
    const documents = new Map<string, ObjectDocument>()
    const decoded = decodeText(readFileSync(record.real))
    if ('text' in decoded)
      for (const document of readDocuments(decoded.text))
        if ('object' in document) documents.set(keyOf(document.index, formatPath(document.item)), document)
    this.last = { file, documents }
    return documents
  }
}

/** Takes note of the documents of one file. */
export interface FileNotes {
  add(document: ObjectDocument | StreamedObject): void
}

const keyOf = (document: number, item: string): string => `${document} ${item}`

/** Reads only the bytes of one object, and counts its lines from where it stands in the file. */
function locateInExtent(
  record: FileRecord,
  extent: Extent,
  paths: readonly PathSegments[],
): Location[] | undefined {
  const text = textOf(record, extent)
  if (text === undefined) return undefined
  for (const document of readDocuments(text))
    if ('object' in document)
      return document.locate(paths.map(path => [...extent.path, ...path])).map(found => moved(found, extent))
  return undefined
}

function textOf(record: FileRecord, { offset, length }: Extent): string | undefined {
  if (record.real === undefined || !isUnchanged(record)) return undefined
  const bytes = Buffer.allocUnsafe(length)
  const file = openSync(record.real, 'r')
  try {
    if (readSync(file, bytes, 0, length, offset) < length) return undefined
  } finally {
    closeSync(file)
  }
  return bytes.toString('utf8')
}

function moved(found: Location, { place, path }: Extent): Location {
  const move = ({ line, column }: { readonly line: number; readonly column: number }) => ({
    line: line + place.line - 1,
    column: line === 1 ? column + place.column - 1 : column,
  })
  return {
    ...move(found),
    ...(found.key ? { key: move(found.key) } : {}),
    found: Math.max(0, found.found - path.length),
  }
}

function isUnchanged({ real, stamp }: FileRecord): boolean {
  if (real === undefined) return false
  const stats = statSync(real, { bigint: true, throwIfNoEntry: false })
  return stats !== undefined && stampOf(stats) === stamp
}
