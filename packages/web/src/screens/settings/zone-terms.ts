// Zone terms: a term of a zone as it is typed, and back.

import type { ZoneTerm } from '@plimsoll/core/contract/client'

/** Lists are empty where nothing is asked; labels are `name=value`. */
export interface TermDraft {
  /** Tells drafts apart while they are on the screen. */
  readonly key: string
  readonly accounts: readonly string[]
  readonly clusters: readonly string[]
  readonly clusterLabels: readonly string[]
  readonly namespaces: readonly string[]
  readonly labels: readonly string[]
}

let made = 0

const pairsOf = (labels: Readonly<Record<string, string>> = {}) =>
  Object.entries(labels).map(([name, value]) => `${name}=${value}`)

export const termDraft = (term: ZoneTerm): TermDraft => ({
  key: String(made++),
  accounts: term.accounts ?? [],
  clusters: term.clusters ?? [],
  clusterLabels: pairsOf(term.clusterLabels),
  namespaces: term.namespaces ?? [],
  labels: pairsOf(term.labels),
})

/** Only what reads as a label, of each name the last. */
export const labelsOf = (typed: readonly string[]): string[] => pairsOf(recordOf(typed))

function recordOf(pairs: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const pair of pairs) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
    if (name !== undefined) labels[name] = value ?? ''
  }
  return labels
}

export const termOf = ({ accounts, clusters, clusterLabels, namespaces, labels }: TermDraft): ZoneTerm => ({
  ...(accounts.length > 0 && { accounts }),
  ...(clusters.length > 0 && { clusters }),
  ...(clusterLabels.length > 0 && { clusterLabels: recordOf(clusterLabels) }),
  ...(namespaces.length > 0 && { namespaces }),
  ...(labels.length > 0 && { labels: recordOf(labels) }),
})
