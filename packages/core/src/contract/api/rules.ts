// Rules: what the API gives of the catalogue: rules, benchmarks and their controls.

import { z } from 'zod'
import { controlRef } from './findings.ts'
import { severity } from './lists.ts'

export const rule = z
  .object({
    id: z.string(),
    title: z.string(),
    severity,
    subject: z.array(z.string()),
    rationale: z.string(),
    remediation: z.string(),
    parameters: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Rule' })
export const rules = z.object({ items: z.array(rule) }).meta({ id: 'Rules' })
export const ruleParams = z.object({ rule: z.string() })
export const wholeRule = rule.extend({ controls: z.array(controlRef) }).meta({ id: 'WholeRule' })

export const benchmark = z
  .object({
    benchmark: z.string(),
    edition: z.string(),
    title: z.string(),
    source: z.string(),
    distributions: z.array(z.string()),
    controls: z.number().int(),
    /** Controls that a rule answers. */
    answered: z.number().int(),
  })
  .meta({ id: 'Benchmark' })
export const benchmarkParams = z.object({ benchmark: z.string(), edition: z.string() })
/** Whose settings are told: those of a profile, or of the one that holds for a cluster; the default's where neither is given. */
export const benchmarkQuery = z.object({ profile: z.uuid().optional(), cluster: z.string().optional() })

const setting = { enabled: z.boolean(), reason: z.string().nullable() }
export const wholeBenchmark = benchmark
  .extend({
    /** The profile whose settings are told. */
    profile: z.object({ id: z.uuid().nullable(), name: z.string() }),
    sections: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        controls: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            severity,
            automated: z.boolean(),
            level: z.number().int().nullable(),
            requirement: z.string().nullable(),
            remediation: z.string().nullable(),
            /** Why no rule decides it, or not all of it. */
            undecided: z.string().nullable(),
            ...setting,
            rules: z.array(
              z.object({
                id: z.string(),
                title: z.string(),
                severity,
                remediation: z.string(),
                parameters: z.record(z.string(), z.unknown()),
                ...setting,
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'WholeBenchmark' })
export const benchmarks = z.object({ items: z.array(benchmark) }).meta({ id: 'Benchmarks' })
