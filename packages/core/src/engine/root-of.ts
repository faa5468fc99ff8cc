// Root of: the object that one would edit to mend a finding of an asset, so that findings with one cure stand together.

import { assetKind, nameOf, namespaceOf } from '../kube/asset-key.ts'
import { groupOf } from '../kube/pod-template.ts'
import type { Resource } from '../model/resource.ts'
import { isRecord } from '../model/shape.ts'
import type { Asset } from './assets.ts'

/** `key` is `<kind>/<namespace>/<name>`; the kind of a Helm release is `HelmRelease`, whatever installed it. */
export interface Root {
  readonly kind: string
  readonly key: string
}

/**
 * In this order: the Helm release that its annotations (or labels of charts) name; the object that owns it, such as an operator's own;
 * the role that a binding grants; the namespace of a namespace's default things; else the asset itself.
 * Sources: helm 3 release annotations `meta.helm.sh/*`; labels `app.kubernetes.io/managed-by: Helm` with `instance`, `release` of Helm 2.
 */
export function rootOf(asset: Asset): Root {
  const { entry } = asset
  const kind = assetKind(entry.apiVersion, entry.kind)
  const self: Root = { kind, key: `${kind}/${entry.namespace}/${entry.name}` }
  const object = asset.object ?? asset.members[0]?.resource
  if (!object) return self
  return (
    helmRelease(object) ?? ownerOf(asset.object) ?? grantedRole(asset.object) ?? namespaceRoot(asset) ?? self
  )
}

function helmRelease({ metadata }: Resource): Root | undefined {
  const { annotations, labels } = metadata
  const release = textOf(annotations, 'meta.helm.sh/release-name')
  if (release !== undefined) {
    const namespace = textOf(annotations, 'meta.helm.sh/release-namespace') ?? metadata.namespace ?? ''
    return { kind: 'HelmRelease', key: `HelmRelease/${namespace}/${release}` }
  }
  const manager = textOf(labels, 'app.kubernetes.io/managed-by') ?? textOf(labels, 'heritage')
  if (manager !== 'Helm' && manager !== 'Tiller') return undefined
  const named = textOf(labels, 'app.kubernetes.io/instance') ?? textOf(labels, 'release')
  return named === undefined
    ? undefined
    : { kind: 'HelmRelease', key: `HelmRelease/${metadata.namespace ?? ''}/${named}` }
}

/** The controller of an object that counts to itself: what an operator made is made again after each edit. */
function ownerOf(object: Resource | undefined): Root | undefined {
  const references: unknown = object?.metadata.ownerReferences
  if (!object || !Array.isArray(references)) return undefined
  const owner = references.find(one => isRecord(one) && one.controller === true)
  if (!isRecord(owner)) return undefined
  const { apiVersion, kind, name } = owner
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined
  // A static pod's owner is its node, which made nothing: the pod comes from a file there.
  if (kind === 'Node' && groupOf(apiVersion) === '') return undefined
  const own = assetKind(apiVersion, kind)
  return { kind: own, key: `${own}/${namespaceOf({ ...object, apiVersion, kind })}/${name}` }
}

function grantedRole(object: Resource | undefined): Root | undefined {
  if (object?.kind !== 'ClusterRoleBinding' && object?.kind !== 'RoleBinding') return undefined
  if (groupOf(object.apiVersion) !== 'rbac.authorization.k8s.io' || !isRecord(object.roleRef))
    return undefined
  const { kind, name } = object.roleRef
  if (typeof name !== 'string') return undefined
  if (kind === 'ClusterRole') return { kind, key: `ClusterRole//${name}` }
  return kind === 'Role' ? { kind, key: `Role/${namespaceOf(object)}/${name}` } : undefined
}

/** What every namespace has by itself is mended where the namespace is made. */
function namespaceRoot({ object }: Asset): Root | undefined {
  if (object?.kind !== 'ServiceAccount' || nameOf(object) !== 'default') return undefined
  const namespace = namespaceOf(object)
  return { kind: 'Namespace', key: `Namespace//${namespace}` }
}

function textOf(map: unknown, name: string): string | undefined {
  const value = isRecord(map) && Object.hasOwn(map, name) ? map[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
