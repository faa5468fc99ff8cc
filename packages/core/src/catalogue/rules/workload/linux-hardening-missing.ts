// Rule: every container has at least one of the kernel's protections.

import { effectiveSetting } from '../../../kube/effective-setting.ts'
import { setAt } from '../../../kube/patch.ts'
import type { Container, PodTemplate } from '../../../model/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith } from '../../../samples/pods.ts'
import { findAppArmorSetting } from './apparmor-setting.ts'

const runtimeDefault = { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }

export const rule = defineRule({
  id: 'linux-hardening-missing',
  title: 'Every container has at least one protection of the kernel',
  severity: 'medium',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'A seccomp or AppArmor profile, SELinux options or fewer capabilities stand between a taken-over process and the kernel; this container asks for none of them. Off by default: other rules speak of each of them.',
  remediation:
    'Set seccompProfile.type: RuntimeDefault on the pod and drop all capabilities on the container.',
  references: ['https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/'],

  *violations(pod) {
    for (const container of pod.containers)
      if (!isHardened(pod, container))
        yield {
          path: `${container.path}.securityContext`,
          actual: container.securityContext,
          expected: 'a seccomp or AppArmor profile, SELinux options or dropped capabilities',
          discriminator: container.name,
        }
  },

  // Where a seccomp profile is set it is Unconfined, and somebody chose that.
  fix: ({ path }, pod) => {
    const container = pod.containers.find(one => path.startsWith(`${one.path}.`))
    const isChosen = container && effectiveSetting(pod, container, 'seccompProfile')
    return isChosen ? [] : setAt(pod.resource, `${path}.seccompProfile.type`, 'RuntimeDefault')
  },

  examples: {
    fail: {
      'nothing said': { given: podWith({}), at: ['spec.containers[0].securityContext'] },
      'only settings of other kinds': { given: podWith({ securityContext: { runAsNonRoot: true } }) },
      'an init container beside a protected one': {
        given: pod({
          containers: [container(runtimeDefault)],
          initContainers: [container({ name: 'init' })],
        }),
        at: ['spec.initContainers[0].securityContext'],
      },
      'a seccomp profile that protects from nothing': {
        given: podWith({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
        mended: false,
      },
      'nothing dropped, in a Deployment': {
        given: deployment({ containers: [container({ securityContext: { capabilities: { drop: [] } } })] }),
      },
    },
    pass: {
      'a seccomp profile on the pod': { given: pod(runtimeDefault) },
      'a seccomp profile on the container': { given: podWith(runtimeDefault) },
      'dropped capabilities': {
        given: podWith({ securityContext: { capabilities: { drop: ['NET_RAW'] } } }),
      },
      'SELinux options': { given: pod({ securityContext: { seLinuxOptions: { level: 's0:c1,c2' } } }) },
      'an AppArmor profile': {
        given: podWith({ securityContext: { appArmorProfile: { type: 'Localhost' } } }),
      },
      'an AppArmor annotation': {
        given: pod({
          metadata: {
            annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default' },
          },
        }),
      },
      'a profile of the node': {
        given: podWith({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
      },
    },
    notApplicable: {
      'a Windows pod': { given: pod({ os: { name: 'windows' } }) },
    },
  },
})

function isHardened(pod: PodTemplate, container: Container): boolean {
  const seccomp = effectiveSetting(pod, container, 'seccompProfile')?.value.type
  const dropped = container.securityContext?.capabilities?.drop ?? []
  return (
    seccomp === 'RuntimeDefault' ||
    seccomp === 'Localhost' ||
    effectiveSetting(pod, container, 'seLinuxOptions') !== undefined ||
    findAppArmorSetting(pod, container)?.confines === true ||
    dropped.length > 0
  )
}
