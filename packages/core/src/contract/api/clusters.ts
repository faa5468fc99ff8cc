// Clusters: what the API takes and gives of clusters: pages, and one with its collectors, gaps and components.

import { z } from 'zod'
import { clusterWordBounds } from '../ingest.ts'
import { at, exportFormat, gap, instant, labels, order, pageOf, pageQuery, part, q, score } from './lists.ts'
import { kindCount } from './resources.ts'

export const sorts = z.enum(['name', 'failed', 'worst', 'resources'])
export const listQuery = pageQuery.extend({
  sort: sorts.default('worst'),
  order: order.default('desc'),
  at,
  ...part,
})
export const exportQuery = z.object({
  q,
  sort: sorts.default('worst'),
  order: order.default('desc'),
  at,
  ...part,
  format: exportFormat,
})

export const editionScore = score
  .extend({ benchmark: z.string(), edition: z.string() })
  .meta({ id: 'EditionScore' })

export const cluster = z
  .object({
    id: z.string(),
    name: z.string(),
    account: z.string(),
    provider: z.string(),
    region: z.string(),
    distribution: z.string(),
    version: z.string(),
    environment: z.string(),
    labels,
    isSample: z.boolean(),
    status: z.enum(['complete', 'partial', 'stale', 'waiting']),
    addedAt: instant,
    seenAt: instant.nullable(),
    /** Null before the first time, and for a past instant. */
    assessedAt: instant.nullable(),
    /** A person waits since then for a scan. */
    scanAskedAt: instant.nullable(),
    resources: z.number().int(),
    failed: z.number().int(),
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
    excepted: z.number().int(),
    notEvaluated: z.number().int(),
    /** One for each edition that it is judged by; none of a cluster of which the caller sees a part only. */
    scores: z.array(editionScore),
  })
  .meta({ id: 'Cluster' })
export const page = pageOf(cluster).meta({ id: 'ClusterPage' })

const speaker = z.enum(['person', 'agent', 'enrolment']).nullable()
export const oneParams = z.object({ cluster: z.string() })
export const oneQuery = z.object({ at })
export const scanAsked = z.object({ askedAt: instant }).meta({ id: 'ScanAsked' })
export const wholeCluster = cluster
  .extend({
    collectors: z.array(
      z.object({
        scope: z.string(),
        collector: z.record(z.string(), z.unknown()),
        collectedAt: instant,
        receivedAt: instant,
        /** Null where the caller sees a part of the cluster only. */
        resources: z.number().int().nullable(),
        /** Further facts that it told of its scope; null where the caller sees a part of the cluster only, and for a past instant. */
        facts: z.record(z.string(), z.string()).nullable(),
        staleSince: instant.nullable(),
        gaps: z.array(gap),
      }),
    ),
    components: z.array(kindCount),
    /**
     * Whose word counts: a person's who set it, else the agent's, else the enrolment's. Null where nobody said anything, or where the caller
     * sees a part of the cluster only; for a past instant as it is now.
     */
    saidBy: z.object({ name: speaker, environment: speaker, labels: speaker }),
  })
  .meta({ id: 'WholeCluster' })

/** What a person sets of a cluster; null takes it back, so that its agent's or its enrolment's word counts again. */
export const clusterChange = z
  .strictObject({
    name: z.string().trim().min(1).max(clusterWordBounds.name).nullable().optional(),
    environment: z.string().trim().max(clusterWordBounds.environment).nullable().optional(),
    labels: z
      .record(z.string().min(1).max(clusterWordBounds.labelKey), z.string().max(clusterWordBounds.labelValue))
      .refine(own => Object.keys(own).length <= clusterWordBounds.labels, 'too many labels')
      .nullable()
      .optional(),
  })
  .meta({ id: 'ClusterChange' })

export const accountsQuery = z.object({ q, at, zone: part.zone })
/** The clusters of one account, added up. */
export const account = z
  .object({
    /** '' where it is not known. */
    account: z.string(),
    providers: z.array(z.string()),
    regions: z.array(z.string()),
    clusters: z.number().int(),
    byStatus: z.record(z.string(), z.number().int()),
    resources: z.number().int(),
    failed: z.number().int(),
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
    excepted: z.number().int(),
    notEvaluated: z.number().int(),
  })
  .meta({ id: 'Account' })
export const accounts = z.object({ items: z.array(account) }).meta({ id: 'Accounts' })

/** How far the bundled sample fleet is. */
export const sample = z
  .object({
    /** `loading`: its history is being replayed; `interrupted`: that was broken off, and begins anew with the next start. */
    state: z.enum(['absent', 'loading', 'interrupted', 'shown', 'removed']),
    /** Snapshots of its history, and those that are there. */
    snapshots: z.number().int(),
    done: z.number().int(),
  })
  .meta({ id: 'SampleFleet' })
