// Rule: nobody but OpenShift itself and administrators may view how OpenShift forwards logs.

import { loggingRights } from '../../../kube/openshift/logging-rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { clusterRoleBinding, group, user } from '../../../samples/rbac.ts'
import { loggingExamples, loggingRule, loggingViolations, logsRole } from './logging-access.ts'

const { fail, pass } = loggingExamples(['get', 'list'])

export const rule = defineRule({
  ...loggingRule,
  id: 'openshift-logging-view',
  title: 'Nobody but OpenShift itself and administrators may view how OpenShift forwards logs',
  severity: 'low',
  parameters: {
    accepted: {
      type: 'string[]',
      default: ['system:cluster-readers'],
      description:
        'Names of users and groups that may view logging; an account is system:serviceaccount:<namespace>:<name>.',
    },
  },
  rationale:
    'Who sees where logs go, and which are left out, knows where traces are kept and what leaves none.',
  remediation:
    'Bind a role without rights to view ClusterLogForwarder and ClusterLogging, and name in a profile who needs them.',

  violations: (binding, { parameters, lookup }) =>
    loggingViolations(binding, loggingRights.view, parameters.accepted, lookup),

  examples: {
    fail,
    pass: {
      ...pass,
      'changing them': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [logsRole(['update', 'delete'])],
      },
      'those who may read all of the cluster': {
        given: clusterRoleBinding('logs', [group('system:cluster-readers')]),
        with: [logsRole(['get'])],
      },
    },
  },
})
