// Rule: the API server does not allow every request.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-always-allow',
  title: 'The API server does not allow every request',
  severity: 'critical',
  component: 'kube-apiserver',
  flags: ['authorization-mode'],
  rationale: 'With AlwaysAllow, which is the default, whoever can sign in may do everything.',
  remediation: 'Start kube-apiserver with --authorization-mode=Node,RBAC.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authorization/'],

  *faults(flags) {
    for (const mode of flags.list('authorization-mode').value)
      if (mode.value === 'AlwaysAllow') yield { at: mode, expected: '--authorization-mode=Node,RBAC' }
  },

  examples: {
    fail: {
      'not given, which means AlwaysAllow': { given: apiServer(), at: [word(1)] },
      given: { given: apiServer('--authorization-mode=AlwaysAllow'), at: [word(1)] },
      'among others': { given: apiServer('--authorization-mode=Node,RBAC,AlwaysAllow'), at: [word(1)] },
      'by a second flag': {
        given: apiServer('--authorization-mode=Node,RBAC', '--authorization-mode=AlwaysAllow'),
        at: [word(2)],
      },
    },
    pass: {
      others: { given: apiServer('--authorization-mode=Node,RBAC') },
      'a webhook': { given: apiServer('--authorization-mode', 'Webhook') },
    },
    notEvaluated: {
      'a file of authorizers': { given: apiServer('--authorization-config=/etc/authz.yaml') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
