// Access: what the API takes and gives of people, sessions, tokens, enrolments, teams, zones and the audit log.

import { z } from 'zod'

const instant = z.iso.datetime()
const id = z.uuid()
const name = z.string().trim().min(1).max(120)
const description = z.string().trim().max(2000)
const labelMap = z.record(z.string().min(1).max(317), z.string().max(63))

export const role = z.enum(['viewer', 'editor', 'approver', 'admin']).meta({ id: 'Role' })

export const signIn = z.strictObject({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(1024),
})
export const passwordChange = z.strictObject({
  old: z.string().min(1).max(1024),
  new: z.string().min(1).max(1024),
})

export const me = z
  .object({
    id: z.string(),
    type: z.enum(['person', 'token']),
    name: z.string(),
    role,
    mustChangePassword: z.boolean(),
    /** True where the whole fleet is seen. */
    seesAll: z.boolean(),
    teams: z.array(z.object({ id, name: z.string() })),
    zones: z.array(z.object({ id, name: z.string() })),
  })
  .meta({ id: 'Me' })

export const signInOptions = z
  .object({
    password: z.boolean(),
    oidc: z.object({ name: z.string() }).nullable(),
    /** True while the fleet on show is the bundled sample. */
    isSample: z.boolean(),
  })
  .meta({ id: 'SignInOptions' })

export const session = z
  .object({
    id: z.string(),
    createdAt: instant,
    lastUsedAt: instant,
    expiresAt: instant,
    address: z.string(),
    agent: z.string(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' })

export const person = z
  .object({
    id,
    login: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    isActive: z.boolean(),
    signsInBy: z.enum(['password', 'oidc']),
    mustChangePassword: z.boolean(),
    createdAt: instant,
    lastLoginAt: instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Person' })

export const newPerson = z.strictObject({
  login: z.string().trim().min(1).max(200).regex(/^\S+$/, 'holds no spaces'),
  name,
  email: z.email().optional(),
  role,
  password: z.string().max(1024).optional(),
})
export const personMade = z.object({ id, oneTimePassword: z.string().optional() })
export const personChange = z.strictObject({
  name: name.optional(),
  email: z.email().nullable().optional(),
  role: role.optional(),
  isActive: z.boolean().optional(),
})
export const oneTimePassword = z.object({ oneTimePassword: z.string() })

export const token = z
  .object({
    id,
    owner: z.object({ id, login: z.string() }),
    name: z.string(),
    role,
    team: id.nullable(),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.nullable(),
    state: z.enum(['active', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiToken' })
export const newToken = z.strictObject({
  name,
  role,
  team: id.optional(),
  days: z.int().min(1).max(366).default(90),
})
export const tokenMade = z.object({ id, token: z.string(), expiresAt: instant })

/** A part of the fleet: all that is given must hold; lists are alternatives; `*` in names of namespaces stands for any text. */
export const zoneTerm = z
  .strictObject({
    accounts: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
    clusters: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
    clusterLabels: labelMap.optional(),
    namespaces: z.array(z.string().min(1).max(253)).min(1).max(500).optional(),
    labels: labelMap.optional(),
  })
  .meta({ id: 'ZoneTerm' })
export const zoneValues = z.strictObject({
  name,
  description: description.default(''),
  terms: z.array(zoneTerm).min(1).max(100),
})
export const zone = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    terms: z.array(zoneTerm),
    createdAt: instant,
    updatedAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Zone' })
export const zonePreview = z.strictObject({ terms: z.array(zoneTerm).max(100) })
export const zoneCounts = z
  .object({ clusters: z.int(), namespaces: z.int(), resources: z.int(), openFindings: z.int() })
  .meta({ id: 'ZoneCounts' })

export const teamValues = z.strictObject({
  name,
  description: description.default(''),
  oidcGroup: z.string().min(1).max(300).nullable().default(null),
  members: z.array(id).max(10_000).default([]),
  zones: z.array(id).max(1000).default([]),
})
export const team = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    oidcGroup: z.string().nullable(),
    members: z.array(z.object({ id, login: z.string(), name: z.string(), byOidc: z.boolean() })),
    zones: z.array(z.object({ id, name: z.string() })),
    version: z.int(),
  })
  .meta({ id: 'Team' })

export const auditQuery = z.strictObject({
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  targetType: z.string().max(60).optional(),
  targetId: z.string().max(600).optional(),
  from: instant.optional(),
  to: instant.optional(),
})
export const auditEntry = z
  .object({
    number: z.int(),
    at: instant,
    actor: z.object({ type: z.string(), id: z.string(), name: z.string(), address: z.string() }),
    action: z.string(),
    target: z.object({ type: z.string(), id: z.string() }),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })
export const auditPage = z.object({ items: z.array(auditEntry), next: z.string().nullable() })
export const auditAnchor = z.strictObject({
  number: z.coerce.number().int().min(1).optional(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export const auditReport = z.object({
  isWhole: z.boolean(),
  entries: z.int(),
  hash: z.string(),
  fault: z.string().optional(),
})

export const made = z.object({ id })
export const byId = z.strictObject({ id })
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
