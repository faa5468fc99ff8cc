// Resources: what the API takes and gives of the inventory: pages, one resource with its verdicts, versions and relations.

import { z } from 'zod'
import { controlRef } from './findings.ts'
import { at, clusterRef, exportFormat, instant, labels, order, pageOf, pageQuery, q } from './lists.ts'

export const sorts = z.enum(['worst', 'key'])
const withGone = z.enum(['true', 'false']).default('false')
export const listQuery = pageQuery.extend({
  sort: sorts.default('worst'),
  order: order.default('desc'),
  withGone,
})
export const exportQuery = z.object({
  q,
  sort: sorts.default('worst'),
  order: order.default('desc'),
  withGone,
  format: exportFormat,
})

export const resource = z
  .object({
    cluster: clusterRef,
    key: z.string(),
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    labels,
    root: z.object({ kind: z.string(), key: z.string() }),
    failed: z.number().int(),
    critical: z.number().int(),
    high: z.number().int(),
    medium: z.number().int(),
    low: z.number().int(),
    excepted: z.number().int(),
    passed: z.number().int(),
    notEvaluated: z.number().int(),
    firstSeen: instant,
    goneAt: instant.nullable(),
  })
  .meta({ id: 'ResourceSummary' })

export const page = pageOf(resource).meta({ id: 'ResourcePage' })
export const kindsQuery = z.object({ q })
export const kindCount = z.object({
  kind: z.string(),
  resources: z.number().int(),
  failing: z.number().int(),
})
export const kinds = z.object({ items: z.array(kindCount) }).meta({ id: 'ResourceKinds' })

/** The key is one part of the path: its slashes are escaped as %2F. */
export const oneParams = z.object({ cluster: z.string(), key: z.string() })

const verdict = z.enum(['none', 'not-applicable', 'pass', 'excepted', 'not-evaluated', 'error', 'fail'])
export const wholeResource = resource
  .extend({
    /** What each rule came to on it. */
    verdicts: z.array(
      z.object({
        rule: z.string(),
        title: z.string(),
        parameters: z.record(z.string(), z.unknown()).nullable(),
        verdict,
      }),
    ),
    /** What that means for the controls of every edition that its cluster is judged by. */
    controls: z.array(controlRef.extend({ verdict })),
    versions: z.array(
      z.object({ from: instant, to: instant.nullable(), hash: z.string(), bytes: z.number().int() }),
    ),
  })
  .meta({ id: 'WholeResource' })

export const objectQuery = z.object({ at })
/** The object as the API server gave it, less what is never kept. */
export const object = z.record(z.string(), z.unknown())

export const relation = z
  .object({
    type: z.enum([
      'owner',
      'owned',
      'service-account',
      'used-by',
      'binding',
      'role',
      'service',
      'network-policy',
      'pod',
    ]),
    key: z.string(),
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    /** Open failures; null for what is no asset of its own, such as a pod of a Deployment. */
    failed: z.number().int().nullable(),
  })
  .meta({ id: 'Relation' })
export const relations = z.object({ items: z.array(relation) }).meta({ id: 'Relations' })
