// Rule: no role may run commands in containers.

import { rights } from '../../../kube/rbac/rights.ts'
import { defineRule } from '../../../model/rule.ts'
import { allow, clusterRole, role, serverRole } from '../../../samples/rbac.ts'
import { roleParameters, roleRule, roleViolations } from './role-rights.ts'

const chosen = (subresources: readonly string[]) =>
  rights.enterPods.filter(({ resource }) => subresources.includes(resource.slice('pods/'.length)))

export const rule = defineRule({
  ...roleRule,
  id: 'pod-exec',
  title: 'No role may run commands in containers',
  severity: 'medium',
  parameters: {
    ...roleParameters,
    subresources: {
      type: 'string[]',
      default: ['exec', 'attach'],
      description: 'The subresources of pods that count.',
    },
  },
  rationale:
    'Who may exec or attach has all that the container has: its token, its Secrets, its volumes and whatever its network reaches.',
  remediation:
    'Give it to the people on duty for a namespace and for a time; debug with logs, events and metrics otherwise.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb',
  ],

  violations: (resource, context) =>
    roleViolations(resource, chosen(context.parameters.subresources), context),

  examples: {
    fail: {
      exec: { given: role([allow('create', 'pods/exec')]), at: ['rules[0].verbs'] },
      'by the verb that web sockets ask': { given: role([allow('get', 'pods/exec')]) },
      attach: {
        given: clusterRole([allow('get', 'pods'), allow(['create'], 'pods/attach', '*')]),
        at: ['rules[1].verbs'],
      },
      'that subresource of everything': { given: clusterRole([allow('create', '*/exec')]) },
      'all resources': { given: role([allow('create', '*')]) },
      'by two rules': {
        given: role([allow('create', 'pods/exec'), allow('get', 'pods'), allow('create', 'pods/attach')]),
        at: ['rules[0].verbs', 'rules[2].verbs'],
      },
    },
    pass: {
      'pods themselves': { given: role([allow(['get', 'create'], 'pods')]) },
      'a verb that opens nothing': { given: role([allow(['list', 'watch', 'delete'], 'pods/exec')]) },
      logs: { given: role([allow('get', 'pods/log')]) },
      'a star that stands for nothing here': { given: role([allow('create', 'pods/*')]) },
      'pods of another group': { given: role([allow('create', 'pods/exec', 'apps')]) },
      'one pod by its name': { given: role([allow('create', 'pods/exec', '', 'web-0')]) },
      'attach, where exec alone counts': {
        given: role([allow('create', 'pods/attach')]),
        parameters: { subresources: ['exec'] },
      },
      'a role of the server': {
        given: serverRole('system:aggregate-to-edit', [allow('create', ['pods/exec', 'pods/attach'])]),
      },
      'no list of rules': { given: { ...role([]), rules: undefined } },
    },
  },
})
