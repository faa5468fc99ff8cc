// RBAC concepts: which rules decide what other projects' test data says of roles, bindings and who holds them.

import type { Rule } from '../../model/rule.ts'
import { rule as admissionConfigurationWrite } from '../rules/rbac/admission-configuration-write.ts'
import { rule as anonymousBinding } from '../rules/rbac/anonymous-binding.ts'
import { rule as authenticatedGroupBinding } from '../rules/rbac/authenticated-group-binding.ts'
import { rule as clusterAdminBinding } from '../rules/rbac/cluster-admin-binding.ts'
import { rule as configmapWrite } from '../rules/rbac/configmap-write.ts'
import { rule as csrApproval } from '../rules/rbac/csr-approval.ts'
import { rule as danglingRoleBinding } from '../rules/rbac/dangling-role-binding.ts'
import { rule as dashboardRoleBinding } from '../rules/rbac/dashboard-role-binding.ts'
import { rule as defaultServiceAccountBinding } from '../rules/rbac/default-service-account-binding.ts'
import { rule as endpointsWrite } from '../rules/rbac/endpoints-write.ts'
import { rule as eventDeletion } from '../rules/rbac/event-deletion.ts'
import { rule as excessiveDeletion } from '../rules/rbac/excessive-deletion.ts'
import { rule as impersonation } from '../rules/rbac/impersonation.ts'
import { rule as kubeSystemConfigmapWrite } from '../rules/rbac/kube-system-configmap-write.ts'
import { rule as logDeletion } from '../rules/rbac/log-deletion.ts'
import { rule as namespaceAdminBinding } from '../rules/rbac/namespace-admin-binding.ts'
import { rule as networkingWrite } from '../rules/rbac/networking-write.ts'
import { rule as nodeProxy } from '../rules/rbac/node-proxy.ts'
import { rule as persistentVolumeCreation } from '../rules/rbac/persistent-volume-creation.ts'
import { rule as podCreation } from '../rules/rbac/pod-creation.ts'
import { rule as podExec } from '../rules/rbac/pod-exec.ts'
import { rule as podPortForward } from '../rules/rbac/pod-port-forward.ts'
import { rule as rbacWrite } from '../rules/rbac/rbac-write.ts'
import { rule as roleBind } from '../rules/rbac/role-bind.ts'
import { rule as roleEscalation } from '../rules/rbac/role-escalation.ts'
import { rule as secretsAccess } from '../rules/rbac/secrets-access.ts'
import { rule as sensitiveBinding } from '../rules/rbac/sensitive-binding.ts'
import { rule as systemMastersBinding } from '../rules/rbac/system-masters-binding.ts'
import { rule as tokenCreation } from '../rules/rbac/token-creation.ts'
import { rule as wildcardRole } from '../rules/rbac/wildcard-role.ts'
import { rule as workloadAdminServiceAccount } from '../rules/rbac/workload-admin-service-account.ts'
import { rule as workloadTakeoverServiceAccount } from '../rules/rbac/workload-takeover-service-account.ts'

