// Rule: the API server ends requests that take too long.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-request-timeout',
  title: 'The API server ends requests that take too long',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['request-timeout'],
  parameters: {
    maximum: { type: 'number', default: 300, description: 'The longest that will do, in seconds.' },
  },
  rationale:
    'Requests that may last for ever hold memory and connections, so a few slow clients can bring the API server down.',
  remediation: 'Leave --request-timeout unset (1m), or choose no more than is needed.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/'],

  *faults(flags, { maximum }) {
    const timeout = flags.duration('request-timeout')
    if (timeout.value === undefined || timeout.value <= 0 || timeout.value > maximum)
      yield { at: timeout, expected: `up to ${maximum} seconds` }
  },

  examples: {
    fail: {
      'too long': { given: apiServer('--request-timeout=10m'), at: [word(1)] },
      none: { given: apiServer('--request-timeout=0') },
      'no duration': { given: apiServer('--request-timeout=300') },
      'longer than asked for': { given: apiServer(), parameters: { maximum: 30 }, at: [word(1)] },
    },
    pass: {
      'not given, which means a minute': { given: apiServer() },
      'five minutes': { given: apiServer('--request-timeout=5m0s') },
      '300 seconds': { given: apiServer('--request-timeout', '300s') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
