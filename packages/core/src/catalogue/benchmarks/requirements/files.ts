// Requirements on files of nodes: whom they belong to, and who else may read or change them.

import type { Severity } from '../../../model/severity.ts'
import type { Requirement } from './requirement.ts'

interface File {
  /** As a sentence begins with it. */
  readonly name: string
  readonly severity: Severity
  /** On which machines it lies. */
  readonly on: 'control-plane' | 'node'
}

const onControlPlane = (name: string, severity: Severity = 'medium'): File => ({
  name,
  severity,
  on: 'control-plane',
})
const onNode = (name: string, severity: Severity = 'medium'): File => ({ name, severity, on: 'node' })

const files = {
  'admin-kubeconfig': onControlPlane('The kubeconfig of the cluster’s administrator', 'high'),
  'apiserver-manifest': onControlPlane('The manifest of the API server'),
  'azure-json': onNode('The file with the node’s Azure credentials', 'high'),
  'client-ca': onNode('The file of the authority that the kubelet trusts'),
  'cni-conf': onControlPlane('The configuration of the network plugin'),
  'controller-manager-kubeconfig': onControlPlane('The kubeconfig of the controller manager', 'high'),
  'controller-manager-manifest': onControlPlane('The manifest of the controller manager'),
  'etcd-data-dir': onControlPlane('The data directory of etcd', 'high'),
  'etcd-manifest': onControlPlane('The manifest of etcd'),
  'kube-proxy-kubeconfig': onNode('The kubeconfig of kube-proxy'),
  kubeadm: onNode('The kubelet’s drop-in unit that kubeadm wrote'),
  kubeconfig: onNode('Each file with credentials for the cluster', 'high'),
  'kubelet-config': onNode('The configuration file of the kubelet'),
  'kubelet-kubeconfig': onNode('The kubeconfig of the kubelet'),
  'kubelet-service': onNode('The systemd unit of the kubelet'),
  manifests: onControlPlane('Each manifest of the control plane'),
  pki: onControlPlane('The directory of the cluster’s certificates, with all in it,', 'high'),
  'pki-cert': onControlPlane('Each certificate of the control plane', 'low'),
  'pki-key': onControlPlane('Each private key of the control plane', 'high'),
  'scheduler-kubeconfig': onControlPlane('The kubeconfig of the scheduler', 'high'),
  'scheduler-manifest': onControlPlane('The manifest of the scheduler'),
} as const satisfies Readonly<Record<string, File>>

const modes = {
  600: 'can be read and changed by its owner alone',
  644: 'can be changed by its owner alone',
  700: 'can be entered by its owner alone',
} as const

const owners = {
  root: 'belongs to root',
  etcd: 'belongs to the user etcd',
} as const

/** `file.kubelet-config.mode:600`, the loosest mode allowed; `file.kubelet-config.owner:root`, owner and group. */
export type FileKey =
  `file.${keyof typeof files}.${`mode:${keyof typeof modes}` | `owner:${keyof typeof owners}`}`

interface FileDemand {
  readonly file: keyof typeof files
  readonly mode?: keyof typeof modes
  readonly owner?: keyof typeof owners
}

export const isFileKey = (key: string): key is FileKey => parseFileKey(key) !== undefined

/** The requirement of a key. */
export function fileRequirement(key: FileKey): Requirement {
  const { file, mode, owner } = parseFileKey(key) as FileDemand
  const { name, severity } = files[file]
  return mode
    ? {
        title: `${name} ${modes[mode]}`,
        severity,
        remediation: `Run chmod ${mode} on it, or take away more still.`,
      }
    : {
        title: `${name} ${owners[owner ?? 'root']}`,
        severity,
        remediation: `Run chown ${owner}:${owner} on it.`,
      }
}

/** On which machines the file lies. */
export const placeOfFile = (key: FileKey): File['on'] => files[(parseFileKey(key) as FileDemand).file].on

function parseFileKey(key: string): FileDemand | undefined {
  const [, file, what, value] = /^file\.([a-z-]+)\.(mode|owner):([a-z0-9]+)$/.exec(key) ?? []
  if (file === undefined || !Object.hasOwn(files, file)) return undefined
  const known = what === 'mode' ? modes : owners
  return Object.hasOwn(known, value as string)
    ? ({ file, [what as string]: what === 'mode' ? Number(value) : value } as unknown as FileDemand)
    : undefined
}
