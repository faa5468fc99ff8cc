// Rule: the API server has a TLS certificate that was given to it.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-tls-certificate',
  title: 'The API server has a TLS certificate that was given to it',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['tls-cert-file', 'tls-private-key-file'],
  rationale: 'Without one the server signs its own, which clients cannot check, so they learn to ignore it.',
  remediation: 'Start kube-apiserver with --tls-cert-file and --tls-private-key-file.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/'],

  faults: flags => withoutFile(flags, 'tls-cert-file', 'tls-private-key-file'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1), word(1)] },
      empty: { given: apiServer('--tls-cert-file=') },
      'something else alone': { given: apiServer('--etcd-certfile=/pki/x') },
      'one of two': { given: apiServer('--tls-cert-file=/pki/x'), at: [word(2)] },
    },
    pass: {
      given: {
        given: apiServer(
          '--tls-cert-file=/pki/tls-cert-file',
          '--tls-private-key-file=/pki/tls-private-key-file',
        ),
      },
      'in two words': {
        given: apiServer(
          '--tls-cert-file',
          '/pki/tls-cert-file',
          '--tls-private-key-file',
          '/pki/tls-private-key-file',
        ),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
