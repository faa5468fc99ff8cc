// Rule: no container is a process of its Windows node.

import { defineRule } from '../../../model/rule.ts'
import { deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'
import { settingsOf } from './security-settings.ts'
import { settersNamed } from './wording.ts'

const hostProcess = { securityContext: { windowsOptions: { hostProcess: true } } }

export const rule = defineRule({
  id: 'windows-host-process',
  title: 'No container runs as a process of its Windows node',
  severity: 'critical',
  subject: 'PodTemplate',
  rationale:
    'A HostProcess container runs outside of any container, with the rights of an account of the node.',
  remediation:
    'Leave windowsOptions.hostProcess unset; for agents of the node, a namespace of its own and an exception.',
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
  ],
  faultFields: ['hostProcess'],

  *violations(pod) {
    for (const { value, path, finding } of settingsOf(pod, 'windowsOptions'))
      if (value.hostProcess === true)
        yield { ...finding, path: `${path}.hostProcess`, actual: true, expected: 'unset or false' }
  },

  admission: {
    check: 'windowsHostProcess',
    denial: (pod, violations) => ({
      reason: 'hostProcess',
      detail: `${settersNamed(pod, violations)} must not set securityContext.windowsOptions.hostProcess=true`,
    }),
  },

  examples: {
    fail: {
      'the pod': { given: pod(hostProcess), at: ['spec.securityContext.windowsOptions.hostProcess'] },
      'the second of two containers': {
        given: podWith({}, hostProcess),
        at: ['spec.containers[1].securityContext.windowsOptions.hostProcess'],
      },
      'an init container': { given: podWithInit(hostProcess) },
      'in a Deployment, not declared for Windows': { given: deployment(hostProcess) },
      'the pod and a container': {
        given: pod({ ...hostProcess, containers: [{ name: 'app', ...hostProcess }] }),
        at: [
          'spec.securityContext.windowsOptions.hostProcess',
          'spec.containers[0].securityContext.windowsOptions.hostProcess',
        ],
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'a Windows pod': {
        given: pod({
          os: { name: 'windows' },
          securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } },
        }),
      },
      'said to be false': { given: pod({ securityContext: { windowsOptions: { hostProcess: false } } }) },
    },
  },
})
