// Samples of Services and Ingresses, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

/** A Service of the namespace `shop` with one port, and the spec and metadata given. */
export const service = (spec: Fields = {}, metadata: ObjectMeta = {}): Resource =>
  object(
    'v1',
    'Service',
    { name: 'web', namespace: 'shop', ...metadata },
    { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec } },
  )

/** An Ingress of the namespace `shop` for `shop.example.com`, and the spec and metadata given. */
export const ingress = (
  spec: Fields = {},
  metadata: ObjectMeta = {},
  apiVersion = 'networking.k8s.io/v1',
): Resource =>
  object(
    apiVersion,
    'Ingress',
    { name: 'web', namespace: 'shop', ...metadata },
    { spec: { rules: [{ host: 'shop.example.com' }], ...spec } },
  )
