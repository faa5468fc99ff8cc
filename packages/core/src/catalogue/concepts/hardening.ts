// Hardening concepts: which rules decide what other projects' test data says of containers, volumes and images.

import type { Rule } from '../../model/rule.ts'
import { rule as deprecatedImageRegistry } from '../rules/images/deprecated-image-registry.ts'
import { rule as helmTiller } from '../rules/images/helm-tiller.ts'
import { rule as imageDigest } from '../rules/images/image-digest.ts'
import { rule as imageLatestTag } from '../rules/images/image-latest-tag.ts'
import { rule as imagePullPolicy } from '../rules/images/image-pull-policy.ts'
import { rule as imageRegistry } from '../rules/images/image-registry.ts'
import { rule as kubernetesDashboard } from '../rules/images/kubernetes-dashboard.ts'
import { rule as retiredIngressNginx } from '../rules/images/retired-ingress-nginx.ts'
import { rule as addedCapabilities } from '../rules/pod-security/added-capabilities.ts'
import { rule as seccompProfile } from '../rules/pod-security/seccomp-profile.ts'
import { rule as apparmorMissing } from '../rules/workload/apparmor-missing.ts'
import { rule as cloudCredentialsHostPath } from '../rules/workload/cloud-credentials-host-path.ts'
import { rule as containerRuntimeSocket } from '../rules/workload/container-runtime-socket.ts'
import { rule as dangerousCapability } from '../rules/workload/dangerous-capability.ts'
import { rule as dashboardServiceAccount } from '../rules/workload/dashboard-service-account.ts'
import { rule as ephemeralContainer } from '../rules/workload/ephemeral-container.ts'
import { rule as interactiveContainer } from '../rules/workload/interactive-container.ts'
import { rule as linuxHardeningMissing } from '../rules/workload/linux-hardening-missing.ts'
import { rule as lowGroupId } from '../rules/workload/low-group-id.ts'
import { rule as lowUserId } from '../rules/workload/low-user-id.ts'
import { rule as privilegedPort } from '../rules/workload/privileged-port.ts'
import { rule as runsAsRoot } from '../rules/workload/runs-as-root.ts'
import { rule as runsAsRootGroup } from '../rules/workload/runs-as-root-group.ts'
import { rule as securityContextMissing } from '../rules/workload/security-context-missing.ts'
import { rule as selinuxMissing } from '../rules/workload/selinux-missing.ts'
import { rule as sensitiveHostPath } from '../rules/workload/sensitive-host-path.ts'
import { rule as sshPort } from '../rules/workload/ssh-port.ts'
import { rule as sudoCommand } from '../rules/workload/sudo-command.ts'
import { rule as sysctlValueInjection } from '../rules/workload/sysctl-value-injection.ts'
import { rule as undroppedCapability } from '../rules/workload/undropped-capability.ts'
import { rule as writableHostPath } from '../rules/workload/writable-host-path.ts'
import { rule as writableRootFilesystem } from '../rules/workload/writable-root-filesystem.ts'

interface Concept {
  /** A concept fails where any of them does. */
  readonly rules: readonly Rule[]
  /** For those of the rules that declare them. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

const above10000 = { minimum: 10_001 }

/** The capabilities that containers hold by default and one more, all of which some ask to see dropped. */
const insecure = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

/** By concept, or by concept and variant: `hostPath|sensitive-path`. */
export const concepts: Readonly<Record<string, Concept>> = {
  'apparmor|required': { rules: [apparmorMissing] },
  'capabilities-added|NET_RAW': { rules: [dangerousCapability], parameters: { capabilities: ['NET_RAW'] } },
  'capabilities-added|SYS_ADMIN': {
    rules: [dangerousCapability],
    parameters: { capabilities: ['SYS_ADMIN'] },
  },
  'capabilities-added|SYS_MODULE': {
    rules: [dangerousCapability],
    parameters: { capabilities: ['SYS_MODULE'] },
  },
  'capabilities-added|any': { rules: [addedCapabilities], parameters: { allowed: [] } },
  'capabilities-added|dangerous-list': { rules: [dangerousCapability] },
  'capabilities-not-dropped|NET_RAW': { rules: [undroppedCapability] },
  'capabilities-not-dropped|insecure-list': {
    rules: [undroppedCapability],
    parameters: { capabilities: insecure },
  },
  'container-runtime-socket': { rules: [containerRuntimeSocket] },
  'dashboard-access|workload': { rules: [dashboardServiceAccount, kubernetesDashboard] },
  'deprecated-registry': { rules: [deprecatedImageRegistry] },
  'docker-socket': { rules: [containerRuntimeSocket], parameters: { runtimes: ['docker'] } },
  'ephemeral-containers': { rules: [ephemeralContainer] },
  'helm-tiller': { rules: [helmTiller] },
  'hostPath-writable': { rules: [writableHostPath] },
  'hostPath|cloud-credentials-path': { rules: [cloudCredentialsHostPath] },
  'hostPath|sensitive-path': { rules: [sensitiveHostPath, containerRuntimeSocket] },
  'image-digest': { rules: [imageDigest] },
  'image-latest-tag': { rules: [imageLatestTag] },
  'image-registry': { rules: [imageRegistry] },
  'imagePullPolicy|always': { rules: [imagePullPolicy], parameters: { images: 'all' } },
  'imagePullPolicy|latest-must-be-always': { rules: [imagePullPolicy] },
  'ingress-nginx-eol': { rules: [retiredIngressNginx] },
  'interactive-container': { rules: [interactiveContainer] },
  'linux-hardening|one-of seccomp|selinux|apparmor|caps-drop': { rules: [linuxHardeningMissing] },
  'privileged-ports|containerPort<1024': { rules: [privilegedPort] },
  readOnlyRootFilesystem: { rules: [writableRootFilesystem] },
  'runAs-low-gid': { rules: [lowGroupId], parameters: above10000 },
  'runAs-low-uid': { rules: [lowUserId], parameters: above10000 },
  'runAs-low-uid|checkov': { rules: [lowUserId] },
  'runAs-low-uid|or-gid': { rules: [lowUserId, lowGroupId], parameters: above10000 },
  'runAsRootGroup|fsGroup-0': { rules: [runsAsRootGroup], parameters: { fields: ['fsGroup'] } },
  'runAsRootGroup|runAsGroup-required': {
    rules: [runsAsRootGroup],
    parameters: { fields: ['runAsGroup'], required: true },
  },
  'runAsRootGroup|supplementalGroups-0': {
    rules: [runsAsRootGroup],
    parameters: { fields: ['supplementalGroups'] },
  },
  'runAsRoot|polaris': { rules: [runsAsRoot] },
  'runAsRoot|uid-or-flag': { rules: [runsAsRoot] },
  'runAsRoot|uid-or-flag-and-group': {
    rules: [runsAsRoot, runsAsRootGroup],
    parameters: { fields: ['runAsGroup'], required: true },
  },
  'seccomp|runtimedefault-required': { rules: [seccompProfile], parameters: { allowed: ['RuntimeDefault'] } },
  'security-context-missing': {
    rules: [securityContextMissing],
    parameters: { require: 'pod-and-container' },
  },
  'selinux|required': { rules: [selinuxMissing] },
  'ssh-port|container': { rules: [sshPort] },
  'sudo-entrypoint': { rules: [sudoCommand] },
  'sysctls|cr8escape': { rules: [sysctlValueInjection] },
}
