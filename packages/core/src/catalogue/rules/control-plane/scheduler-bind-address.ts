// Rule: the scheduler listens on its own node alone.

import { scheduler, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'
import { isLoopback } from './loopback.ts'

export const rule = flagRule({
  id: 'scheduler-bind-address',
  title: 'The scheduler listens on its own node alone',
  severity: 'medium',
  component: 'kube-scheduler',
  flags: ['bind-address'],
  rationale:
    'Its port 10259 serves health and metrics to its own node; on all addresses, which is the default, it is one more way in.',
  remediation: 'Start kube-scheduler with --bind-address=127.0.0.1.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/'],

  *faults(flags) {
    const address = flags.text('bind-address')
    if (!isLoopback(address.value))
      yield {
        at: address,
        expected: address.isGiven
          ? '--bind-address=127.0.0.1'
          : '--bind-address=127.0.0.1; unset means all addresses',
      }
  },

  examples: {
    fail: {
      'not given, which means all addresses': { given: scheduler(), at: [word(1)] },
      'all addresses': { given: scheduler('--bind-address=0.0.0.0'), at: [word(1)] },
      'all addresses of IPv6': { given: scheduler('--bind-address=::') },
      'another address': { given: scheduler('--bind-address=10.0.0.1') },
      'no address that would be taken': { given: scheduler('--bind-address=127.0.0.1.example.com') },
    },
    pass: {
      'the loopback address': { given: scheduler('--bind-address=127.0.0.1') },
      'another of them': { given: scheduler('--bind-address=127.1.2.3') },
      'that of IPv6': { given: scheduler('--bind-address', '::1') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-scheduler') },
    },
  },
})
