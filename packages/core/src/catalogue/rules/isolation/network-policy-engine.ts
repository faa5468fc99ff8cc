// Rule: something in the cluster enforces network policies.

import { networkPlugins } from '../../../kube/network/policy-engines.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'
import { container } from '../../../samples/pods.ts'

const kubeSystem = namespace({ name: 'kube-system' })
const daemonSet = (image: string, args: readonly string[] = []) =>
  object(
    'apps/v1',
    'DaemonSet',
    { name: 'net', namespace: 'kube-system' },
    { spec: { template: { spec: { containers: [container({ image, args })] } } } },
  )
const eksAgent = '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.0'

export const rule = defineRule({
  id: 'network-policy-engine',
  title: 'Something in the cluster enforces network policies',
  severity: 'high',
  // Of many clusters it cannot be told, and a scan that cannot tell is no clean one.
  defaultEnabled: false,
  subject: 'Namespace',
  reads: ['DaemonSet'],
  absent: 'not-collected',
  rationale:
    'The API server takes network policies whether anything enforces them or not; without an engine they are but words.',
  remediation:
    'Use a network plugin that enforces policies, such as Cilium, Calico or Antrea, or switch the cloud’s own engine on.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites'],

  // One namespace stands for the cluster.
  concerns: resource => resource.metadata.name === 'kube-system',

  *violations(resource, { lookup }) {
    const plugins = networkPlugins(lookup.list('DaemonSet'))
    if (plugins.length === 0 || plugins.some(({ enforces }) => enforces)) return
    yield {
      path: 'metadata.name',
      actual: resource.metadata.name,
      expected: `a network plugin that enforces policies; ${plugins.map(({ name }) => name).join(', ')} does not`,
    }
  },

  unseen: (_, { lookup }) =>
    networkPlugins(lookup.list('DaemonSet')).length === 0
      ? 'no DaemonSet runs a network plugin that is known here'
      : undefined,

  examples: {
    fail: {
      Flannel: {
        given: kubeSystem,
        with: [daemonSet('docker.io/flannel/flannel:v0.26.1')],
        at: ['metadata.name'],
      },
      'the Amazon VPC CNI of before there was an agent': {
        given: kubeSystem,
        with: [daemonSet('602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.12.6')],
      },
      'Azure CNI alone': {
        given: kubeSystem,
        with: [daemonSet('mcr.microsoft.com/containernetworking/azure-cns:v1.6.0')],
      },
      'the Amazon VPC CNI, whose agent is idle': {
        given: kubeSystem,
        with: [daemonSet(eksAgent, ['--enable-network-policy=false'])],
      },
    },
    pass: {
      'Azure CNI with Cilium': {
        given: kubeSystem,
        with: [
          daemonSet('mcr.microsoft.com/containernetworking/azure-cns:v1.6.0'),
          {
            ...daemonSet('mcr.microsoft.com/containernetworking/cilium/cilium:v1.16.0'),
            metadata: { name: 'cilium', namespace: 'kube-system' },
          },
        ],
      },
      Cilium: { given: kubeSystem, with: [daemonSet('quay.io/cilium/cilium:v1.18.0')] },
      'Calico beside Flannel, in another namespace': {
        given: kubeSystem,
        with: [
          daemonSet('flannel/flannel:v0.26.1'),
          {
            ...daemonSet('registry.example.com/mirror/calico/node:v3.30.0'),
            metadata: { name: 'calico', namespace: 'calico-system' },
          },
        ],
      },
      'the Amazon VPC CNI, whose agent is on': {
        given: kubeSystem,
        with: [daemonSet(eksAgent, ['--enable-network-policy=true'])],
      },
    },
    notEvaluated: {
      'nothing that is known': { given: kubeSystem, with: [daemonSet('example.com/our-cni:1')] },
      'a name alone': {
        given: kubeSystem,
        with: [
          { ...daemonSet('example.com/x:1'), metadata: { name: 'calico-node', namespace: 'kube-system' } },
        ],
      },
    },
    unconcerned: { 'another namespace': { given: namespace() } },
  },
})
