// Rule: the API server lets people sign in through a provider of identities.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

const ways = ['oidc-issuer-url', 'authentication-config', 'authentication-token-webhook-config-file']

export const rule = flagRule({
  id: 'apiserver-user-authentication',
  title: 'The API server lets people sign in through a provider of identities',
  severity: 'low',
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: ways,
  rationale:
    'Without OpenID Connect or a webhook people share client certificates and ServiceAccount tokens, which nobody takes back when they leave.',
  remediation:
    'Start kube-apiserver with --authentication-config (or --oidc-issuer-url), or with --authentication-token-webhook-config-file.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens',
  ],

  *faults(flags) {
    const settings = ways.map(way => flags.text(way))
    const [first] = settings
    if (first && settings.every(({ value }) => value === ''))
      yield { at: first, expected: `one of ${ways.map(way => `--${way}`).join(', ')}` }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'client certificates alone': { given: apiServer('--client-ca-file=/pki/ca.crt'), at: [word(2)] },
      'given empty': { given: apiServer('--oidc-issuer-url='), at: [word(1)] },
    },
    pass: {
      'OpenID Connect': { given: apiServer('--oidc-issuer-url=https://id.example.com') },
      'a file of providers': { given: apiServer('--authentication-config=/etc/authn.yaml') },
      'a webhook': { given: apiServer('--authentication-token-webhook-config-file', '/etc/webhook.yaml') },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
