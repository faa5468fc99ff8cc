// Rule: no role may change the ConfigMaps by which the cluster itself runs.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const rightsTo = { 'aws-auth': rights.changeAwsAuth, coredns: rights.changeCoreDns } as const

export const rule = defineRule({
  ...roleRule,
  id: 'kube-system-configmap-write',
  title: 'No role may change the ConfigMaps aws-auth and coredns of kube-system',
  severity: 'medium',
  parameters: {
    ...roleParameters,
    configMap: {
      type: 'string',
      default: 'any',
      oneOf: ['any', 'aws-auth', 'coredns'],
      description: 'The ConfigMap that counts, or any of them.',
    },
  },
  rationale:
    'aws-auth says which cloud identities are administrators of an EKS cluster, coredns where each name leads: who changes them takes over the cluster, or the traffic inside it.',
  remediation:
    'Limit rights to ConfigMaps by resourceNames or by a Role in a namespace of its own; on EKS, move from aws-auth to access entries.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/',
  ],

  *violations(resource, context) {
    const { configMap } = context.parameters
    const chosen =
      configMap === 'any' ? Object.values(rightsTo).flat() : rightsTo[configMap as keyof typeof rightsTo]
    yield* roleViolations(resource, chosen, context)
  },

  examples: {
    fail: {
      'all ConfigMaps of all namespaces': {
        given: clusterRole([allow(['get', 'update'], 'configmaps')]),
        at: ['rules[0].verbs'],
      },
      'all ConfigMaps of kube-system': {
        given: role([allow('patch', 'configmaps')], { namespace: 'kube-system' }),
      },
      'aws-auth by its name': {
        given: clusterRole([allow('update', 'configmaps', '', ['other', 'aws-auth'])]),
      },
      'coredns by its name': {
        given: role([allow('patch', 'configmaps', '', 'coredns')], { namespace: 'kube-system' }),
      },
      'everything in the core group': { given: clusterRole([allow('*', '*')]) },
      'aws-auth in a Role of another namespace, where that counts': {
        given: role([allow('create', 'configmaps', '', 'aws-auth')]),
        parameters: { ineffective: true, configMap: 'aws-auth' },
      },
    },
    pass: {
      reading: { given: clusterRole([allow(['get', 'list', 'watch'], 'configmaps')]) },
      'ConfigMaps of another namespace': { given: role([allow('*', 'configmaps')]) },
      'another ConfigMap': {
        given: role([allow('update', 'configmaps', '', 'kube-proxy')], { namespace: 'kube-system' }),
      },
      'aws-auth, where coredns counts': {
        given: clusterRole([allow('update', 'configmaps', '', 'aws-auth')]),
        parameters: { configMap: 'coredns' },
      },
      'a verb that changes nothing': { given: clusterRole([allow('just', 'configmaps', '', 'aws-auth')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow(['create', 'update'], 'configmaps')]),
      },
    },
  },
})
