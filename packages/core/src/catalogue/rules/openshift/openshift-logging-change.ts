// Rule: nobody but OpenShift itself and administrators may change how OpenShift forwards logs.

import { loggingRights } from '../../../kube/openshift/logging-rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { clusterRoleBinding, user } from '../../../samples/rbac.ts'
import { loggingExamples, loggingRule, loggingViolations, logsRole } from './logging-access.ts'

const { fail, pass } = loggingExamples(['update', 'patch'])

export const rule = defineRule({
  ...loggingRule,
  id: 'openshift-logging-change',
  title: 'Nobody but OpenShift itself and administrators may change how OpenShift forwards logs',
  severity: 'medium',
  parameters: {
    accepted: {
      type: 'string[]',
      default: [],
      description:
        'Names of users and groups that may change logging; an account is system:serviceaccount:<namespace>:<name>.',
    },
  },
  rationale:
    'Who may change or delete what forwards logs can keep their own traces from leaving the cluster.',
  remediation:
    'Bind a role without rights to change ClusterLogForwarder and ClusterLogging, and name in a profile who administers logging.',

  violations: (binding, { parameters, lookup }) =>
    loggingViolations(binding, loggingRights.change, parameters.accepted, lookup),

  examples: {
    fail,
    pass: {
      ...pass,
      'viewing them': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [logsRole(['get', 'list', 'watch'])],
      },
    },
  },
})
