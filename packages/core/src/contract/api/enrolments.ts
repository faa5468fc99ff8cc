// Enrolments: what the API takes and gives of enrolments of collectors: options of an agent, its token, and how it is installed.

import { z } from 'zod'
import { defaultSlices, sliceIds } from '../../model/slice.ts'

const instant = z.iso.datetime()
const id = z.uuid()
const labelMap = z.record(z.string().min(1).max(317), z.string().max(63))

const dnsLabel = z
  .string()
  .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'must be lower case letters, digits and dashes')
/** Go's durations, as the agent takes them. */
const duration = z.string().regex(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/, 'must be a duration such as 4h or 30m')
const oneLine = z.string().trim().regex(/^\S*$/, 'must have no spaces').max(500)
/** What a person says in words, without what breaks out of a line. */
const httpUrl = z.url({ protocol: /^https?$/ }).max(500)

/** How an agent is to be installed: what the wizard asks. */
export const agentOptions = z
  .strictObject({
    namespace: dnsLabel.default('plimsoll').describe('Namespace that the agent lives in.'),
    slices: z
      .array(z.enum(sliceIds))
      .max(sliceIds.length)
      .default([...defaultSlices])
      .describe('Parts of the API that it may read; `cluster` is always among them.'),
    replicas: z.int().min(1).max(5).default(1).describe('One leads, the others stand by.'),
    hostNetwork: z
      .boolean()
      .default(false)
      .describe('Whether it shares the network of its node, where metadata of instances is closed to pods.'),
    resync: duration.min(2).default('4h').describe('How often all is listed anew.'),
    proxy: httpUrl
      .refine(url => !/^https?:\/\/[^/]*@/.test(url), 'must hold no credentials: they would be seen by all')
      .optional()
      .describe('Proxy on the way to the server.'),
    noProxy: z.array(oneLine.min(1)).max(50).default([]).describe('Hosts that are reached without it.'),
    extraCa: z
      .string()
      .max(100_000)
      .regex(/-----BEGIN CERTIFICATE-----/, 'must be certificates in PEM')
      .optional()
      .describe("Certificates that the server's or the proxy's is trusted by, in PEM."),
    existingSecret: dnsLabel
      .optional()
      .describe('Secret with the token that is there already; else the token stands in what is installed.'),
    image: z
      .strictObject({
        repository: oneLine.min(1).optional(),
        tag: oneLine.min(1).max(128).optional(),
        digest: z
          .string()
          .regex(/^sha256:[0-9a-f]{64}$/)
          .optional(),
      })
      .default({})
      .describe("Where the image is, if not at its publisher's."),
    chart: oneLine
      .min(1)
      .regex(/^[^-]/, 'must not begin with a dash')
      .optional()
      .describe("Where the chart is, if not at its publisher's: an OCI reference, a URL or a folder."),
    networkPolicy: z.boolean().default(true).describe('Whether a NetworkPolicy bounds what it may reach.'),
    openshift: z
      .boolean()
      .default(false)
      .describe('Whether the platform chooses the user that it runs as, as OpenShift does.'),
    priorityClass: z
      .string()
      .regex(/^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/)
      .optional(),
  })
  .meta({ id: 'AgentOptions' })
export type AgentOptions = z.infer<typeof agentOptions>

export const newEnrolment = z.strictObject({
  name: z.string().trim().min(1).max(120),
  environment: z.string().trim().max(60).default(''),
  labels: labelMap.default({}),
  options: agentOptions.prefault({}),
})

/** How the agent of an enrolment is installed, each way by itself. */
export const installation = z
  .object({
    /** Commands for a shell. */
    helm: z.string(),
    /** For `kubectl apply -f`. */
    manifest: z.string(),
    terraform: z.string(),
  })
  .meta({ id: 'Installation' })

export const enrolmentMade = z.object({ id, token: z.string(), expiresAt: instant, install: installation })

export const enrolmentStates = ['waiting', 'connected', 'partial', 'stale', 'expired', 'revoked'] as const
export const enrolment = z
  .object({
    id,
    name: z.string(),
    environment: z.string(),
    labels: labelMap,
    options: agentOptions,
    clusterId: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
    firstContactAt: instant.nullable(),
    lastContactAt: instant.nullable(),
    state: z
      .enum(enrolmentStates)
      .describe(
        'waiting: nothing came yet. connected: it sends. partial: it sends, and could not read all. stale: nothing came for too long.',
      ),
    /** What could not be read, where it is partial: sentences. */
    gaps: z.array(z.string()),
  })
  .meta({ id: 'Enrolment' })
export const enrolmentRenewed = z.object({
  token: z.string(),
  /** Until when the token that is in use works beside it; null where none is. */
  previousUntil: instant.nullable(),
  /** First contact must come before, where none came yet. */
  expiresAt: instant,
  install: installation,
})

export const clusterParams = z.object({ cluster: z.string() })
export const permission = z
  .object({
    slice: z.enum(sliceIds),
    kind: z.string(),
    /** API group; empty for the core group. */
    group: z.string(),
    resource: z.string(),
    name: z.string().optional(),
    verbs: z.array(z.enum(['get', 'list', 'watch'])),
    isEverywhere: z.boolean(),
    state: z
      .enum(['granted', 'missing', 'off', 'failed', 'unknown'])
      .describe(
        'missing: the API server refused. off: its slice is switched off. failed: it could not be read for another reason. unknown: nothing was collected yet.',
      ),
    detail: z.string().optional(),
    /** Rules that cannot be evaluated without it. */
    rules: z.array(z.string()),
  })
  .meta({ id: 'Permission' })
export const permissionList = z
  .object({
    slices: z.array(z.object({ id: z.enum(sliceIds), buys: z.string(), isDefault: z.boolean() })),
    items: z.array(permission),
  })
  .meta({ id: 'PermissionList' })
