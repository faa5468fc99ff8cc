// Schema: every table, as kysely sees it; one interface of tables per migration.

import type { Kysely, Transaction } from 'kysely'
import type { AbsenceTables } from './schema-absences.ts'
import type { AccessTables } from './schema-access.ts'
import type { AssessmentTables } from './schema-assessments.ts'
import type { ClusterPastTables } from './schema-cluster-past.ts'
import type { ClusterTables } from './schema-clusters.ts'
import type { CountTables } from './schema-counts.ts'
import type { DecisionTables } from './schema-decisions.ts'
import type { JobTables } from './schema-jobs.ts'

export interface Schema
  extends ClusterTables,
    AssessmentTables,
    AccessTables,
    DecisionTables,
    JobTables,
    CountTables,
    AbsenceTables,
    ClusterPastTables {}

/** What statements are run by: the pool, or a transaction under way. */
export type Client = Kysely<Schema> | Transaction<Schema>
