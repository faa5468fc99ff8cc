// Rule: metrics and profiles of the control plane are not for everybody.

import { nameOf } from '../../../kube/asset-key.ts'
import {
  anonymous,
  authenticated,
  type BoundSubject,
  serviceAccounts,
  unauthenticated,
} from '../../../kube/rbac/identity.ts'
import { ruleAllows } from '../../../kube/rbac/policy-rule.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, clusterRoleBinding, group, user } from '../../../samples/rbac.ts'
import { isNamedBy } from './accepted-names.ts'
import { bindingParameters, bindingRule, findBoundRole, subjectViolations } from './bound-role.ts'

/** What the parts of the control plane serve beside their health. Source: k8s.io/apiserver pkg/server/routes. */
const urls = ['/metrics', '/debug/pprof', '/debug/pprof/profile']
const seeing = (...nonResourceURLs: readonly string[]) =>
  clusterRole([allow('get', 'pods'), { nonResourceURLs, verbs: ['get'] }], { name: 'seeing' })

export const rule = defineRule({
  ...bindingRule,
  id: 'control-plane-metrics-access',
  title: 'Metrics and profiles of the control plane are not for everybody',
  severity: 'medium',
  // Of a path that is no resource only a ClusterRoleBinding can give away.
  subject: 'ClusterRoleBinding',
  kinds: ['ClusterRoleBinding'],
  parameters: bindingParameters,
  rationale:
    'Metrics and profiles of the API server, the scheduler and the controller manager tell what runs in a cluster and how it is built; taking profiles costs them time.',
  remediation: 'Bind the role to the account of the monitoring that needs it, and to nobody else.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
    'https://kubernetes.io/docs/reference/using-api/health-checks/',
  ],

  *violations(resource, { parameters, lookup }) {
    const found = [...subjectViolations(resource, isEverybody, 'an account of the monitoring')]
    if (found.length === 0 || isNamedBy(parameters.except, nameOf(resource))) return
    const rules = findBoundRole(resource, lookup)?.rules ?? []
    const open = urls.filter(url => rules.some(one => ruleAllows(one, { verb: 'get', url })))
    if (open.length > 0) yield* found
  },

  examples: {
    fail: {
      'metrics, to everybody who has logged in': {
        given: clusterRoleBinding('seeing', [user('jane'), group('system:authenticated')]),
        with: [seeing('/metrics')],
        at: ['subjects[1]'],
      },
      'profiles, to everybody': {
        given: clusterRoleBinding('seeing', [group('system:unauthenticated'), user('system:anonymous')]),
        with: [seeing('/debug/*')],
        at: ['subjects[0]', 'subjects[1]'],
      },
      'all paths, to all accounts': {
        given: clusterRoleBinding('seeing', [group('system:serviceaccounts')]),
        with: [seeing('/healthz', '*')],
      },
      'a profile by its name': {
        given: clusterRoleBinding('seeing', [group('system:authenticated')]),
        with: [seeing('/debug/pprof/profile')],
      },
    },
    pass: {
      'an account of the monitoring': {
        given: clusterRoleBinding('seeing', [group('monitoring')]),
        with: [seeing('/metrics')],
      },
      'health, to everybody': {
        given: clusterRoleBinding('seeing', [group('system:unauthenticated')]),
        with: [seeing('/healthz', '/livez', '/readyz', '/version', '/metrics-of-mine')],
      },
      'the role of the server that tells of its health': {
        given: clusterRoleBinding('system:public-info-viewer', [group('system:unauthenticated')]),
      },
      'another verb': {
        given: clusterRoleBinding('seeing', [group('system:authenticated')]),
        with: [clusterRole([{ nonResourceURLs: ['/metrics'], verbs: ['post'] }], { name: 'seeing' })],
      },
      'an accepted binding': {
        given: clusterRoleBinding('seeing', [group('system:authenticated')], { name: 'known' }),
        with: [seeing('/metrics')],
        parameters: { except: ['known'] },
      },
      'a role that is not there': {
        given: clusterRoleBinding('seeing', [group('system:authenticated')]),
      },
    },
  },
})

function isEverybody({ kind, name }: BoundSubject): boolean {
  return kind === 'User'
    ? name === anonymous
    : kind === 'Group' && [authenticated, serviceAccounts, unauthenticated].includes(name)
}
