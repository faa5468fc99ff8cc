// Sources: gives the text of a document back, so that lines can be found in it later.

import type { Source } from '@plimsoll/core'

/** The text of one document and where it begins in its file. */
export interface DocumentText {
  readonly text: string
  /** 1-based line of the file on which `text` begins. */
  readonly line: number
}

export interface Sources {
  /**
   * The text of the document that a resource stands in. Undefined where lines would mean nothing to the user (rendered
   * charts, live objects, saved snapshots, streams too large to keep) or where the file has changed since it was read.
   */
  textOf(source: Source): DocumentText | undefined
}

/** Sources of snapshots that have no text: clusters, saved snapshots. */
export const noSources: Sources = { textOf: () => undefined }
