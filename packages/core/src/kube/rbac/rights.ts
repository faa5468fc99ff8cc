// Rights: the rights that matter to security, by what can be done with them.
//
// Sources: Kubernetes documentation, "Role Based Access Control Good Practices"; API groups and resources of Kubernetes 1.9 to 1.37.

import type { Right } from './right.ts'

const read = ['get', 'list', 'watch']
const change = ['create', 'update', 'patch']
const remove = ['delete', 'deletecollection']
const rbac = 'rbac.authorization.k8s.io'
const admission = 'admissionregistration.k8s.io'
const certificates = 'certificates.k8s.io'

const of = (group: string, verbs: readonly string[], ...resources: readonly string[]): Right[] =>
  resources.map(resource => ({ group, resource, verbs }))
const ofCluster = (group: string, verbs: readonly string[], ...resources: readonly string[]): Right[] =>
  resources.map(resource => ({ group, resource, verbs, clusterWide: true }))
/** ConfigMaps of kube-system that decide about more than their own application. */
const configMap = (name: string, verbs: readonly string[]): Right => ({
  group: '',
  resource: 'configmaps',
  verbs,
  only: { namespace: 'kube-system', names: [name] },
})

/** Kinds that make pods, each with its API groups; `extensions` served some until 1.15. */
const workloads = (verbs: readonly string[]): Right[] => [
  ...of('', verbs, 'pods', 'replicationcontrollers'),
  ...of('apps', verbs, 'deployments', 'daemonsets', 'statefulsets', 'replicasets'),
  ...of('extensions', verbs, 'deployments', 'daemonsets', 'replicasets'),
  ...of('batch', verbs, 'jobs', 'cronjobs'),
]

export const rights = {
  readSecrets: of('', read, 'secrets'),
  runPods: workloads(change),
  /** Both verbs open a session: which one is asked depends on the client’s protocol. */
  enterPods: of('', ['get', 'create'], 'pods/exec', 'pods/attach'),
  debugPods: of('', ['update', 'patch'], 'pods/ephemeralcontainers'),
  reachPods: of('', ['get', 'create'], 'pods/portforward', 'pods/proxy', 'services/proxy'),
  escalate: [...of(rbac, ['escalate'], 'roles'), ...ofCluster(rbac, ['escalate'], 'clusterroles')],
  bind: [...of(rbac, ['bind'], 'roles'), ...ofCluster(rbac, ['bind'], 'clusterroles')],
  impersonate: [
    ...of('', ['impersonate'], 'serviceaccounts'),
    ...ofCluster('', ['impersonate'], 'users', 'groups'),
  ],
  writeRbac: [
    ...of(rbac, change, 'roles', 'rolebindings'),
    ...ofCluster(rbac, change, 'clusterroles', 'clusterrolebindings'),
  ],
  proxyNodes: ofCluster('', ['get', 'create', 'update', 'patch', 'delete'], 'nodes/proxy'),
  changeNodes: ofCluster('', [...change, ...remove], 'nodes', 'nodes/status'),
  createAccounts: of('', ['create'], 'serviceaccounts'),
  createTokens: of('', ['create'], 'serviceaccounts/token'),
  /** Who approves needs both: the first to write the approval, the second for the signer that the request names. */
  writeApprovals: ofCluster(certificates, ['update', 'patch'], 'certificatesigningrequests/approval'),
  approveForSigners: ofCluster(certificates, ['approve'], 'signers'),
  signForSigners: ofCluster(certificates, ['sign'], 'signers'),
  changeAdmission: ofCluster(
    admission,
    [...change, ...remove],
    'mutatingwebhookconfigurations',
    'validatingwebhookconfigurations',
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
  ),
  changeApiServices: ofCluster('apiregistration.k8s.io', change, 'apiservices'),
  changeDefinitions: ofCluster('apiextensions.k8s.io', [...change, ...remove], 'customresourcedefinitions'),
  createVolumes: ofCluster('', ['create'], 'persistentvolumes'),
  changeConfigMaps: of('', [...change, ...remove], 'configmaps'),
  changeAwsAuth: [configMap('aws-auth', [...change, ...remove])],
  changeCoreDns: [configMap('coredns', change)],
  changeNetworking: [
    ...of('', [...change, ...remove], 'services'),
    ...of('networking.k8s.io', [...change, ...remove], 'ingresses', 'networkpolicies'),
    ...of('extensions', [...change, ...remove], 'ingresses', 'networkpolicies'),
    ...of('gateway.networking.k8s.io', [...change, ...remove], 'gateways', 'httproutes'),
  ],
  changeEndpoints: [...of('', change, 'endpoints'), ...of('discovery.k8s.io', change, 'endpointslices')],
  changeStatus: of('', ['update', 'patch'], 'services/status', 'pods/status'),
  deleteEvents: [...of('', remove, 'events'), ...of('events.k8s.io', remove, 'events')],
  deleteLogs: of('', remove, 'pods/log'),
  deleteData: [
    ...workloads(remove),
    ...of('', remove, 'secrets', 'configmaps', 'services', 'persistentvolumeclaims'),
    ...ofCluster('', remove, 'namespaces', 'persistentvolumes', 'nodes'),
  ],
} as const satisfies Readonly<Record<string, readonly Right[]>>

/**
 * Each of these, in every namespace, leads to every other right: by running as somebody, by being somebody, or by changing the rules. The
 * shorter the way, the earlier it stands.
 */
export const takeoverRights: readonly Right[] = [
  ...rights.readSecrets,
  ...rights.runPods,
  ...rights.enterPods,
  ...rights.debugPods,
  ...rights.escalate,
  ...rights.bind,
  ...rights.impersonate,
  ...rights.proxyNodes,
  ...rights.createTokens,
  ...rights.approveForSigners,
  ...rights.signForSigners,
  ...rights.changeApiServices,
  ...rights.createVolumes,
  ...ofCluster(admission, change, 'mutatingwebhookconfigurations', 'mutatingadmissionpolicies'),
]
