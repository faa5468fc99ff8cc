// Rule: the controller manager tells pods the authority of the API server.

import { controllerManager, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-root-ca',
  title: 'The controller manager tells pods the authority of the API server',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: ['root-ca-file'],
  rationale: 'Without it pods cannot check that they talk to the API server of their cluster.',
  remediation: 'Start kube-controller-manager with --root-ca-file.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/'],

  faults: flags => withoutFile(flags, 'root-ca-file'),

  examples: {
    fail: {
      'not given': { given: controllerManager(), at: [word(1)] },
      empty: { given: controllerManager('--root-ca-file=') },
      'something else alone': { given: controllerManager('--client-ca-file=/pki/x') },
    },
    pass: {
      given: { given: controllerManager('--root-ca-file=/pki/root-ca-file') },
      'in two words': { given: controllerManager('--root-ca-file', '/pki/root-ca-file') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
