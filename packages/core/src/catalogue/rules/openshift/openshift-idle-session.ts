// Rule: a session that nobody uses ends.

import { parseGoDuration } from '../../../kube/control-plane/go-values.ts'
import { oauthClientKind, oauthKind, readOAuth, readOAuthClient } from '../../../kube/openshift/kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { oauth, oauthClient } from '../../../samples/openshift.ts'

const ending = (accessTokenInactivityTimeout: string) =>
  oauth({ tokenConfig: { accessTokenInactivityTimeout } })

export const rule = defineRule({
  id: 'openshift-idle-session',
  title: 'A session of OpenShift that nobody uses ends',
  severity: 'low',
  // Without it a token lives a day at most, which contents many houses.
  defaultEnabled: false,
  subject: oauthKind,
  kinds: [oauthKind, oauthClientKind],
  absent: 'not-collected',
  parameters: {
    seconds: { type: 'number', default: 600, description: 'How long a session may stand unused at most.' },
  },
  rationale:
    'Whoever comes to a screen that was left, or finds a token in a file, works on in its owner’s name.',
  remediation:
    'Set spec.tokenConfig.accessTokenInactivityTimeout of the OAuth named cluster to 10m, and leave it out of OAuthClients.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/configuring-internal-oauth',
  ],

  concerns: ({ kind, metadata }) => kind === 'OAuthClient' || metadata.name === 'cluster',

  *violations(resource, { parameters: { seconds } }) {
    const isClient = resource.kind === 'OAuthClient'
    const written = isClient
      ? readOAuthClient(resource).accessTokenInactivityTimeoutSeconds
      : readOAuth(resource).spec?.tokenConfig?.accessTokenInactivityTimeout
    // A client that says nothing has what the OAuth says.
    if (isClient && written === undefined) return
    const timeout = typeof written === 'string' ? parseGoDuration(written) : written
    if (timeout === undefined || timeout <= 0 || timeout > seconds)
      yield {
        path: isClient
          ? 'accessTokenInactivityTimeoutSeconds'
          : 'spec.tokenConfig.accessTokenInactivityTimeout',
        actual: written,
        expected: `at most ${seconds} seconds, and not 0, which means never`,
      }
  },

  examples: {
    fail: {
      'not given, which means never': {
        given: oauth(),
        at: ['spec.tokenConfig.accessTokenInactivityTimeout'],
      },
      'an hour': { given: ending('1h0m0s') },
      'a second more': { given: ending('601s') },
      never: { given: ending('0s') },
      'no duration': { given: ending('soon') },
      'never, of one client': {
        given: oauthClient({ accessTokenInactivityTimeoutSeconds: 0 }),
        at: ['accessTokenInactivityTimeoutSeconds'],
      },
      'longer than asked for': { given: ending('10m'), parameters: { seconds: 599 } },
    },
    pass: {
      'ten minutes': { given: ending('10m0s') },
      'a client that says nothing': { given: oauthClient() },
      'five minutes, of one client': { given: oauthClient({ accessTokenInactivityTimeoutSeconds: 300 }) },
    },
    unconcerned: {
      'an OAuth of another name, which counts for nothing': {
        given: { ...oauth(), metadata: { name: 'other' } },
      },
    },
  },
})
