// Wording: how the Pod Security admission controller names containers and values in its denials.
//
// Source: k8s.io/pod-security-admission/policy, observed from the API server's own answers (1.34).

import type { Violation } from '../../../model/rule.ts'

const quoted = (names: readonly string[]) => names.map(name => JSON.stringify(name)).join(', ')

/** `container "a"` or `containers "a", "b"`, in the order of the violations. */
export function containersNamed(violations: readonly Violation[]): string {
  const names = [...new Set(violations.map(violation => violation.discriminator ?? ''))]
  return `${names.length === 1 ? 'container' : 'containers'} ${quoted(names)}`
}
