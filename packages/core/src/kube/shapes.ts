// Shapes: what must fit in an object of each kind before any rule reads it, and which API groups a kind's name belongs to.

import type { Resource } from '../model/resource.ts'
import type { Shape, ShapeProblem } from '../model/shape.ts'
import { isBuiltInGroup } from './asset-key.ts'
import { configMapShape } from './kinds/config-map.ts'
import { horizontalPodAutoscalerShape } from './kinds/horizontal-pod-autoscaler.ts'
import { ingressShape } from './kinds/ingress.ts'
import { limitRangeShape } from './kinds/limit-range.ts'
import { metadataShape } from './kinds/metadata.ts'
import { persistentVolumeShape } from './kinds/persistent-volume.ts'
import { secretShape } from './kinds/secret.ts'
import { serviceShape } from './kinds/service.ts'
import { serviceAccountShape } from './kinds/service-account.ts'
import { workloadShapes } from './kinds/workload.ts'
import { groupOf } from './pod-template.ts'

interface Kind {
  /** The API groups whose kind of that name it is. */
  readonly groups: readonly string[]
  /** Absent where rules read nothing but metadata, or only the pod template. */
  readonly shape?: Shape<unknown>
}

const core = ['']
const apps = ['apps', 'extensions']
const networking = ['networking.k8s.io', 'extensions']

/** The kinds that rules name, with their groups. Source: Kubernetes API group lists, versions 1.0 to 1.37. */
const kinds: Readonly<Record<string, Kind>> = {
  ConfigMap: { groups: core, shape: configMapShape },
  CronJob: { groups: ['batch'], shape: workloadShapes.CronJob },
  DaemonSet: { groups: apps, shape: workloadShapes.DaemonSet },
  Deployment: { groups: apps, shape: workloadShapes.Deployment },
  HorizontalPodAutoscaler: { groups: ['autoscaling'], shape: horizontalPodAutoscalerShape },
  Ingress: { groups: networking, shape: ingressShape },
  Job: { groups: ['batch'], shape: workloadShapes.Job },
  LimitRange: { groups: core, shape: limitRangeShape },
  Namespace: { groups: core },
  NetworkPolicy: { groups: networking },
  PersistentVolume: { groups: core, shape: persistentVolumeShape },
  Pod: { groups: core },
  PodTemplate: { groups: core },
  ReplicaSet: { groups: apps, shape: workloadShapes.ReplicaSet },
  ReplicationController: { groups: core, shape: workloadShapes.ReplicationController },
  ResourceQuota: { groups: core },
  Secret: { groups: core, shape: secretShape },
  Service: { groups: core, shape: serviceShape },
  ServiceAccount: { groups: core, shape: serviceAccountShape },
  StatefulSet: { groups: ['apps'], shape: workloadShapes.StatefulSet },
}

const kindNamed = (kind: string): Kind | undefined => (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined)

/**
 * True where a resource is of the built-in kind of that name: a Service of Knative or a NetworkPolicy of Calico is not. Of kinds
 * that are not listed above it is only asked whether Kubernetes itself (or we, for facts) defines their group.
 */
export function isBuiltIn(resource: Resource, kind: string): boolean {
  if (resource.kind !== kind) return false
  const group = groupOf(resource.apiVersion)
  return kindNamed(kind)?.groups.includes(group) ?? isBuiltInGroup(group)
}

/**
 * The first field of a resource that the API server could not decode, among metadata and the fields that rules read of its kind;
 * undefined for a sound one. The pod template is checked by its own reader. Nulls at known fields are removed from the resource,
 * as the API server does.
 */
export function checkShape(resource: Resource): ShapeProblem | undefined {
  const problem = metadataShape(resource.metadata)
  if (problem) return { ...problem, path: ['metadata', ...problem.path] }
  return isBuiltIn(resource, resource.kind) ? kindNamed(resource.kind)?.shape?.(resource) : undefined
}
