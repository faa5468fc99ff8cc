// Rule: a node runs an operating system that is made for containers.

import { isVirtualNode, readNode } from '../../../kube/kinds/node.ts'
import { defineRule } from '../../../model/rule.ts'
import { node } from '../../../samples/nodes.ts'
import { object } from '../../../samples/objects.ts'

const path = 'status.nodeInfo.osImage'
const running = (osImage: string, labels: Readonly<Record<string, string>> = {}) =>
  node({ osImage }, { labels })

/** As nodes tell it of themselves. */
const known = [
  'Azure Linux 3.0',
  'Bottlerocket OS 1.20.0 (aws-k8s-1.34)',
  'CBL-Mariner/Linux',
  'Container-Optimized OS from Google',
  'Fedora CoreOS 42.20250901.3.0',
  'Flatcar Container Linux by Kinvolk 4152.2.3 (Oklo)',
  'Kairos ubuntu-24.04-standard-amd64-generic-v3.5.0',
  'Microsoft Azure Linux 3.0',
  'openSUSE MicroOS',
  'Red Hat Enterprise Linux CoreOS 418.94.202509021430-0',
  'SUSE Linux Micro 6.1',
  'Talos (v1.11.0)',
]

export const rule = defineRule({
  id: 'node-operating-system',
  title: 'A node runs an operating system that is made for containers',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Node',
  absent: 'not-collected',
  parameters: {
    systems: {
      type: 'string[]',
      default: [
        'Azure Linux',
        'Bottlerocket',
        'CBL-Mariner',
        'Container-Optimized OS',
        'Fedora CoreOS',
        'Flatcar',
        'Kairos',
        'Microsoft Azure Linux',
        'openSUSE MicroOS',
        'Red Hat Enterprise Linux CoreOS',
        'SUSE Linux Micro',
        'Talos',
      ],
      description: 'What status.nodeInfo.osImage may begin with.',
    },
  },
  rationale:
    'An operating system made for containers is small, mostly read-only and updates as a whole: there is less to attack, and what was changed does not last.',
  remediation:
    'Use a container-optimized image for the node group, such as Bottlerocket or Container-Optimized OS.',
  references: ['https://kubernetes.io/docs/concepts/architecture/nodes/'],

  concerns: resource => !isVirtualNode(readNode(resource)),

  *violations(resource, { parameters: { systems } }) {
    const written = readNode(resource).status?.nodeInfo?.osImage
    if (written && !systems.some(system => written.toLowerCase().startsWith(system.toLowerCase())))
      yield { path, actual: written, expected: systems.join(' or ') }
  },

  unseen: resource =>
    readNode(resource).status?.nodeInfo?.osImage ? undefined : 'the node does not tell its operating system',

  examples: {
    fail: {
      Ubuntu: { given: running('Ubuntu 24.04 LTS'), at: [path] },
      'another one than is asked for': {
        given: running('Container-Optimized OS from Google'),
        parameters: { systems: ['Bottlerocket'] },
      },
      'one that only has the name in it': { given: running('My Bottlerocket') },
    },
    pass: {
      ...Object.fromEntries(known.map(image => [image, { given: running(image) }])),
      'Container-Optimized OS': {
        given: running('Container-Optimized OS from Google'),
        parameters: { systems: ['Container-Optimized OS'] },
      },
      'in another case': { given: running('BOTTLEROCKET OS 1.20.0') },
    },
    notEvaluated: {
      'nothing said': { given: object('v1', 'Node') },
      'nothing of its system': { given: object('v1', 'Node', {}, { status: {} }) },
    },
    unconcerned: {
      'a machine of Fargate': {
        given: running('Amazon Linux 2', { 'eks.amazonaws.com/compute-type': 'fargate' }),
      },
      'a virtual kubelet': { given: running('', { type: 'virtual-kubelet' }) },
    },
  },
})
