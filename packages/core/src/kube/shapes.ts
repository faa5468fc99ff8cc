// Shapes: what must fit in an object of each kind before any rule reads it.

import type { Resource } from '../model/resource.ts'
import type { Shape, ShapeProblem } from '../model/shape.ts'
import { admissionShapes } from './admission/kinds.ts'
import { guardShapes } from './admission/pod-guards.ts'
import { assetKind, isBuiltInGroup } from './asset-key.ts'
import { certificateSigningRequestShape } from './identity/certificate-signing-request.ts'
import { configMapShape } from './kinds/config-map.ts'
import { horizontalPodAutoscalerShape } from './kinds/horizontal-pod-autoscaler.ts'
import { ingressShape } from './kinds/ingress.ts'
import { limitRangeShape } from './kinds/limit-range.ts'
import { metadataShape } from './kinds/metadata.ts'
import { nodeShape } from './kinds/node.ts'
import { persistentVolumeShape } from './kinds/persistent-volume.ts'
import { runtimeClassShape } from './kinds/runtime-class.ts'
import { secretShape } from './kinds/secret.ts'
import { serviceShape } from './kinds/service.ts'
import { serviceAccountShape } from './kinds/service-account.ts'
import { workloadShapes } from './kinds/workload.ts'
import { ingressClassShapes } from './network/ingress-class.ts'
import { networkPolicyShape } from './network/network-policy.ts'
import { routeShapes } from './network/route-shapes.ts'
import { openShiftShapes } from './openshift/kinds.ts'
import { groupOf } from './pod-template.ts'
import { rbacShapes } from './rbac/kinds.ts'

/** The kinds of which rules read more than metadata and the pod template, each with what must fit; foreign ones with their group. */
export const kindShapes: ReadonlyMap<string, Shape<unknown>> = new Map<string, Shape<unknown>>([
  ['CertificateSigningRequest', certificateSigningRequestShape],
  ['ConfigMap', configMapShape],
  ['HorizontalPodAutoscaler', horizontalPodAutoscalerShape],
  ['Ingress', ingressShape],
  ['LimitRange', limitRangeShape],
  ['NetworkPolicy', networkPolicyShape],
  ['Node', nodeShape],
  ['PersistentVolume', persistentVolumeShape],
  ['RuntimeClass', runtimeClassShape],
  ['Secret', secretShape],
  ['Service', serviceShape],
  ['ServiceAccount', serviceAccountShape],
  ...Object.entries(workloadShapes),
  ...Object.entries(admissionShapes),
  ...Object.entries(guardShapes),
  ...Object.entries(ingressClassShapes),
  ...Object.entries(rbacShapes),
  ...Object.entries(routeShapes),
  ...Object.entries(openShiftShapes),
])

/**
 * True where a resource is of the built-in kind of that name: a Service of Knative or a NetworkPolicy of Calico is not. No name
 * stands for two kinds among the groups that Kubernetes itself defines, so one that is written with the wrong group of these
 * (`v1` for an Ingress) is taken for what it was meant to be, and is not passed over.
 */
export function isBuiltIn(resource: Resource, kind: string): boolean {
  return resource.kind === kind && isBuiltInGroup(groupOf(resource.apiVersion))
}

/**
 * The first field of a resource that the API server could not decode, among metadata and the fields that rules read of its kind;
 * undefined for a sound one. The pod template is checked by its own reader. Nulls at known fields are removed from the resource,
 * as the API server does.
 */
export function checkShape(resource: Resource): ShapeProblem | undefined {
  const problem = metadataShape(resource.metadata)
  if (problem) return { ...problem, path: ['metadata', ...problem.path] }
  return kindShapes.get(assetKind(resource.apiVersion, resource.kind))?.(resource)
}
