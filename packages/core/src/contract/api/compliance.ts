// Compliance: what the API gives of standards: their scores, sections, controls, and what each control came to.

import { z } from 'zod'
import { at, exportFormat, part, score } from './lists.ts'

export const query = z.object({ at, ...part })
export const exportQuery = query.extend({ format: exportFormat })
export const params = z.object({ benchmark: z.string(), edition: z.string() })
export const controlParams = params.extend({ control: z.string() })

const outcome = z.enum(['pass', 'fail', 'manual', 'not-applicable', 'not-evaluated', 'error'])
export const outcomes = z.record(outcome, z.number().int())

export const standard = z
  .object({
    benchmark: z.string(),
    edition: z.string(),
    title: z.string(),
    clusters: z.number().int(),
    score,
    /** Controls by outcome. */
    controls: outcomes,
    /** Controls that people's words decide, in one cluster at least. */
    attested: z.number().int(),
  })
  .meta({ id: 'Standard' })
export const standards = z.object({ items: z.array(standard) }).meta({ id: 'Standards' })

export const control = z
  .object({
    id: z.string(),
    title: z.string(),
    section: z.string(),
    severity: z.enum(['critical', 'high', 'medium', 'low']),
    automated: z.boolean(),
    level: z.number().int().nullable(),
    requirement: z.string().nullable(),
    /** What a person does to meet it, where the remediation of its rules does not say it all. */
    remediation: z.string().nullable(),
    rules: z.array(z.object({ rule: z.string(), parameters: z.record(z.string(), z.unknown()).nullable() })),
    outcome,
    reason: z.string().nullable(),
    /** In how many clusters a person's word decides it. */
    attested: z.number().int(),
    passed: z.number().int(),
    failed: z.number().int(),
    excepted: z.number().int(),
    notEvaluated: z.number().int(),
    notApplicable: z.number().int(),
    /** True where gaps hide an unknown number of subjects. */
    unbounded: z.boolean(),
  })
  .meta({ id: 'ComplianceControl' })

export const wholeStandard = standard
  .extend({
    source: z.string(),
    sections: z.array(z.object({ id: z.string(), title: z.string(), score, controls: z.array(control) })),
  })
  .meta({ id: 'WholeStandard' })

export const wholeControl = control
  .extend({
    /** The query for its findings. */
    query: z.string(),
    /** What it came to in each cluster. */
    clusters: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** A person's word that the outcome is by; null where none is. */
        attested: z
          .object({
            outcome: z.enum(['pass', 'fail', 'not-applicable']),
            by: z.string(),
            expires: z.iso.date(),
          })
          .nullable(),
        outcome,
        reason: z.string().nullable(),
        passed: z.number().int(),
        failed: z.number().int(),
        excepted: z.number().int(),
        notEvaluated: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'WholeControl' })
