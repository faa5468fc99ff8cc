// Rule: the API server authorizes by RBAC.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-authorization-rbac',
  title: 'The API server authorizes by RBAC',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['authorization-mode'],
  rationale:
    'Without RBAC no Role or binding of the cluster has any effect; who may do what is decided elsewhere or not at all.',
  remediation: 'Start kube-apiserver with --authorization-mode=Node,RBAC.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],

  *faults(flags) {
    const modes = flags.list('authorization-mode')
    if (!modes.value.some(({ value }) => value === 'RBAC'))
      yield { at: modes, expected: '--authorization-mode with RBAC' }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'others alone': { given: apiServer('--authorization-mode=Node,Webhook'), at: [word(1)] },
      'a longer name': { given: apiServer('--authorization-mode=MyRBAC') },
    },
    pass: {
      given: { given: apiServer('--authorization-mode=Node,RBAC') },
      'by a second flag': { given: apiServer('--authorization-mode=Node', '--authorization-mode=RBAC') },
    },
    notEvaluated: {
      'a file of authorizers': { given: apiServer('--authorization-config=/etc/authz.yaml') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
