// Rule: a Deployment replaces its pods step by step.

import { readReplicatedWorkload } from '../../../kube/kinds/workload.ts'
import { setAt } from '../../../kube/patch.ts'
import { defineRule } from '../../../model/rule.ts'
import { workload } from '../../../samples/workloads.ts'

const deployment = (strategy?: unknown, apiVersion?: string) =>
  workload('Deployment', strategy === undefined ? {} : { strategy }, apiVersion)

export const rule = defineRule({
  id: 'rolling-update',
  title: 'A Deployment replaces its pods step by step',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Deployment',
  rationale:
    'With the strategy Recreate all pods end before the first new one starts: each rollout is an outage.',
  remediation:
    'Use the strategy RollingUpdate, unless two versions must never run at once, as with a volume that one pod alone may mount.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy'],

  *violations(resource) {
    const type = readReplicatedWorkload(resource).spec?.strategy?.type
    if (type !== undefined && type !== 'RollingUpdate')
      yield { path: 'spec.strategy.type', actual: type, expected: 'unset or RollingUpdate' }
  },

  fix: (violation, resource) => setAt(resource, violation.path, 'RollingUpdate'),

  examples: {
    fail: {
      Recreate: { given: deployment({ type: 'Recreate' }), at: ['spec.strategy.type'] },
      'in an old version': { given: deployment({ type: 'Recreate' }, 'extensions/v1beta1') },
    },
    pass: {
      'nothing said': { given: deployment() },
      'an empty strategy': { given: deployment({}) },
      RollingUpdate: { given: deployment({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } }) },
    },
  },
})
