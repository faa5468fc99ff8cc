// Service: what makes pods reachable, inside the cluster and from without. Names and types: Kubernetes core/v1.

import type { Resource } from '../../model/resource.ts'
import {
  boolean,
  integer,
  list,
  map,
  numberOrString,
  object,
  string,
  type TypeOf,
} from '../../model/shape.ts'

const spec = object({
  type: string,
  selector: map(string),
  externalIPs: list(string),
  loadBalancerClass: string,
  loadBalancerSourceRanges: list(string),
  allocateLoadBalancerNodePorts: boolean,
  ports: list(
    object({
      name: string,
      protocol: string,
      port: integer,
      targetPort: numberOrString,
      nodePort: integer,
    }),
  ),
})
export const serviceShape = object({ spec })

export type Service = Resource & TypeOf<typeof serviceShape>

/** The resource as a Service; it has passed checkShape. An absent `spec.type` means ClusterIP. */
export const readService = (resource: Resource): Service => resource
