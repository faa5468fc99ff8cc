// Gap: something that could not be read, and why; every gap keeps verdicts from claiming what was not seen.

/** Why something could not be read. */
export const gapReasons = [
  'forbidden',
  'not-served',
  'unreachable',
  'timed-out',
  'truncated',
  'unparsable',
  'not-collected',
  'stale',
  'redacted',
] as const
export type GapReason = (typeof gapReasons)[number]

/** One thing that could not be read. */
export interface Gap {
  /** Where: a file path, `cluster`, `namespace/<name>`, a node or an account. */
  readonly scope: string
  /** The kind that is incomplete because of it; absent when any kind may be (an unreadable file). */
  readonly kind?: string
  /** The namespace it is limited to; absent when the whole scope is affected. */
  readonly namespace?: string
  readonly reason: GapReason
  /** A sentence for people: what, where, what to do. */
  readonly detail: string
  /** 1-based place in the file named by `scope`, where known. */
  readonly line?: number
  readonly column?: number
}
