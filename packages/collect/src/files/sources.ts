// Sources: finds the lines on which values of a resource stand, in the text that the resource came from.

import type { Location, PathSegments, Source } from '@plimsoll/core'

export interface Sources {
  /**
   * Places of paths of the resource that came from `source`, in their order. Undefined where lines would mean nothing to the
   * user (rendered charts, live objects, saved snapshots), or where the file has changed since it was read.
   */
  locate(source: Source, paths: readonly PathSegments[]): readonly Location[] | undefined
}

/** Sources of snapshots that have no text: clusters, saved snapshots. */
export const noSources: Sources = { locate: () => undefined }
