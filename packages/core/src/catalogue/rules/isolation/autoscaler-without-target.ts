// Rule: the built-in workload that an autoscaler names is there.

import { isBuiltInGroup } from '../../../kube/asset-key.ts'
import { readHorizontalPodAutoscaler } from '../../../kube/kinds/horizontal-pod-autoscaler.ts'
import { groupOf } from '../../../kube/pod-template.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { deployment } from '../../../samples/pods.ts'
import { workload } from '../../../samples/workloads.ts'

const kinds = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']
const autoscaler = (target: object, version = 'autoscaling/v2') =>
  object(
    version,
    'HorizontalPodAutoscaler',
    { name: 'web', namespace: 'shop' },
    { spec: { scaleTargetRef: target } },
  )

export const rule = defineRule({
  id: 'autoscaler-without-target',
  title: 'The built-in workload that an autoscaler names is there',
  severity: 'low',
  subject: 'HorizontalPodAutoscaler',
  reads: kinds,
  rationale:
    'Such an autoscaler does nothing: the workload that it was written for does not grow with its load, and goes down under it.',
  remediation: 'Correct spec.scaleTargetRef to the workload’s kind and name, or delete the autoscaler.',
  references: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],

  *violations(resource, { lookup }) {
    const { spec, metadata } = readHorizontalPodAutoscaler(resource)
    const { kind = '', name = '', apiVersion = 'apps/v1' } = spec?.scaleTargetRef ?? {}
    if (!kinds.includes(kind) || !isBuiltInGroup(groupOf(apiVersion))) return
    if (!lookup.get(kind, metadata.namespace || 'default', name))
      yield {
        path: 'spec.scaleTargetRef.name',
        actual: spec?.scaleTargetRef?.name,
        expected: `a ${kind} of this namespace among what was scanned`,
      }
  },

  examples: {
    fail: {
      'a workload that is gone': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone' }),
      },
      'no such workload': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }),
        at: ['spec.scaleTargetRef.name'],
      },
      'another kind of that name': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }),
        with: [deployment()],
      },
      'a workload of another namespace': {
        given: autoscaler({ kind: 'Deployment', name: 'web' }, 'autoscaling/v1'),
        with: [{ ...deployment(), metadata: { name: 'web', namespace: 'other' } }],
      },
      'no name': { given: autoscaler({ apiVersion: 'apps/v1', kind: 'Deployment' }) },
      'no ReplicaSet': { given: autoscaler({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }) },
      'no ReplicationController': {
        given: autoscaler({ apiVersion: 'v1', kind: 'ReplicationController', name: 'web' }),
      },
    },
    pass: {
      'it is there': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }),
        with: [deployment()],
      },
      'it is there, in an old version': {
        given: autoscaler({ apiVersion: 'extensions/v1beta1', kind: 'Deployment', name: 'web' }),
        with: [deployment()],
      },
      'a StatefulSet': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }),
        with: [workload('StatefulSet')],
      },
      'a kind of somebody else': {
        given: autoscaler({ apiVersion: 'example.com/v1', kind: 'Scaler', name: 'web' }),
      },
      'a foreign kind of a built-in name': {
        given: autoscaler({ apiVersion: 'example.com/v1', kind: 'Deployment', name: 'web' }),
      },
      'in the namespace that is meant when none is named': {
        given: object(
          'autoscaling/v2',
          'HorizontalPodAutoscaler',
          {},
          { spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } } },
        ),
        with: [{ ...deployment(), metadata: { name: 'web', namespace: 'default' } }],
      },
      'a kind that cannot be scaled': {
        given: autoscaler({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web' }),
      },
      'no target': {
        given: object('autoscaling/v2', 'HorizontalPodAutoscaler', { namespace: 'shop' }, { spec: {} }),
      },
      'no spec at all': { given: object('autoscaling/v2', 'HorizontalPodAutoscaler', { namespace: 'shop' }) },
    },
  },
})
