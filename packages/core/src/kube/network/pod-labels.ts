// Pod labels: the labels of all pods that run or are meant to run, by namespace, for those who select pods by them.

import type { Resource } from '../../model/resource.ts'
import type { Derivation } from '../../model/rule.ts'
import { isRecord } from '../../model/shape.ts'
import { namespaceOf } from '../asset-key.ts'
import type { Labels } from '../label-selector.ts'
import { podKinds } from '../pod-template.ts'

/** The kinds that are pods or make them, some of other projects' among them; a rule that asks for labels lists them in its `reads`. */
export const podLabelKinds: readonly string[] = [
  ...podKinds,
  'DeploymentConfig.apps.openshift.io',
  'Rollout.argoproj.io',
]

export interface PodLabels {
  /** The different sets of labels of a namespace's pods. */
  of(namespace: string): readonly Labels[]
}

export const podLabelsOfAll: Derivation<PodLabels> = {
  kinds: podLabelKinds,
  from(resources) {
    const found = new Map<string, Map<string, Labels>>()
    for (const resource of resources) {
      const namespace = namespaceOf(resource) || 'default'
      const labels = labelsOfPods(resource)
      const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
      const known = found.get(namespace)
      if (known) known.set(key, labels)
      else found.set(namespace, new Map([[key, labels]]))
    }
    return { of: namespace => [...(found.get(namespace)?.values() ?? [])] }
  },
}

/** The labels of a pod, or of the pods that an object makes. */
function labelsOfPods(resource: Resource): Labels {
  if (resource.kind === 'Pod') return resource.metadata.labels ?? {}
  let holder: unknown = resource
  const path =
    resource.kind === 'PodTemplate'
      ? ['template']
      : resource.kind === 'CronJob'
        ? ['spec', 'jobTemplate', 'spec', 'template']
        : ['spec', 'template']
  for (const field of [...path, 'metadata', 'labels']) holder = isRecord(holder) ? holder[field] : undefined
  if (!isRecord(holder)) return {}
  return Object.fromEntries(
    Object.entries(holder).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
