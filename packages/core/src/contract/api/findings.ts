// Findings: what the API takes and gives of findings: pages, one with its past, counts, facets, groups, and what one change mends.

import { z } from 'zod'
import {
  at,
  clusterRef,
  counts,
  exportFormat,
  instant,
  labels,
  order,
  pageOf,
  pageQuery,
  part,
  q,
  severity,
} from './lists.ts'

export const sorts = z.enum(['severity', 'opened', 'changed', 'rule', 'resource', 'cluster'])
export const listQuery = pageQuery.extend({
  sort: sorts.default('severity'),
  order: order.default('desc'),
  at,
  ...part,
})
export const exportQuery = z.object({
  q,
  sort: sorts.default('severity'),
  order: order.default('desc'),
  at,
  ...part,
  format: exportFormat,
})

export const outcome = z.enum(['fail', 'manual', 'not-evaluated', 'error'])
export const state = z.enum(['open', 'excepted', 'resolved'])

export const finding = z
  .object({
    id: z.string(),
    cluster: clusterRef.extend({ region: z.string() }),
    rule: z.object({ id: z.string(), title: z.string() }),
    severity,
    outcome,
    state,
    resource: z.object({
      key: z.string(),
      apiVersion: z.string(),
      kind: z.string(),
      namespace: z.string(),
      name: z.string(),
      labels,
    }),
    discriminator: z.string().nullable(),
    /** What one would edit to mend it. */
    root: z.object({ kind: z.string(), key: z.string() }),
    reason: z.string().nullable(),
    exception: z.string().nullable(),
    firstSeen: instant,
    openedAt: instant,
    changedAt: instant,
    resolvedAt: instant.nullable(),
    resolution: z.string().nullable(),
    reopened: z.number().int(),
    triage: z.string(),
    assignee: z.string().nullable(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof finding>

export const page = pageOf(finding).meta({ id: 'FindingPage' })

export const oneParams = z.object({ cluster: z.string(), id: z.string() })
export const oneQuery = z.object({ at })

export const controlRef = z
  .object({
    benchmark: z.string(),
    edition: z.string(),
    control: z.string(),
    title: z.string(),
    section: z.string(),
    requirement: z.string().nullable(),
  })
  .meta({ id: 'ControlRef' })

export const wholeFinding = finding
  .extend({
    evidence: z.array(z.object({ path: z.string(), actual: z.unknown(), expected: z.string() })),
    parameters: z.record(z.string(), z.unknown()).nullable(),
    rationale: z.string(),
    remediation: z.string(),
    /** The controls of the editions that its cluster is judged by which its rule answers. */
    controls: z.array(controlRef),
    /** What it was, oldest first; between intervals it was resolved. `to` null: it is so still. */
    history: z.array(
      z.object({
        from: instant,
        to: instant.nullable(),
        outcome,
        state,
        severity,
        reason: z.string().nullable(),
        exception: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'WholeFinding' })

export const fix = z
  .object({
    /** On the object as it is now (JSON Patch, RFC 6902), in their order; null where there is no safe patch. */
    operations: z
      .array(
        z.object({
          op: z.enum(['add', 'replace', 'remove']),
          /** A JSON pointer. */
          path: z.string(),
          /** Null where something is taken away. */
          value: z.unknown(),
        }),
      )
      .nullable(),
    reason: z.enum(['not-failing', 'no-fix', 'no-object', 'changed']).nullable(),
  })
  .meta({ id: 'FindingFix' })

export const countQuery = z.object({ q, at, ...part })
export { counts }

export const groupField = z.enum([
  'severity',
  'state',
  'outcome',
  'rule',
  'kind',
  'cluster',
  'namespace',
  'resource',
  'root',
  'root.kind',
  'triage',
  'assignee',
])
/** `section`: the sections of the benchmarks that its cluster is judged by which its rule answers a control of: none, one, or several. */
export const groupBy = z.enum([...groupField.options, 'section'])
const listOf = <const W extends string>(words: readonly W[], most: number) =>
  z
    .string()
    .transform(text => text.split(',').map(field => field.trim()))
    .pipe(z.array(z.enum(words)).min(1).max(most))

export const facetQuery = z.object({
  q,
  at,
  ...part,
  /** Separated by commas. */
  fields: listOf(groupField.options, 12).default([
    'severity',
    'state',
    'outcome',
    'rule',
    'kind',
    'cluster',
    'namespace',
  ]),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})
export const facets = z
  .object({
    facets: z.array(
      z.object({
        field: groupField,
        values: z.array(
          z.object({ value: z.string().nullable(), label: z.string(), count: z.number().int() }),
        ),
      }),
    ),
  })
  .meta({ id: 'FindingFacets' })

export const groupQuery = z.object({
  q,
  at,
  ...part,
  /** One to three fields, separated by commas. */
  by: listOf(groupBy.options, 3),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
})
export const groups = z
  .object({
    items: z.array(
      counts.extend({
        keys: z.array(
          z.object({
            field: groupBy,
            value: z.string().nullable(),
            label: z.string(),
            /** What to add to the query, by `and`, to ask for what has this value. */
            term: z.string(),
          }),
        ),
      }),
    ),
    /** True where a finding is counted in each of several groups, so that the groups add up to more than there is. */
    isOverlapping: z.boolean(),
    /** True where there are more groups. */
    hasMore: z.boolean(),
  })
  .meta({ id: 'FindingGroups' })

export const rootQuery = z.object({
  q,
  at,
  ...part,
  limit: z.coerce.number().int().min(1).max(200).default(20),
})
export const root = z
  .object({
    cluster: clusterRef,
    kind: z.string(),
    key: z.string(),
    /** Open failures that one change of it could mend. */
    failed: z.number().int(),
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
    resources: z.number().int(),
    rules: z.number().int(),
  })
  .meta({ id: 'RootGroup' })
export const roots = z.object({ items: z.array(root) }).meta({ id: 'RootGroups' })
