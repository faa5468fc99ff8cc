// Rule: no workload of one's own stands in a namespace that is meant for Kubernetes itself.

import { isMirrorPod } from '../../../kube/mirror-pod.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

const inKubeSystem = { metadata: { namespace: 'kube-system' } }

export const rule = defineRule({
  id: 'kube-system-placement',
  title: 'No workload of one’s own stands in a namespace of Kubernetes itself',
  severity: 'medium',
  subject: 'PodTemplate',
  parameters: {
    namespaces: {
      type: 'string[]',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'The namespaces that are meant for Kubernetes itself.',
    },
    priorityClasses: {
      type: 'string[]',
      default: ['system-cluster-critical', 'system-node-critical'],
      description: 'Priority classes by which a workload says that it is a part of the system.',
    },
  },
  rationale:
    'Policies, quotas and pod security levels leave these namespaces out, and their ServiceAccounts have wide rights: what stands there escapes rules and can use those rights.',
  remediation:
    'Move it to a namespace of its own. A part of the system says so by its priority class; for others accept the risk with an exception.',
  references: [
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
    'https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/',
  ],

  *violations(pod, { parameters: { namespaces, priorityClasses } }) {
    if (!namespaces.includes(pod.namespace) || isMirrorPod(pod.resource)) return
    if (priorityClasses.includes(pod.spec.priorityClassName ?? '')) return
    yield { path: 'metadata.namespace', actual: pod.namespace, expected: 'a namespace of its own' }
  },

  examples: {
    fail: {
      'a Pod': { given: pod(inKubeSystem), at: ['metadata.namespace'] },
      'by the name of a part of the system': {
        given: pod({
          metadata: { namespace: 'kube-system', name: 'kube-proxy', labels: { tier: 'control-plane' } },
        }),
      },
      'another priority': { given: pod({ ...inKubeSystem, priorityClassName: 'high' }) },
      'in kube-public': { given: pod({ metadata: { namespace: 'kube-public' } }) },
      'a namespace of the platform’s own': {
        given: pod({ metadata: { namespace: 'openshift-dns' } }),
        parameters: { namespaces: ['openshift-dns'] },
      },
      'in kube-node-lease': { given: pod({ metadata: { namespace: 'kube-node-lease' } }) },
    },
    pass: {
      'a Deployment elsewhere': { given: deployment() },
      'a CronJob elsewhere': { given: cronJob() },
      'a namespace whose name only begins so': {
        given: pod({ metadata: { namespace: 'kube-system-tools' } }),
      },
      'a part of the system': {
        given: pod({ ...inKubeSystem, priorityClassName: 'system-node-critical' }),
      },
      'a static pod, put there by the node': {
        given: pod({
          metadata: {
            namespace: 'kube-system',
            annotations: { 'kubernetes.io/config.mirror': '7d1f' },
            ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'control-1', controller: true }],
          },
        }),
      },
      'a part of the system that may run on any node': {
        given: deployment({ priorityClassName: 'system-cluster-critical' }),
        parameters: { namespaces: ['shop'] },
      },
    },
  },
})
