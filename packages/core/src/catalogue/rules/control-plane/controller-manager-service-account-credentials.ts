// Rule: the controller manager gives each controller an identity of its own.

import { controllerManager, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'controller-manager-service-account-credentials',
  title: 'The controller manager gives each controller an identity of its own',
  severity: 'medium',
  component: 'kube-controller-manager',
  flags: ['use-service-account-credentials'],
  rationale:
    'Otherwise all controllers share one credential with the rights of all of them, and the audit log cannot tell them apart.',
  remediation: 'Start kube-controller-manager with --use-service-account-credentials=true.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles'],

  faults: flags => unless(flags, 'use-service-account-credentials', true),

  examples: {
    fail: {
      'not given, which means off': { given: controllerManager(), at: [word(1)] },
      off: { given: controllerManager('--use-service-account-credentials=false'), at: [word(1)] },
    },
    pass: {
      on: { given: controllerManager('--use-service-account-credentials=true') },
      bare: { given: controllerManager('--use-service-account-credentials') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-controller-manager') },
    },
  },
})
