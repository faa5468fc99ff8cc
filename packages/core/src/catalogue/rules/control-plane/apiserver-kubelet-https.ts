// Rule: the API server talks to kubelets over HTTPS.

import { apiServer, scripted, word } from './component-pods.ts'
import { unless } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-kubelet-https',
  title: 'The API server talks to kubelets over HTTPS',
  severity: 'high',
  component: 'kube-apiserver',
  flags: ['kubelet-https'],
  rationale:
    'Logs, exec and port-forward pass between the API server and the kubelets; without TLS they can be read and changed on the way.',
  remediation:
    'Start kube-apiserver without --kubelet-https (HTTPS is the default, and the only way since Kubernetes 1.22).',
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/'],

  faults: flags => unless(flags, 'kubelet-https', true),

  examples: {
    fail: {
      'switched off': { given: apiServer('--kubelet-https=false'), at: [word(1)] },
    },
    pass: {
      'not given': { given: apiServer() },
      on: { given: apiServer('--kubelet-https=true') },
      bare: { given: apiServer('--kubelet-https') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
