// Rule: the API server listens on its secure port.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-secure-port',
  title: 'The API server listens on its secure port',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['secure-port'],
  rationale: 'The secure port is the one with TLS, authentication and authorization.',
  remediation: 'Start kube-apiserver without --secure-port, or with a port that is not 0.',
  references: ['https://kubernetes.io/docs/concepts/security/controlling-access/#transport-security'],

  *faults(flags) {
    const port = flags.number('secure-port')
    if (port.value === undefined || port.value <= 0)
      yield { at: port, expected: 'a port such as 6443, or unset' }
  },

  examples: {
    fail: {
      'switched off': { given: apiServer('--secure-port=0'), at: [word(1)] },
      'below 0': { given: apiServer('--secure-port=-1') },
      'no number': { given: apiServer('--secure-port=https') },
      'in two words': { given: apiServer('--secure-port', '0'), at: [word(2)] },
    },
    pass: {
      'not given, which means 6443': { given: apiServer() },
      'a port': { given: apiServer('--secure-port=443') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
