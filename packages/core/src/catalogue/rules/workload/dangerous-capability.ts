// Rule: no container adds a capability that breaks out of it.

import { defineRule } from '../../../model/rule.ts'
import { container, cronJob, pod, podWith, podWithEphemeral, podWithInit } from '../../../samples/pods.ts'
import { addedCapabilities, plainCapability } from './capability-names.ts'

const adding = (...add: string[]) => ({ securityContext: { capabilities: { add } } })

export const rule = defineRule({
  id: 'dangerous-capability',
  title: 'No container adds a capability that reaches beyond it',
  severity: 'high',
  defaultEnabled: false,
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  parameters: {
    capabilities: {
      type: 'string[]',
      default: [
        'SYS_ADMIN',
        'SYS_MODULE',
        'SYS_RAWIO',
        'SYS_PTRACE',
        'SYS_BOOT',
        'DAC_READ_SEARCH',
        'MAC_ADMIN',
        'MAC_OVERRIDE',
        'BPF',
        'PERFMON',
        'NET_ADMIN',
      ],
      description: 'The capabilities that no container may add, without CAP_. ALL is always among them.',
    },
  },
  rationale:
    "Each of these reaches beyond the container: it mounts file systems, loads kernel code, reads any file or process of the node, or turns the node's protections and network around. Off by default: the rule of Pod Security on added capabilities reports these among others.",
  remediation:
    'Remove the capability. Where a part of the work needs it, do that part in a small container of its own, or ask for the narrower capability that fits.',
  references: [
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],

  *violations(pod, { parameters }) {
    let dangerous: Set<string> | undefined
    for (const container of pod.containers)
      for (const { name, written, path } of addedCapabilities(container)) {
        dangerous ??= new Set(['ALL', ...parameters.capabilities.map(plainCapability)])
        if (dangerous.has(name))
          yield { path, actual: written, expected: `no ${name}`, discriminator: container.name }
      }
  },

  examples: {
    fail: {
      'the second of two': {
        given: podWith(adding('NET_BIND_SERVICE', 'SYS_ADMIN')),
        at: ['spec.containers[0].securityContext.capabilities.add[1]'],
      },
      'all of them': { given: podWith(adding('ALL')) },
      'all of them in small letters, which runtimes take': { given: podWith(adding('all')) },
      'with CAP_, which some runtimes take': { given: podWith(adding('CAP_SYS_MODULE')) },
      'an init container': { given: podWithInit(adding('NET_ADMIN')) },
      'an ephemeral container': { given: podWithEphemeral(adding('SYS_PTRACE')) },
      'added although all are dropped, in a CronJob': {
        given: cronJob({
          containers: [
            container({ securityContext: { capabilities: { drop: ['ALL'], add: ['SYS_MODULE'] } } }),
          ],
        }),
      },
      'one of your own': { given: podWith(adding('NET_RAW')), parameters: { capabilities: ['NET_RAW'] } },
      'the other ones': {
        given: podWith(
          adding('SYS_RAWIO', 'SYS_BOOT', 'DAC_READ_SEARCH', 'MAC_ADMIN', 'MAC_OVERRIDE', 'BPF', 'PERFMON'),
        ),
        at: [0, 1, 2, 3, 4, 5, 6].map(
          index => `spec.containers[0].securityContext.capabilities.add[${index}]`,
        ),
      },
      'one of your own, written with CAP_': {
        given: podWith(adding('NET_RAW')),
        parameters: { capabilities: ['cap_net_raw'] },
      },
    },
    pass: {
      'nothing said': { given: podWith({}) },
      'one that containers have anyway': { given: podWith(adding('NET_BIND_SERVICE', 'CHOWN')) },
      'one that is unusual': { given: podWith(adding('IPC_LOCK')) },
      'dropped, not added': {
        given: podWith({ securityContext: { capabilities: { drop: ['SYS_ADMIN', 'ALL'] } } }),
      },
      'one that is not on your list': {
        given: podWith(adding('NET_ADMIN')),
        parameters: { capabilities: ['SYS_ADMIN'] },
      },
      'other settings only': { given: podWith({ securityContext: { runAsNonRoot: true } }) },
      'a name with CAP_ in it, which is no capability': { given: podWith(adding('SYS_CAP_ADMIN')) },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, containers: [container(adding('SYS_ADMIN'))] }),
      },
    },
  },
})
