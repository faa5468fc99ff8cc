// Rule: people log in to OpenShift through a provider of identities.

import { oauthKind, readOAuth } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { oauth } from '../../../samples/openshift.ts'

const provider = (type: string, more: Readonly<Record<string, unknown>> = {}) => ({
  name: 'own',
  type,
  ...more,
})
const providers = (...identityProviders: readonly object[]) => oauth({ identityProviders })

export const rule = defineRule({
  id: 'openshift-identity-provider',
  title: 'People log in to OpenShift through a provider of identities',
  severity: 'medium',
  subject: oauthKind,
  absent: 'not-collected',
  rationale:
    'Accounts in a file of passwords outlive the people who had them, and a directory that is asked without TLS hears and gives passwords in the clear.',
  remediation:
    'Name an OpenID Connect provider or a directory over TLS in spec.identityProviders of the OAuth named cluster, and remove HTPasswd.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/understanding-identity-provider',
  ],

  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const { identityProviders = [] } = readOAuth(resource).spec ?? {}
    const path = 'spec.identityProviders'
    if (identityProviders.length === 0)
      yield {
        path,
        actual: readOAuth(resource).spec?.identityProviders,
        expected: 'a provider of identities',
      }
    for (const [i, { type, ldap }] of identityProviders.entries()) {
      if (type === 'HTPasswd')
        yield { path: `${path}[${i}].type`, actual: type, expected: 'another type than HTPasswd' }
      if (ldap?.insecure === true)
        yield { path: `${path}[${i}].ldap.insecure`, actual: true, expected: 'unset or false' }
    }
  },

  examples: {
    fail: {
      none: { given: oauth(), at: ['spec.identityProviders'] },
      'an empty list': { given: providers(), at: ['spec.identityProviders'] },
      'a file of passwords beside another provider': {
        given: providers(provider('OpenID'), provider('HTPasswd')),
        at: ['spec.identityProviders[1].type'],
      },
      'a directory without TLS': {
        given: providers(provider('LDAP', { ldap: { insecure: true } })),
        at: ['spec.identityProviders[0].ldap.insecure'],
      },
    },
    pass: {
      'OpenID Connect': { given: providers(provider('OpenID')) },
      'a directory with TLS': {
        given: providers(provider('LDAP', { ldap: { insecure: false } }), provider('LDAP', { ldap: {} })),
      },
    },
    unconcerned: {
      'an OAuth of another name, which counts for nothing': {
        given: { ...oauth(), metadata: { name: 'other' } },
      },
    },
  },
})
