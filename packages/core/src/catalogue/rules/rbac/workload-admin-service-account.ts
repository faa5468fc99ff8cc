// Rule: no pod runs with a ServiceAccount that may do everything.

import { defineRule } from '../../../model/rule.ts'
import { serviceAccount } from '../../../samples/objects.ts'
import { deployment, pod } from '../../../samples/pods.ts'
import {
  account,
  aggregatedRole,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  roleBinding,
} from '../../../samples/rbac.ts'
import { findAccountPower, powerReads } from './account-power.ts'

export const rule = defineRule({
  id: 'workload-admin-service-account',
  title: 'No pod runs with a ServiceAccount that may do everything',
  severity: 'high',
  subject: 'PodTemplate',
  reads: powerReads,
  rationale:
    'Whoever gets into one of its containers reads the token there and owns the cluster: a flaw in the application is one in the cluster.',
  remediation:
    'Bind the ServiceAccount to a role with the rights that the application uses, or turn automountServiceAccountToken off where it uses none.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(workload, { lookup }) {
    const power = findAccountPower(workload, lookup)
    if (power?.extent !== 'all') return
    const { serviceAccountName, serviceAccount: old } = workload.spec
    yield {
      path: power.path,
      actual: power.path.endsWith('.serviceAccount') ? old : serviceAccountName,
      expected: `a ServiceAccount other than ${power.account}, bound by ${power.by}`,
    }
  },

  examples: {
    fail: {
      'cluster-admin': {
        given: deployment({ serviceAccountName: 'operator' }),
        with: [clusterRoleBinding('cluster-admin', [account('operator')], { name: 'operator' })],
        at: ['spec.template.spec.serviceAccountName'],
      },
      'the default ServiceAccount, by a role of another name': {
        given: pod(),
        with: [
          clusterRoleBinding('workload-everything', [account('default')], { name: 'defaults' }),
          clusterRole([allow('*', '*')], { name: 'workload-everything' }),
        ],
        at: ['spec.serviceAccountName'],
      },
      'all of its namespace by their group, in kube-system': {
        given: deployment({ serviceAccountName: 'tiller' }),
        with: [
          roleBinding(
            'workload-everything-too',
            [group('system:serviceaccounts:shop')],
            { namespace: 'kube-system' },
            'ClusterRole',
          ),
          clusterRole([allow('*', '*', '*')], { name: 'workload-everything-too' }),
        ],
      },
      'by the old field, and the second of two bindings': {
        given: pod({ serviceAccount: 'old-operator' }),
        with: [
          clusterRoleBinding('view', [account('old-operator')], { name: 'old-operator-view' }),
          clusterRoleBinding('cluster-admin', [account('old-operator')], { name: 'old-operator' }),
        ],
        at: ['spec.serviceAccount'],
      },
      'by a role that gathers its rules': {
        given: deployment({ serviceAccountName: 'gatherer' }),
        with: [
          clusterRoleBinding('workload-gathered', [account('gatherer')], { name: 'gatherer' }),
          aggregatedRole('workload-gathered', 'example.com/workload-gathered'),
          clusterRole([allow('*', '*', '*')], {
            name: 'workload-gathered-from',
            labels: { 'example.com/workload-gathered': 'true' },
          }),
        ],
      },
    },
    pass: {
      'no bindings': { given: deployment({ serviceAccountName: 'web' }) },
      'a ServiceAccount of that name in another namespace': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('cluster-admin', [account('web', 'other')]),
          clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' }),
        ],
      },
      'without a token': {
        given: deployment({ serviceAccountName: 'web', automountServiceAccountToken: false }),
        with: [
          clusterRoleBinding('cluster-admin', [account('web')]),
          clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' }),
        ],
      },
      'without a token by the ServiceAccount': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('cluster-admin', [account('web')]),
          clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' }),
          serviceAccount({}, { automountServiceAccountToken: false }),
        ],
      },
      'everything in its own namespace': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          roleBinding('cluster-admin', [account('web')], {}, 'ClusterRole'),
          clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' }),
        ],
      },
      'much, and not everything': {
        given: deployment({ serviceAccountName: 'web' }),
        with: [
          clusterRoleBinding('much', [account('web')]),
          clusterRole([allow('*', 'secrets', '*'), allow('get', '*')], { name: 'much' }),
        ],
      },
    },
  },
})
