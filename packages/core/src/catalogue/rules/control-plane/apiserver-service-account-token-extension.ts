// Rule: the API server does not extend ServiceAccount tokens to a year.

import { apiServer, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-service-account-token-extension',
  title: 'The API server does not extend ServiceAccount tokens to a year',
  severity: 'low',
  component: 'kube-apiserver',
  flags: ['service-account-extend-token-expiration'],
  rationale:
    'By default the tokens that pods get live for a year instead of an hour, for the sake of programs that do not read them again; a stolen one lives as long.',
  remediation:
    'Look for clients with stale tokens (metric serviceaccount_stale_tokens_total), then start kube-apiserver with --service-account-extend-token-expiration=false.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume',
  ],

  faults: flags => unless(flags, 'service-account-extend-token-expiration', false),

  examples: {
    fail: {
      'not given, which means on': { given: apiServer(), at: [word(1)] },
      on: { given: apiServer('--service-account-extend-token-expiration=true'), at: [word(1)] },
    },
    pass: {
      off: { given: apiServer('--service-account-extend-token-expiration=false') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
