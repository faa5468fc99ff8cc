// Policy version: the parameter of rules that change with the Kubernetes version, and what changes in several of them.

import { isFrom, type KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { PodTemplate } from '../../../model/pod-template.ts'

/** The parameter `version` of a rule whose verdict changes with the version of the Pod Security Standards. */
export const versionParameter = {
  type: 'kubernetes-version',
  default: 'cluster',
  description: 'The version of the Pod Security Standards to judge by.',
} as const

/**
 * The first minor at which a check is part of the standard, for those that were not from the beginning.
 * Source: MinimumVersion in k8s.io/pod-security-admission 0.37, policy/check_*.go.
 */
export const firstMinor = {
  allowPrivilegeEscalation: 8,
  capabilities_restricted: 22,
  hostProbesAndHostLifecycle: 34,
  procMount_restricted: 35,
  runAsUser: 23,
  seccompProfile_restricted: 19,
} as const

/** True when the pod is declared for Windows and the version exempts such pods from what only Linux knows (1.25). */
export function isExemptOnWindows(pod: PodTemplate, version: KubernetesVersion): boolean {
  return pod.os === 'windows' && isFrom(version, 25)
}

/** True when the pod's users are not the host's and the version trusts that (1.35, where such pods are generally available). */
export function isRelaxedByUserNamespace(pod: PodTemplate, version: KubernetesVersion): boolean {
  return pod.spec.hostUsers === false && isFrom(version, 35)
}
