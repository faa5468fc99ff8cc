// Rule: whoever logs out of OpenShift's console is led to a page that says so.

import { consoleKind, readConsole } from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const console = (spec?: object) =>
  object('config.openshift.io/v1', 'Console', { name: 'cluster' }, spec === undefined ? {} : { spec })

export const rule = defineRule({
  id: 'openshift-logout-page',
  title: 'Whoever logs out of OpenShift’s console is led to a page that says so',
  severity: 'low',
  defaultEnabled: false,
  subject: consoleKind,
  absent: 'not-collected',
  rationale:
    'Who is not told may leave a session open that others go on with, and with single sign-on the provider’s session stays.',
  remediation:
    'Set spec.authentication.logoutRedirect of the Console named cluster to the logout page of the identity provider.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/web_console/customizing-web-console',
  ],

  // One Console counts.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource) {
    const page = readConsole(resource).spec?.authentication?.logoutRedirect
    if (!page)
      yield { path: 'spec.authentication.logoutRedirect', actual: page, expected: 'the URL of a page' }
  },

  examples: {
    fail: {
      'no spec at all': { given: console(), at: ['spec.authentication.logoutRedirect'] },
      'nothing said': { given: console({}) },
      'no page': { given: console({ authentication: {} }) },
      'an empty one': { given: console({ authentication: { logoutRedirect: '' } }) },
    },
    pass: {
      'a page': { given: console({ authentication: { logoutRedirect: 'https://sso.example.com/logout' } }) },
    },
    unconcerned: {
      'a Console of another name, which counts for nothing': {
        given: { ...console(), metadata: { name: 'other' } },
      },
    },
  },
})
