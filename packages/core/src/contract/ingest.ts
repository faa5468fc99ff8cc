// Ingest: the wire protocol by which collectors send snapshots: what its lines and answers are. docs/ingest.md tells it in prose.

import { z } from 'zod'
import { gapReasons } from '../model/gap.ts'

/** Raised where older servers could not understand what is sent. */
export const ingestVersion = 1
export const ingestMediaType = 'application/x-ndjson'
export const ingestEncodings = ['identity', 'gzip', 'zstd'] as const
export type IngestEncoding = (typeof ingestEncodings)[number]

/** Text without control characters, which no database and no terminal takes well. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^\P{C}*$/u, 'no control characters')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of canonical JSON, in lower-case hex')
const sequence = z.int().min(0)
const key = z.string().min(1).max(700)

/** `api`: the cluster's API; `node/<name>`; `cloud/<account>`. */
export const ingestScope = z
  .string()
  .max(300)
  .regex(/^(?:api|(?:node|cloud)\/[A-Za-z0-9][A-Za-z0-9._:-]*)$/)

export const ingestGap = z.object({
  scope: line(500),
  kind: line(200).optional(),
  namespace: line(100).optional(),
  reason: z.enum(gapReasons),
  detail: line(2000),
  line: z.int().optional(),
  column: z.int().optional(),
})

/** The most that is said of a cluster. */
export const clusterWordBounds = {
  name: 120,
  environment: 60,
  labels: 64,
  labelKey: 317,
  labelValue: 63,
} as const

/** What people call a cluster, and where it belongs. */
export const clusterWord = z.object({
  name: line(clusterWordBounds.name).min(1).optional(),
  environment: line(clusterWordBounds.environment).optional(),
  labels: z
    .record(line(clusterWordBounds.labelKey).min(1), line(clusterWordBounds.labelValue))
    .refine(labels => Object.keys(labels).length <= clusterWordBounds.labels, 'too many labels')
    .optional(),
})

/** What is known of a cluster; an absent fact is not known. */
export const ingestCluster = z.object({
  /** The UID of kube-system, or what stands in for it. */
  uid: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{7,63}$/),
  name: line(200).min(1),
  provider: line(60).optional(),
  region: line(100).optional(),
  account: line(200).optional(),
  distribution: line(60).optional(),
  version: line(60).optional(),
  /** What the agent was told to call it, all of it: what is absent it says nothing of. Absent where it is no agent that says so. */
  said: clusterWord.optional(),
})

/** The first line: what the snapshot speaks of. */
export const ingestHead = z.strictObject({
  format: z.literal('plimsoll-ingest'),
  version: z.literal(ingestVersion),
  cluster: ingestCluster,
  scope: ingestScope,
  collector: z.object({ name: line(100).min(1), version: line(100).min(1), id: line(200).min(1) }),
  collectedAt: z.iso.datetime({ offset: true }),
  /** Grows with each snapshot of a scope; milliseconds since 1970 do. */
  sequence,
  /** The sequence that a delta starts from; absent for a full snapshot. */
  base: sequence.optional(),
  /** Absent in a delta: as before. */
  gaps: z.array(ingestGap).max(10_000).optional(),
  /** Further facts about the scope, for people. */
  facts: z.record(line(100), line(1000)).optional(),
})
export type IngestHead = z.infer<typeof ingestHead>

/** A resource by its hash; null: it is gone, which only a delta says. */
export const ingestItem = z.tuple([key, hash.nullable()])
export type IngestItem = z.infer<typeof ingestItem>

/** The last line: how many resources were named, and the digest of all that was said of them (SnapshotDigest). */
export const ingestEnd = z.strictObject({ end: z.strictObject({ items: z.int().min(0), digest: hash }) })
export type IngestEnd = z.infer<typeof ingestEnd>

const counts = { added: z.int(), changed: z.int(), removed: z.int(), resources: z.int() }

/** A snapshot is in the store as a whole. */
export const ingestAccepted = z.object({
  state: z.literal('accepted'),
  cluster: z.string(),
  scope: z.string(),
  sequence,
  /** The cluster's revision that holds it. */
  revision: z.int(),
  /** True where it had been accepted before. */
  repeated: z.boolean(),
  ...counts,
})
export type IngestAccepted = z.infer<typeof ingestAccepted>

/** Objects are lacking: ask for their hashes, send them, commit. */
export const ingestWanted = z.object({
  state: z.literal('wanted'),
  upload: z.uuid(),
  wanted: z.int(),
})
export type IngestWanted = z.infer<typeof ingestWanted>

export const ingestAnswer = z.discriminatedUnion('state', [ingestAccepted, ingestWanted])
export type IngestAnswer = z.infer<typeof ingestAnswer>

/** A page of what an upload still lacks. */
export const ingestWantedPage = z.object({
  wanted: z.array(hash),
  /** Give it as `after` for the next page; absent on the last. */
  next: z.string().optional(),
})
export type IngestWantedPage = z.infer<typeof ingestWantedPage>

export const ingestReceived = z.object({ received: z.int(), bytes: z.int() })
export type IngestReceived = z.infer<typeof ingestReceived>

export const ingestUpload = z.object({
  upload: z.uuid(),
  scope: z.string(),
  sequence,
  digest: hash,
  items: z.int(),
  startedAt: z.string(),
  touchedAt: z.string(),
})

/** What a collector is told before it sends: its bounds, and what the server has of its cluster. */
export const ingestState = z.object({
  version: z.literal(ingestVersion),
  encodings: z.array(z.enum(ingestEncodings)),
  limits: z.object({
    objectBytes: z.int(),
    uploadBytes: z.int(),
    uploadItems: z.int(),
    uploadsAtOnce: z.int(),
    uploadHours: z.number(),
    ratio: z.number(),
  }),
  /** Absent before first contact. */
  cluster: z.string().optional(),
  /** A person asks for a scan since then; absent once a snapshot of the cluster's API came after it. */
  scanAskedAt: z.string().optional(),
  scopes: z.array(z.object({ scope: z.string(), sequence, digest: hash, resources: z.int() })),
  uploads: z.array(ingestUpload),
})
export type IngestState = z.infer<typeof ingestState>
export type IngestLimits = IngestState['limits']
