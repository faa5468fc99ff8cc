// Constraints: what security context constraints allow that gives power over a node, and who is part of OpenShift itself.
//
// Sources: openshift/api security/v1; openshift/cluster-kube-apiserver-operator bindata/bootkube/scc-manifests (the constraints that
// OpenShift brings, releases 4.1 to 4.22); docs.redhat.com, "Managing security context constraints".

import type { Constraints } from './kinds.ts'

/** Those that OpenShift brings, by whether they give power over a node: for where the objects themselves are not at hand. */
const brought: Readonly<Record<string, boolean>> = {
  anyuid: true,
  hostaccess: true,
  'hostmount-anyuid': true,
  'hostmount-anyuid-v2': true,
  hostmount: true,
  hostnetwork: true,
  'hostnetwork-v2': true,
  'nested-container': false,
  'node-exporter': true,
  nonroot: false,
  'nonroot-v2': false,
  privileged: true,
  restricted: false,
  'restricted-v2': false,
  'restricted-v3': false,
}

/** Whether the constraints that OpenShift brings by that name give power over a node; undefined for others. */
export function isPowerfulByName(name: string): boolean | undefined {
  return Object.hasOwn(brought, name) ? brought[name] : undefined
}

/** What constraints allow that gives power over a node, in few words each; empty for harmless ones. */
export function powersOf(constraints: Constraints): string[] {
  const { allowedCapabilities = [], volumes = [], runAsUser, userNamespaceLevel } = constraints
  // In a user namespace of its own, root and capabilities count inside of the pod alone.
  const isApart = userNamespaceLevel === 'RequirePodLevel'
  const allowed: readonly (readonly [unknown, string])[] = [
    [constraints.allowPrivilegedContainer, 'privileged containers'],
    [constraints.allowHostPID, 'the processes of the node'],
    [constraints.allowHostIPC, 'the IPC of the node'],
    [constraints.allowHostNetwork, 'the network of the node'],
    [
      constraints.allowHostDirVolumePlugin || volumes.includes('*') || volumes.includes('hostPath'),
      'files of the node',
    ],
    [!isApart && allowedCapabilities.some(name => name !== 'NET_BIND_SERVICE'), 'capabilities'],
    [!isApart && runAsUser?.type === 'RunAsAny', 'any user'],
  ]
  return allowed.filter(([is]) => is === true).map(([, power]) => power)
}

const ownGroups = new Set(['system:cluster-admins', 'system:masters', 'system:nodes'])

/** True for a namespace of OpenShift itself. */
export const isOwnNamespace = (namespace: string): boolean => /^(?:openshift|kube)-/.test(namespace)

/** True for a user name of OpenShift itself or its administrator. */
export function isOwnUser(name: string): boolean {
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name)
  return account ? isOwnNamespace(account[1] as string) : name === 'system:admin'
}

/** True for a group of OpenShift itself or its administrators. */
export function isOwnGroup(name: string): boolean {
  const accounts = /^system:serviceaccounts:([^:]+)$/.exec(name)
  return accounts ? isOwnNamespace(accounts[1] as string) : ownGroups.has(name)
}
