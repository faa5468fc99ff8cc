// Admission message: what the Pod Security admission controller would say of a pod, assembled from the rules.

import { formatKubernetesVersion, type KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'
import type { AdmissionDenial } from '../../../model/result.ts'
import type { Lookup, Rule, RuleContext, Violation } from '../../../model/rule.ts'
import { checksAt, type PodSecurityLevel, parametersAt } from './pod-security-checks.ts'

/** The rules look nothing up. */
const nothing: Lookup = {
  list: () => [],
  get: () => undefined,
  derive: ({ from }) => from([]),
  deriveIn: ({ from }) => from([]),
}

/**
 * What the controller denies the pod for at a level and version, in its order; empty where it admits the pod. At the restricted
 * level a check that stands in for one of the baseline level is asked instead of it, as the controller does.
 */
export function podSecurityDenials(
  pod: PodTemplate,
  level: PodSecurityLevel,
  version: KubernetesVersion,
): AdmissionDenial[] {
  const checks = checksAt(level, version.minor)
  const overridden = new Set(checks.map(check => check.overrides))
  const denials: AdmissionDenial[] = []
  for (const { id, rules } of checks) {
    if (overridden.has(id)) continue
    const denial = firstDenial(rules, pod, version)
    if (denial) denials.push({ check: id, ...denial })
  }
  return denials
}

/** The controller's whole sentence: `violates PodSecurity "restricted:v1.25": privileged (container "a" must …), …`. */
export function podSecurityMessage(
  denials: readonly AdmissionDenial[],
  level: PodSecurityLevel,
  version: KubernetesVersion,
): string {
  const reasons = denials.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`))
  return `violates PodSecurity "${level}:v${formatKubernetesVersion(version)}": ${reasons.join(', ')}`
}

/** Each rule of a check words the denial for the whole pod, so the first that fails speaks for all. */
function firstDenial(rules: readonly Rule[], pod: PodTemplate, version: KubernetesVersion) {
  for (const rule of rules) {
    const context = { parameters: parametersAt(rule, version), lookup: nothing } as RuleContext
    const violations: readonly Violation[] = [...rule.violations(pod, context)]
    const denial = violations.length > 0 && rule.admission?.denial(pod, violations, context.parameters)
    if (denial) return denial
  }
  return undefined
}
