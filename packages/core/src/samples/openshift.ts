// Samples of OpenShift's control plane: static pods that its operators start by scripts, and the ConfigMaps that configure them.

import type { ContainerSpec } from '../model/pod-spec.ts'
import type { Resource } from '../model/resource.ts'
import { object } from './objects.ts'
import { pod } from './pods.ts'

const directory = '/etc/kubernetes/static-pod-resources'

/** A static pod of revision 7 in an operator's namespace, with one container that starts the program by this script. */
export function operatedPod(program: string, script: string, container: ContainerSpec = {}): Resource {
  const name = program === 'etcd' ? 'openshift-etcd' : `openshift-${program}`
  return pod({
    metadata: {
      name: `${program}-master-0`,
      namespace: name,
      labels: { revision: '7' },
      annotations: { 'kubernetes.io/config.mirror': '5e0a' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'master-0', controller: true }],
    },
    hostNetwork: true,
    containers: [
      {
        name: program,
        image: `quay.io/openshift/release@sha256:${'0'.repeat(64)}`,
        command: ['/bin/bash', '-ec'],
        args: [script],
        ...container,
      },
    ],
  })
}

const configured = `--openshift-config=${directory}/configmaps/config/config.yaml`

/** OpenShift's API server; its flags stand in a ConfigMap. */
export const operatedApiServer = (): Resource =>
  operatedPod('kube-apiserver', `echo ready\nexec hyperkube kube-apiserver ${configured} -v=2\n`)

/** OpenShift's controller manager; its flags stand in a ConfigMap. */
export const operatedControllerManager = (): Resource =>
  operatedPod(
    'kube-controller-manager',
    `exec hyperkube kube-controller-manager ${configured} \\\n  --kubeconfig=${directory}/kubeconfig\n`,
  )

/** OpenShift's etcd with these flags. */
export const operatedEtcd = (...flags: readonly string[]): Resource =>
  operatedPod('etcd', `set -e\nexec nice -n -19 etcd \\\n  ${['--logger=zap', ...flags].join(' \\\n  ')}\n`)

/** The ConfigMap of revision 7 that configures an API server. */
export const apiServerConfig = (
  flags: Readonly<Record<string, readonly string[]>>,
  more: Readonly<Record<string, unknown>> = {},
): Resource => configOf('openshift-kube-apiserver', { apiServerArguments: { ...modes, ...flags }, ...more })

const modes = { 'authorization-mode': ['Scope', 'SystemMasters', 'RBAC', 'Node'] }

/** The ConfigMap of revision 7 that configures a controller manager. */
export const controllerManagerConfig = (flags: Readonly<Record<string, readonly string[]>>): Resource =>
  configOf('openshift-kube-controller-manager', { extendedArguments: flags })

/** The ConfigMap `config-7` of a namespace, holding this configuration as JSON. */
export const configOf = (namespace: string, config: object): Resource =>
  object(
    'v1',
    'ConfigMap',
    { name: 'config-7', namespace },
    { data: { 'config.yaml': JSON.stringify(config) } },
  )

/** SecurityContextConstraints that allow no more than restricted pods need; fields may say otherwise. */
export const constraints = (name: string, fields: Readonly<Record<string, unknown>> = {}): Resource =>
  object(
    'security.openshift.io/v1',
    'SecurityContextConstraints',
    { name },
    {
      allowHostDirVolumePlugin: false,
      allowHostIPC: false,
      allowHostNetwork: false,
      allowHostPID: false,
      allowPrivilegedContainer: false,
      groups: [],
      runAsUser: { type: 'MustRunAsRange' },
      users: [],
      volumes: ['configMap', 'secret'],
      ...fields,
    },
  )

/** The APIServer that configures OpenShift’s API servers. */
export const openShiftApiServer = (spec: Readonly<Record<string, unknown>> = {}): Resource =>
  object('config.openshift.io/v1', 'APIServer', { name: 'cluster' }, { spec })

/** A ClusterLogForwarder, of logging 6 where the group does not say otherwise. */
export const logForwarder = (
  spec: Readonly<Record<string, unknown>>,
  group: 'logging' | 'observability' = 'observability',
): Resource =>
  object(
    `${group}.openshift.io/v1`,
    'ClusterLogForwarder',
    { name: 'instance', namespace: 'openshift-logging' },
    { spec },
  )

/** The configuration of one of the operators of the control plane. */
export const operator = (kind: string, spec: Readonly<Record<string, unknown>> = {}): Resource =>
  object('operator.openshift.io/v1', kind, { name: 'cluster' }, { spec })

/** OpenShift’s OAuth, which says how people log in. */
export const oauth = (spec: Readonly<Record<string, unknown>> = {}): Resource =>
  object('config.openshift.io/v1', 'OAuth', { name: 'cluster' }, { spec })

/** A program that people log in to. */
export const oauthClient = (fields: Readonly<Record<string, unknown>> = {}): Resource =>
  object('oauth.openshift.io/v1', 'OAuthClient', { name: 'console' }, fields)
