// Rule: the API server checks the certificates of kubelets.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-kubelet-certificate-authority',
  title: 'The API server checks the certificates of kubelets',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['kubelet-certificate-authority'],
  rationale:
    'Without a certificate authority to check them by, the API server takes any kubelet certificate: whoever gets between them reads logs and commands of exec.',
  remediation:
    'Let kubelets get their serving certificates from the cluster (serverTLSBootstrap), then start kube-apiserver with --kubelet-certificate-authority.',
  references: [
    'https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/#apiserver-to-kubelet',
  ],

  faults: flags => withoutFile(flags, 'kubelet-certificate-authority'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      empty: { given: apiServer('--kubelet-certificate-authority='), at: [word(1)] },
      'another authority': { given: apiServer('--client-ca-file=/pki/ca.crt') },
    },
    pass: {
      given: { given: apiServer('--kubelet-certificate-authority=/pki/ca.crt') },
      'in two words': { given: apiServer('--kubelet-certificate-authority', '/pki/ca.crt') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
