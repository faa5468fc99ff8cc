// Rule: the API server asks validating webhooks.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { switchedOff } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-validating-admission-webhook',
  title: 'The API server asks validating webhooks',
  severity: 'high',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'With ValidatingAdmissionWebhook off no policy engine is asked, and everything that its policies forbid is admitted without a word.',
  remediation: 'Take ValidatingAdmissionWebhook out of --disable-admission-plugins.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#validatingadmissionwebhook',
  ],

  faults: flags => switchedOff(flags, 'ValidatingAdmissionWebhook'),

  examples: {
    fail: {
      'switched off': {
        given: apiServer('--disable-admission-plugins=ValidatingAdmissionWebhook'),
        at: [word(1)],
      },
      'left out of the old list': { given: apiServer('--admission-control=NodeRestriction'), at: [word(1)] },
    },
    pass: {
      'not given, which means on': { given: apiServer() },
      'the mutating ones switched off': {
        given: apiServer('--disable-admission-plugins=MutatingAdmissionWebhook'),
      },
      'switched on too': {
        given: apiServer(
          '--disable-admission-plugins=ValidatingAdmissionWebhook',
          '--enable-admission-plugins=ValidatingAdmissionWebhook',
        ),
      },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
