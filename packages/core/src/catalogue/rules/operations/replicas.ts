// Rule: a Deployment runs with enough replicas.

import { namespaceOf } from '../../../kube/asset-key.ts'
import { readHorizontalPodAutoscaler } from '../../../kube/kinds/horizontal-pod-autoscaler.ts'
import { readReplicatedWorkload } from '../../../kube/kinds/workload.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule, type Lookup } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { workload } from '../../../samples/workloads.ts'

const deployment = (replicas?: number) => workload('Deployment', replicas === undefined ? {} : { replicas })
const autoscaler = (minReplicas: number | undefined, kind = 'Deployment', namespace = 'shop', name = 'web') =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { namespace, name },
    {
      spec: {
        ...(minReplicas !== undefined && { minReplicas }),
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
      },
    },
  )

export const rule = defineRule({
  id: 'replicas',
  title: 'A Deployment runs with more than one replica',
  severity: 'low',
  defaultEnabled: false,
  subject: 'Deployment',
  reads: ['HorizontalPodAutoscaler'],
  parameters: {
    minimum: {
      type: 'number',
      default: 2,
      description: 'The fewest replicas that a Deployment may run with.',
    },
  },
  rationale: 'With one replica each lost node, eviction or restart is an outage.',
  remediation:
    'Set spec.replicas, or minReplicas of its HorizontalPodAutoscaler, to two or more. A Deployment that is scaled to zero on purpose passes.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],

  *violations(resource, { parameters: { minimum }, lookup }) {
    const replicas = readReplicatedWorkload(resource).spec?.replicas
    if (replicas === 0 || (replicas ?? 1) >= minimum) return
    const autoscaled = findAutoscaledMinimum(resource, lookup)
    if (autoscaled !== undefined && autoscaled >= minimum) return
    yield {
      path: 'spec.replicas',
      actual: replicas,
      expected:
        autoscaled === undefined
          ? `at least ${minimum}`
          : `at least ${minimum} as minReplicas of its HorizontalPodAutoscaler, which has ${autoscaled}`,
    }
  },

  examples: {
    fail: {
      'nothing said, which means one': { given: deployment(), at: ['spec.replicas'] },
      one: { given: deployment(1) },
      'two, where three are asked for': { given: deployment(2), parameters: { minimum: 3 } },
      'an autoscaler that goes down to one': { given: deployment(1), with: [autoscaler(undefined)] },
      'an autoscaler of another kind': { given: deployment(1), with: [autoscaler(2, 'StatefulSet')] },
      'an autoscaler of another namespace': {
        given: deployment(1),
        with: [autoscaler(2, 'Deployment', 'other')],
      },
      'an autoscaler of another Deployment': {
        given: deployment(1),
        with: [autoscaler(2, 'Deployment', 'shop', 'api')],
      },
      'an autoscaler that names nothing': {
        given: deployment(1),
        with: [
          object('autoscaling/v2', 'HorizontalPodAutoscaler', { namespace: 'shop', name: 'a' }),
          object('autoscaling/v2', 'HorizontalPodAutoscaler', { namespace: 'shop', name: 'b' }, { spec: {} }),
        ],
      },
    },
    pass: {
      two: { given: deployment(2) },
      'scaled to zero on purpose': { given: deployment(0) },
      'an autoscaler that keeps two': { given: deployment(1), with: [autoscaler(2)] },
      'nothing said, where one is enough': { given: deployment(), parameters: { minimum: 1 } },
      'the second of two autoscalers': {
        given: deployment(1),
        with: [autoscaler(2, 'Deployment', 'shop', 'api'), autoscaler(2)],
      },
    },
  },
})

/** The replicas that an autoscaler keeps at least; undefined where none scales the workload. */
function findAutoscaledMinimum(workload: Resource, lookup: Lookup): number | undefined {
  const autoscalers = lookup.list('HorizontalPodAutoscaler', namespaceOf(workload))
  for (const { spec } of autoscalers.map(readHorizontalPodAutoscaler))
    if (spec?.scaleTargetRef?.kind === workload.kind && spec.scaleTargetRef.name === workload.metadata.name)
      return spec.minReplicas ?? 1
  return undefined
}
