// Decisions: what the API takes and gives of profiles, attestations, notes on findings and saved views.

import { z } from 'zod'

const instant = z.iso.datetime()
const day = z.iso.date()
const id = z.uuid()
const clusterId = z.string().min(1).max(200)

/** Texts that a database can hold: no NUL, no half of a surrogate pair. */
const isStorable = (value: string) => !value.includes('\u0000') && !/\p{Surrogate}/u.test(value)
const text = (most: number) =>
  z.string().trim().max(most).refine(isStorable, 'holds a character that cannot be kept')
const someText = (most: number) => text(most).min(1)
/** JSON text writes both as escapes; after a backslash, `\\u0000` is a text of six letters. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/
const settings = z
  .record(z.string().max(300), z.json())
  .refine(value => !unstorable.test(JSON.stringify(value)), 'holds a character that cannot be kept')

/** Which rules and controls are on, as in the file that `plimsoll scan --profile` takes. */
const profileBody = { rules: settings.default({}), controls: settings.default({}) }

export const profileValues = z.strictObject({
  name: someText(120),
  description: text(2000).default(''),
  ...profileBody,
  /** It holds where no other does; whatever was the default before is no more. */
  isDefault: z.boolean().default(false),
  /** Ids of zones; it holds for clusters that lie in one with all that they have. */
  zones: z.array(id).max(1000).default([]),
  clusters: z.array(clusterId).max(10_000).default([]),
})

export const profile = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    rules: z.record(z.string(), z.json()),
    controls: z.record(z.string(), z.json()),
    isDefault: z.boolean(),
    /** Of those that the caller sees. */
    zones: z.array(id),
    clusters: z.array(z.string()),
    /** For how many of the clusters that the caller sees it holds. */
    holdsFor: z.int(),
    /** What of it this server cannot read any more, and so passes over. */
    faults: z.array(z.string()),
    createdAt: instant,
    updatedAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Profile' })

export const holdingProfile = z
  .object({
    profile: z.object({
      name: z.string(),
      rules: z.record(z.string(), z.json()),
      controls: z.record(z.string(), z.json()),
    }),
    /** What gave it: the narrowest that names the cluster; `built-in` where nobody set up any. */
    source: z.enum(['cluster', 'zone', 'default', 'built-in']),
    id: id.nullable(),
  })
  .meta({ id: 'HoldingProfile' })

export const profileTrial = z.strictObject({
  cluster: clusterId,
  profile: z.strictObject({ name: someText(120).default('tried'), ...profileBody }),
})

const bothWays = <T extends z.ZodType>(value: T) => z.object({ before: value, after: value })
const outcome = z.enum(['pass', 'fail', 'manual', 'not-applicable', 'not-evaluated', 'error'])
const points = z.number().nullable()
const triedFindings = z.object({
  count: z.int(),
  first: z.array(
    z.object({
      id: z.string(),
      rule: z.string(),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      resource: z.string(),
      discriminator: z.string().nullable(),
    }),
  ),
})
export const profileEffect = z
  .object({
    cluster: z.string(),
    /** What holds for the cluster now. */
    compared: z.object({ name: z.string(), source: z.enum(['cluster', 'zone', 'default', 'built-in']) }),
    /** Rules of which another number of resources would fail. */
    rules: z.array(bothWays(z.int()).extend({ rule: z.string() })),
    /** Open failures that would go, and that would come. */
    gone: triedFindings,
    come: triedFindings,
    controls: z.array(
      bothWays(outcome).extend({
        benchmark: z.string(),
        edition: z.string(),
        control: z.string(),
        title: z.string(),
      }),
    ),
    scores: z.array(
      bothWays(z.object({ value: points, low: points, high: points })).extend({
        benchmark: z.string(),
        edition: z.string(),
      }),
    ),
  })
  .meta({ id: 'ProfileEffect' })

export const attestedOutcome = z.enum(['pass', 'fail', 'not-applicable'])
export const newAttestation = z.strictObject({
  /** One word on one control, for each of these. */
  clusters: z.array(clusterId).min(1).max(500),
  benchmark: z.string().min(1).max(100),
  edition: z.string().min(1).max(100),
  control: z.string().min(1).max(200),
  outcome: attestedOutcome,
  statement: someText(4000),
  /** Where the proof is: a text or an address. */
  evidence: text(4000).default(''),
  /** The last day on which it holds; then the control is manual again. */
  expires: day,
})
export const attestationsMade = z.object({ items: z.array(z.object({ cluster: z.string(), id })) })
export const attestationQuery = z.strictObject({ cluster: clusterId })
export const attestationId = z.strictObject({ cluster: clusterId, id })
export const attestation = z
  .object({
    id,
    cluster: z.string(),
    benchmark: z.string(),
    edition: z.string(),
    control: z.string(),
    outcome: attestedOutcome,
    statement: z.string(),
    evidence: z.string(),
    attestedBy: z.string(),
    attestedAt: instant,
    expires: day,
    state: z.enum(['current', 'superseded', 'expired', 'revoked']),
    revokedBy: z.string().nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Attestation' })

export const triage = z
  .enum(['new', 'acknowledged', 'in-progress', 'fixed', 'false-positive'])
  .meta({ id: 'Triage' })
export const comment = z.strictObject({ comment: someText(10_000) })
export const triageChange = z.strictObject({ triage, comment: someText(10_000).optional() })
export const assignment = z.strictObject({
  /** Id of a person who sees the finding; null: nobody. */
  assignee: id.nullable(),
  comment: someText(10_000).optional(),
})
export const bulkChange = z.strictObject({
  findings: z
    .array(z.strictObject({ cluster: clusterId, finding: z.string().min(1).max(64) }))
    .min(1)
    .max(1000),
  triage: triage.optional(),
  assignee: id.nullable().optional(),
  comment: someText(10_000).optional(),
})
export const changed = z.object({ changed: z.int() })
export const noteQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export const findingNote = z
  .object({
    id,
    at: instant,
    author: z.object({ id: z.string(), name: z.string() }),
    type: z.enum(['comment', 'triage', 'assignment']),
    /** The comment; the triage state that was set; the name of whom it was given to, empty for nobody. */
    body: z.string(),
  })
  .meta({ id: 'FindingNote' })
export const notePage = z.object({ items: z.array(findingNote), next: z.string().nullable() })
export const assignee = z.object({ id, login: z.string(), name: z.string() }).meta({ id: 'Assignee' })

const viewState = settings.refine(
  value => JSON.stringify(value).length <= 32_768,
  'is larger than 32768 characters',
)
const listName = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'is the name of a list, such as findings')
export const viewValues = z.strictObject({
  name: someText(120),
  state: viewState,
  /** Shown to those who share a team with its owner; an admin’s to everybody. */
  isShared: z.boolean().default(false),
})
export const newView = viewValues.extend({ list: listName })
export const viewQuery = z.strictObject({ list: listName.optional() })
export const savedView = z
  .object({
    id,
    list: z.string(),
    name: z.string(),
    state: z.record(z.string(), z.json()),
    isShared: z.boolean(),
    isOwn: z.boolean(),
    owner: z.string(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'SavedView' })
