// Samples of other objects: namespaces, service accounts and the like, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'

/** Any object: `object('v1', 'Namespace', { name: 'shop' }, { spec: … })`. */
export function object(
  apiVersion: string,
  kind: string,
  metadata: ObjectMeta = {},
  fields: Readonly<Record<string, unknown>> = {},
): Resource {
  return { apiVersion, kind, metadata: { name: kind.toLowerCase(), ...metadata }, ...fields }
}

export const namespace = (metadata: ObjectMeta = {}): Resource =>
  object('v1', 'Namespace', { name: 'shop', ...metadata })

export const serviceAccount = (
  metadata: ObjectMeta = {},
  fields: Readonly<Record<string, unknown>> = {},
): Resource => object('v1', 'ServiceAccount', { name: 'web', namespace: 'shop', ...metadata }, fields)
