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
export const benchmarks = z.object({ items: z.array(benchmark) }).meta({ id: 'Benchmarks' })
