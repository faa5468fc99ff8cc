// Credential: what may be told of a credential that was found: what it is, where and how long, never what it says.

export interface Credential {
  /** What it is, such as `AWS access key id` or `value of DB_PASSWORD`. */
  readonly detector: string
  /** How many characters it has. */
  readonly length: number
  /** Where it begins in the text, and where what follows it does. Of one that was taken out, the place of the note that it left. */
  readonly index: number
  readonly end: number
}

/** In few words: `AWS access key id, 20 characters`. */
export function describeCredential({ detector, length }: Credential): string {
  return `${detector}, ${length} ${length === 1 ? 'character' : 'characters'}`
}
