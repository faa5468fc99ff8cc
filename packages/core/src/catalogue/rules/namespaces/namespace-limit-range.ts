// Rule: every namespace has a LimitRange.

import { nameOf } from '../../../kube/asset-key.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace, object } from '../../../samples/objects.ts'

const limitRange = (of: string) =>
  object(
    'v1',
    'LimitRange',
    { namespace: of },
    { spec: { limits: [{ type: 'Container', default: { memory: '256Mi' } }] } },
  )

export const rule = defineRule({
  id: 'namespace-limit-range',
  title: 'Every namespace has a LimitRange',
  severity: 'low',
  subject: 'Namespace',
  reads: ['LimitRange'],
  rationale:
    'A LimitRange gives limits to the containers that name none, and bounds what a single container may ask for.',
  remediation: 'Create a LimitRange in the namespace with a default and a maximum for containers.',
  references: ['https://kubernetes.io/docs/concepts/policy/limit-range/'],

  *violations(resource, { lookup }) {
    const name = nameOf(resource)
    if (lookup.list('LimitRange', name).length === 0)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: 'a LimitRange in this namespace',
      }
  },

  examples: {
    fail: {
      none: { given: namespace(), at: ['metadata.name'] },
      'one in another namespace': { given: namespace(), with: [limitRange('other')] },
      'a ResourceQuota instead': {
        given: namespace(),
        with: [object('v1', 'ResourceQuota', { namespace: 'shop' })],
      },
    },
    pass: {
      one: { given: namespace(), with: [limitRange('shop')] },
      two: { given: namespace(), with: [limitRange('shop'), limitRange('shop')] },
    },
  },
})
