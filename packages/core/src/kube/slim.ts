// Slim: takes from every object on arrival what must not be kept: copies of the object inside itself, and the values of Secrets.

import { isRecord } from '../model/shape.ts'

/**
 * Annotations in which tools keep a copy of the whole object, a Secret's data included.
 * Sources: kubectl apply; kubecfg; rancher/wrangler pkg/apply (gzip in base64); carvel kapp; banzaicloud k8s-objectmatcher.
 */
export const copiesOfTheObject = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'kubecfg.ksonnet.io/last-applied-configuration',
  'objectset.rio.cattle.io/applied',
  'kapp.k14s.io/original',
  'banzaicloud.com/last-applied',
] as const

/**
 * Removes, in place, what no snapshot may hold: `metadata.managedFields`, annotations that repeat the object, and `data`
 * and `stringData` of Secrets. For these, `redacted` keeps the keys and lengths. Gives the same object back.
 */
export function slimResource<T extends object>(resource: T): T {
  const fields = resource as Record<string, unknown>
  if (isRecord(fields.metadata)) fields.metadata = slimMetadata(fields.metadata)
  if (fields.kind === 'Secret' && fields.apiVersion === 'v1') redactSecret(fields)
  return resource
}

/** Whether slimResource would leave the resource as it is. */
export function isSlim(resource: Readonly<Record<string, unknown>>): boolean {
  const { apiVersion, kind, metadata } = resource
  if (kind === 'Secret' && apiVersion === 'v1' && ('data' in resource || 'stringData' in resource))
    return false
  if (!isRecord(metadata)) return true
  const { annotations } = metadata
  if (isRecord(annotations) && copiesOfTheObject.some(name => name in annotations)) return false
  return !('managedFields' in metadata)
}

function slimMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  const { annotations } = metadata
  if (isRecord(annotations))
    for (const name of copiesOfTheObject) if (name in annotations) delete annotations[name]
  if (!('managedFields' in metadata)) return metadata
  // A copy without the field, since `delete` would leave each object of a cluster in V8's slow and large form.
  const { managedFields: _, ...kept } = metadata
  return kept
}

function redactSecret(secret: Record<string, unknown>): void {
  const redacted: Record<string, Readonly<Record<string, number>>> = {}
  for (const field of ['data', 'stringData']) {
    if (!(field in secret)) continue
    redacted[field] = lengthsOf(secret[field])
    delete secret[field]
  }
  // A Secret that comes out of a saved snapshot has been here before.
  if (Object.keys(redacted).length > 0) secret.redacted = redacted
}

function lengthsOf(values: unknown): Record<string, number> {
  if (!isRecord(values)) return {}
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.length : 0]),
  )
}
