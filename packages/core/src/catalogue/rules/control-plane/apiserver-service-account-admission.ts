// Rule: the API server gives pods their ServiceAccount.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { switchedOff } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-service-account-admission',
  title: 'The API server gives pods their ServiceAccount',
  severity: 'high',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'Without the ServiceAccount plugin pods get no identity of their own, and the rules about which tokens they may mount do not hold.',
  remediation: 'Take ServiceAccount out of --disable-admission-plugins.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#serviceaccount',
  ],

  faults: flags => switchedOff(flags, 'ServiceAccount'),

  examples: {
    fail: {
      'switched off': { given: apiServer('--disable-admission-plugins=ServiceAccount'), at: [word(1)] },
      'switched off among others': {
        given: apiServer('--disable-admission-plugins=DefaultStorageClass,ServiceAccount'),
        at: [word(1)],
      },
      'left out of the old list': { given: apiServer('--admission-control=NodeRestriction'), at: [word(1)] },
    },
    pass: {
      'not given, which means on': { given: apiServer() },
      'others switched on': { given: apiServer('--enable-admission-plugins=NodeRestriction') },
      'others switched off': { given: apiServer('--disable-admission-plugins=DefaultStorageClass') },
      'switched on too': {
        given: apiServer(
          '--disable-admission-plugins=ServiceAccount',
          '--enable-admission-plugins=ServiceAccount',
        ),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
