// Rule: every namespace has a ResourceQuota.

import { nameOf } from '../../../kube/asset-key.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'

const quota = (of: string) =>
  object('v1', 'ResourceQuota', { namespace: of }, { spec: { hard: { pods: '20' } } })

export const rule = defineRule({
  id: 'namespace-resource-quota',
  title: 'Every namespace has a ResourceQuota',
  severity: 'low',
  subject: 'Namespace',
  reads: ['ResourceQuota'],
  rationale:
    'Without a quota one namespace, by a mistake or an intruder, can take all that the cluster has from the others.',
  remediation: 'Create a ResourceQuota in the namespace that bounds its CPU, memory and number of objects.',
  references: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],

  *violations(resource, { lookup }) {
    const name = nameOf(resource)
    if (lookup.list('ResourceQuota', name).length === 0)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a ResourceQuota in this namespace',
      }
  },

  examples: {
    fail: {
      none: { given: namespace(), at: ['metadata.name'] },
      'one in another namespace': { given: namespace(), with: [quota('other')] },
      'a LimitRange instead': {
        given: namespace(),
        with: [object('v1', 'LimitRange', { namespace: 'shop' })],
      },
    },
    pass: {
      one: { given: namespace(), with: [quota('shop')] },
      'one in the namespace default, named by omission': {
        given: namespace({ name: 'default' }),
        with: [object('v1', 'ResourceQuota')],
      },
    },
  },
})
