// Pod labels: the labels of all pods that run or are meant to run, by namespace, for those who select pods by them.

import type { Resource } from '../../model/resource.ts'
import type { GroupedDerivation } from '../../model/rule.ts'
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
  /** The different sets of labels. */
  readonly all: readonly Labels[]
  /** Those of these that have one of the selector's labels: all that a map of labels may select. The selector is not empty. */
  having(selector: Labels): readonly Labels[]
}

/** By namespace. */
export const podLabelsIn: GroupedDerivation<PodLabels> = {
  kinds: podLabelKinds,
  groupOf: resource => namespaceOf(resource) || 'default',
  essenceOf: resource => textOf(labelsOfPods(resource)),
  from(resources) {
    const found = new Map<string, Labels>()
    for (const resource of resources) {
      const labels = labelsOfPods(resource)
      found.set(textOf(labels), labels)
    }
    const all = [...found.values()]
    let byLabel: Map<string, Labels[]> | undefined
    return {
      all,
      having(selector) {
        byLabel ??= indexLabels(all)
        const [[name, value] = ['', '']] = Object.entries(selector)
        return byLabel.get(labelKey(name, value)) ?? []
      },
    }
  },
}

const labelKey = (name: string, value: unknown) => JSON.stringify([name, value])

function indexLabels(all: readonly Labels[]): Map<string, Labels[]> {
  const byLabel = new Map<string, Labels[]>()
  for (const labels of all)
    for (const [name, value] of Object.entries(labels)) {
      const key = labelKey(name, value)
      const known = byLabel.get(key)
      if (known) known.push(labels)
      else byLabel.set(key, [labels])
    }
  return byLabel
}

/** Equal for equal labels, in whatever order they stand. */
const textOf = (labels: Labels) => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))

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
