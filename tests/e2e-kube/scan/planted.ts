/** What must be found in the cluster that plant.ts fills: something of each kind that rules judge, at the exact place. */

export interface Planted {
  readonly rule: string
  /** `Kind/namespace/name`; the namespace is empty for cluster-wide kinds. */
  readonly resource: string
  /** The container or volume that it is about, where a resource may have several findings of one rule. */
  readonly discriminator?: string
  readonly path: string
  /** Beginning of the name of the pod in which it was found, where the workload itself does not have it. */
  readonly inPod?: string
}

const whole = (rule: string, resource: string, path: string): Planted => ({ rule, resource, path })
const one = (rule: string, resource: string, discriminator: string, path: string): Planted => ({
  rule,
  resource,
  discriminator,
  path,
})
const template = 'spec.template.spec'

/** At the least: what is planted is guilty of more. */
export const planted: readonly Planted[] = [
  one(
    'privileged-container',
    'Deployment/shop/front',
    'proxy',
    `${template}.containers[1].securityContext.privileged`,
  ),
  one(
    'secrets-in-env',
    'Deployment/shop/front',
    'web',
    `${template}.containers[0].env[0].valueFrom.secretKeyRef.name`,
  ),
  whole('replicas', 'Deployment/shop/front', 'spec.replicas'),
  whole('missing-service-account', 'Deployment/shop/stray', `${template}.serviceAccountName`),
  whole('host-network', 'StatefulSet/shop/db', `${template}.hostNetwork`),
  whole('host-pid', 'DaemonSet/shop/agent', `${template}.hostPID`),
  one('container-runtime-socket', 'DaemonSet/shop/agent', 'runtime', `${template}.volumes[0].hostPath.path`),
  one(
    'added-capabilities',
    'ReplicaSet/shop/old',
    'prepare',
    `${template}.initContainers[0].securityContext.capabilities.add[0]`,
  ),
  whole('host-ipc', 'ReplicationController/shop/older', `${template}.hostIPC`),
  one(
    'run-as-root-user',
    'Job/shop/migrate',
    'migrate',
    `${template}.containers[0].securityContext.runAsUser`,
  ),
  one(
    'sensitive-host-path',
    'CronJob/shop/nightly',
    'accounts',
    `spec.jobTemplate.${template}.volumes[0].hostPath.path`,
  ),
  one(
    'seccomp-profile',
    'PodTemplate/shop/mould',
    'web',
    'template.spec.containers[0].securityContext.seccompProfile.type',
  ),
  one('host-port', 'Pod/shop/alone', 'web', 'spec.containers[0].ports[0].hostPort'),
  one('image-latest-tag', 'Pod/shop/alone', 'web', 'spec.containers[0].image'),
  whole('naked-pod', 'Pod/shop/alone', 'metadata.ownerReferences'),
  whole('service-node-port', 'Service/shop/entrance', 'spec.type'),
  whole('service-external-ips', 'Service/shop/entrance', 'spec.externalIPs[0]'),
  whole('ingress-tls', 'Ingress/shop/entrance', 'spec.tls'),
  whole('ingress-wildcard-host', 'Ingress/shop/entrance', 'spec.rules[0].host'),
  whole(
    'ingress-nginx-snippets',
    'Ingress/shop/entrance',
    'metadata.annotations["nginx.ingress.kubernetes.io/configuration-snippet"]',
  ),
  whole(
    'ingress-nginx-snippets-allowed',
    'ConfigMap/shop/ingress-nginx-controller',
    'data.allow-snippet-annotations',
  ),
  whole('host-path-persistent-volume', 'PersistentVolume//node-disk', 'spec.hostPath.path'),
  whole('default-service-account-automount', 'ServiceAccount/shop/default', 'automountServiceAccountToken'),
  whole('service-account-automount', 'ServiceAccount/shop/robot', 'automountServiceAccountToken'),
  whole(
    'legacy-service-account-token',
    'Secret/shop/robot-token',
    'metadata.annotations["kubernetes.io/service-account.name"]',
  ),
  whole('namespace-pod-security', 'Namespace//shop', 'metadata.labels["pod-security.kubernetes.io/enforce"]'),
  whole('namespace-limit-range', 'Namespace//shop', 'metadata.name'),
  whole('namespace-resource-quota', 'Namespace//shop', 'metadata.name'),
  ...[
    'HorizontalPodAutoscaler',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'PodDisruptionBudget',
    'Role',
    'RoleBinding',
  ].map(kind => whole('default-namespace', `${kind}/default/nothing`, 'metadata.namespace')),
  ...['LimitRange', 'ResourceQuota'].map(kind =>
    whole('default-namespace', `${kind}/default/usual`, 'metadata.namespace'),
  ),
  whole('node-operating-system', 'Node//node-1', 'status.nodeInfo.osImage'),
  whole('wildcard-role', 'ClusterRole//everything', 'rules[0].verbs'),
  one('cluster-admin-binding', 'ClusterRoleBinding//everything', 'ServiceAccount shop/robot', 'subjects[0]'),
  one(
    'admission-fails-open',
    'ValidatingWebhookConfiguration//lax',
    'lax.example.com',
    'webhooks[0].failurePolicy',
  ),
  one(
    'webhook-without-service',
    'MutatingWebhookConfiguration//lax',
    'lax.example.com',
    'webhooks[0].clientConfig.service.name',
  ),
  whole('admission-fails-open', 'ValidatingAdmissionPolicy//lax', 'spec.failurePolicy'),
  whole('client-certificate-for-people', 'CertificateSigningRequest//carla', 'spec.signerName'),
  // By helm.
  one(
    'privilege-escalation',
    'Deployment/shop/sales-till',
    'till',
    `${template}.containers[0].securityContext.allowPrivilegeEscalation`,
  ),
  one('image-latest-tag', 'Deployment/shop/sales-till', 'till', `${template}.containers[0].image`),
  whole('shared-process-namespace', 'Deployment/shop/sales-till', `${template}.shareProcessNamespace`),
  whole('service-load-balancer', 'Service/shop/sales-till', 'spec.type'),
  // Running pods that are more than their workload says.
  {
    ...one(
      'privileged-container',
      'Deployment/changed/debugged',
      'debugger',
      'spec.ephemeralContainers[0].securityContext.privileged',
    ),
    inPod: 'debugged-',
  },
  {
    ...one(
      'ephemeral-container',
      'Deployment/changed/debugged',
      'debugger',
      'spec.ephemeralContainers[0].image',
    ),
    inPod: 'debugged-',
  },
  {
    ...one(
      'run-as-root-user',
      'Deployment/changed/injected',
      'mesh',
      'spec.initContainers[0].securityContext.runAsUser',
    ),
    inPod: 'injected-',
  },
  {
    ...one('image-latest-tag', 'StatefulSet/changed/replaced', 'app', 'spec.containers[0].image'),
    inPod: 'replaced-',
  },
]

/** Findings in what is meant to be in order, and why each is right all the same. */
export const soundFindings: readonly Planted[] = [
  // It is meant to be: an Ingress leads to it.
  one('exposed-workload', 'Deployment/sound/deployment', 'service/web', 'spec.template.metadata.labels'),
  // A Pod that nothing owns cannot have an owner.
  whole('naked-pod', 'Pod/sound/pod', 'metadata.ownerReferences'),
]
