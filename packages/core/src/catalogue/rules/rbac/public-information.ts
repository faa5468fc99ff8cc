// Public information: what may be given to everybody, since nothing can be done with it: health, version, keys, one's own rights.

import { isCovered } from '../../../kube/rbac/coverage.ts'
import { defaultClusterRoleRules } from '../../../kube/rbac/defaults.ts'
import type { PolicyRule } from '../../../kube/rbac/kinds.ts'
import type { Resource } from '../../../model/resource.ts'
import type { Lookup } from '../../../model/rule.ts'
import { findBoundRole } from './bound-role.ts'

export const publicParameters = {
  allowPublic: {
    type: 'boolean',
    default: true,
    description: 'Whether information that is no secret may be given: health, version, public keys.',
  },
} as const

/**
 * What OpenShift gives to those who have not logged in so that they can: what they may do, narrowing a token's scopes, and giving back
 * a token, which only its bearer can name. Source: openshift/openshift-apiserver pkg/bootstrappolicy, releases 4.1 to 4.22.
 */
const ofOpenShift: readonly PolicyRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['', 'authorization.openshift.io'],
    resources: ['selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews'] },
  {
    verbs: ['impersonate'],
    apiGroups: ['authentication.k8s.io'],
    resources: ['userextras/scopes.authorization.openshift.io'],
  },
  {
    verbs: ['delete'],
    apiGroups: ['', 'oauth.openshift.io'],
    resources: ['oauthaccesstokens', 'oauthauthorizetokens'],
  },
  {
    verbs: ['get'],
    nonResourceURLs: ['/.well-known', '/.well-known/*', '/version/*', '/healthz', '/healthz/*'],
  },
]
/** Health and version, and the keys by which others check the tokens of ServiceAccounts. */
const forAnybody = [
  ...['system:public-info-viewer', 'system:service-account-issuer-discovery'].flatMap(ofRole),
  ...ofOpenShift,
]
/** Beside that: which APIs there are, which certificates to trust, and what one may do oneself. */
const forTheKnown = [
  ...forAnybody,
  ...['system:basic-user', 'system:discovery', 'system:cluster-trust-bundle-discovery'].flatMap(ofRole),
]
/** Where nodes that join find the cluster, by `kubeadm`. */
const clusterInfo: PolicyRule = {
  verbs: ['get'],
  apiGroups: [''],
  resources: ['configmaps'],
  resourceNames: ['cluster-info'],
}

function ofRole(name: string): readonly PolicyRule[] {
  return defaultClusterRoleRules(name) ?? []
}

/** True where a binding gives nothing but public information, in the eyes of those who have logged in or of all. */
export function givesPublicInformation(
  binding: Resource,
  lookup: Lookup,
  audience: 'known' | 'all',
): boolean {
  const bound = findBoundRole(binding, lookup)
  if (!bound) return false
  const harmless = audience === 'known' ? forTheKnown : forAnybody
  const isKubePublic = binding.kind === 'RoleBinding' && binding.metadata.namespace === 'kube-public'
  const all = isKubePublic ? [...harmless, clusterInfo] : harmless
  return bound.rules.every(rule => isCovered(rule, all))
}
