// Rule: no Secret holds a ServiceAccount token that never expires.

import { readSecret } from '../../../kube/kinds/secret.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const tokenType = 'kubernetes.io/service-account-token'
const account = 'kubernetes.io/service-account.name'
const accountUid = 'kubernetes.io/service-account.uid'
const secret = (fields = {}, annotations = {}) =>
  object('v1', 'Secret', { name: 'token', namespace: 'shop', annotations }, fields)

export const rule = defineRule({
  id: 'legacy-service-account-token',
  title: 'No Secret holds a ServiceAccount token that never expires',
  severity: 'medium',
  subject: 'Secret',
  rationale:
    'Such a token is valid until the Secret is deleted, for whoever may read Secrets and wherever a copy went; tokens that pods request expire, and die with the pod.',
  remediation:
    'Delete the Secret once nothing uses it (label kubernetes.io/legacy-token-last-used says when it was last), and request tokens by kubectl create token or a projected volume.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#legacy-serviceaccount-token-cleaner',
  ],

  *violations(resource) {
    const { type, metadata } = readSecret(resource)
    if (type === tokenType) {
      yield { path: 'type', actual: type, expected: 'no Secret of this type' }
      return
    }
    // Of Secrets in a cluster only the metadata is read; the token controller leaves both marks on the ones it fills.
    const owner = metadata.annotations?.[account]
    if (type === undefined && owner !== undefined && metadata.annotations?.[accountUid] !== undefined)
      yield {
        path: `metadata.annotations["${account}"]`,
        actual: owner,
        expected: 'no Secret that the token controller fills',
      }
  },

  examples: {
    fail: {
      'by its type': { given: secret({ type: tokenType }, { [account]: 'robot' }), at: ['type'] },
      'by its type alone': { given: secret({ type: tokenType }) },
      'by the marks of the token controller, where only metadata was read': {
        given: secret({}, { [account]: 'default', [accountUid]: '51a2' }),
        at: [`metadata.annotations["${account}"]`],
      },
    },
    pass: {
      'an ordinary Secret': { given: secret({ type: 'Opaque' }) },
      'nothing but metadata': { given: secret() },
      'another type, whatever its annotations': {
        given: secret({ type: 'Opaque' }, { [account]: 'robot', [accountUid]: '51a2' }),
      },
      'an annotation that anybody may write': { given: secret({}, { [account]: 'robot' }) },
      'no annotations': { given: object('v1', 'Secret') },
      'one of the marks alone': { given: secret({}, { [accountUid]: '51a2' }) },
    },
  },
})
