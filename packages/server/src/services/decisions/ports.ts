// Ports of decisions: who must be told when people decide something.

import type { Profile } from '@plimsoll/core'
import type { Transaction } from 'kysely'
import type { ClusterRow } from '../../store/clusters.ts'
import type { Client, Schema } from '../../store/schema.ts'

/** Asks, in the transaction of the decision, that clusters be judged by it. */
export type OnDecided = (trx: Transaction<Schema>) => Promise<void>

/** The profile that holds for a cluster. */
export type ProfileOf = (db: Client, cluster: ClusterRow) => Promise<{ readonly profile: Profile }>
