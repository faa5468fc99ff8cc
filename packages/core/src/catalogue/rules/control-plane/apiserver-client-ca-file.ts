// Rule: the API server knows client certificates by their authority.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-client-ca-file',
  title: 'The API server knows client certificates by their authority',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['client-ca-file'],
  rationale:
    'Without it no client certificate is taken, and the components of the cluster need weaker ways to sign in.',
  remediation: 'Start kube-apiserver with --client-ca-file.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates',
  ],

  faults: flags => withoutFile(flags, 'client-ca-file'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--client-ca-file=') },
      'something else alone': { given: apiServer('--etcd-cafile=/pki/x') },
    },
    pass: {
      given: { given: apiServer('--client-ca-file=/pki/client-ca-file') },
      'in two words': { given: apiServer('--client-ca-file', '/pki/client-ca-file') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
