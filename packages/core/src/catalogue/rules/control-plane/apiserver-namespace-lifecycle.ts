// Rule: the API server refuses objects in namespaces that do not exist.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { switchedOff } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-namespace-lifecycle',
  title: 'The API server refuses objects in namespaces that do not exist',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'Without the NamespaceLifecycle plugin objects can be made in namespaces that are gone or going, and default, kube-system and kube-public can be deleted.',
  remediation: 'Take NamespaceLifecycle out of --disable-admission-plugins.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle',
  ],

  faults: flags => switchedOff(flags, 'NamespaceLifecycle'),

  examples: {
    fail: {
      'switched off': { given: apiServer('--disable-admission-plugins=NamespaceLifecycle'), at: [word(1)] },
      'switched off among others': {
        given: apiServer('--disable-admission-plugins=DefaultStorageClass,NamespaceLifecycle'),
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
          '--disable-admission-plugins=NamespaceLifecycle',
          '--enable-admission-plugins=NamespaceLifecycle',
        ),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
