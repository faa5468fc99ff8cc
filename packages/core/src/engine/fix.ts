// Fix: the operations that mend a finding, in an order in which they can be applied one after the other.

import jsonPatch from 'fast-json-patch'
import { readPodTemplate } from '../kube/pod-template.ts'
import type { Operation } from '../model/json-patch.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleContext, Violation } from '../model/rule.ts'
import type { Plan } from './plan.ts'

/** More steps than any finding has violations: a fix that does not mend what it should would never end. */
const maximumSteps = 1000

/**
 * The operations on the resource that mend all violations of one discriminator; undefined where the rule cannot mend each of them.
 * Each step is worked out on the resource as the steps before it leave it, since one may move or make what the next one needs.
 */
export function fixFinding(
  plan: Plan,
  resource: Resource,
  discriminator: string | undefined,
): readonly Operation[] | undefined {
  if (!plan.rule.fix) return undefined
  const operations: Operation[] = []
  let current = resource
  let before = Number.POSITIVE_INFINITY
  for (let step = 0; step < maximumSteps; step++) {
    const subject = subjectOf(plan, current)
    if (subject === undefined) return undefined
    const open = violationsOf(plan, subject).filter(violation => violation.discriminator === discriminator)
    const [next] = open
    if (!next) return operations.length > 0 ? operations : undefined
    if (open.length >= before) return undefined
    before = open.length
    const own = plan.rule.fix(next, subject, plan.context)
    if (own.length === 0) return undefined
    operations.push(...own)
    current = patched(current, own)
  }
  return undefined
}

function subjectOf(plan: Plan, resource: Resource) {
  if (plan.rule.subject !== 'PodTemplate') return resource
  const reading = readPodTemplate(resource)
  return reading.ok ? reading.template : undefined
}

function violationsOf(plan: Plan, subject: unknown): Violation[] {
  return [...plan.rule.violations(subject as never, plan.context as RuleContext<never>)]
}

/** A copy of the resource with the operations applied. */
function patched(resource: Resource, operations: readonly Operation[]): Resource {
  const copy: Resource = jsonPatch.deepClone(resource)
  return jsonPatch.applyPatch(copy, jsonPatch.deepClone(operations), false, true).newDocument
}
