// Unmasked proc: what the two rules of /proc mounts have in common: the finding, its change and its denial.

import type { PodTemplate } from '../../../model/pod-template.ts'
import type { Violation } from '../../../model/rule.ts'
import { containersNamed, quoteAll, valuesOf } from './wording.ts'

/** A violation for each container with a procMount other than Default. */
export function* unmaskedProc(pod: PodTemplate): Generator<Violation> {
  for (const { path, name, securityContext } of pod.containers) {
    const procMount = securityContext?.procMount
    if (procMount !== undefined && procMount !== 'Default')
      yield {
        path: `${path}.securityContext.procMount`,
        actual: procMount,
        expected: 'unset or Default',
        discriminator: name,
      }
  }
}

/** The admission controller's denial, at both levels. */
export function procMountDenial(pod: PodTemplate, violations: readonly Violation[]) {
  return {
    reason: 'procMount',
    detail: `${containersNamed(pod, violations)} must not set securityContext.procMount to ${quoteAll(valuesOf(violations))}`,
  }
}
