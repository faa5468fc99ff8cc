// Overview: what the API gives of the fleet, or one cluster of it, at a glance.

import { z } from 'zod'
import { outcomes } from './compliance.ts'
import { root } from './findings.ts'
import { at, clusterRef, counts, editionId, editionRef, instant, part, score } from './lists.ts'

export const query = z.object({
  /** `benchmark@edition`; the one that most clusters are judged by, where it is not given. */
  edition: editionId.optional(),
  ...part,
  /** Since when changes are told; a day ago, where it is not given. */
  since: instant.optional(),
  at,
})

const sum = z.object({ reason: z.string(), count: z.number().int() })

export const overview = z
  .object({
    at: instant,
    since: instant,
    /** Null where nothing was judged yet. */
    edition: editionRef.nullable(),
    editions: z.array(editionRef.extend({ clusters: z.number().int() })),
    /** Of all subjects that the caller sees; null where there is none. */
    score: score.nullable(),
    sections: z.array(
      score.extend({ id: z.string(), title: z.string(), passed: z.number().int(), failed: z.number().int() }),
    ),
    counts,
    /** Controls by outcome, with what people attested; null where nothing was judged. */
    controls: outcomes.nullable(),
    clusters: z.object({
      total: z.number().int(),
      byStatus: z.record(z.string(), z.number().int()),
      /** Those with the lowest scores first; of clusters that are seen whole. */
      ranked: z.array(clusterRef.extend({ score })),
    }),
    /** The score of all subjects that the caller sees, of the clusters that were there then; instants without any are left out. */
    trend: z.array(
      z.object({
        at: instant,
        value: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        clusters: z.number().int(),
      }),
    ),
    changes: z.object({
      opened: z.number().int(),
      reopened: z.number().int(),
      fixed: z.number().int(),
      removed: z.number().int(),
      noLongerJudged: z.number().int(),
    }),
    /** Why scores of clusters moved since, newest first; parts add up to each move. Words that people gave or took back are among them. */
    moves: z.array(
      z.object({
        cluster: clusterRef,
        at: instant,
        before: z.number().nullable(),
        after: z.number().nullable(),
        parts: z.record(z.string(), z.number()),
        /** How many controls were evaluated, where people's words made it another number; null where only rules spoke. */
        evaluated: z.object({ before: z.number().int(), after: z.number().int() }).nullable(),
      }),
    ),
    roots: z.array(root),
    coverage: z.object({
      /** What could not be read, by reason: how many gaps. */
      gaps: z.array(sum),
      stale: z.array(clusterRef.extend({ scope: z.string(), since: instant })),
    }),
  })
  .meta({ id: 'Overview' })
