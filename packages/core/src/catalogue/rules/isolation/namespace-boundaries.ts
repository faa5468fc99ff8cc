// Rule: a namespace holds the workloads of one application.

import { nameOf } from '../../../kube/asset-key.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { namespace } from '../../../samples/objects.ts'
import { deployment } from '../../../samples/pods.ts'

const kinds = ['DaemonSet', 'Deployment', 'StatefulSet']
const named = (name: string, labels: Readonly<Record<string, string>> = {}, own = 'mall'): Resource => ({
  ...deployment(),
  metadata: { name, namespace: own, labels },
})
const partOf = (application: string) => ({ 'app.kubernetes.io/part-of': application })
const mall = namespace({ name: 'mall' })

export const rule = defineRule({
  id: 'namespace-boundaries',
  title: 'A namespace holds the workloads of one application',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Namespace',
  reads: kinds,
  parameters: {
    maximum: { type: 'number', default: 1, description: 'How many applications may share a namespace.' },
  },
  rationale:
    'Roles, network policies, quotas and Pod Security levels are given by namespace; applications that share one cannot be kept apart by them.',
  remediation: 'Give each application or team a namespace, and roles and policies by it.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],

  *violations(resource, { lookup, parameters: { maximum } }) {
    const name = nameOf(resource)
    const found = new Set(kinds.flatMap(kind => lookup.list(kind, name)).map(applicationOf))
    if (found.size > maximum)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `workloads of ${maximum} ${maximum === 1 ? 'application' : 'applications'}; there are those of ${[...found].join(', ')}`,
      }
  },

  examples: {
    fail: {
      'two applications by label': {
        given: mall,
        with: [named('a', partOf('shop')), named('b', partOf('bank'))],
        at: ['metadata.name'],
      },
      'two releases of Helm': {
        given: mall,
        with: [
          named('a', { 'app.kubernetes.io/instance': 'shop' }),
          named('b', { 'app.kubernetes.io/instance': 'bank' }),
        ],
      },
      'one that says what it is and one that does not': {
        given: mall,
        with: [named('a', partOf('shop')), named('b')],
      },
      'more than asked for': {
        given: mall,
        with: [named('a', partOf('shop')), named('b', partOf('bank')), named('c', partOf('post'))],
        parameters: { maximum: 2 },
      },
      'workloads of other kinds': {
        given: mall,
        with: ['DaemonSet', 'StatefulSet'].map((kind, index) => ({
          ...named(`w${index}`, partOf(`application-${index}`)),
          kind,
        })),
      },
    },
    pass: {
      'one application': { given: mall, with: [named('a', partOf('shop')), named('b', partOf('shop'))] },
      'workloads that say nothing': { given: mall, with: [named('a'), named('b')] },
      'others in another namespace': {
        given: mall,
        with: [named('a', partOf('shop')), named('b', partOf('bank'), 'bank')],
      },
      nothing: { given: mall },
      'workloads without labels': {
        given: mall,
        with: [{ ...deployment(), metadata: { name: 'plain', namespace: 'mall' } }],
      },
    },
  },
})

/** The application that a workload says it belongs to; those that say nothing count as one. */
function applicationOf({ metadata: { labels = {} } }: Resource): string {
  return labels['app.kubernetes.io/part-of'] ?? labels['app.kubernetes.io/instance'] ?? 'no name'
}
