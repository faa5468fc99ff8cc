// Rule: the API server does not run the plugin that admits everything.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withPlugin } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-always-admit',
  title: 'The API server does not run the plugin that admits everything',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'AlwaysAdmit stands for a server that checks nothing on admission; it is deprecated and has no place in a cluster.',
  remediation: 'Take AlwaysAdmit out of --enable-admission-plugins.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwaysadmit'],

  faults: flags => withPlugin(flags, 'AlwaysAdmit'),

  examples: {
    fail: {
      on: { given: apiServer('--enable-admission-plugins=AlwaysAdmit'), at: [word(1)] },
      'among others': {
        given: apiServer('--enable-admission-plugins', 'NodeRestriction,AlwaysAdmit'),
        at: [word(2)],
      },
      'in the old list': { given: apiServer('--admission-control=AlwaysAdmit') },
    },
    pass: {
      'not given': { given: apiServer() },
      'a longer name': { given: apiServer('--enable-admission-plugins=AlwaysAdmitter') },
      another: { given: apiServer('--enable-admission-plugins=NodeRestriction') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
