// Rule: the controller manager listens on its own node alone.

import { controllerManager, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'
import { isLoopback } from './loopback.ts'

export const rule = flagRule({
  id: 'controller-manager-bind-address',
  title: 'The controller manager listens on its own node alone',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: ['bind-address'],
  rationale:
    'Its port 10257 serves health and metrics to its own node; on all addresses, which is the default, it is one more way in.',
  remediation: 'Start kube-controller-manager with --bind-address=127.0.0.1.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/'],

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
      'not given, which means all addresses': { given: controllerManager(), at: [word(1)] },
      'all addresses': { given: controllerManager('--bind-address=0.0.0.0'), at: [word(1)] },
      'all addresses of IPv6': { given: controllerManager('--bind-address=::') },
      'another address': { given: controllerManager('--bind-address=10.0.0.1') },
      'no address that would be taken': { given: controllerManager('--bind-address=127.0.0.1.example.com') },
      'an address that only ends like it': { given: controllerManager('--bind-address=10127.0.0.1') },
    },
    pass: {
      'the loopback address': { given: controllerManager('--bind-address=127.0.0.1') },
      'another of them': { given: controllerManager('--bind-address=127.1.2.3') },
      'that of IPv6': { given: controllerManager('--bind-address', '::1') },
      'one with high numbers': { given: controllerManager('--bind-address=127.255.249.199') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
