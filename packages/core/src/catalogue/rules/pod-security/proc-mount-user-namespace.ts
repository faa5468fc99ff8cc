// Rule: no container sees an unmasked /proc even in a user namespace: what the restricted level asks beyond `proc-mount`.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith } from '../../../samples/pods.ts'
import { isRelaxedByUserNamespace, versionParameter } from './policy-version.ts'
import { procMountDenial, unmaskedProc } from './unmasked-proc.ts'

const unmasked = { securityContext: { procMount: 'Unmasked' } }
const inUserNamespace = { hostUsers: false, containers: [container(unmasked)] }

export const rule = defineRule({
  id: 'proc-mount-user-namespace',
  title: 'No container in a user namespace has an unmasked /proc',
  severity: 'low',
  // The standard's baseline level allows it, and few workloads but nested containers ask for it.
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'In a user namespace the kernel refuses most of what an unmasked /proc offers, yet a fault in it is then one step nearer.',
  remediation: 'Leave securityContext.procMount unset where no container runs containers of its own.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['procMount'],

  *violations(pod, { parameters: { version } }) {
    if (isRelaxedByUserNamespace(pod, version)) yield* unmaskedProc(pod)
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, 'Default'),

  admission: { check: 'procMount_restricted', denial: procMountDenial },

  examples: {
    fail: {
      'a Pod': { given: pod(inUserNamespace), at: ['spec.containers[0].securityContext.procMount'] },
      'a Deployment': {
        given: deployment(inUserNamespace),
        at: ['spec.template.spec.containers[0].securityContext.procMount'],
      },
    },
    pass: {
      'nothing said': { given: pod({ hostUsers: false }) },
      'the default': {
        given: pod({
          ...inUserNamespace,
          containers: [container({ securityContext: { procMount: 'Default' } })],
        }),
      },
      'on the users of the host, which is for proc-mount': { given: podWith(unmasked) },
      'before 1.35, when proc-mount looked at it': {
        given: pod(inUserNamespace),
        parameters: { version: '1.34' },
      },
    },
  },
})
