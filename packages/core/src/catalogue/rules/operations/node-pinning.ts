// Rule: no pod chooses its node.

import { childPath } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

export const rule = defineRule({
  id: 'node-pinning',
  title: 'No pod chooses its node',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: {
    allowedNodeLabels: {
      type: 'string[]',
      default: ['kubernetes.io/arch', 'kubernetes.io/os'],
      description: 'Node labels that a pod may select by.',
    },
  },
  rationale:
    'A pod that names its node goes round the scheduler, its taints and its quotas, and can place itself beside what it wants to attack; it also stays down with that node.',
  remediation:
    'Leave nodeName and nodeSelector out; ask for what the pod needs by resources, affinity or topology.',
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/'],

  *violations(pod, { parameters: { allowedNodeLabels } }) {
    const { nodeName, nodeSelector } = pod.spec
    // In a pod that a server let in, it is the scheduler that wrote the name.
    const isPlaced = pod.resource.kind === 'Pod' && pod.resource.metadata.uid !== undefined
    if (nodeName !== undefined && nodeName !== '' && !isPlaced)
      yield { path: `${pod.path}.nodeName`, actual: nodeName, expected: 'unset' }
    if (!nodeSelector) return
    for (const [label, value] of Object.entries(nodeSelector))
      if (!allowedNodeLabels.includes(label))
        yield { path: childPath(`${pod.path}.nodeSelector`, label), actual: value, expected: 'unset' }
  },

  examples: {
    fail: {
      'a node by name': { given: pod({ nodeName: 'worker-1' }), at: ['spec.nodeName'] },
      'a node by label': {
        given: deployment({ nodeSelector: { 'example.com/pool': 'gpu' } }),
        at: ['spec.template.spec.nodeSelector["example.com/pool"]'],
      },
      'in a CronJob': { given: cronJob({ nodeName: 'worker-1' }) },
      'the operating system, where that is not allowed': {
        given: pod({ nodeSelector: { 'kubernetes.io/os': 'linux' } }),
        parameters: { allowedNodeLabels: [] },
      },
      'a node by name, in a template of a running Deployment': {
        given: {
          ...deployment({ nodeName: 'worker-1' }),
          metadata: { name: 'web', namespace: 'shop', uid: '9a5c' },
        },
      },
      'a node by the second of two labels': {
        given: pod({ nodeSelector: { 'kubernetes.io/arch': 'arm64', 'example.com/pool': 'gpu' } }),
        at: ['spec.nodeSelector["example.com/pool"]'],
      },
    },
    pass: {
      'nothing said': { given: pod() },
      'the operating system': { given: pod({ nodeSelector: { 'kubernetes.io/os': 'linux' } }) },
      'a running pod, placed by the scheduler': {
        given: pod({ nodeName: 'worker-1', metadata: { uid: '9a5c' } }),
      },
      'an empty name': { given: pod({ nodeName: '' }) },
    },
  },
})
