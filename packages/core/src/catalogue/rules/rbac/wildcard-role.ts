// Rule: roles name what they allow.

import { nameOf } from '../../../kube/asset-key.ts'
import { isDefaultRole } from '../../../kube/rbac/defaults.ts'
import { readRole } from '../../../kube/rbac/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { aggregatedRole, allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { ownRules, roleParameters, roleRule } from './role-rights.ts'

/** What may be a wildcard in a rule, and what it stands for. */
const parts = {
  verbs: 'the verbs that are needed',
  resources: 'the resources that are needed',
  apiGroups: 'the API groups that are needed',
  nonResourceURLs: 'the paths that are needed',
} as const
type Part = keyof typeof parts

/** Patterns of names, each with one that it accepts. */
const accepted = {
  web: 'web',
  'we*b': 'web',
  '*we*b': 'web',
  'w*b': 'web-of-the-web',
  'shop*web*': 'shop-team-web',
  'shop*team*web*n': 'shop-a-team-web-admin',
}

export const rule = defineRule({
  ...roleRule,
  id: 'wildcard-role',
  title: 'Roles name the verbs and resources that they allow',
  severity: 'medium',
  parameters: {
    except: roleParameters.except,
    parts: {
      type: 'string[]',
      default: ['verbs', 'resources'],
      description: 'The parts of rules in which * counts: verbs, resources, apiGroups, nonResourceURLs.',
    },
  },
  rationale:
    'A wildcard allows more than anybody thought of: verbs such as escalate, bind and impersonate, and every resource that Kubernetes or an operator will bring later.',
  remediation: 'Write down the verbs and resources that are used; the audit log tells which they are.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],

  *violations(resource, { parameters, lookup }) {
    const own = readRole(resource)
    const { rules = [] } = own
    const chosen = (Object.keys(parts) as Part[]).filter(part => parameters.parts.includes(part))
    if (!rules.some(one => chosen.some(part => one[part]?.includes('*')))) return
    if (isNamedBy(parameters.except, nameOf(own)) || isDefaultRole(own)) return
    const isOwn = ownRules(own, lookup)
    for (const [index, one] of rules.entries()) {
      if (!isOwn(index)) continue
      for (const part of chosen)
        if (one[part]?.includes('*'))
          yield { path: `rules[${index}].${part}`, actual: one[part], expected: parts[part] }
    }
  },

  examples: {
    fail: {
      'all verbs': { given: role([allow('*', 'jobs', 'batch')]), at: ['rules[0].verbs'] },
      'all resources, among others': {
        given: clusterRole([allow('get', 'pods'), allow('get', ['pods', '*'], 'apps')]),
        at: ['rules[1].resources'],
      },
      both: { given: clusterRole([allow('*', '*', '*')]), at: ['rules[0].verbs', 'rules[0].resources'] },
      'all groups, where they count': {
        given: clusterRole([allow('get', 'pods', ['*', 'apps'])]),
        parameters: { parts: ['apiGroups'] },
      },
      'all paths, where they count': {
        given: clusterRole([{ nonResourceURLs: ['*'], verbs: ['get'] }]),
        parameters: { parts: ['nonResourceURLs'] },
      },
      'a widened role of the server': {
        given: serverRole('system:node-bootstrapper', [
          allow('*', 'certificatesigningrequests', 'certificates.k8s.io'),
        ]),
      },
      'a namesake of one of the server': {
        given: clusterRole([allow('*', '*', '*')], { name: 'cluster-admin' }),
      },
      'a name that no pattern accepts': {
        given: clusterRole([allow('*', '*')], { name: 'web' }),
        parameters: {
          except: ['we', 'webs', 'b*', '*e', 'web*eb', 'w*x*b', 'w*e*e*b', 'w*e*x*b', 'w*x*e*b'],
        },
        at: ['rules[0].verbs', 'rules[0].resources'],
      },
    },
    pass: {
      'no rules': { given: clusterRole([]) },
      'all groups': { given: clusterRole([allow('get', 'pods', '*')]) },
      'resources, where verbs count': {
        given: clusterRole([allow('get', '*')]),
        parameters: { parts: ['verbs'] },
      },
      'one subresource of everything': { given: clusterRole([allow('update', '*/scale', '*')]) },
      'names that are no wildcards': { given: clusterRole([allow('bind', 'clusterroles', '*', '*')]) },
      'a role of the server': { given: serverRole('cluster-admin', [allow('*', '*', '*')]) },
      ...Object.fromEntries(
        Object.entries(accepted).map(([pattern, name]) => [
          `a name that ${pattern} accepts`,
          { given: clusterRole([allow('*', '*')], { name }), parameters: { except: ['other', pattern] } },
        ]),
      ),
      'no list of rules': { given: { ...clusterRole([]), rules: undefined } },
      'paths, which have no resources': { given: clusterRole([{ nonResourceURLs: ['*'], verbs: ['get'] }]) },
      'an aggregated role, where the one that it gathers from is judged': {
        given: aggregatedRole('widget-admins', 'example.com/widgets', [allow('*', 'widgets', 'example.com')]),
        with: [
          clusterRole([allow('*', 'widgets', 'example.com')], { labels: { 'example.com/widgets': 'true' } }),
        ],
      },
    },
  },
})
