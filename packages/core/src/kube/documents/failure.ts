// Failure: why a piece of text could not be read, and where.

import type { Place } from './place.ts'

/** A document, or a part of one, that could not be read. It is a gap, never a pass. */
export interface Failure extends Place {
  readonly reason: 'unparsable'
  /** A sentence for people, without the place. */
  readonly message: string
}

export const failAt = (message: string, place: Place): Failure => ({
  reason: 'unparsable',
  message,
  ...place,
})
