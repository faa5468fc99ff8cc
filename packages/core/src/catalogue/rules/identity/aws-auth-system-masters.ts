// Rule: no role or user of AWS is mapped to the group system:masters.

import { awsMappings, isAwsAuth } from '../../../kube/identity/aws-auth.ts'
import { readConfigMap } from '../../../kube/kinds/config-map.ts'
import { masters } from '../../../kube/rbac/identity.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const awsAuth = (data: Readonly<Record<string, string>>, name = 'aws-auth', namespace = 'kube-system') =>
  object('v1', 'ConfigMap', { name, namespace }, { data })
const role = (...groups: readonly string[]) =>
  `- rolearn: arn:aws:iam::111122223333:role/ops\n  username: ops\n  groups:\n${groups.map(group => `    - ${group}\n`).join('')}`

export const rule = defineRule({
  id: 'aws-auth-system-masters',
  title: 'No role or user of AWS is mapped to the group system:masters',
  severity: 'high',
  subject: 'ConfigMap',
  rationale:
    'Whoever may take on the role may do everything in the cluster, whatever roles and bindings say, and admission of it cannot be limited.',
  remediation:
    'Map it to a group of your own that is bound to the role which it needs, or use an access entry with an access policy.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],

  concerns: isAwsAuth,

  *violations(resource) {
    const data = readConfigMap(resource).data ?? {}
    for (const key of ['mapRoles', 'mapUsers'] as const) {
      const arns = (awsMappings(resource) ?? [])
        .filter(mapping => mapping.key === key && mapping.groups.includes(masters))
        .map(({ arn }) => arn)
      if (arns.length > 0)
        yield {
          path: `data.${key}`,
          actual: data[key],
          expected: `${arns.join(', ')} in another group than ${masters}`,
        }
    }
  },

  unseen: resource => (awsMappings(resource) === undefined ? 'what it maps cannot be read' : undefined),

  examples: {
    fail: {
      'a role': { given: awsAuth({ mapRoles: role('dev', 'system:masters') }), at: ['data.mapRoles'] },
      'a user, in JSON': {
        given: awsAuth({
          mapRoles: role('system:nodes'),
          mapUsers: '[{"userarn": "arn:aws:iam::1:user/jane", "groups": ["system:masters"]}]',
        }),
        at: ['data.mapUsers'],
      },
    },
    pass: {
      'the role of nodes': { given: awsAuth({ mapRoles: role('system:bootstrappers', 'system:nodes') }) },
      'a group whose name only begins like it': { given: awsAuth({ mapRoles: role('system:masters-eu') }) },
      'the name in a comment': { given: awsAuth({ mapRoles: `# system:masters\n${role('dev')}` }) },
      nothing: { given: awsAuth({}) },
    },
    notEvaluated: { 'no list': { given: awsAuth({ mapRoles: 'system:masters' }) } },
    unconcerned: {
      'another ConfigMap': { given: awsAuth({ mapRoles: role('system:masters') }, 'web') },
      'another namespace': { given: awsAuth({ mapRoles: role('system:masters') }, 'aws-auth', 'shop') },
    },
  },
})
