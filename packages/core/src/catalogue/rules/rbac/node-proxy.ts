// Rule: no role reaches the kubelets through the API server.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'node-proxy',
  title: 'No role may reach kubelets through nodes/proxy',
  severity: 'high',
  parameters: roleParameters,
  rationale:
    'nodes/proxy leads to the kubelet’s own API, which runs commands in every pod of the node; neither admission control nor the audit log of the API server sees what is done there, and get alone suffices.',
  remediation:
    'Give nodes/metrics, nodes/stats, nodes/log or nodes/healthz in place of nodes/proxy; the kubelet asks for these since Kubernetes 1.33.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#fine-grained-authorization',
  ],

  violations: (resource, context) => roleViolations(resource, rights.proxyNodes, context),

  examples: {
    fail: {
      get: { given: clusterRole([allow('get', 'nodes/proxy')]), at: ['rules[0].verbs'] },
      'create, of every group': { given: clusterRole([allow('create', ['pods', 'nodes/proxy'], '*')]) },
      'that subresource of everything': { given: clusterRole([allow('get', '*/proxy')]) },
      everything: { given: clusterRole([allow('get', '*')]) },
      'in a Role, where that counts': {
        given: role([allow('get', 'nodes/proxy')]),
        parameters: { ineffective: true },
      },
    },
    pass: {
      'other subresources': { given: clusterRole([allow('get', ['nodes', 'nodes/metrics', 'nodes/stats'])]) },
      'a star that stands for nothing here': { given: clusterRole([allow('get', 'nodes/*')]) },
      'in a Role, which cannot grant it': { given: role([allow('get', 'nodes/proxy')]) },
      'another proxy': { given: clusterRole([allow('get', 'services/proxy')]) },
      'nodes of another group': { given: clusterRole([allow('get', 'nodes/proxy', 'metrics.k8s.io')]) },
      'list, which says nothing there': { given: clusterRole([allow('list', 'nodes/proxy')]) },
      'one node by its name': { given: clusterRole([allow('get', 'nodes/proxy', '', 'node-1')]) },
      'a role of the server': {
        given: serverRole('system:kubelet-api-admin', [allow('proxy', 'nodes'), allow('*', 'nodes/proxy')]),
      },
    },
  },
})
