// Refused pods: samples that the Pod Security Standards refuse for one thing each, as the admission controller's checks tell them apart.

import type { ContainerSpec, PodSpec } from '../../../model/pod-spec.ts'
import type { Resource } from '../../../model/resource.ts'
import { container, pod } from '../../../samples/pods.ts'

const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
const unmasked = { securityContext: { ...safe, procMount: 'Unmasked' } }

/** A pod that meets the restricted level, but for the parts given. */
export function hardenedPod(own: PodSpec = {}, ofContainer: ContainerSpec = {}): Resource {
  return pod({
    ...own,
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      ...own.securityContext,
    },
    containers: [container({ securityContext: safe, ...ofContainer })],
  })
}

/** Refused by the baseline level, which every version has it in. */
export const refusedByBaseline: Readonly<Record<string, Resource>> = {
  'no profile of AppArmor': hardenedPod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
  'a capability beyond the usual': hardenedPod(
    {},
    { securityContext: { ...safe, capabilities: { add: ['SYS_ADMIN'] } } },
  ),
  'the IPC of the node': hardenedPod({ hostIPC: true }),
  'the network of the node': hardenedPod({ hostNetwork: true }),
  'the processes of the node': hardenedPod({ hostPID: true }),
  'a path of the node': hardenedPod({ volumes: [{ name: 'a', hostPath: { path: '/a' } }] }),
  'a port of the node': hardenedPod({}, { ports: [{ containerPort: 80, hostPort: 80 }] }),
  'a privileged container': hardenedPod({}, { securityContext: { ...safe, privileged: true } }),
  'an unmasked proc': hardenedPod({}, unmasked),
  'a user of SELinux': hardenedPod({ securityContext: { seLinuxOptions: { user: 'a' } } }),
  'seccomp switched off': hardenedPod({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
  'an unsafe sysctl': hardenedPod({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
  'a process of a Windows host': hardenedPod({ securityContext: { windowsOptions: { hostProcess: true } } }),
}

/** Refused by the restricted level alone, in every version. */
export const refusedByRestricted: Readonly<Record<string, Resource>> = {
  'a volume of another type': hardenedPod({ volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] }),
  'root, maybe': hardenedPod({ securityContext: { runAsNonRoot: false } }),
}

/** Refused by a level since a minor, by that minor; the standard had no such check before. */
export const refusedSince: readonly {
  readonly what: string
  readonly level: 'baseline' | 'restricted'
  readonly minor: number
  readonly given: Resource
}[] = [
  {
    what: 'escalation of privileges',
    level: 'restricted',
    minor: 8,
    given: hardenedPod({}, { securityContext: { ...safe, allowPrivilegeEscalation: true } }),
  },
  {
    what: 'no profile of seccomp',
    level: 'restricted',
    minor: 19,
    given: pod({
      securityContext: { runAsNonRoot: true },
      containers: [container({ securityContext: safe })],
    }),
  },
  {
    what: 'capabilities that are kept',
    level: 'restricted',
    minor: 22,
    given: hardenedPod({}, { securityContext: { allowPrivilegeEscalation: false } }),
  },
  {
    what: 'root by its number',
    level: 'restricted',
    minor: 23,
    given: hardenedPod({ securityContext: { runAsUser: 0 } }),
  },
  {
    what: 'a probe of another host',
    level: 'baseline',
    minor: 34,
    given: hardenedPod({}, { livenessProbe: { tcpSocket: { host: '10.0.0.1', port: 80 } } }),
  },
]

/** An unmasked proc in a user namespace, which the baseline level allows since 1.35, and the restricted one never. */
export const unmaskedInUserNamespace: Resource = hardenedPod({ hostUsers: false }, unmasked)
