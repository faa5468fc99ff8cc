// Rule: whoever logs in to OpenShift sees a notice first.

import { readConfigMap } from '../../../kube/kinds/config-map.ts'
import { oauthKind, readOAuth } from '../../../kube/openshift/kinds.ts'
import { notificationKind, readNotification } from '../../../kube/openshift/platform-kinds.ts'
import type { Resource } from '../../../model/resource.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'
import { oauth } from '../../../samples/openshift.ts'

const templates = { login: { name: 'login' }, providerSelection: { name: 'providers' } }
const given = oauth({ templates })
const motd = (data: object = { message: 'Company use alone.' }, namespace = 'openshift'): Resource =>
  object('v1', 'ConfigMap', { name: 'motd', namespace }, { data })
const notification = (spec: object = { text: 'Company use alone.' }): Resource =>
  object('console.openshift.io/v1', 'ConsoleNotification', { name: 'notice' }, { spec })

export const rule = defineRule({
  id: 'openshift-login-notice',
  title: 'Whoever logs in to OpenShift sees a notice first',
  severity: 'low',
  // Only some houses must show one.
  defaultEnabled: false,
  subject: oauthKind,
  reads: ['ConfigMap', notificationKind],
  absent: 'not-collected',
  rationale: 'Where nobody is told the terms of use, breaking them may go unpunished.',
  remediation:
    'Put the notice into the templates login and providerSelection of the OAuth named cluster, into the ConfigMap motd in openshift, and into a ConsoleNotification.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/web_console/customizing-web-console',
  ],

  // One OAuth stands for the cluster.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup }) {
    const { login, providerSelection } = readOAuth(resource).spec?.templates ?? {}
    const named = { login, providerSelection }
    for (const [page, template] of Object.entries(named))
      if (!template?.name)
        yield {
          path: `spec.templates.${page}.name`,
          actual: template?.name,
          expected: 'the name of a Secret that holds the page',
        }
    const missing = [
      ...(motdOf(lookup.get('ConfigMap', 'openshift', 'motd')) ? [] : ['a ConfigMap motd in openshift']),
      ...(lookup.list(notificationKind).some(one => readNotification(one).spec?.text)
        ? []
        : ['a ConsoleNotification']),
    ]
    if (missing.length > 0)
      yield {
        path: 'metadata.name',
        actual: resource.metadata.name,
        expected: `a cluster with ${missing.join(' and ')}`,
      }
  },

  examples: {
    fail: {
      nothing: {
        given: oauth(),
        at: ['metadata.name', 'spec.templates.login.name', 'spec.templates.providerSelection.name'],
      },
      'one page of two': {
        given: oauth({ templates: { ...templates, login: { name: '' } } }),
        with: [motd(), notification()],
        at: ['spec.templates.login.name'],
      },
      'no message of the day': { given, with: [notification()], at: ['metadata.name'] },
      'an empty message of the day': { given, with: [motd({ message: '' }), notification()] },
      'a message under another key': { given, with: [motd({ text: 'Hello' }), notification()] },
      'a message elsewhere': { given, with: [motd(undefined, 'shop'), notification()] },
      'no notice in the console': { given, with: [motd()], at: ['metadata.name'] },
      'an empty notice in the console': { given, with: [motd(), notification({ text: '' })] },
    },
    pass: {
      everywhere: { given, with: [motd(), notification({ text: '' }), notification()] },
    },
    unconcerned: {
      'an OAuth of another name, which counts for nothing': {
        given: { ...oauth(), metadata: { name: 'other' } },
      },
    },
  },
})

const motdOf = (configMap: Resource | undefined) => configMap && readConfigMap(configMap).data?.message
