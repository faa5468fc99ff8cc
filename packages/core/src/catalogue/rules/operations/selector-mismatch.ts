// Rule: the selector of a workload selects the pods that it makes.

import { selectorOf } from '../../../kube/kinds/workload.ts'
import { findSelectorFault, type LabelSelector, selects } from '../../../kube/label-selector.ts'
import { childPath, valueAt } from '../../../kube/path.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { podTemplate, workload } from '../../../samples/workloads.ts'

type Labels = Readonly<Record<string, string>>
const selecting = (kind: string, selector: unknown, labels?: Labels, apiVersion?: string) =>
  workload(kind, partsOf(selector, labels), apiVersion)
const partsOf = (selector: unknown, labels?: Labels) => ({
  ...(selector !== undefined && { selector }),
  template: podTemplate(labels),
})
const byLabels = (matchLabels: Labels) => ({ matchLabels })
const byExpression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
})

export const rule = defineRule({
  id: 'selector-mismatch',
  title: 'The selector of a workload selects its own pods',
  severity: 'low',
  subject: 'Workload',
  kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob'],
  rationale:
    'The API server refuses a workload whose selector passes over its own pods: the manifest cannot be applied, and what it should bring is missing.',
  remediation:
    'Give the pod template all the labels that the selector asks for, or leave them out of the selector.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],

  *violations(resource) {
    const found = selectorOf(resource)
    if (!found || selects(found.selector, found.podLabels)) return
    const { selector, path, labelsPath, podLabels } = found
    const fault = findSelectorFault(selector)
    if (fault) {
      const place = fault.path.reduce(childPath, path)
      yield { path: place, actual: valueAt(resource, place), expected: fault.expected }
      return
    }
    for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
      if (!selects({ matchLabels: { [key]: value } }, podLabels))
        yield {
          path: childPath(labelsPath, key),
          actual: value,
          expected: Object.hasOwn(podLabels, key)
            ? `the pods’ label, ${podLabels[key]}`
            : 'a label that the pod template has',
        }
    for (const [index, expression] of (selector.matchExpressions ?? []).entries())
      if (!selects(only(expression), podLabels))
        yield {
          path: childPath(`${path}.matchExpressions`, index),
          actual: expression,
          expected: 'an expression that holds for the labels of the pod template',
        }
  },

  examples: {
    fail: {
      'another value': {
        given: selecting('Deployment', byLabels({ app: 'web' }), { app: 'api' }),
        at: ['spec.selector.matchLabels.app'],
      },
      'one label of two': {
        given: selecting('StatefulSet', byLabels({ app: 'web', 'example.com/tier': 'db' }), { app: 'web' }),
        at: ['spec.selector.matchLabels["example.com/tier"]'],
      },
      'a template without labels': { given: selecting('DaemonSet', byLabels({ app: 'web' })) },
      'an expression': {
        given: selecting('ReplicaSet', byExpression('tier', 'Exists'), { app: 'web' }),
        at: ['spec.selector.matchExpressions[0]'],
      },
      'an expression that the API server refuses': {
        given: selecting('Deployment', byExpression('app', 'In'), { app: 'web' }),
        at: ['spec.selector.matchExpressions[0].values'],
      },
      'the plain map of a ReplicationController': {
        given: selecting('ReplicationController', { app: 'web' }, { app: 'api' }, 'v1'),
        at: ['spec.selector.app'],
      },
      'the Job of a CronJob': {
        given: object(
          'batch/v1',
          'CronJob',
          { name: 'nightly', namespace: 'shop' },
          { spec: { jobTemplate: { spec: partsOf(byLabels({ app: 'web' }), { app: 'job' }) } } },
        ),
        at: ['spec.jobTemplate.spec.selector.matchLabels.app'],
      },
      'the second of two expressions': {
        given: selecting(
          'Deployment',
          {
            matchExpressions: [
              ...byExpression('app', 'Exists').matchExpressions,
              ...byExpression('tier', 'Exists').matchExpressions,
            ],
          },
          { app: 'web' },
        ),
        at: ['spec.selector.matchExpressions[1]'],
      },
    },
    pass: {
      'the same labels': { given: selecting('Deployment', byLabels({ app: 'web' }), { app: 'web' }) },
      'more labels on the pods': {
        given: selecting('Deployment', byLabels({ app: 'web' }), { app: 'web', tier: 'db' }),
      },
      'an expression': {
        given: selecting('StatefulSet', byExpression('app', 'NotIn', 'api'), { app: 'web' }),
      },
      'a Job without a selector, as it should be': { given: selecting('Job', undefined, {}, 'batch/v1') },
      'a ReplicationController without one, which takes the template’s labels': {
        given: selecting('ReplicationController', undefined, { app: 'web' }, 'v1'),
      },
    },
  },
})

const only = (expression: NonNullable<LabelSelector['matchExpressions']>[number]): LabelSelector => ({
  matchExpressions: [expression],
})
