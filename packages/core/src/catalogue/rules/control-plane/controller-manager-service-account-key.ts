// Rule: the controller manager signs ServiceAccount tokens by a key of their own.

import { controllerManager, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-service-account-key',
  title: 'The controller manager signs ServiceAccount tokens by a key of their own',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: ['service-account-private-key-file'],
  rationale:
    'Tokens that are signed by a key of their own can be exchanged without touching any certificate.',
  remediation: 'Start kube-controller-manager with --service-account-private-key-file.',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/'],

  faults: flags => withoutFile(flags, 'service-account-private-key-file'),

  examples: {
    fail: {
      'not given': { given: controllerManager(), at: [word(1)] },
      empty: { given: controllerManager('--service-account-private-key-file=') },
      'something else alone': { given: controllerManager('--root-ca-file=/pki/x') },
    },
    pass: {
      given: {
        given: controllerManager('--service-account-private-key-file=/pki/service-account-private-key-file'),
      },
      'in two words': {
        given: controllerManager(
          '--service-account-private-key-file',
          '/pki/service-account-private-key-file',
        ),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