interface Concept {
  /** A concept fails where any of them does. */
  readonly rules: readonly Rule[]
  /** For those of the rules that declare them. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** The test data takes a Role at its word, whatever a Role can grant. */
const asWritten = { ineffective: true }
const changing = ['create', 'update', 'patch', 'delete', 'deletecollection', 'impersonate']
const anyVerb = ['get', 'list', 'watch', ...changing]
/** One source asks for all verbs on all resources of all groups, and leaves out bindings of these names. */
const except = ['system:*', 'gce:podsecuritypolicy:*']
const byBinding = { everyGroup: true, except }
const execByBinding = { except, rights: ['enterPods'], roles: 'any' }
const adminBindings = [clusterAdminBinding, namespaceAdminBinding]
const anybody: Concept = { rules: [anonymousBinding] }

/** By concept, or by concept and variant: `wildcard-rbac|verbs`. */
export const concepts: Readonly<Record<string, Concept>> = {
  'anonymous-access|rbac-subject': anybody,
  'anonymous-access|system:anonymous binding': anybody,
  'anonymous-access|system:anonymous/unauthenticated binding': anybody,
  'anonymous-access|system:unauthenticated binding': anybody,
  'authenticated-group-binding|takeover': { rules: [authenticatedGroupBinding] },
  'bind-rbac|bind-or-create-clusterrolebindings': { rules: [roleBind, rbacWrite], parameters: asWritten },
  'bind-rbac|bind-or-create-rolebindings': { rules: [roleBind, rbacWrite], parameters: asWritten },
  'bind-rbac|bind-or-escalate': { rules: [roleBind, roleEscalation], parameters: asWritten },
  'bind-rbac|bind|escalate|impersonate on roles': { rules: [roleBind, roleEscalation] },
  'bind-rbac|role can bind/edit rolebindings (bound)': { rules: [roleBind, rbacWrite] },
  'cluster-admin-binding': { rules: adminBindings },
  'cluster-admin-binding|crb': { rules: adminBindings, parameters: byBinding },
  'cluster-admin-binding|rb-clusterrole': { rules: adminBindings, parameters: byBinding },
  'cluster-admin-binding|rb-role': { rules: adminBindings, parameters: byBinding },
  'cluster-admin-binding|wildcard-role': { rules: adminBindings },
  'configmap-update-rbac|aws-auth': {
    rules: [kubeSystemConfigmapWrite],
    parameters: { ...asWritten, configMap: 'aws-auth' },
  },
  'configmap-update-rbac|coredns': {
    rules: [kubeSystemConfigmapWrite],
    parameters: { configMap: 'coredns' },
  },
  'configmap-update-rbac|manage': {
    rules: [configmapWrite],
    parameters: { verbs: changing },
  },
  'csr-approve-rbac': { rules: [csrApproval], parameters: asWritten },
  'dashboard-access|subject': { rules: [dashboardRoleBinding] },
  'default-service-account|binding': { rules: [defaultServiceAccountBinding] },
  'delete-events-rbac': { rules: [eventDeletion] },
  'delete-logs-rbac|pods/log delete': { rules: [logDeletion] },
  'endpoints-edit-rbac': { rules: [endpointsWrite] },
  'escalate-rbac': { rules: [roleEscalation] },
  'excessive-delete-rbac': { rules: [excessiveDeletion] },
  'impersonate-rbac': { rules: [impersonation] },
  'impersonate-rbac|bound': { rules: [impersonation] },
  'impersonate-rbac|groups': { rules: [impersonation], parameters: asWritten },
  'manage-rbac-rbac': { rules: [rbacWrite, roleBind, roleEscalation], parameters: asWritten },
  'networking-rbac': { rules: [networkingWrite] },
  'nodes-proxy-rbac': { rules: [nodeProxy], parameters: asWritten },
  'pod-create-rbac|manage-workloads': { rules: [podCreation] },
  'pod-exec-rbac|attach': { rules: [podExec], parameters: { subresources: ['attach'] } },
  'pod-exec-rbac|clusterrole': { rules: [podExec], parameters: { except } },
  'pod-exec-rbac|crb': { rules: [sensitiveBinding, danglingRoleBinding], parameters: execByBinding },
  'pod-exec-rbac|exec': { rules: [podExec], parameters: { subresources: ['exec'] } },
  // A role that is not there may hold anything, for that source.
  'pod-exec-rbac|rb-clusterrole': {
    rules: [sensitiveBinding, danglingRoleBinding],
    parameters: execByBinding,
  },
  'pod-exec-rbac|rb-role': { rules: [sensitiveBinding, danglingRoleBinding], parameters: execByBinding },
  'pod-exec-rbac|role': { rules: [podExec] },
  'pod-portforward-rbac': { rules: [podPortForward] },
  'pv-create-rbac': { rules: [persistentVolumeCreation] },
  'secrets-access-rbac': { rules: [secretsAccess] },
  'secrets-access-rbac|clusterrole-any-verb': { rules: [secretsAccess], parameters: { verbs: anyVerb } },
  'secrets-access-rbac|get|list|watch': { rules: [secretsAccess] },
  'secrets-access-rbac|role-any-verb': { rules: [secretsAccess], parameters: { verbs: anyVerb } },
  'system-masters-binding': { rules: [systemMastersBinding] },
  'token-create-rbac': { rules: [tokenCreation] },
  'webhook-config-rbac': {
    rules: [admissionConfigurationWrite],
    parameters: { ...asWritten, verbs: changing },
  },
  'wildcard-rbac|resources': { rules: [wildcardRole], parameters: { parts: ['resources'] } },
  'wildcard-rbac|resources-role': { rules: [wildcardRole], parameters: { parts: ['resources'] } },
  'wildcard-rbac|verbs': { rules: [wildcardRole], parameters: { parts: ['verbs'] } },
  'wildcard-rbac|verbs-and-resources-any': {
    rules: [wildcardRole],
    parameters: { parts: ['verbs', 'resources', 'apiGroups'] },
  },
  'workload-admin-serviceaccount|administrative': { rules: [workloadAdminServiceAccount] },
  'workload-admin-serviceaccount|takeover': {
    rules: [workloadAdminServiceAccount, workloadTakeoverServiceAccount],
  },
}
