// Resources: what the API takes and gives of the inventory: pages, one resource with its verdicts, versions and relations.

import { z } from 'zod'
import { controlRef } from './findings.ts'
import { at, clusterRef, exportFormat, instant, labels, order, pageOf, pageQuery, part, q } from './lists.ts'

export const sorts = z.enum(['worst', 'key'])
const withGone = z.enum(['true', 'false']).default('false')
export const listQuery = pageQuery.extend({
  sort: sorts.default('worst'),
  order: order.default('desc'),
  withGone,
  at,
  ...part,
})
export const exportQuery = z.object({
  q,
  sort: sorts.default('worst'),
  order: order.default('desc'),
  withGone,
  at,
  ...part,
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
    /** Rules that it passed, and those that could not be judged; null for a past instant of which that is not kept. */
    passed: z.number().int().nullable(),
    notEvaluated: z.number().int().nullable(),
    firstSeen: instant,
    goneAt: instant.nullable(),
  })
  .meta({ id: 'ResourceSummary' })

export const page = pageOf(resource).meta({ id: 'ResourcePage' })
export const kindsQuery = z.object({ q, at, ...part })
/** The parts of a cluster that kinds of resources belong to. */
export const components = [
  'nodes',
  'workloads',
  'access',
  'network',
  'storage',
  'configuration',
  'admission',
  'namespaces',
  'cluster',
  'other',
] as const
export const kindCount = z.object({
  kind: z.string(),
  /** The part of a cluster that the kind belongs to. */
  component: z.enum(components),
  resources: z.number().int(),
  failing: z.number().int(),
})
/** A resource is failing, else not evaluated, else passing, or no rule judges it; excepted ones may be any of these. */
const kindStates = kindCount.extend({
  /** Failing nothing, and some rule could not be judged; null for a past instant of which that is not kept. */
  notEvaluated: z.number().int().nullable(),
  excepted: z.number().int(),
  /** Failing nothing, with all judged and something passed; null for a past instant of which that is not kept. */
  passing: z.number().int().nullable(),
})
export const kinds = z.object({ items: z.array(kindStates) }).meta({ id: 'ResourceKinds' })

/** The key is one part of the path: its slashes are escaped as %2F. */
export const oneParams = z.object({ cluster: z.string(), key: z.string() })
export const oneQuery = z.object({ at })

const verdict = z.enum(['none', 'not-applicable', 'pass', 'excepted', 'not-evaluated', 'error', 'fail'])
export const wholeResource = resource
  .extend({
    /** What each rule came to on it; null for a past instant of which it is not kept. Its findings of then are. */
    verdicts: z
      .array(
        z.object({
          rule: z.string(),
          title: z.string(),
          parameters: z.record(z.string(), z.unknown()).nullable(),
          verdict,
        }),
      )
      .nullable(),
    /** What that means for the controls of every edition that its cluster is judged by. */
    controls: z.array(controlRef.extend({ verdict })).nullable(),
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
    /** What it is to the resource that is asked about. */
    type: z.enum([
      'owner',
      'owned',
      'pod',
      'service-account',
      'used-by',
      'binding',
      'role',
      'service',
      'route',
      'gateway',
      'network-policy',
      'claim',
      'volume',
      'storage-class',
      'guard',
      'namespace',
    ]),
    key: z.string(),
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    /** Open failures; null for what is no asset of its own, such as a pod of a Deployment. */
    failed: z.number().int().nullable(),
  })
  .meta({ id: 'Relation' })
export const relations = z
  .object({
    items: z.array(relation),
    /** What the labels of a Namespace ask of its pods; null for other kinds. */
    podSecurity: z
      .object({
        enforce: z.string().nullable(),
        audit: z.string().nullable(),
        warn: z.string().nullable(),
      })
      .nullable(),
    /** Kinds of which there is more than was looked through, so that relations to them may be missing here. */
    notAll: z.array(z.string()),
  })
  .meta({ id: 'Relations' })
