// Pod Security checks: the admission controller's checks in its order, with their levels, versions and rules.
//
// Source: k8s.io/pod-security-admission 0.37, policy/registry.go and policy/check_*.go.

import type { KubernetesVersion } from '../../../model/kubernetes-version.ts'
import type { ParameterDeclarations, Rule } from '../../../model/rule.ts'
import { rule as addedCapabilities } from './added-capabilities.ts'
import { rule as apparmorProfile } from './apparmor-profile.ts'
import { rule as hostIpc } from './host-ipc.ts'
import { rule as hostNetwork } from './host-network.ts'
import { rule as hostPathVolume } from './host-path-volume.ts'
import { rule as hostPid } from './host-pid.ts'
import { rule as hostPort } from './host-port.ts'
import { firstMinor } from './policy-version.ts'
import { rule as privilegeEscalation } from './privilege-escalation.ts'
import { rule as privilegedContainer } from './privileged-container.ts'
import { rule as probeHost } from './probe-host.ts'
import { rule as procMount } from './proc-mount.ts'
import { rule as procMountUserNamespace } from './proc-mount-user-namespace.ts'
import { rule as restrictedCapabilities } from './restricted-capabilities.ts'
import { rule as runAsNonRoot } from './run-as-non-root.ts'
import { rule as runAsRootUser } from './run-as-root-user.ts'
import { rule as seccompProfile } from './seccomp-profile.ts'
import { rule as seccompUnconfined } from './seccomp-unconfined.ts'
import { rule as selinuxOptions } from './selinux-options.ts'
import { rule as unsafeSysctls } from './unsafe-sysctls.ts'
import { rule as volumeTypes } from './volume-types.ts'
import { rule as windowsHostProcess } from './windows-host-process.ts'

export type PodSecurityLevel = 'baseline' | 'restricted'

export interface PodSecurityCheck {
  readonly id: string
  readonly level: PodSecurityLevel
  /** The first Kubernetes minor whose standard has it. */
  readonly since: number
  /** The check of the baseline level that this one stands in for at the restricted level. */
  readonly overrides?: string
  /** The rules that are the check together: it denies what one of them fails. */
  readonly rules: readonly Rule[]
}

const baseline = (id: string, rules: readonly Rule[], since = 0): PodSecurityCheck => ({
  id,
  level: 'baseline',
  since,
  rules,
})

/** Baseline before restricted, each by id: the order in which the controller names what it denies. */
export const podSecurityChecks: readonly PodSecurityCheck[] = [
  baseline('appArmorProfile', [apparmorProfile]),
  baseline('capabilities_baseline', [addedCapabilities]),
  baseline('hostNamespaces', [hostNetwork, hostPid, hostIpc]),
  baseline('hostPathVolumes', [hostPathVolume]),
  baseline('hostPorts', [hostPort]),
  baseline('hostProbesAndHostLifecycle', [probeHost], firstMinor.hostProbesAndHostLifecycle),
  baseline('privileged', [privilegedContainer]),
  baseline('procMount', [procMount]),
  baseline('seLinuxOptions', [selinuxOptions]),
  baseline('seccompProfile_baseline', [seccompUnconfined]),
  baseline('sysctls', [unsafeSysctls]),
  baseline('windowsHostProcess', [windowsHostProcess]),
  {
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    since: firstMinor.allowPrivilegeEscalation,
    rules: [privilegeEscalation],
  },
  {
    id: 'capabilities_restricted',
    level: 'restricted',
    since: firstMinor.capabilities_restricted,
    overrides: 'capabilities_baseline',
    rules: [restrictedCapabilities],
  },
  {
    id: 'procMount_restricted',
    level: 'restricted',
    since: firstMinor.procMount_restricted,
    overrides: 'procMount',
    rules: [procMount, procMountUserNamespace],
  },
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    since: 0,
    overrides: 'hostPathVolumes',
    rules: [volumeTypes],
  },
  { id: 'runAsNonRoot', level: 'restricted', since: 0, rules: [runAsNonRoot] },
  { id: 'runAsUser', level: 'restricted', since: firstMinor.runAsUser, rules: [runAsRootUser] },
  {
    id: 'seccompProfile_restricted',
    level: 'restricted',
    since: firstMinor.seccompProfile_restricted,
    overrides: 'seccompProfile_baseline',
    rules: [seccompProfile],
  },
]

/** The checks that the standard has at a level in a version, those of the baseline level among the restricted ones' too. */
export function checksAt(level: PodSecurityLevel, minor: number): readonly PodSecurityCheck[] {
  return podSecurityChecks.filter(
    check => minor >= check.since && (level === 'restricted' || check.level === 'baseline'),
  )
}

/**
 * The parameters by which a rule is the check of that version, whatever a profile says: its defaults, and the version where the
 * rule changes with it (as text for an edition, as read for a rule that is asked directly).
 */
export function parametersAt(
  rule: Rule,
  version: string | KubernetesVersion,
): Readonly<Record<string, unknown>> {
  const declared = Object.entries((rule.parameters ?? {}) as ParameterDeclarations)
  return Object.fromEntries(
    declared.map(([name, one]) => [name, one.type === 'kubernetes-version' ? version : one.default]),
  )
}
