// HorizontalPodAutoscaler: what sets the number of replicas in a workload's place. Names and types: Kubernetes autoscaling/v1 and v2.

import type { Resource } from '../../model/resource.ts'
import { integer, object, string, type TypeOf } from '../../model/shape.ts'

export const horizontalPodAutoscalerShape = object({
  spec: object({
    minReplicas: integer,
    scaleTargetRef: object({ apiVersion: string, kind: string, name: string }),
  }),
})

export type HorizontalPodAutoscaler = Resource & TypeOf<typeof horizontalPodAutoscalerShape>

/** The resource as a HorizontalPodAutoscaler; it has passed checkShape. An absent `spec.minReplicas` means 1. */
export const readHorizontalPodAutoscaler = (resource: Resource): HorizontalPodAutoscaler => resource
