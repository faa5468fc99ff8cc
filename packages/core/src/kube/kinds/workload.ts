// Workload: what the kinds that make pods say around their pod template: replicas, strategy and selector.
//
// Names and types: Kubernetes apps/v1 and its betas, batch/v1, core/v1 ReplicationController.

import type { Resource } from '../../model/resource.ts'
import { integer, map, object, type Shape, string, type TypeOf } from '../../model/shape.ts'
import { type LabelSelector, type Labels, labelSelectorShape } from '../label-selector.ts'

const strategy = object({ type: string })
const template = object({ metadata: object({ labels: map(string) }) })

const replicated = object({
  spec: object({ replicas: integer, strategy, selector: labelSelectorShape, template }),
  /** Of a DaemonSet: how many nodes it was chosen for. */
  status: object({ desiredNumberScheduled: integer }),
})
const job = object({ selector: labelSelectorShape, template })
const shapes = {
  Deployment: replicated,
  ReplicaSet: replicated,
  StatefulSet: replicated,
  DaemonSet: replicated,
  ReplicationController: object({ spec: object({ replicas: integer, selector: map(string), template }) }),
  Job: object({ spec: job }),
  CronJob: object({ spec: object({ jobTemplate: object({ spec: job }) }) }),
}

/** The shapes of the kinds that make pods, less the pod template itself, which the pod template reader checks. */
export const workloadShapes: Readonly<Record<keyof typeof shapes, Shape<unknown>>> = shapes

export type ReplicatedWorkload = Resource & TypeOf<typeof replicated>

/** The resource as a Deployment, ReplicaSet, StatefulSet or DaemonSet; it has passed checkShape. */
export const readReplicatedWorkload = (resource: Resource): ReplicatedWorkload => resource

/** A workload's selector and the labels of the pods that it makes. */
export interface SelectorAndLabels {
  readonly selector: LabelSelector
  /** Path of the selector's labels, where a difference is shown: `spec.selector.matchLabels`. */
  readonly labelsPath: string
  /** Path of the selector. */
  readonly path: string
  readonly podLabels: Labels
}

/** The selector that a workload of any kind names, and the labels of its pods; undefined where it names none. */
export function selectorOf(workload: Resource): SelectorAndLabels | undefined {
  const isCronJob = workload.kind === 'CronJob'
  const prefix = isCronJob ? 'spec.jobTemplate.spec' : 'spec'
  const spec = isCronJob
    ? (workload as TypeOf<(typeof shapes)['CronJob']>).spec?.jobTemplate?.spec
    : (workload as TypeOf<(typeof shapes)['Job']>).spec
  if (spec?.selector === undefined) return undefined
  const podLabels = spec.template?.metadata?.labels ?? {}
  const path = `${prefix}.selector`
  if (workload.kind !== 'ReplicationController')
    return { selector: spec.selector, labelsPath: `${path}.matchLabels`, path, podLabels }
  const plain = spec.selector as Labels
  return { selector: { matchLabels: plain }, labelsPath: path, path, podLabels }
}
