// Permitted: which part of the fleet a caller may see. Every query of the store takes it, so that a forgotten filter does not compile.

/** A term of a zone: all that is given must hold. Lists are alternatives; an absent list allows all. Globs know `*` only. */
export interface ZoneTerm {
  readonly accounts?: readonly string[]
  /** Cluster ids. */
  readonly clusters?: readonly string[]
  /** Environment labels of clusters, such as `{ environment: 'production' }`; `environment` and the cluster's own labels. */
  readonly clusterLabels?: Readonly<Record<string, string>>
  /** Names of namespaces, or globs. What has no namespace belongs to no namespace term. */
  readonly namespaces?: readonly string[]
  /** Labels of resources. */
  readonly labels?: Readonly<Record<string, string>>
}

/**
 * All of the fleet, or what any of the terms covers; no term covers nothing. As of an instant, accounts, environments and labels of clusters
 * are asked as they were then.
 */
export type Permitted =
  | { readonly all: true }
  | { readonly all: false; readonly terms: readonly ZoneTerm[]; readonly at?: Date }

/** The same scope as of an instant, where one is given. */
export const permittedAt = (permitted: Permitted, at: Date | undefined): Permitted =>
  permitted.all || at === undefined ? permitted : { ...permitted, at }

/** For the server's own work (jobs, migrations of data), never for a request. */
export const everything: Permitted = { all: true }

/** True of a term that covers parts of clusters: some namespaces, or resources with some labels. */
export const isPartial = (term: ZoneTerm): boolean =>
  term.namespaces !== undefined || term.labels !== undefined

/** True where all that may be seen of any cluster is all of it, so that counts of whole clusters may be shown. */
export const isWhole = (permitted: Permitted): boolean => permitted.all || !permitted.terms.some(isPartial)
