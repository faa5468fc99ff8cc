// Samples of network policies of all kinds, for the examples of rules.

import type { ObjectMeta, Resource } from '../model/resource.ts'
import { object } from './objects.ts'

type Fields = Readonly<Record<string, unknown>>

const policy =
  (apiVersion: string, kind: string, namespace?: string) =>
  (spec: Fields = {}, metadata: ObjectMeta = {}): Resource =>
    object(
      apiVersion,
      kind,
      { name: 'policy', ...(namespace !== undefined && { namespace }), ...metadata },
      { spec },
    )

/** A NetworkPolicy of the namespace `shop`. */
export const networkPolicy = policy('networking.k8s.io/v1', 'NetworkPolicy', 'shop')
/** A CiliumNetworkPolicy of the namespace `shop`. */
export const ciliumPolicy = policy('cilium.io/v2', 'CiliumNetworkPolicy', 'shop')
export const clusterwideCiliumPolicy = policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy')
/** A NetworkPolicy of Calico in the namespace `shop`. */
export const calicoPolicy = policy('crd.projectcalico.org/v1', 'NetworkPolicy', 'shop')
export const globalCalicoPolicy = policy('projectcalico.org/v3', 'GlobalNetworkPolicy')
export const adminPolicy = policy('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy')

/** A NetworkPolicy of the namespace `shop` for all of its pods, that lets nothing through in these directions. */
export const denyAll = (...policyTypes: readonly string[]): Resource =>
  networkPolicy({ podSelector: {}, policyTypes })
