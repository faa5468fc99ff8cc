// Rule: a NetworkPolicy selects pods that are there.

import { selects } from '../../../kube/label-selector.ts'
import { readNetworkPolicy } from '../../../kube/network/network-policy.ts'
import { podLabelKinds, podLabelsIn } from '../../../kube/network/pod-labels.ts'
import { defineRule } from '../../../model/rule.ts'
import { denyAll, networkPolicy } from '../../../samples/network-policies.ts'
import { object } from '../../../samples/objects.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

const forApp = (app: string) => networkPolicy({ podSelector: { matchLabels: { app } } })
const labelled = (app: string, namespace = 'shop') => pod({ metadata: { labels: { app }, namespace } })

export const rule = defineRule({
  id: 'network-policy-without-pods',
  title: 'A NetworkPolicy selects pods that are there',
  severity: 'low',
  subject: 'NetworkPolicy',
  reads: podLabelKinds,
  rationale:
    'A policy that selects nothing, often for a label that was renamed, protects nothing, while everybody believes that it does.',
  remediation: 'Correct spec.podSelector to the labels of the pods, or delete the policy.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],

  *violations(resource, { lookup }) {
    const { spec, metadata } = readNetworkPolicy(resource)
    const selector = spec?.podSelector ?? {}
    // An empty one is for all pods, those to come among them.
    const isEmpty =
      Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0
    const pods = lookup.deriveIn(podLabelsIn, metadata.namespace || 'default')
    if (isEmpty || pods.all.some(labels => selects(selector, labels) !== false)) return
    yield {
      path: 'spec.podSelector',
      actual: selector,
      expected: 'labels of pods of this namespace among what was scanned',
    }
  },

  examples: {
    fail: {
      'pods that are gone': { given: forApp('gone'), with: [labelled('web')] },
      'no pods': { given: forApp('web'), at: ['spec.podSelector'] },
      'other pods': {
        given: forApp('web'),
        with: [labelled('db'), deployment({ metadata: { labels: {} } })],
      },
      'pods of another namespace': { given: forApp('web'), with: [labelled('web', 'other')] },
      'an expression that none fits': {
        given: networkPolicy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }),
        with: [pod()],
      },
      'a workload’s own labels, which its pods do not have': {
        given: forApp('web'),
        with: [
          {
            ...deployment({ metadata: { labels: { app: 'db' } } }),
            metadata: { name: 'x', labels: { app: 'web' } },
          },
        ],
      },
    },
    pass: {
      'a pod': { given: forApp('web'), with: [labelled('db'), labelled('web')] },
      'a Deployment': { given: forApp('web'), with: [deployment()] },
      'a CronJob': { given: forApp('nightly'), with: [cronJob()] },
      'a workload of Argo Rollouts': {
        given: forApp('web'),
        with: [
          object(
            'argoproj.io/v1alpha1',
            'Rollout',
            { namespace: 'shop' },
            { spec: { template: { metadata: { labels: { app: 'web' } } } } },
          ),
        ],
      },
      'all pods, of which there are none yet': { given: denyAll('Ingress') },
      'an expression that one fits': {
        given: networkPolicy({
          podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] },
        }),
        with: [pod()],
      },
      'no selector': { given: networkPolicy({}) },
      'no spec at all': { given: object('networking.k8s.io/v1', 'NetworkPolicy', { namespace: 'shop' }) },
      'a pod, in the namespace that is meant when none is named': {
        given: { ...forApp('web'), metadata: { name: 'policy' } },
        with: [labelled('web', 'default')],
      },
    },
  },
})
