// Rule: no container passes its mounts on to the node.

import { defineRule } from '../../../model/rule.ts'
import { container, deployment, pod, podWith, podWithInit } from '../../../samples/pods.ts'

const mounting = (mountPropagation: string) => ({
  securityContext: { privileged: true },
  volumeMounts: [
    { name: 'data', mountPath: '/data' },
    { name: 'host', mountPath: '/host', mountPropagation },
  ],
})

export const rule = defineRule({
  id: 'bidirectional-mount-propagation',
  title: 'No container passes its mounts on to the node',
  severity: 'medium',
  subject: 'PodTemplate',
  appliesTo: { os: 'linux' },
  rationale:
    'With mountPropagation Bidirectional whatever the container mounts appears on the node and in every other pod that uses the path, and stays there when the container forgets to unmount it; it can hide files of the node behind its own.',
  remediation:
    'Use mountPropagation None or HostToContainer. Only storage drivers need Bidirectional; keep them in a namespace of their own that only administrators can change.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation'],
  faultFields: ['mountPropagation'],

  *violations(pod) {
    for (const { volumeMounts = [], path, name } of pod.containers)
      for (let i = 0; i < volumeMounts.length; i++)
        if (volumeMounts[i]?.mountPropagation === 'Bidirectional')
          yield {
            path: `${path}.volumeMounts[${i}].mountPropagation`,
            actual: 'Bidirectional',
            expected: 'unset, None or HostToContainer',
            discriminator: name,
          }
  },

  examples: {
    fail: {
      'the second mount': {
        given: podWith(mounting('Bidirectional')),
        at: ['spec.containers[0].volumeMounts[1].mountPropagation'],
      },
      'an init container': { given: podWithInit(mounting('Bidirectional')) },
      'in a Deployment': {
        given: deployment({
          containers: [container({}), container({ name: 'csi', ...mounting('Bidirectional') })],
        }),
        at: ['spec.template.spec.containers[1].volumeMounts[1].mountPropagation'],
      },
      'the only mount': {
        given: podWith({
          volumeMounts: [{ name: 'host', mountPath: '/host', mountPropagation: 'Bidirectional' }],
        }),
      },
    },
    pass: {
      'nothing said': { given: podWith({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }) },
      'only from the node': { given: podWith(mounting('HostToContainer')) },
      none: { given: podWith(mounting('None')) },
    },
    notApplicable: {
      'a Windows pod': {
        given: pod({ os: { name: 'windows' }, containers: [container(mounting('Bidirectional'))] }),
      },
    },
  },
})
