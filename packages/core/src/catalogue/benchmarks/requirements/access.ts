// Requirements on who may do what: roles, ServiceAccounts, and how people log in.

import { critical, high, low, medium, type Requirements } from './requirement.ts'

export const access = {
  'rbac.cluster-admin': high(
    'cluster-admin is given to those alone who must have it',
    'Bind people and workloads to roles with the rights that they use, then remove their binding to cluster-admin.',
  ),
  'rbac.secrets-access': high(
    'Secrets can be read by those alone who must',
    'Take get, list and watch on secrets out of roles; give get on single Secrets by resourceNames.',
  ),
  'rbac.wildcards': high(
    'Roles name what they give',
    'Replace * in roles by the verbs, resources and API groups that are used.',
  ),
  'rbac.pod-create': medium(
    'Pods can be created by those alone who must',
    'Take create on pods out of roles of people; let controllers and deployment pipelines create workloads.',
  ),
  'rbac.system-masters': critical(
    'Nobody works as a member of system:masters',
    'Bind people to roles under their own names; keep the certificate with that group locked away for emergencies.',
  ),
  'rbac.bind-impersonate-escalate': high(
    'Nobody can give themselves more rights by bind, escalate or impersonate',
    'Take the verbs bind, escalate and impersonate out of roles.',
  ),
  'rbac.pv-create': high(
    'PersistentVolumes can be created by provisioners and administrators alone',
    'Take create on persistentvolumes out of other roles; workloads ask for storage by claims.',
  ),
  'rbac.node-proxy': high(
    'Kubelets cannot be reached through nodes/proxy',
    'Take nodes/proxy out of roles; newer Kubernetes has nodes/metrics, nodes/stats and nodes/log for monitoring.',
  ),
  'rbac.csr-approval': high(
    'Certificates are approved by those alone who must',
    'Take update on certificatesigningrequests/approval and approve on signers out of other roles.',
  ),
  'rbac.webhook-config': high(
    'Admission webhooks are configured by those alone who must',
    'Take create, update, patch and delete on webhook configurations out of other roles.',
  ),
  'rbac.serviceaccount-token-create': high(
    'Tokens of ServiceAccounts are issued by those alone who must',
    'Take create on serviceaccounts/token out of other roles.',
  ),
  'rbac.no-bind-anonymous': critical(
    'The anonymous user is bound to no role',
    'Delete bindings to the user system:anonymous.',
  ),
  'rbac.no-bind-unauthenticated': critical(
    'Callers who did not log in are bound to no role beyond the default ones',
    'Delete bindings to the group system:unauthenticated, but system:public-info-viewer.',
  ),
  'rbac.no-bind-authenticated': high(
    'Being logged in gives no rights beyond the default ones',
    'Delete bindings to the group system:authenticated, but the cluster’s own; name who needs the rights.',
  ),
  'rbac.least-privilege': medium(
    'Roles give no more than is needed',
    'Remove wildcards and rights that lead to others, and give rights in namespaces rather than the whole cluster.',
  ),
  'serviceaccount.default-unused': medium(
    'Nothing runs with the rights of a default ServiceAccount',
    'Set automountServiceAccountToken: false on each ServiceAccount default, bind it to nothing, and name another in pods.',
  ),
  'serviceaccount.token-automount': medium(
    'Pods that do not call the API server get no token for it',
    'Turn automountServiceAccountToken off for the pod or its ServiceAccount.',
  ),
  'auth.no-user-client-certs': medium(
    'People do not log in with client certificates',
    'Connect an identity provider: a client certificate cannot be revoked, whoever leaves.',
  ),
  'auth.no-user-sa-tokens': medium(
    'People do not log in with tokens of ServiceAccounts',
    'Connect an identity provider, and delete the accounts and token Secrets that people used.',
  ),
  'auth.no-user-bootstrap-tokens': medium(
    'Bootstrap tokens serve to join nodes, and nothing else',
    'Delete bootstrap tokens after use, give them an expiry, and bind their groups to nothing else.',
  ),
  'eks.access-entries-api': medium(
    'IAM principals get access by access entries of EKS',
    'Set the authentication mode to API, or to API_AND_CONFIG_MAP while you move entries out of aws-auth.',
  ),
  'eks.iam-authentication': medium(
    'People reach EKS as IAM principals or through an identity provider',
    'Give people access entries with narrow access policies, and remove system:masters from aws-auth.',
  ),
  'eks.dedicated-service-accounts': high(
    'Each workload on EKS that calls AWS has an identity of its own',
    'Use EKS Pod Identity or IAM roles for ServiceAccounts, and keep pods from the role of their node.',
  ),
  'aks.dedicated-service-accounts': high(
    'Each workload on AKS that calls Azure has an identity of its own',
    'Turn on the OIDC issuer and Microsoft Entra Workload ID, and give each ServiceAccount its identity.',
  ),
  'aks.entra-id-rbac': medium(
    'People reach AKS through Microsoft Entra ID',
    'Turn on the managed Entra integration and turn local accounts off.',
  ),
  'aks.azure-rbac': low(
    'Azure roles say who may do what in AKS',
    'Turn on Azure RBAC for Kubernetes authorization.',
  ),
  'gke.google-groups-rbac': low(
    'Roles in GKE are given to Google Groups',
    'Turn on Google Groups for RBAC and bind groups in place of single accounts.',
  ),
  'gke.legacy-abac': high(
    'GKE’s old attribute-based authorization is off',
    'Turn legacy authorization off for the cluster.',
  ),
  'gke.no-basic-auth': high(
    'GKE’s API server takes no static password',
    'Turn basic authentication off, or move to a version that has none.',
  ),
  'gke.no-client-cert': medium(
    'GKE issues no client certificate for the cluster',
    'Turn the issue of a client certificate off and rotate the credentials of a cluster that has one.',
  ),
  'gke.no-default-compute-sa': high(
    'GKE’s nodes do not run as the default account of Compute Engine',
    'Give node pools a service account of their own with the few roles that nodes need.',
  ),
  'gke.workload-identity': high(
    'Each workload on GKE that calls Google Cloud has an identity of its own',
    'Turn on Workload Identity Federation for the cluster and its node pools.',
  ),
  'ocp.scc-access': high(
    'Privileged security context constraints are open to those alone who must use them',
    'Take users, groups and roles off privileged constraints that do not need them.',
  ),
} as const satisfies Requirements
