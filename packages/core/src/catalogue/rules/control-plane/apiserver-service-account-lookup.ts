// Rule: the API server refuses tokens of ServiceAccounts that are gone.

import { apiServer, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-service-account-lookup',
  title: 'The API server refuses tokens of ServiceAccounts that are gone',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['service-account-lookup'],
  rationale:
    'Without the lookup the token of a deleted ServiceAccount, pod or Secret goes on to work until it expires, and legacy ones never do.',
  remediation: 'Start kube-apiserver without --service-account-lookup (it is on by default).',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/'],

  faults: flags => unless(flags, 'service-account-lookup', true),

  examples: {
    fail: {
      'switched off': { given: apiServer('--service-account-lookup=false'), at: [word(1)] },
      'not what Go takes for true': { given: apiServer('--service-account-lookup=yes') },
    },
    pass: {
      'not given, which means on': { given: apiServer() },
      on: { given: apiServer('--service-account-lookup=true') },
      bare: { given: apiServer('--service-account-lookup') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
