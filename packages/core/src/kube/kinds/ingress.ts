// Ingress: routes from without to Services, in the current version and the old ones, which name the default backend otherwise.
//
// Names and types: Kubernetes networking.k8s.io/v1 and, before 1.22, networking.k8s.io/v1beta1 and extensions/v1beta1.

import type { Resource } from '../../model/resource.ts'
import { anything, integer, list, numberOrString, object, string, type TypeOf } from '../../model/shape.ts'

const backend = object({
  service: object({ name: string, port: object({ name: string, number: integer }) }),
  resource: anything,
  /** These two in the versions before v1. */
  serviceName: string,
  servicePort: numberOrString,
})
const spec = object({
  ingressClassName: string,
  defaultBackend: backend,
  /** What the versions before v1 call `defaultBackend`. */
  backend,
  tls: list(object({ hosts: list(string), secretName: string })),
  rules: list(
    object({
      host: string,
      http: object({ paths: list(object({ path: string, pathType: string, backend })) }),
    }),
  ),
})
export const ingressShape = object({ spec })

export type Ingress = Resource & TypeOf<typeof ingressShape>

/** The resource as an Ingress; it has passed checkShape. */
export const readIngress = (resource: Resource): Ingress => resource

/** The path of the default backend, in whichever version the Ingress is written; undefined where it has none. */
export function defaultBackendPath(ingress: Ingress): string | undefined {
  const old = ingress.apiVersion.endsWith('/v1beta1')
  const backend = old ? ingress.spec?.backend : ingress.spec?.defaultBackend
  if (backend === undefined) return undefined
  return old ? 'spec.backend' : 'spec.defaultBackend'
}
