// Fix: the operations that mend a finding, in an order in which they can be applied one after the other.

import jsonPatch from 'fast-json-patch'
import { readPodTemplate } from '../kube/pod-template.ts'
import type { Operation } from '../model/json-patch.ts'
import type { PodTemplate } from '../model/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleContext, Violation } from '../model/rule.ts'
import type { Plan } from './plan.ts'

/** A rule that fails more often than this in one object is mended by hand: each step looks through all of them again. */
const mostMended = 200

/** What the steps of a fix begin with: the subject as it is, and its violations by discriminator. */
interface Beginning {
  readonly subject: PodTemplate | Resource
  readonly open: ReadonlyMap<string | undefined, readonly Violation[]>
}

export type FindFix = (
  plan: Plan,
  resource: Resource,
  discriminator: string | undefined,
) => readonly Operation[] | undefined

/**
 * Finds the operations on a resource that mend all violations of one discriminator; undefined where the rule cannot mend each of them, or
 * where it has more than 200 on that resource. Reports ask for one resource after the other, so what was learned of the last one is kept.
 */
export function findFixes(): FindFix {
  let last: Resource | undefined
  let beginnings = new Map<Plan, Beginning | undefined>()
  return (plan, resource, discriminator) => {
    if (!plan.rule.fix) return undefined
    if (resource !== last) {
      last = resource
      beginnings = new Map()
    }
    if (!beginnings.has(plan)) beginnings.set(plan, beginningOf(plan, resource))
    const beginning = beginnings.get(plan)
    return beginning && stepsFrom(beginning, plan, resource, discriminator)
  }
}

function beginningOf(plan: Plan, resource: Resource): Beginning | undefined {
  const subject = subjectOf(plan, resource)
  if (subject === undefined) return undefined
  const violations = violationsOf(plan, subject)
  if (violations.length > mostMended) return undefined
  const open = new Map<string | undefined, Violation[]>()
  for (const violation of violations) {
    const group = open.get(violation.discriminator)
    if (group) group.push(violation)
    else open.set(violation.discriminator, [violation])
  }
  return { subject, open }
}

/** Each step is worked out on the resource as the steps before it leave it, since one may move or make what the next one needs. */
function stepsFrom(
  beginning: Beginning,
  plan: Plan,
  resource: Resource,
  discriminator: string | undefined,
): readonly Operation[] | undefined {
  const operations: Operation[] = []
  let current = resource
  let { subject } = beginning
  let open = beginning.open.get(discriminator) ?? []
  for (;;) {
    const [next] = open
    if (!next) return operations.length > 0 ? operations : undefined
    const own = plan.rule.fix?.(next, subject, plan.context) ?? []
    if (own.length === 0) return undefined
    operations.push(...own)
    current = patched(current, own)
    const mended = subjectOf(plan, current)
    if (mended === undefined) return undefined
    subject = mended
    const left = violationsOf(plan, subject).filter(violation => violation.discriminator === discriminator)
    // A step that mends nothing would be taken for ever.
    if (left.length >= open.length) return undefined
    open = left
  }
}

function subjectOf(plan: Plan, resource: Resource) {
  if (plan.rule.subject !== 'PodTemplate') return resource
  const reading = readPodTemplate(resource)
  return reading.ok ? reading.template : undefined
}

function violationsOf(plan: Plan, subject: unknown): Violation[] {
  return [...plan.rule.violations(subject as never, plan.context as RuleContext<never>)]
}

/** The resource with the operations applied, as a new one: what they touch is copied, all else is shared. */
function patched(resource: Resource, operations: readonly Operation[]): Resource {
  const copy = copyOf(resource)
  for (const { path } of operations) {
    let holder: Fields = copy
    for (const name of path.split('/').slice(1, -1)) {
      const key = jsonPatch.unescapePathComponent(name)
      const next = holder[key]
      if (typeof next !== 'object' || next === null || !Object.hasOwn(holder, key)) break
      holder[key] = copyOf(next)
      holder = holder[key] as Fields
    }
  }
  return jsonPatch.applyPatch(copy, jsonPatch.deepClone(operations), false, true).newDocument
}

type Fields = Record<string, unknown>

const copyOf = <T extends object>(value: T): T => (Array.isArray(value) ? (value.slice() as T) : { ...value })
