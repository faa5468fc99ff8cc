// Rule: the API server takes no passwords from a file.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-basic-auth-file',
  title: 'The API server takes no passwords from a file',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['basic-auth-file'],
  rationale:
    'The passwords of such a file stand there readable, travel with every request, and change only with a restart of the server.',
  remediation:
    'Start kube-apiserver without --basic-auth-file; Kubernetes 1.19 and newer do not know it. Let people sign in through OpenID Connect.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/'],

  *faults(flags) {
    const file = flags.text('basic-auth-file')
    if (file.value !== '') yield { at: file, expected: 'no --basic-auth-file' }
  },

  examples: {
    fail: {
      given: { given: apiServer('--v=2', '--basic-auth-file=/etc/passwords.csv'), at: [word(2)] },
      'given in two words': { given: apiServer('--basic-auth-file', '/etc/passwords.csv'), at: [word(2)] },
    },
    pass: {
      'not given': { given: apiServer() },
      'given empty': { given: apiServer('--basic-auth-file=') },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
