// Pod Security concepts: which rules decide what other projects' test data says of host access, privileges and confinement.

import type { Rule } from '../../model/rule.ts'
import { rule as addedCapabilities } from '../rules/pod-security/added-capabilities.ts'
import { rule as apparmorProfile } from '../rules/pod-security/apparmor-profile.ts'
import { rule as hostIpc } from '../rules/pod-security/host-ipc.ts'
import { rule as hostNetwork } from '../rules/pod-security/host-network.ts'
import { rule as hostPathVolume } from '../rules/pod-security/host-path-volume.ts'
import { rule as hostPid } from '../rules/pod-security/host-pid.ts'
import { rule as hostPort } from '../rules/pod-security/host-port.ts'
import { rule as privilegeEscalation } from '../rules/pod-security/privilege-escalation.ts'
import { rule as privilegedContainer } from '../rules/pod-security/privileged-container.ts'
import { rule as probeHost } from '../rules/pod-security/probe-host.ts'
import { rule as procMount } from '../rules/pod-security/proc-mount.ts'
import { rule as procMountUserNamespace } from '../rules/pod-security/proc-mount-user-namespace.ts'
import { rule as restrictedCapabilities } from '../rules/pod-security/restricted-capabilities.ts'
import { rule as runAsNonRoot } from '../rules/pod-security/run-as-non-root.ts'
import { rule as runAsRootUser } from '../rules/pod-security/run-as-root-user.ts'
import { rule as seccompProfile } from '../rules/pod-security/seccomp-profile.ts'
import { rule as seccompUnconfined } from '../rules/pod-security/seccomp-unconfined.ts'
import { rule as selinuxOptions } from '../rules/pod-security/selinux-options.ts'
import { rule as unsafeSysctls } from '../rules/pod-security/unsafe-sysctls.ts'
import { rule as volumeTypes } from '../rules/pod-security/volume-types.ts'
import { rule as windowsHostProcess } from '../rules/pod-security/windows-host-process.ts'
import { rule as dangerousCapability } from '../rules/workload/dangerous-capability.ts'

interface Concept {
  /** A concept fails where any of them does. */
  readonly rules: readonly Rule[]
  /** For those of the rules that declare them. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** By concept, or by concept and variant: `seccomp|required`. */
export const concepts: Readonly<Record<string, Concept>> = {
  'allowPrivilegeEscalation|cloudbeat': { rules: [privilegeEscalation], parameters: { whenUnset: 'pass' } },
  'allowPrivilegeEscalation|explicit-true': {
    rules: [privilegeEscalation],
    parameters: { whenUnset: 'pass' },
  },
  'allowPrivilegeEscalation|must-be-false': { rules: [privilegeEscalation] },
  'apparmor|baseline': { rules: [apparmorProfile] },
  'capabilities-added|other-than-NET_BIND_SERVICE': {
    rules: [addedCapabilities],
    parameters: { allowed: ['NET_BIND_SERVICE'] },
  },
  'capabilities-added|outside-baseline': { rules: [addedCapabilities] },
  'capabilities-not-dropped|ALL': { rules: [restrictedCapabilities], parameters: { allowed: ['*'] } },
  'capabilities-not-dropped|restricted-drop-all-add-net-bind': { rules: [restrictedCapabilities] },
  'host-namespaces|any': { rules: [hostPid, hostIpc, hostNetwork] },
  'host-namespaces|pid-or-ipc': { rules: [hostPid, hostIpc] },
  'host-probes-lifecycle|baseline-1.34': { rules: [probeHost] },
  hostIPC: { rules: [hostIpc] },
  hostNetwork: { rules: [hostNetwork] },
  hostPID: { rules: [hostPid] },
  'hostPath|any': { rules: [hostPathVolume] },
  hostPort: { rules: [hostPort] },
  privileged: { rules: [privilegedContainer] },
  'privileged|or-SYS_ADMIN': {
    rules: [privilegedContainer, dangerousCapability],
    parameters: { capabilities: ['SYS_ADMIN'] },
  },
  procMount: { rules: [procMount, procMountUserNamespace] },
  'runAsRoot|nonroot-flag-required': { rules: [runAsNonRoot] },
  'runAsRoot|uid0-explicit': { rules: [runAsRootUser] },
  'seccomp|baseline': { rules: [seccompUnconfined] },
  'seccomp|required': { rules: [seccompProfile] },
  'selinux|baseline': { rules: [selinuxOptions] },
  'sysctls|baseline': { rules: [unsafeSysctls] },
  'volume-types|restricted': { rules: [volumeTypes] },
  'windows-hostProcess': { rules: [windowsHostProcess] },
}
