// Rule: the API server has no port without authentication.

import { apiServer, componentPod, scripted, word } from './component-pods.ts'
import { flagRule, versionParameter } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-insecure-port',
  title: 'The API server has no port without authentication',
  severity: 'critical',
  component: 'kube-apiserver',
  flags: ['insecure-port'],
  parameters: { version: versionParameter },
  rationale:
    'Whoever reaches the insecure port is the administrator of the cluster: it asks for no credentials and checks no rights.',
  remediation: 'Start kube-apiserver with --insecure-port=0; since Kubernetes 1.20 there is no such port.',
  references: ['https://kubernetes.io/docs/concepts/security/controlling-access/'],

  *faults(flags) {
    const port = flags.number('insecure-port')
    if (port.value !== 0) yield { at: port, expected: '--insecure-port=0' }
  },

  examples: {
    fail: {
      given: { given: apiServer('--insecure-port=8080'), at: [word(1)] },
      'not given before Kubernetes 1.20, which means 8080': {
        given: componentPod('kube-apiserver', [], { image: 'k8s.gcr.io/kube-apiserver:v1.19.16' }),
        at: [word(1)],
      },
      'no number': { given: apiServer('--insecure-port=none') },
    },
    pass: {
      'not given': { given: apiServer() },
      '0': { given: apiServer('--insecure-port=0') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
