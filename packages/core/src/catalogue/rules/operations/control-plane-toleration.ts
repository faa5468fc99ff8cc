// Rule: no pod may be placed on the nodes of the control plane.

import type { PodSpec } from '../../../model/pod-spec.ts'
import { defineRule } from '../../../model/rule.ts'
import { cronJob, deployment, pod } from '../../../samples/pods.ts'

type Toleration = NonNullable<PodSpec['tolerations']>[number]

/** The taints of control plane nodes, the second up to Kubernetes 1.24. Both have no value and the effect NoSchedule. */
const taints = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

export const rule = defineRule({
  id: 'control-plane-toleration',
  title: 'No pod tolerates the taints of the control plane',
  severity: 'low',
  subject: 'PodTemplate',
  rationale: 'Who breaks out of a pod on a control plane node finds the keys of the whole cluster there.',
  remediation:
    'Remove the toleration, and name the taints that the pod must tolerate instead of tolerating all of them. Agents that must run on every node are an exception to accept.',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
    'https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane-taint',
  ],
  faultFields: ['tolerations'],

  *violations(pod) {
    if (!pod.spec.tolerations) return
    for (const [index, toleration] of pod.spec.tolerations.entries())
      if (taints.some(taint => tolerates(toleration, taint)))
        yield {
          path: `${pod.path}.tolerations[${index}]`,
          actual: toleration,
          expected: 'a toleration that leaves control plane nodes out',
        }
  },

  examples: {
    fail: {
      'the taint by name': {
        given: pod({ tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] }),
        at: ['spec.tolerations[0]'],
      },
      'the old taint': {
        given: deployment({
          tolerations: [
            { key: 'dedicated', operator: 'Equal', value: 'web' },
            { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' },
          ],
        }),
        at: ['spec.template.spec.tolerations[1]'],
      },
      'every taint': { given: cronJob({ tolerations: [{ operator: 'Exists' }] }) },
      'every taint of that effect': {
        given: pod({ tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }),
      },
      'equal to it in so many words': {
        given: pod({
          tolerations: [
            { key: 'node-role.kubernetes.io/control-plane', operator: 'Equal', value: '' },
            { key: 'node-role.kubernetes.io/control-plane', operator: '' },
          ],
        }),
        at: ['spec.tolerations[0]', 'spec.tolerations[1]'],
      },
    },
    pass: {
      'no tolerations': { given: pod() },
      'another taint': { given: pod({ tolerations: [{ key: 'dedicated', operator: 'Exists' }] }) },
      'another value, where the taint has none': {
        given: pod({ tolerations: [{ key: 'node-role.kubernetes.io/control-plane', value: 'true' }] }),
      },
      'another effect': {
        given: pod({
          tolerations: [
            { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoExecute' },
          ],
        }),
      },
      'another taint that has no value': { given: pod({ tolerations: [{ key: 'dedicated' }] }) },
      'another comparison': {
        given: pod({ tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Gt' }] }),
      },
    },
  },
})

/** As the scheduler decides it. Source: Kubernetes core/v1, Toleration.ToleratesTaint. */
function tolerates({ key = '', operator, value = '', effect = '' }: Toleration, taint: string): boolean {
  if (effect !== '' && effect !== 'NoSchedule') return false
  if (operator === 'Exists') return key === '' || key === taint
  return (operator === undefined || operator === '' || operator === 'Equal') && key === taint && value === ''
}
