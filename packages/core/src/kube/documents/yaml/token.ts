// Token: the pieces that YAML text is cut into.

export const Token = {
  streamEnd: 0,
  documentStart: 1,
  documentEnd: 2,
  /** A line that begins with `%`. What it says is not read: kubectl cuts texts in a way that it cannot have effect. */
  directive: 3,
  blockSequence: 4,
  blockMapping: 5,
  blockEnd: 6,
  entry: 7,
  key: 8,
  value: 9,
  flowSequence: 10,
  flowSequenceEnd: 11,
  flowMapping: 12,
  flowMappingEnd: 13,
  flowEntry: 14,
  alias: 15,
  anchor: 16,
  tag: 17,
  scalar: 18,
  /** No token waits. */
  none: 19,
} as const
export type Token = (typeof Token)[keyof typeof Token]
