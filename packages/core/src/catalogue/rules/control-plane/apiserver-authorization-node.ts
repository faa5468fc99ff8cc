// Rule: the API server limits each kubelet to what its own pods need.

import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-authorization-node',
  title: 'The API server limits each kubelet to what its own pods need',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['authorization-mode'],
  rationale:
    'Without the Node authorizer kubelets need wide rights by RBAC, and one stolen kubelet credential reads the Secrets of all nodes.',
  remediation: 'Start kube-apiserver with --authorization-mode=Node,RBAC.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/node/'],

  *faults(flags) {
    const modes = flags.list('authorization-mode')
    if (!modes.value.some(({ value }) => value === 'Node'))
      yield { at: modes, expected: '--authorization-mode with Node' }
  },

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'others alone': { given: apiServer('--authorization-mode=RBAC,Webhook'), at: [word(1)] },
      'a longer name': { given: apiServer('--authorization-mode=MyNode') },
    },
    pass: {
      given: { given: apiServer('--authorization-mode=Node,RBAC') },
      'by a second flag': { given: apiServer('--authorization-mode=Node', '--authorization-mode=RBAC') },
    },
    notEvaluated: {
      'a file of authorizers': { given: apiServer('--authorization-config=/etc/authz.yaml') },
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
