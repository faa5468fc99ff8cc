// Rule: workloads carry the labels that people and tools find them by.

import { childPath } from '../../../kube/path.ts'
import { defineRule, type Violation } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'

const named = { 'app.kubernetes.io/name': 'web' }

export const rule = defineRule({
  id: 'recommended-labels',
  title: 'Workloads carry the recommended labels',
  severity: 'low',
  defaultEnabled: false,
  subject: 'PodTemplate',
  parameters: {
    labels: {
      type: 'string[]',
      default: ['app.kubernetes.io/name'],
      description: 'The labels that must be there, with a value.',
    },
    on: {
      type: 'string',
      default: 'pods',
      oneOf: ['pods', 'workload', 'both'],
      description: 'Whether the pods must carry them, the object that makes the pods, or both.',
    },
  },
  rationale:
    'Without common labels nobody can tell which application a pod belongs to, who answers for it and what goes down with it.',
  remediation:
    'Add the labels, such as app.kubernetes.io/name, to the pod template and to the workload itself.',
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/'],

  *violations(pod, { parameters: { labels, on } }) {
    const isPod = pod.metadataPath === 'metadata'
    if (isPod || on !== 'workload') yield* findMissing(labels, pod.metadata.labels, pod.metadataPath)
    if (!isPod && on !== 'pods') yield* findMissing(labels, pod.resource.metadata.labels, 'metadata')
  },

  examples: {
    fail: {
      'no labels at all': { given: pod(), at: ['metadata.labels["app.kubernetes.io/name"]'] },
      'an empty value': { given: pod({ metadata: { labels: { 'app.kubernetes.io/name': '' } } }) },
      'another label': {
        given: deployment(),
        at: ['spec.template.metadata.labels["app.kubernetes.io/name"]'],
      },
      'one of two asked for': {
        given: pod({ metadata: { labels: named } }),
        parameters: { labels: ['app.kubernetes.io/name', 'owner'] },
        at: ['metadata.labels.owner'],
      },
      'on the pods but not on the workload': {
        given: deployment({ metadata: { labels: named } }),
        parameters: { on: 'both' },
        at: ['metadata.labels["app.kubernetes.io/name"]'],
      },
      'on a Pod, whichever is asked': {
        given: pod(),
        parameters: { on: 'both' },
        at: ['metadata.labels["app.kubernetes.io/name"]'],
      },
      'on a Pod, which is its own workload': { given: pod(), parameters: { on: 'workload' } },
      'not on the workload, where it alone counts': {
        given: deployment({ metadata: { labels: named } }),
        parameters: { on: 'workload' },
        at: ['metadata.labels["app.kubernetes.io/name"]'],
      },
    },
    pass: {
      'on a Pod': { given: pod({ metadata: { labels: named } }) },
      'on a Pod, whichever is asked': {
        given: pod({ metadata: { labels: named } }),
        parameters: { on: 'both' },
      },
      'on the pods of a Deployment': { given: deployment({ metadata: { labels: named } }) },
      'on the workload, where it alone counts': {
        given: { ...deployment(), metadata: { name: 'web', namespace: 'shop', labels: named } },
        parameters: { on: 'workload' },
      },
    },
  },
})

function* findMissing(
  wanted: readonly string[],
  found: Readonly<Record<string, string>> | undefined,
  at: string,
): Generator<Violation> {
  for (const label of wanted)
    if (!found?.[label])
      yield { path: childPath(`${at}.labels`, label), actual: found?.[label], expected: 'a value' }
}
