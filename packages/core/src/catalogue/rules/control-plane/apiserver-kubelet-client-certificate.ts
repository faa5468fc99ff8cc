// Rule: the API server shows kubelets a client certificate.

import { apiServer, scripted, word } from './component-pods.ts'
import { withoutFile } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-kubelet-client-certificate',
  title: 'The API server shows kubelets a client certificate',
  severity: 'medium',
  component: 'kube-apiserver',
  flags: ['kubelet-client-certificate', 'kubelet-client-key'],
  rationale:
    'Without one the API server is anonymous to the kubelets, so they either refuse it or must take commands from anybody.',
  remediation: 'Start kube-apiserver with --kubelet-client-certificate and --kubelet-client-key.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'],

  faults: flags => withoutFile(flags, 'kubelet-client-certificate', 'kubelet-client-key'),

  examples: {
    fail: {
      neither: { given: apiServer(), at: [word(1), word(1)] },
      'a certificate without its key': {
        given: apiServer('--kubelet-client-certificate=/pki/client.crt'),
        at: [word(2)],
      },
      'an empty key': {
        given: apiServer('--kubelet-client-certificate=/pki/client.crt', '--kubelet-client-key='),
        at: [word(2)],
      },
    },
    pass: {
      both: {
        given: apiServer(
          '--kubelet-client-certificate=/pki/client.crt',
          '--kubelet-client-key=/pki/client.key',
        ),
      },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
