// Rule: no container sees an unmasked /proc, unless the version trusts its user namespace.

import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { isRelaxedByUserNamespace, versionParameter } from './policy-version.ts'
import { procMountDenial, unmaskedProc } from './unmasked-proc.ts'

const unmasked = { securityContext: { procMount: 'Unmasked' } }
const inUserNamespace = { hostUsers: false, containers: [container(unmasked)] }

export const rule = defineRule({
  id: 'proc-mount',
  title: 'No container on the users of the host has an unmasked /proc',
  severity: 'high',
  subject: 'PodTemplate',
  parameters: { version: versionParameter },
  rationale:
    'Container runtimes hide and write-protect parts of /proc through which the kernel of the node can be read and set.',
  remediation:
    'Leave securityContext.procMount unset; for containers in containers, give the pod a user namespace (hostUsers: false).',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  faultFields: ['procMount'],

  *violations(pod, { parameters: { version } }) {
    if (!isRelaxedByUserNamespace(pod, version)) yield* unmaskedProc(pod)
  },

  fix: (violation, pod) => setAt(pod.resource, violation.path, 'Default'),

  admission: { check: 'procMount', denial: procMountDenial },

  examples: {
    fail: {
      'the only container': {
        given: podWith(unmasked),
        at: ['spec.containers[0].securityContext.procMount'],
      },
      'an init container': { given: podWithInit(unmasked) },
      'an ephemeral container': { given: podWithEphemeral(unmasked) },
      'another spelling of the default': { given: podWith({ securityContext: { procMount: 'default' } }) },
      'in a CronJob': { given: cronJob({ containers: [container(unmasked)] }) },
      'in a user namespace before 1.35': { given: pod(inUserNamespace), parameters: { version: '1.34' } },
      'hostUsers said to be true': { given: pod({ ...inUserNamespace, hostUsers: true }) },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'the default': { given: podWith({ securityContext: { procMount: 'Default' } }) },
      'in a user namespace from 1.35': { given: pod(inUserNamespace), parameters: { version: '1.35' } },
    },
  },
})
