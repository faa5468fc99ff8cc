/** What our rules say of a pod, or of an object that makes pods, under any Pod Security level and version. */
import { editions } from '../../packages/core/src/catalogue/benchmarks/pod-security.ts'
import { podSecurityDenials } from '../../packages/core/src/catalogue/rules/pod-security/admission-message.ts'
import { podSecurityChecks } from '../../packages/core/src/catalogue/rules/pod-security/pod-security-checks.ts'
import { indexGaps } from '../../packages/core/src/engine/gap-index.ts'
import { judge } from '../../packages/core/src/engine/judge.ts'
import { resolveParameters } from '../../packages/core/src/engine/parameters.ts'
import { type Plan, planRule } from '../../packages/core/src/engine/plan.ts'
import { recordLookups } from '../../packages/core/src/engine/recording-lookup.ts'
import { indexResources } from '../../packages/core/src/engine/resource-index.ts'
import { readPodTemplate } from '../../packages/core/src/kube/pod-template.ts'
import type { RuleBinding } from '../../packages/core/src/model/benchmark.ts'
import type { PodTemplate } from '../../packages/core/src/model/pod-template.ts'
import type { Resource } from '../../packages/core/src/model/resource.ts'
import type { Verdict } from './harness/ledger.ts'
import { type Policy, policyName } from './harness/pod-security.ts'

/** Reads the object once and gives its verdict under each policy asked for. */
export function ourVerdicts(given: object): (policy: Policy) => Verdict {
  // Reading removes nulls from what it is given, and the caller may still want to send it as it is.
  const reading = readPodTemplate(structuredClone(given) as Resource)
  if (!reading.ok) {
    const denials = [{ reason: 'undecodable', detail: JSON.stringify(reading.problem) }]
    return () => ({ allowed: false, denials })
  }
  return policy => verdictOn(reading.template, policy)
}

/**
 * The denials that the rules word, in the controller's order. The controls of the benchmark's edition, judged by the
 * engine, must fail for the same checks; where they do not, that is one denial more, so that it shows as a difference.
 */
function verdictOn(pod: PodTemplate, policy: Policy): Verdict {
  const denials = podSecurityDenials(pod, policy.level, { major: 1, minor: policy.minor })
  const denied = new Set(denials.map(({ check }) => check))
  const failing = failingControls(pod, policy)
  if (failing.length === denied.size && failing.every(id => denied.has(id)))
    return { allowed: denials.length === 0, denials }
  return {
    allowed: false,
    denials: [...denials, { reason: 'failing controls', detail: failing.join(', ') }],
  }
}

/** Ids of the controls that fail, less those for which a stricter one fails that the controller asks instead. */
function failingControls(pod: PodTemplate, policy: Policy): string[] {
  const failing = plansOf(policy)
    .filter(({ plans }) => plans.some(plan => fails(plan, pod)))
    .map(({ control }) => control)
  return failing.filter(id => !failing.includes(OVERRIDDEN_BY.get(id) ?? ''))
}

function fails(plan: Plan, pod: PodTemplate): boolean {
  const { outcome, reason } = judge(plan, pod, pod.os)
  if (outcome === 'fail' || outcome === 'pass' || outcome === 'not-applicable') return outcome === 'fail'
  throw new Error(`${plan.rule.id}: ${outcome}, ${reason}`)
}

interface PlannedControl {
  control: string
  plans: Plan[]
}

const RULES = new Map(podSecurityChecks.flatMap(check => check.rules).map(rule => [rule.id, rule]))
const OVERRIDDEN_BY = new Map(podSecurityChecks.map(check => [check.overrides, check.id]))
const PLANNED = new Map<string, PlannedControl[]>()

/** The controls of the policy's edition, their rules made ready as the engine does it for a cluster of that version. */
function plansOf(policy: Policy): PlannedControl[] {
  const known = PLANNED.get(policyName(policy))
  if (known !== undefined) return known
  const edition = editions.find(
    ({ benchmark, edition }) => benchmark === `pss-${policy.level}` && edition === `1.${policy.minor}`,
  )
  if (edition === undefined) throw new Error(`no edition of pss-${policy.level} for 1.${policy.minor}`)
  const planned = edition.controls.map(({ id, rules }) => ({
    control: id,
    plans: rules.map(binding => planOf(binding, policy)),
  }))
  PLANNED.set(policyName(policy), planned)
  return planned
}

function planOf({ rule: id, parameters }: RuleBinding, { minor }: Policy): Plan {
  const rule = RULES.get(id)
  if (rule === undefined) throw new Error(`no rule ${id}`)
  const version = { major: 1, minor } as const
  // These rules read nothing beyond the pod.
  const lookup = recordLookups(rule, indexResources([]), indexGaps([]), () => undefined)
  return planRule(rule, resolveParameters(rule, version, parameters), lookup, version, {
    day: '2026-01-01',
    scope: 'cluster',
  })
}
