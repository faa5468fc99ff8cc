// Cluster facts: what is known of a cluster besides its state: who names it so, and where it stands.

import type { Selectable } from 'kysely'
import type { ClusterTables } from './schema-clusters.ts'

/** The columns of a cluster that tell what is known of it. */
export const factColumns = [
  'name',
  'account',
  'provider',
  'region',
  'distribution',
  'kubernetes_version',
  'environment',
  'labels',
] as const

/** What is known of a cluster, as its row has it. */
export type KnownFacts = Pick<Selectable<ClusterTables['cluster']>, (typeof factColumns)[number]>
