// Rule: no role may read Secrets.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { aggregatedRole, allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations, withVerbs } from './role-rights.ts'

export const rule = defineRule({
  ...roleRule,
  id: 'secrets-access',
  title: 'No role may read Secrets',
  severity: 'medium',
  parameters: {
    ...roleParameters,
    verbs: { type: 'string[]', default: ['get', 'list', 'watch'], description: 'The verbs that count.' },
  },
  rationale:
    'Secrets hold passwords, keys and tokens: who may list or watch them reads all of them, in the namespace or in the whole cluster, and acts as whoever they belong to.',
  remediation:
    'Leave the rule out, or give get on the Secrets that are needed by resourceNames; let applications mount what they need.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets'],

  violations: (resource, context) =>
    roleViolations(resource, withVerbs(rights.readSecrets, context.parameters.verbs), context),

  examples: {
    fail: {
      get: { given: role([allow('get', 'secrets')]), at: ['rules[0].verbs'] },
      'list, in the second rule': {
        given: clusterRole([allow('get', 'pods'), allow(['create', 'list'], ['configmaps', 'secrets'])]),
        at: ['rules[1].verbs'],
      },
      'watch, in every group': { given: clusterRole([allow('watch', 'secrets', '*')]) },
      'all resources': { given: role([allow('get', '*')]) },
      'all verbs': { given: role([allow('*', 'secrets')]) },
      'a role of the server that was widened': {
        given: serverRole('system:kube-scheduler', [allow('list', 'secrets')]),
      },
      'a role with the name of the server’s, and not its label': {
        given: clusterRole([allow('*', 'secrets')], { name: 'system:controller:namespace-controller' }),
      },
      'named, where that counts': {
        given: role([allow('get', 'secrets', '', 'web-tls')]),
        parameters: { named: true },
      },
      'other verbs, where they count': {
        given: role([allow('create', 'secrets')]),
        parameters: { verbs: ['create'] },
      },
      'an aggregated role, by a rule that it gathers from nowhere': {
        given: aggregatedRole('secrets-gathered-from-nowhere', 'example.com/reads-secrets', [
          allow('get', 'secrets'),
        ]),
      },
    },
    pass: {
      'no rules': { given: role([]) },
      'one Secret by its name': { given: role([allow('get', 'secrets', '', 'web-tls')]) },
      'other verbs': { given: role([allow(['create', 'update', 'delete'], 'secrets')]) },
      'another resource that sounds like it': { given: role([allow('get', ['secrets/status', 'secret'])]) },
      'a resource of that name in another group': {
        given: role([allow('get', 'secrets', 'vault.example.com')]),
      },
      'all resources of another group': { given: clusterRole([allow('*', '*', 'apps')]) },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow(['get', 'list', 'watch'], 'secrets')], {
          'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
        }),
      },
      'an accepted name': { given: role([allow('get', 'secrets')]), parameters: { except: ['w*'] } },
      'an aggregated role, where the one that it gathers from is judged': {
        given: aggregatedRole('readers', 'example.com/reads', [allow('get', 'secrets')]),
        with: [clusterRole([allow('get', 'secrets')], { labels: { 'example.com/reads': 'true' } })],
      },
    },
  },
})
