// Rule: an agent collects the logs of containers and nodes.

import { findAgents, mountsFromNode } from '../../../kube/agents/known-agents.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { container } from '../../../samples/pods.ts'

const kubeSystem = namespace({ name: 'kube-system' })
const daemonSet = (image: string, path?: string): Resource =>
  object(
    'apps/v1',
    'DaemonSet',
    { name: 'logs', namespace: 'logging' },
    {
      spec: {
        template: {
          spec: {
            containers: [container({ image })],
            ...(path !== undefined && { volumes: [{ name: 'log', hostPath: { path } }] }),
          },
        },
      },
    },
  )

export const rule = defineRule({
  id: 'log-collector',
  title: 'An agent collects the logs of containers and nodes',
  severity: 'low',
  // An agent that is not known here may do it, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  subject: 'Namespace',
  reads: ['DaemonSet'],
  absent: 'not-collected',
  rationale:
    'Logs that stay on a node are gone with the container or the node, and whoever broke in can change them.',
  remediation:
    'Run a log collector as a DaemonSet that reads /var/log of every node, and send what it reads elsewhere.',
  references: ['https://kubernetes.io/docs/concepts/cluster-administration/logging/'],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    const agents = findAgents(lookup.list('DaemonSet'), 'logs')
    if (agents.length === 0 || hasReader(lookup)) return
    const names = agents.map(({ name, workload }) => `${name} (DaemonSet ${workload.metadata.name ?? ''})`)
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: `an agent that reads /var/log of its node; ${names.join(', ')} does not`,
    }
  },

  unseen: (_, { lookup }) =>
    hasReader(lookup) ? undefined : 'no DaemonSet runs a log collector that is known here',

  examples: {
    fail: {
      'a collector that sees no log': {
        given: kubeSystem,
        with: [daemonSet('fluent/fluent-bit:4.0.1')],
        at: ['metadata.name'],
      },
      'a collector that sees another folder': {
        given: kubeSystem,
        with: [daemonSet('fluent/fluent-bit:4.0.1', '/var/lib')],
      },
    },
    pass: {
      'the folder of logs': { given: kubeSystem, with: [daemonSet('fluent/fluent-bit:4.0.1', '/var/log')] },
      'the pods’ logs alone': { given: kubeSystem, with: [daemonSet('grafana/promtail:3', '/var/log/pods')] },
      'one of two': {
        given: kubeSystem,
        with: [daemonSet('fluent/fluentd:v1'), daemonSet('timberio/vector:0.47.0', '/var/log/')],
      },
    },
    notEvaluated: {
      'nothing that is known': { given: kubeSystem, with: [daemonSet('example.com/our-logs:1', '/var/log')] },
      'no DaemonSet at all': { given: kubeSystem },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})

function hasReader(lookup: Lookup): boolean {
  return findAgents(lookup.list('DaemonSet'), 'logs').some(({ template }) =>
    ['/var/log/pods', '/var/log/containers'].some(folder => mountsFromNode(template, folder)),
  )
}
