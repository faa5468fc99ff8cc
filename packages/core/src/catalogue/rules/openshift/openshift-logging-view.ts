// Rule: nobody but OpenShift itself and administrators may view how OpenShift forwards logs.

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
const viewing = allow(['get', 'list'], 'clusterlogforwarders', group6)
const placed = (resource: Resource, namespace: string): Resource => ({
  ...resource,
  metadata: { ...resource.metadata, namespace },
})

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
    fail: {
      'in the namespace of logging': {
        given: roleBinding('logs', [user('jane'), group('dev')], { namespace: 'openshift-logging' }),
        with: [role([viewing], { name: 'logs', namespace: 'openshift-logging' })],
        at: ['subjects[0]', 'subjects[1]'],
      },
      'in all namespaces': {
        given: clusterRoleBinding('logs', [account('x', 'openshift-logging'), account('web')]),
        with: [clusterRole([allow('get', 'pods'), viewing], { name: 'logs' })],
        at: ['subjects[1]'],
      },
      'by a ClusterRole, where another namespace forwards logs': {
        given: roleBinding('logs', [user('jane')], {}, 'ClusterRole'),
        with: [clusterRole([viewing], { name: 'logs' }), placed(logForwarder({}), 'shop')],
      },
      'of logging 5': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [
          clusterRole([allow(['get', 'list'], 'clusterloggings', 'logging.openshift.io')], { name: 'logs' }),
        ],
      },
      'forwarders of logging 5': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [
          clusterRole([allow(['get', 'list'], 'clusterlogforwarders', 'logging.openshift.io')], {
            name: 'logs',
          }),
        ],
      },
      'by name': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [clusterRole([{ ...viewing, resourceNames: ['instance'] }], { name: 'logs' })],
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
        with: [clusterRole([viewing], { name: 'logs' })],
      },
      'accepted subjects': {
        given: clusterRoleBinding('logs', [account('web'), group('ops')]),
        with: [clusterRole([viewing], { name: 'logs' })],
        parameters: { accepted: ['system:serviceaccount:shop:web', 'ops'] },
      },
      'a namespace that forwards no logs': {
        given: roleBinding('logs', [user('jane')]),
        with: [role([viewing], { name: 'logs' }), logForwarder({}), logForwarder({}, 'logging')],
      },
      'forwarders of another group': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [clusterRole([allow('*', 'clusterlogforwarders', 'example.com')], { name: 'logs' })],
      },
      'a role that is not there': { given: clusterRoleBinding('logs', [user('jane')]) },
      'changing them': {
        given: clusterRoleBinding('logs', [user('jane')]),
        with: [clusterRole([allow(['update', 'delete'], 'clusterlogforwarders', group6)], { name: 'logs' })],
      },
      'those who may read all of the cluster': {
        given: clusterRoleBinding('logs', [group('system:cluster-readers')]),
        with: [clusterRole([viewing], { name: 'logs' })],
      },
    },
  },
})
