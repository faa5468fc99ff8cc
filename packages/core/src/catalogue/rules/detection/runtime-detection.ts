// Rule: an agent watches what containers do while they run.

import { findAgents } from '../../../kube/agents/known-agents.ts'
import { readReplicatedWorkload } from '../../../kube/kinds/workload.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { container, deployment } from '../../../samples/pods.ts'

const kubeSystem = namespace({ name: 'kube-system' })
const daemonSet = (image: string, status?: object): Resource =>
  object(
    'apps/v1',
    'DaemonSet',
    { name: 'watch', namespace: 'security' },
    { spec: { template: { spec: { containers: [container({ image })] } } }, ...(status && { status }) },
  )

export const rule = defineRule({
  id: 'runtime-detection',
  title: 'An agent watches what containers do while they run',
  severity: 'low',
  // An agent that is not known here may do it, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  subject: 'Namespace',
  reads: ['DaemonSet'],
  absent: 'not-collected',
  rationale:
    'What gets past every setting shows in what processes do: a shell in a web server, a connection to a mining pool.',
  remediation:
    'Run a runtime detection agent, such as Falco or Tetragon, on every node, and have somebody read its alerts.',
  references: ['https://kubernetes.io/docs/concepts/security/cloud-native-security/#lifecycle-phase-runtime'],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    const agents = findAgents(lookup.list('DaemonSet'), 'detection')
    if (agents.length === 0 || agents.some(({ workload }) => mayRun(workload))) return
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: `an agent that runs; ${agents.map(({ name }) => name).join(', ')} has no node to run on`,
    }
  },

  unseen: (_, { lookup }) =>
    findAgents(lookup.list('DaemonSet'), 'detection').length === 0
      ? 'no DaemonSet runs a detection agent that is known here'
      : undefined,

  examples: {
    fail: {
      'an agent that no node runs': {
        given: kubeSystem,
        with: [daemonSet('falcosecurity/falco:0.41.0', { desiredNumberScheduled: 0 })],
        at: ['metadata.name'],
      },
    },
    pass: {
      Falco: { given: kubeSystem, with: [daemonSet('falcosecurity/falco:0.41.0')] },
      'Tetragon, of a mirror, on nodes': {
        given: kubeSystem,
        with: [daemonSet('registry.example.com/cilium/tetragon:v1.5.0', { desiredNumberScheduled: 3 })],
      },
      'one of two that runs': {
        given: kubeSystem,
        with: [
          daemonSet('falcosecurity/falco:0.41.0', { desiredNumberScheduled: 0 }),
          daemonSet('aquasec/tracee:0.23.0', { desiredNumberScheduled: 3 }),
        ],
      },
    },
    notEvaluated: {
      'nothing that is known': { given: kubeSystem, with: [daemonSet('example.com/falco-ui:1')] },
      'one that is not on every node': {
        given: kubeSystem,
        with: [deployment({ containers: [container({ image: 'falcosecurity/falco:0.41.0' })] })],
      },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})

/** A DaemonSet that no node is chosen for runs nowhere; one whose state is not known (a manifest) is taken as it is meant. */
const mayRun = (workload: Resource) => readReplicatedWorkload(workload).status?.desiredNumberScheduled !== 0
