// Rule: nothing is added to the roles view, edit and admin that they are not meant to allow.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultRole } from '../../../kube/rbac/defaults.ts'
import { type PolicyRule, readRole } from '../../../kube/rbac/kinds.ts'
import { describeRights, grantedRights, type Right } from '../../../kube/rbac/right.ts'
import { rights, takeoverRights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, serverRole } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { roleParameters } from './role-rights.ts'

const labelOf = (target: string) => `rbac.authorization.k8s.io/aggregate-to-${target}`

/** What edit and admin allow by themselves. */
const byDesign: readonly Right[] = [
  ...rights.readSecrets,
  ...rights.runPods,
  ...rights.enterPods,
  ...rights.debugPods,
  ...rights.createTokens,
  ...rights.impersonate.filter(({ resource }) => resource === 'serviceaccounts'),
]
const beyondEdit = takeoverRights.filter(right => !byDesign.includes(right))
const beyondView = [...takeoverRights, ...rights.reachPods]
const reading = ['get', 'list', 'watch']

export const rule = defineRule({
  id: 'aggregated-rights',
  title: 'No role adds to view, edit or admin what they are not meant to allow',
  severity: 'medium',
  subject: 'ClusterRole',
  parameters: { except: roleParameters.except },
  rationale:
    'A ClusterRole that bears the label aggregate-to-view, aggregate-to-edit or aggregate-to-admin gives its rules to everybody who is bound to that role, in every namespace, and no binding shows it.',
  remediation:
    'Take the label off, or the rights out: view is for reading what is no secret, edit and admin for what lives in a namespace.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],

  *violations(resource, { parameters }) {
    const own = readRole(resource)
    const { rules = [], metadata } = own
    const isAdded = (target: string) => metadata.labels?.[labelOf(target)] === 'true'
    const toView = isAdded('view')
    if (!toView && !isAdded('edit') && !isAdded('admin')) return
    if (isDefaultRole(own) || isNamedBy(parameters.except, nameOf(own))) return
    for (const [index, one] of rules.entries()) {
      const verbs = toView ? (one.verbs ?? []).filter(verb => !reading.includes(verb)) : []
      const granted = grantedRights(own, [one], toView ? beyondView : beyondEdit, {
        named: false,
        ineffective: false,
      })
      if (granted.length > 0 || (verbs.length > 0 && isOfResources(one)))
        yield {
          path: `rules[${index}].verbs`,
          actual: one.verbs,
          expected: granted.length > 0 ? `not ${describeRights(granted)}` : 'get, list or watch',
        }
    }
  },

  examples: {
    fail: {
      'Secrets for everybody with view': {
        given: clusterRole([allow('get', 'pods'), allow('get', 'secrets')], {
          labels: { [labelOf('view')]: 'true' },
        }),
        at: ['rules[1].verbs'],
      },
      'writing for everybody with view': {
        given: clusterRole([allow(['get', 'patch'], 'widgets', 'example.com')], {
          labels: { [labelOf('view')]: 'true', [labelOf('edit')]: 'true' },
        }),
      },
      'escalation for everybody with edit': {
        given: clusterRole([allow('escalate', 'roles', 'rbac.authorization.k8s.io')], {
          labels: { [labelOf('edit')]: 'true' },
        }),
      },
      'everything for everybody with admin': {
        given: clusterRole([allow('*', '*', '*')], { labels: { [labelOf('admin')]: 'true' } }),
      },
      'a role of the server that is added to what it is not meant for': {
        given: serverRole('system:kubelet-api-admin', [allow('*', 'nodes/proxy')], {
          [labelOf('admin')]: 'true',
        }),
      },
      'a way into pods, for everybody with view': {
        given: clusterRole([allow('get', 'services/proxy')], { labels: { [labelOf('view')]: 'true' } }),
      },
      'acting as users, for everybody with edit': {
        given: clusterRole([allow('impersonate', 'users')], { labels: { [labelOf('edit')]: 'true' } }),
      },
    },
    pass: {
      'the objects of an operator': {
        given: clusterRole([allow('*', 'widgets', 'example.com')], {
          labels: { [labelOf('admin')]: 'true', [labelOf('edit')]: 'true' },
        }),
      },
      'reading them': {
        given: clusterRole([allow(['get', 'list', 'watch'], 'widgets', 'example.com')], {
          labels: { [labelOf('view')]: 'true' },
        }),
      },
      'Secrets for edit, which has them anyway': {
        given: clusterRole([allow('get', 'secrets')], { labels: { [labelOf('edit')]: 'true' } }),
      },
      'a label that is turned off': {
        given: clusterRole([allow('*', '*', '*')], { labels: { [labelOf('admin')]: 'false' } }),
      },
      'no label': { given: clusterRole([allow('*', '*', '*')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow('get', 'secrets')], {
          [labelOf('edit')]: 'true',
        }),
      },
      'what edit has anyway': {
        given: clusterRole(
          [
            allow('create', 'pods'),
            allow('create', 'pods/exec'),
            allow('update', 'pods/ephemeralcontainers'),
            allow('create', 'serviceaccounts/token'),
            allow('impersonate', 'serviceaccounts'),
          ],
          { labels: { [labelOf('edit')]: 'true' } },
        ),
      },
      'Secrets by their names, for everybody with view': {
        given: clusterRole([allow('get', 'secrets', '', 'logo')], { labels: { [labelOf('view')]: 'true' } }),
      },
      'paths, which no RoleBinding gives': {
        given: clusterRole([{ nonResourceURLs: ['/metrics'], verbs: ['post'] }], {
          labels: { [labelOf('view')]: 'true' },
        }),
      },
      'an accepted name': {
        given: clusterRole([allow('get', 'secrets')], { labels: { [labelOf('view')]: 'true' } }),
        parameters: { except: ['web'] },
      },
      'no list of rules': {
        given: { ...clusterRole([], { labels: { [labelOf('view')]: 'true' } }), rules: undefined },
      },
      'a role of the server that gives what edit is not made of': {
        given: serverRole(
          'system:aggregate-to-admin',
          [allow('create', 'rolebindings', 'rbac.authorization.k8s.io')],
          { [labelOf('admin')]: 'true' },
        ),
      },
    },
  },
})

const isOfResources = ({ resources = [] }: PolicyRule) => resources.length > 0
