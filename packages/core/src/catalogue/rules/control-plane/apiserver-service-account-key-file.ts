// Rule: the API server checks ServiceAccount tokens by a key of their own.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-service-account-key-file',
  title: 'The API server checks ServiceAccount tokens by a key of their own',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['service-account-key-file', 'service-account-signing-endpoint'],
  rationale:
    'Without one the key of the server’s TLS certificate is used, so the one cannot be exchanged without the other.',
  remediation:
    'Start kube-apiserver with --service-account-key-file, or with a signer outside by --service-account-signing-endpoint.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens',
  ],

  *faults(flags) {
    const keys = flags.list('service-account-key-file')
    if (keys.value.length === 0 && flags.text('service-account-signing-endpoint').value === '')
      yield { at: keys, expected: '--service-account-key-file=<file>' }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--service-account-key-file='), at: [word(1)] },
      'the signing key alone': { given: apiServer('--service-account-signing-key-file=/pki/sa.key') },
    },
    pass: {
      given: { given: apiServer('--service-account-key-file=/pki/sa.pub') },
      'two of them': {
        given: apiServer('--service-account-key-file=/pki/sa.pub', '--service-account-key-file=/pki/old.pub'),
      },
      'a signer outside': { given: apiServer('--service-account-signing-endpoint=/run/signer.sock') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
