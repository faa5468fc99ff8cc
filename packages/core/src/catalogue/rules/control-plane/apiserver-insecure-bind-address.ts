// Rule: the API server has no address without authentication.

import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-insecure-bind-address',
  title: 'The API server has no address without authentication',
  severity: 'critical',
  component: 'kube-apiserver',
  flags: ['insecure-bind-address'],
  rationale:
    'Whoever reaches the insecure address is the administrator of the cluster: it asks for no credentials and checks no rights.',
  remediation:
    'Start kube-apiserver without --insecure-bind-address; since Kubernetes 1.20 it has no effect.',
  references: ['https://kubernetes.io/docs/concepts/security/controlling-access/'],

  *faults(flags) {
    const address = flags.text('insecure-bind-address')
    if (address.isGiven) yield { at: address, expected: 'no --insecure-bind-address' }
  },

  examples: {
    fail: {
      'all addresses': { given: apiServer('--insecure-bind-address=0.0.0.0'), at: [word(1)] },
      'the loopback address': {
        given: apiServer('--v=2', '--insecure-bind-address=127.0.0.1'),
        at: [word(2)],
      },
      'in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'insecure-bind-address': ['0.0.0.0'] })],
        at: ['metadata.labels.revision'],
      },
    },
    pass: {
      'not given': { given: apiServer() },
      'the address with TLS': { given: apiServer('--bind-address=0.0.0.0') },
      'not given in OpenShift’s configuration': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'bind-address': ['0.0.0.0'] })],
      },
    },
    notEvaluated: { 'a shell script starts it': { given: scripted('kube-apiserver') } },
  },
})
