// Rule: tokens of people expire soon.

import { oauthClientKind, oauthKind, readOAuth, readOAuthClient } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { oauth, oauthClient } from '../../../samples/openshift.ts'

const lasting = (accessTokenMaxAgeSeconds: number) => oauth({ tokenConfig: { accessTokenMaxAgeSeconds } })

export const rule = defineRule({
  id: 'openshift-token-lifetime',
  title: 'Tokens of people expire soon',
  severity: 'medium',
  // Many houses are content with the day that OpenShift gives.
  defaultEnabled: false,
  subject: oauthKind,
  kinds: [oauthKind, oauthClientKind],
  absent: 'not-collected',
  parameters: {
    seconds: { type: 'number', default: 28_800, description: 'How long a token may live at most.' },
  },
  rationale: 'A token that was stolen works until it expires, whatever becomes of its owner’s password.',
  remediation:
    'Set spec.tokenConfig.accessTokenMaxAgeSeconds of the OAuth named cluster to 28800 or less, and leave it out of OAuthClients.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/configuring-internal-oauth',
  ],

  concerns: ({ kind, metadata }) => kind === 'OAuthClient' || metadata.name === 'cluster',

  *violations(resource, { parameters: { seconds } }) {
    const isClient = resource.kind === 'OAuthClient'
    const actual = isClient
      ? readOAuthClient(resource).accessTokenMaxAgeSeconds
      : readOAuth(resource).spec?.tokenConfig?.accessTokenMaxAgeSeconds
    // A client that says nothing has what the OAuth says. To a client 0 means for ever, to the OAuth a day.
    if (isClient && actual === undefined) return
    if (actual === undefined || actual <= 0 || actual > seconds)
      yield {
        path: isClient ? 'accessTokenMaxAgeSeconds' : 'spec.tokenConfig.accessTokenMaxAgeSeconds',
        actual,
        expected: `1 to ${seconds} seconds`,
      }
  },

  examples: {
    fail: {
      'not given, which means a day': { given: oauth(), at: ['spec.tokenConfig.accessTokenMaxAgeSeconds'] },
      'a day': { given: lasting(86_400) },
      'a second more': { given: lasting(28_801) },
      'nothing, which means a day': { given: lasting(0) },
      'for ever': { given: lasting(-1) },
      'for ever, of one client': {
        given: oauthClient({ accessTokenMaxAgeSeconds: 0 }),
        at: ['accessTokenMaxAgeSeconds'],
      },
      'longer than asked for': { given: lasting(3601), parameters: { seconds: 3600 } },
    },
    pass: {
      'eight hours': { given: lasting(28_800) },
      'a second': { given: lasting(1) },
      'a client that says nothing': { given: oauthClient() },
      'an hour, of one client': { given: oauthClient({ accessTokenMaxAgeSeconds: 3600 }) },
    },
    unconcerned: {
      'an OAuth of another name, which counts for nothing': {
        given: { ...oauth(), metadata: { name: 'other' } },
      },
    },
  },
})
