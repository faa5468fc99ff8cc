// Rule: nobody but OpenShift itself and administrators may change how OpenShift forwards logs.

import { loggingRights } from '../../../kube/openshift/logging-rights.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { logForwarder } from '../../../samples/openshift.ts'
import {
  account,
  allow,
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  user,
} from '../../../samples/rbac.ts'
import { loggingRule, loggingViolations } from './logging-access.ts'

const group6 = 'observability.openshift.io'
const changing = allow(['update', 'patch'], 'clusterlogforwarders', group6)
const placed = (resource: Resource, namespace: string): Resource => ({
  ...resource,
  metadata: { ...resource.metadata, namespace },
})

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
    fail: {
      'in the namespace of logging': {
        given: roleBinding('logs', [user('jane'), group('dev')], { namespace: 'openshift-logging' }),
        with: [role([changing], { name: 'logs', namespace: 'openshift-logging' })],
        at: ['subjects[0]', 'subjects[1]'],
      },
      'in all namespaces': {
        given: clusterRoleBinding('logs', [account('x', 'openshift-logging'), account('web')]),
        with: [clusterRole([allow('get', 'pods'), changing], { name: 'logs' })],
        at: ['subjects[1]'],
      },
      'by a ClusterRole, where another namespace forwards logs': {
        given: roleBinding('logs', [user('jane')], {}, 'ClusterRole'),
        with: [clusterRole([changing], { name: 'logs' }), placed(logForwarder({}), 'shop')],
      },
      'of logging 5': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [
          clusterRole([allow(['update', 'patch'], 'clusterloggings', 'logging.openshift.io')], {
            name: 'logs',
          }),
        ],
      },
      'forwarders of logging 5': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [
          clusterRole([allow(['update', 'patch'], 'clusterlogforwarders', 'logging.openshift.io')], {
            name: 'logs',
          }),
        ],
      },
      'by name': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [clusterRole([{ ...changing, resourceNames: ['instance'] }], { name: 'logs' })],
      },
      'all of the group': {
        given: clusterRoleBinding('logs', [user('jane'), user('joe')]),
        with: [clusterRole([allow('*', '*', group6)], { name: 'logs' })],
        parameters: { accepted: ['joe'] },
        at: ['subjects[0]'],
      },
    },
    pass: {
      'everything, which other rules tell of': { given: clusterRoleBinding('cluster-admin', [user('jane')]) },
      'OpenShift itself': {
        given: clusterRoleBinding('logs', [
          account('x', 'openshift-operators-redhat'),
          group('system:cluster-admins'),
        ]),
        with: [clusterRole([changing], { name: 'logs' })],
      },
      'accepted subjects': {
        given: clusterRoleBinding('logs', [account('web'), group('ops')]),
        with: [clusterRole([changing], { name: 'logs' })],
        parameters: { accepted: ['system:serviceaccount:shop:web', 'ops'] },
      },
      'a namespace that forwards no logs': {
        given: roleBinding('logs', [user('jane')]),
        with: [role([changing], { name: 'logs' }), logForwarder({}), logForwarder({}, 'logging')],
      },
      'forwarders of another group': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [clusterRole([allow('*', 'clusterlogforwarders', 'example.com')], { name: 'logs' })],
      },
      'a role that is not there': { given: clusterRoleBinding('logs', [user('jane')]) },
      'viewing them': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [
          clusterRole([allow(['get', 'list', 'watch'], 'clusterlogforwarders', group6)], { name: 'logs' }),
        ],
      },
    },
  },
})
