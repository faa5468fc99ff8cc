// Rule: the API server limits how many events it takes.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withoutPlugin } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-event-rate-limit',
  title: 'The API server limits how many events it takes',
  severity: 'low',
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'A faulty or hostile client that writes events without end slows the API server down and fills etcd.',
  remediation:
    'Configure the EventRateLimit plugin by --admission-control-config-file and add it to --enable-admission-plugins.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#eventratelimit',
  ],

  faults: flags => withoutPlugin(flags, 'EventRateLimit'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'other plugins alone': {
        given: apiServer('--enable-admission-plugins=PodNodeSelector'),
        at: [word(1)],
      },
      'a longer name': { given: apiServer('--enable-admission-plugins=MyEventRateLimit') },
      'switched off': { given: apiServer('--disable-admission-plugins=EventRateLimit') },
    },
    pass: {
      alone: { given: apiServer('--enable-admission-plugins=EventRateLimit') },
      'among others': { given: apiServer('--enable-admission-plugins=PodNodeSelector,EventRateLimit') },
      'by a second flag': {
        given: apiServer(
          '--enable-admission-plugins=PodNodeSelector',
          '--enable-admission-plugins=EventRateLimit',
        ),
      },
      'in the old list': { given: apiServer('--admission-control=NamespaceLifecycle,EventRateLimit') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
