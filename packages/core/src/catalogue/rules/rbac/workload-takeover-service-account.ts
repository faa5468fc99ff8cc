// Rule: no pod runs with a ServiceAccount whose rights lead to all others.

import { defineRule } from '../../../model/rule.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import { account, allow, clusterRole, clusterRoleBinding, role, roleBinding } from '../../../samples/rbac.ts'
import { findAccountPower, powerReads } from './account-power.ts'

export const rule = defineRule({
  id: 'workload-takeover-service-account',
  title: 'No pod runs with a ServiceAccount whose rights lead to all others',
  severity: 'medium',
  subject: 'PodTemplate',
  reads: powerReads,
  rationale:
    'Some rights, held in every namespace, are as good as all: to read Secrets, to run pods, to act as others, to change roles. Whoever gets into a container with such a token can take the cluster.',
  remediation:
    'Give the rights in the namespaces where they are used, or limit them by resourceNames; keep workloads that need them apart, on nodes and in namespaces of their own.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  ],

  *violations(workload, { lookup }) {
    const power = findAccountPower(workload, lookup)
    // All rights are the business of workload-admin-service-account.
    if (power?.extent !== 'takeover') return
    const { serviceAccountName, serviceAccount } = workload.spec
    yield {
      path: power.path,
      actual: power.path.endsWith('.serviceAccount') ? serviceAccount : serviceAccountName,
      expected: `a ServiceAccount other than ${power.account}, bound by ${power.by}`,
    }
  },

  examples: {
    fail: {
      'Secrets of all namespaces': {
        given: deployment({ serviceAccountName: 'secret-syncer' }),
        with: [
          clusterRoleBinding('takeover-secrets', [account('secret-syncer')], { name: 'secret-syncer' }),
          clusterRole([allow('get', 'pods'), allow('list', 'secrets')], { name: 'takeover-secrets' }),
        ],
        at: ['spec.template.spec.serviceAccountName'],
      },
      'named by the old field': {
        given: pod({ serviceAccount: 'token-maker' }),
        with: [
          clusterRoleBinding('takeover-tokens', [account('token-maker')], { name: 'token-maker' }),
          clusterRole([allow('create', 'serviceaccounts/token')], { name: 'takeover-tokens' }),
        ],
        at: ['spec.serviceAccount'],
      },
      'pods in kube-system': {
        given: deployment({ serviceAccountName: 'system-deployer' }),
        with: [
          roleBinding('takeover-pods', [account('system-deployer')], {
            name: 'system-deployer',
            namespace: 'kube-system',
          }),
          role([allow('create', 'daemonsets', 'apps')], { name: 'takeover-pods', namespace: 'kube-system' }),
        ],
      },
      'signing certificates for the cluster, beside less': {
        given: deployment({ serviceAccountName: 'signer' }),
        with: [
          clusterRoleBinding('view', [account('signer')], { name: 'signer-view' }),
          clusterRoleBinding('takeover-signing', [account('signer')], { name: 'signer' }),
          clusterRole([allow('sign', 'signers', 'certificates.k8s.io')], { name: 'takeover-signing' }),
        ],
      },
    },
    pass: {
      'no bindings': { given: deployment({ serviceAccountName: 'web' }) },
      'reading what is no secret': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('reader', [account('web')]),
          clusterRole([allow(['get', 'list', 'watch'], ['pods', 'nodes', 'services'])], { name: 'reader' }),
        ],
      },
      'Secrets of its own namespace': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [roleBinding('reader', [account('web')]), role([allow('list', 'secrets')], { name: 'reader' })],
      },
      'one Secret by its name': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('reader', [account('web')]),
          clusterRole([allow('get', 'secrets', '', 'web-tls')], { name: 'reader' }),
        ],
      },
      'a role that is not there': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [clusterRoleBinding('gone', [account('web')])],
      },
      'all rights, which another rule is about': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('everything', [account('web')]),
          clusterRole([allow('*', '*', '*')], { name: 'everything' }),
        ],
      },
      'without a token': {
        given: deployment({ serviceAccountName: 'web', automountServiceAccountToken: false }),
        with: [
          clusterRoleBinding('reader', [account('web')]),
          clusterRole([allow('list', 'secrets')], { name: 'reader' }),
        ],
      },
      'what a RoleBinding cannot give, in kube-system': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          roleBinding('takeover-nodes', [account('web')], { namespace: 'kube-system' }, 'ClusterRole'),
          clusterRole([allow('get', 'nodes/proxy')], { name: 'takeover-nodes' }),
        ],
      },
    },
  },
})
