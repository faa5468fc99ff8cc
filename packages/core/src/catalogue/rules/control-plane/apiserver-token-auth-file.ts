// Rule: the API server takes no passwords and tokens from a static file.

import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-token-auth-file',
  title: 'The API server takes no passwords and tokens from a static file',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['token-auth-file'],
  rationale:
    'Tokens in such a file never expire, stand there readable, and cannot be taken back without a restart of the server.',
  remediation:
    'Start kube-apiserver without --token-auth-file; let people sign in through OpenID Connect or another provider, and programs with ServiceAccount tokens.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file'],

  *faults(flags) {
    const file = flags.text('token-auth-file')
    if (file.value !== '') yield { at: file, expected: 'no --token-auth-file' }
  },

  examples: {
    fail: {
      given: { given: apiServer('--v=2', '--token-auth-file=/etc/tokens.csv'), at: [word(2)] },
      'given in two words': { given: apiServer('--token-auth-file', '/etc/tokens.csv'), at: [word(2)] },
      'with an underscore': { given: apiServer('--token_auth_file=/etc/tokens.csv') },
      'by a variable that is known': {
        given: componentPod('kube-apiserver', ['--token-auth-file=$(FILE)'], {
          env: [{ name: 'FILE', value: '/etc/tokens.csv' }],
        }),
      },
    },
    pass: {
      'not given': { given: apiServer() },
      'given empty': { given: apiServer('--token-auth-file=') },
      'another flag of a similar name': { given: apiServer('--token-auth-file-x=/a') },
    },
    notEvaluated: {
      'by a variable from elsewhere': {
        given: componentPod('kube-apiserver', ['--token-auth-file=$(FILE)'], {
          env: [{ name: 'FILE', valueFrom: { configMapKeyRef: { name: 'x', key: 'file' } } }],
        }),
      },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
