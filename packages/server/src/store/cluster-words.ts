// Cluster words: whose word counts for a cluster's name, environment and labels: a person's, else its agent's, else its enrolment's.

/** What somebody says of a cluster; what is absent they say nothing of. */
export interface ClusterWord {
  readonly name?: string | undefined
  readonly environment?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
}

/** All that is said of a cluster, as it is kept. */
export interface ClusterWords {
  /** What a person set by hand. */
  readonly person?: ClusterWord
  /** What its agent said last, by its flags. */
  readonly agent?: ClusterWord
  /** What the newest of its enrolments says, and when that was made. */
  readonly enrolment?: ClusterWord & { readonly at: string }
}

export const clusterWordFields = ['name', 'environment', 'labels'] as const
export type ClusterWordField = (typeof clusterWordFields)[number]
export type Speaker = 'person' | 'agent' | 'enrolment'
const speakers: readonly Speaker[] = ['person', 'agent', 'enrolment']

/** Who says what of a field: the first that says anything; undefined where nobody does. */
export const speakerOf = (words: ClusterWords, field: ClusterWordField): Speaker | undefined =>
  speakers.find(one => words[one]?.[field] !== undefined)

/** What counts. A label is not taken from one speaker and another from the next: who speaks of labels tells all of them. */
export function wordOf(words: ClusterWords): ClusterWord {
  const said = <F extends ClusterWordField>(field: F): ClusterWord[F] => {
    const speaker = speakerOf(words, field)
    return speaker && words[speaker]?.[field]
  }
  return { name: said('name'), environment: said('environment'), labels: said('labels') }
}
