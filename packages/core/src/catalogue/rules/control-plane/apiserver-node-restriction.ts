// Rule: the API server keeps kubelets from changing other nodes.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withoutPlugin } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-node-restriction',
  title: 'The API server keeps kubelets from changing other nodes',
  severity: 'high',
  component: 'kube-apiserver',
  flags: admissionFlags,
  rationale:
    'Without NodeRestriction a kubelet, or whoever has its credentials, may change labels and taints of any node and pods of all nodes.',
  remediation: 'Add NodeRestriction to --enable-admission-plugins.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
  ],

  faults: flags => withoutPlugin(flags, 'NodeRestriction'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'other plugins alone': {
        given: apiServer('--enable-admission-plugins=PodNodeSelector'),
        at: [word(1)],
      },
      'a longer name': { given: apiServer('--enable-admission-plugins=MyNodeRestriction') },
      'switched off': { given: apiServer('--disable-admission-plugins=NodeRestriction') },
    },
    pass: {
      alone: { given: apiServer('--enable-admission-plugins=NodeRestriction') },
      'among others': { given: apiServer('--enable-admission-plugins=PodNodeSelector,NodeRestriction') },
      'by a second flag': {
        given: apiServer(
          '--enable-admission-plugins=PodNodeSelector',
          '--enable-admission-plugins=NodeRestriction',
        ),
      },
      'in the old list': { given: apiServer('--admission-control=NamespaceLifecycle,NodeRestriction') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
